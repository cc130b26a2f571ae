"""Curves, tests and models equal what R prints (survival 3.5.3, coxphf 1.13.1), to the printed digits."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from caselore.cohort.cox import cox
from caselore.cohort.survival import curve, landmark, log_rank, restricted_mean
from caselore.model.cohort import Hazard, SurvivalTime
from shared import SHARED, needs_shared

pytestmark = needs_shared

BENCH = SHARED / "bench" / "survival"
COLUMNS = {  # time, event, value of the event, group
    "lung": ("time", "status", "2", "sex"),
    "veteran": ("time", "status", "1", "trt"),
    "ovarian": ("futime", "fustat", "1", "rx"),
    "aml": ("time", "status", "1", "x"),
    "breast_coxphf": ("TIME", "CENS", "1", "G"),
}


def table(name: str) -> list[dict[str, str]]:
    with (BENCH / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def times(name: str, needed: tuple[str, ...] = ()) -> tuple[list[SurvivalTime], dict[str, list[float]]]:
    """The times of a table and the covariates asked for, without rows where one is missing."""
    month, event, yes, group = COLUMNS[name]
    rows = [row for row in table(name) if all(row[column] not in ("", "NA") for column in needed)]
    found = [
        SurvivalTime(
            source=name,
            label=str(number),
            months=float(row[month]),
            event=float(row[event]) == float(yes),
            group=row[group],
        )
        for number, row in enumerate(rows)
    ]
    return found, {column: [float(row[column]) for row in rows] for column in needed}


def printed(file: str, section: str) -> str:
    """What R printed under a heading."""
    parts = re.split(r"^== (.*)$", (BENCH / file).read_text(encoding="utf-8"), flags=re.M)
    named = {title.strip(): body for title, body in zip(parts[1::2], parts[2::2], strict=True)}
    return named[section]


def as_printed(value: float | None, expected: str) -> bool:
    """Whether a value rounds to the digits that were printed."""
    if expected in ("NA", "Inf"):
        return value is None
    assert value is not None
    mantissa, _, exponent = expected.partition("e")
    unit = 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
    return abs(value - float(expected)) <= 0.5 * unit * (1 + 1e-6)


@pytest.mark.parametrize("name", ["lung", "veteran", "ovarian", "aml"])
def test_medians_and_their_intervals(name: str) -> None:
    wanted = printed("r_reference_output.txt", name).split("conf.type= log-log")[1].split("KM median")[0]
    whole, *groups = (line.split() for line in wanted.splitlines() if re.match(r"\s*(\S+=\S+ )?\s*\d", line))
    everyone, _ = times(name)
    lines = [(everyone, whole)]
    for label, *line in groups:
        value = label.partition("=")[2]
        members = [one for one in everyone if one.group in (value, f"{value}.0")]
        lines.append((members, line))
    assert len(lines) == 3
    for members, (records, events, median, lower, upper) in lines:
        got = curve(members)
        assert (got.patients, got.events) == (int(records), int(events))
        assert as_printed(got.median.value, median)
        assert as_printed(got.median.lower, lower)
        assert as_printed(got.median.upper, upper)


@pytest.mark.parametrize("name", ["lung", "veteran", "ovarian", "aml"])
def test_log_rank(name: str) -> None:
    found = re.search(r"logrank chisq (\S+) p (\S+)", printed("r_reference_output.txt", name))
    assert found is not None
    everyone, _ = times(name)
    first, second = sorted({one.group for one in everyone})
    got = log_rank([one for one in everyone if one.group == first], [one for one in everyone if one.group == second])
    assert got.chi_squared == pytest.approx(float(found[1]), rel=1e-8)
    assert got.p == pytest.approx(float(found[2]), rel=1e-8)


@pytest.mark.parametrize("name", ["lung", "veteran", "ovarian", "aml"])
def test_cox_with_ties_by_breslow(name: str) -> None:
    found = re.search(r"cox breslow coef (\S+) se (\S+)", printed("r_reference_output.txt", name))
    assert found is not None
    everyone, _ = times(name)
    second = max(one.group for one in everyone)
    got = cox(everyone, {"group": [float(one.group == second) for one in everyone]}, penalised=False).hazards[0]
    assert as_printed(got.coefficient, found[1])
    assert as_printed(got.standard_error, found[2])


@pytest.mark.parametrize(
    ("name", "section", "columns"),
    [
        ("breast_coxphf", "breast Surv(TIME,CENS)~T+N+G+CD, Firth, profile CI (exp scale)", ("T", "N", "G", "CD")),
        ("breast_coxphf", "breast G only, Firth", ("G",)),
        ("ovarian", "ovarian age+rx, Firth", ("age", "rx")),
        ("veteran", "veteran trt+karno, Firth (breslow ties)", ("trt", "karno")),
    ],
)
def test_firth(name: str, section: str, columns: tuple[str, ...]) -> None:
    lines = [line.split() for line in printed("firth_reference_output.txt", section).splitlines()]
    wanted = {line[0]: line[1:] for line in lines if line and line[0] in columns} or {columns[0]: lines[2]}
    everyone, covariates = times(name, columns)
    got = {hazard.term: hazard for hazard in cox(everyone, covariates).hazards}
    assert set(wanted) == set(got)
    for term, line in wanted.items():
        check(got[term], [float(value) for value in line])


def check(hazard: Hazard, line: list[float]) -> None:
    """coxphf stops at steps of about 1e-6; more digits than that are not the model's."""
    coefficient, error, lower, upper, p = line
    assert hazard.coefficient == pytest.approx(coefficient, rel=5e-6)
    assert hazard.standard_error == pytest.approx(error, rel=5e-6)
    assert hazard.ratio.lower == pytest.approx(lower, rel=5e-5)
    assert hazard.ratio.upper == pytest.approx(upper, rel=5e-5)
    assert hazard.p == pytest.approx(p, rel=5e-5)


def test_landmarks() -> None:
    lines = [
        line.split()[1:]
        for line in printed("r_reference_output.txt", "lung survival at 180/365/730 (log)").splitlines()
    ]
    everyone, _ = times("lung")
    steps = curve(everyone).steps
    for days, at_risk, survival in (line[:3] for line in lines if len(line) == 6 and line[0].isdigit()):
        got = landmark(everyone, steps, float(days))
        assert got.at_risk == int(at_risk)
        assert as_printed(got.survival.value, survival)


def test_restricted_mean() -> None:
    wanted = printed("r_reference_output.txt", "lung RMST 365").split("[1,]")[1].split()
    everyone, _ = times("lung")
    got = restricted_mean(curve(everyone).steps, 365)
    assert as_printed(got.mean.value, wanted[2])
    assert as_printed(got.standard_error, wanted[3])


def test_reference_outputs_are_there() -> None:
    assert {path.name for path in Path(BENCH).glob("*reference_output.txt")} == {
        "r_reference_output.txt",
        "firth_reference_output.txt",
    }
