"""What agrees and what differs, aspect by aspect; silence is neither."""

from __future__ import annotations

from typing import Any

import pytest

from caselore.model.row import ReviewRow
from caselore.similarity.aspects import ASPECTS, in_words
from caselore.similarity.weights import load_weights

SCALES = load_weights().scales


def row(**told: Any) -> ReviewRow:
    return ReviewRow(role="index", label="case 1", **told)


def agreement(aspect: str, mine: ReviewRow, theirs: ReviewRow) -> float | None:
    return ASPECTS[aspect](mine, theirs, SCALES)


FULL = row(
    diagnosis="leiomyosarcoma",
    sites=("frontal lobe", "dura mater"),
    origin="metastatic",
    primary_site="uterus",
    age_years=50.0,
    sex="female",
    largest_dimension_mm=40.0,
    immune={"hiv": "positive"},
    ihc={"SMA": "positive", "desmin": "negative", "S100": "negative"},
    grade="3",
    metastases=("lung",),
)


@pytest.mark.parametrize("aspect", ASPECTS)
def test_silence_is_neither_match_nor_mismatch(aspect: str) -> None:
    assert agreement(aspect, FULL, row()) is None
    assert agreement(aspect, row(), FULL) is None
    assert in_words(aspect, row()) == ""


@pytest.mark.parametrize("aspect", ASPECTS)
def test_a_patient_agrees_with_itself(aspect: str) -> None:
    assert agreement(aspect, FULL, FULL) == pytest.approx(1)
    assert in_words(aspect, FULL)


@pytest.mark.parametrize("aspect", ASPECTS)
def test_agreement_goes_both_ways(aspect: str) -> None:
    other = row(
        diagnosis="solitary fibrous tumor",
        sites=("parietal lobe",),
        origin="metastatic",
        primary_site="liver",
        age_years=61.0,
        sex="male",
        largest_dimension_mm=55.0,
        immune={"hiv": "negative"},
        ihc={"SMA": "negative", "CD34": "positive"},
        grade="low",
        metastases=("bone",),
    )
    there, back = agreement(aspect, FULL, other), agreement(aspect, other, FULL)
    assert there is not None
    assert there == pytest.approx(back)
    assert -1 <= there < 1


def test_tumours_are_near_by_the_hierarchy() -> None:
    mine = row(diagnosis="leiomyosarcoma")
    near = agreement("tumour", mine, row(diagnosis="pleomorphic leiomyosarcoma"))
    cousin = agreement("tumour", mine, row(diagnosis="rhabdomyosarcoma"))
    far = agreement("tumour", mine, row(diagnosis="meningioma"))
    assert near is not None and cousin is not None and far is not None
    assert near > cousin > far
    assert agreement("tumour", mine, row(diagnosis="LMS")) == 1


def test_sites_are_near_by_anatomy() -> None:
    mine = row(sites=("frontal lobe",))
    near = agreement("site", mine, row(sites=("parietal lobe",)))
    far = agreement("site", mine, row(sites=("thigh",)))
    assert near is not None and far is not None
    assert near > 0 > far


def test_words_outside_the_hierarchy_agree_only_with_themselves() -> None:
    assert agreement("tumour", row(diagnosis="a new tumour"), row(diagnosis="A new tumour")) == 1
    assert agreement("tumour", row(diagnosis="a new tumour"), row(diagnosis="leiomyosarcoma")) == -1


def test_few_shared_stains_count_in_proportion() -> None:
    mine = row(ihc={"SMA": "positive", "desmin": "negative", "S100": "negative"})
    one = agreement("stains", mine, row(ihc={"SMA": "positive", "CD34": "positive"}))
    assert one == pytest.approx(1 / SCALES.shared_stains)
    assert agreement("stains", mine, row(ihc={"SMA": "conflict"})) is None


def test_numbers_fade_with_distance() -> None:
    mine = row(age_years=50.0, largest_dimension_mm=40.0)
    assert agreement("age", mine, row(age_years=60.0)) == pytest.approx(0.5)
    assert agreement("age", mine, row(age_years=1.0)) == -1
    assert agreement("size", mine, row(largest_dimension_mm=80.0)) == pytest.approx(0)


@pytest.mark.parametrize(
    ("one", "other", "expected"), [("3", "high", 1), ("1", "low", 1), ("low", "high", -1), ("2", "high", -1)]
)
def test_grades_in_words_and_numbers(one: str, other: str, expected: float) -> None:
    assert agreement("grade", row(grade=one), row(grade=other)) == expected


def test_primary_against_metastatic() -> None:
    assert agreement("origin", row(origin="primary"), row(origin="metastatic")) == -1
