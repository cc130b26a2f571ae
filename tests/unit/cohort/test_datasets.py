"""The embedded casebook: its rows keep their rules, and its figures can be recomputed by hand."""

from __future__ import annotations

import csv
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

import caselore
from caselore.cohort.analysis import analyse
from caselore.cohort.datasets import SEEN, UnknownDataset, dataset, dataset_names
from caselore.model.cohort import Endpoint

TABLE = Path(caselore.__file__).parent / "data" / "intracranial-lms.csv"


def lines() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def median_by_hand(told: list[tuple[float, bool]]) -> float:
    """The product-limit estimate as on paper, in fractions: where it falls to one half, the middle of the stretch at a half."""
    share = Fraction(1)
    deaths = sorted({months for months, died in told if died})
    for months, following in pairwise([*deaths, deaths[-1]]):
        at_risk = sum(at >= months for at, _ in told)
        share *= Fraction(at_risk - told.count((months, True)), at_risk)
        if share <= Fraction(1, 2):
            return (months + following) / 2 if share == Fraction(1, 2) else months
    raise AssertionError("the curve does not reach one half")


def test_patients_deaths_and_median_recomputed_from_the_csv() -> None:
    usable = [line for line in lines() if line["status"] and line["follow_up_months"]]
    told = [(float(line["follow_up_months"]), line["status"] == "dead") for line in usable]
    analysis = analyse(dataset("intracranial-lms").members, endpoint=Endpoint.OVERALL)
    assert len(analysis.cohort.included) == len(lines()) == 44
    assert analysis.survival is not None
    (curve,) = analysis.survival.curves
    assert (curve.patients, curve.events) == (len(told), sum(died for _, died in told)) == (16, 8)
    assert curve.median.value == median_by_hand(told) == 25.5
    status = {one.value: one.count for one in analysis.descriptions[0].proportions if one.column == "status"}
    assert status["dead"] == sum(line["status"] == "dead" for line in lines()) == 11


def test_every_row_has_a_reference_and_says_how_it_was_seen() -> None:
    assert {line["seen"] for line in lines()} == set(SEEN)
    assert all(line["reference"] for line in lines())
    assert len({line["patient"] for line in lines()}) == len(lines())
    assert not any("title only" in line["note"] for line in lines())


def test_limits_are_told() -> None:
    assert len(dataset("intracranial-lms").limits) >= 4


def test_second_readings_are_rows_of_their_own() -> None:
    kamian = next(one for one in dataset("intracranial-lms").members if one.source == "kamian2020")
    assert kamian.other_reading is not None
    assert (kamian.row.follow_up_months, kamian.other_reading.follow_up_months) == (34, 33)


def test_unknown_dataset() -> None:
    assert dataset_names() == ("intracranial-lms",)
    with pytest.raises(UnknownDataset, match="'lms' is no dataset; there is intracranial-lms"):
        dataset("lms")
