"""What starts and ends the clock, and who has no time."""

from __future__ import annotations

from typing import Any

import pytest

from caselore.cohort.analysis import analyse, group_by
from caselore.cohort.endpoints import WrongEndpoint, survival_times
from caselore.cohort.select import WrongExpression
from caselore.model.cohort import CAVEAT, Endpoint, Member, TimeZero
from cohort_rows import member, row

RESECTED: dict[str, Any] = {"surgery": "gross total", "status": "alive", "follow_up_months": 20.0}
RELAPSED = {**RESECTED, "status": "dead", "recurrence": "yes", "months_to_recurrence": 8.0}


@pytest.mark.parametrize(
    ("endpoint", "start", "columns", "expected"),
    [
        (Endpoint.OVERALL, TimeZero.REPORTED, RELAPSED, (20, True)),
        (Endpoint.OVERALL, TimeZero.OPERATION, RESECTED, (20, False)),
        (Endpoint.OVERALL, TimeZero.RECURRENCE, RELAPSED, (12, True)),
        (Endpoint.OVERALL, TimeZero.DIAGNOSIS, {**RESECTED, "surgery": "biopsy"}, (20, False)),
        (Endpoint.RECURRENCE_FREE, TimeZero.OPERATION, RELAPSED, (8, True)),
        (Endpoint.RECURRENCE_FREE, TimeZero.OPERATION, {**RESECTED, "recurrence": "no"}, (20, False)),
        (Endpoint.RECURRENCE_FREE, TimeZero.OPERATION, {**RELAPSED, "recurrence": "no"}, (20, True)),
    ],
)
def test_time(endpoint: Endpoint, start: TimeZero, columns: dict[str, Any], expected: tuple[float, bool]) -> None:
    (time,), excluded = survival_times([member("a", **columns)], endpoint, start)
    assert (time.months, time.event, excluded) == (*expected, [])


@pytest.mark.parametrize(
    ("endpoint", "start", "columns", "reason"),
    [
        (Endpoint.OVERALL, TimeZero.REPORTED, {"status": "dead"}, "follow_up_months not reported"),
        (Endpoint.OVERALL, TimeZero.REPORTED, {"follow_up_months": 3.0}, "status not reported"),
        (Endpoint.OVERALL, TimeZero.OPERATION, {**RESECTED, "surgery": None}, "surgery not reported"),
        (
            Endpoint.OVERALL,
            TimeZero.OPERATION,
            {**RESECTED, "surgery": "biopsy"},
            "no main operation (surgery: biopsy)",
        ),
        (Endpoint.OVERALL, TimeZero.DIAGNOSIS, RESECTED, "follow-up may be counted from the operation"),
        (Endpoint.OVERALL, TimeZero.RECURRENCE, RESECTED, "recurrence not reported"),
        (Endpoint.OVERALL, TimeZero.RECURRENCE, {**RESECTED, "recurrence": "no"}, "no recurrence"),
        (
            Endpoint.OVERALL,
            TimeZero.RECURRENCE,
            {**RELAPSED, "months_to_recurrence": 21.0},
            "recurrence after the end of follow-up: the times disagree",
        ),
        (Endpoint.RECURRENCE_FREE, TimeZero.OPERATION, RESECTED, "recurrence not reported"),
        (
            Endpoint.RECURRENCE_FREE,
            TimeZero.OPERATION,
            {**RELAPSED, "months_to_recurrence": None},
            "months_to_recurrence not reported",
        ),
    ],
)
def test_no_time(endpoint: Endpoint, start: TimeZero, columns: dict[str, Any], reason: str) -> None:
    times, (excluded,) = survival_times([member("a", **columns)], endpoint, start)
    assert (times, excluded.reason) == ([], reason)


def test_recurrence_free_survival_starts_at_the_operation_only() -> None:
    with pytest.raises(WrongEndpoint, match="not counted from diagnosis, only from operation"):
        survival_times([], Endpoint.RECURRENCE_FREE, TimeZero.DIAGNOSIS)


def test_groups_by_column_by_entry_and_by_expression() -> None:
    patient = row(sex="male", age_years=60, ihc={"SMA": "positive"})
    assert group_by("")(patient) == "all"
    assert group_by("sex")(patient) == "male"
    assert group_by("ihc.SMA")(patient) == "positive"
    assert group_by("origin")(patient) == "not reported"
    assert group_by("age_years >= 40")(patient) == "age_years >= 40: yes"
    with pytest.raises(WrongExpression, match="age_years holds a number; to group by it write an expression"):
        group_by("age_years")
    with pytest.raises(WrongExpression, match="did you mean"):
        group_by("sexx")


def test_three_groups_have_no_log_rank_test_but_ratios() -> None:
    members = [
        member(f"{side}{number}", laterality=side, status="dead", follow_up_months=number + shift)
        for shift, side in enumerate(("left", "midline", "right"))
        for number in (1.0, 4.0, 9.0)
    ]
    survival = analyse(members, by="laterality", endpoint=Endpoint.OVERALL).survival
    assert survival is not None
    assert survival.log_rank is None
    assert survival.notes == ("No log-rank test: it compares two groups, here are 3.",)
    assert survival.cox is not None
    assert [hazard.term for hazard in survival.cox.hazards] == ["midline", "right"]
    assert {mean.horizon for curve in survival.curves if (mean := curve.restricted_mean)} == {9.0}


def test_readings_are_shown_only_where_they_change_a_time() -> None:
    plain = [member("a", status="alive", follow_up_months=5.0), member("b", status="dead", follow_up_months=7.0)]
    assert analyse(plain, endpoint=Endpoint.OVERALL).readings == ()
    told = row(status="alive", follow_up_months=30.0)
    other = row(status="dead", follow_up_months=30.0)
    members = [*plain, Member(source="c", row=told, other_reading=other), member("d", follow_up_months=2.0)]
    members.append(Member(source="e", row=told, repeated=True))
    analysis = analyse(members, endpoint=Endpoint.OVERALL)
    shown = {
        reading.name: (reading.changed, reading.curves[0].patients, reading.curves[0].events)
        for reading in analysis.readings
    }
    assert shown == {
        "rows with two readings read the second way": (1, 4, 2),
        "without patients who seem to be there twice": (1, 3, 1),
        "silence about the event read as no event": (1, 5, 1),
    }
    assert analysis.caveat == CAVEAT


def test_numbers_of_the_row_are_covariates_beside_the_groups() -> None:
    members = [
        member(f"{side}{number}", laterality=side, status="dead", follow_up_months=number + 1, age_years=60 - number)
        for side in ("left", "right")
        for number in (1.0, 4.0, 9.0, 12.0)
    ]
    silent = member("silent", laterality="left", status="alive", follow_up_months=8)
    survival = analyse(
        [*members, silent], by="laterality", endpoint=Endpoint.OVERALL, covariates=["age_years"]
    ).survival
    assert survival is not None
    assert survival.cox is not None
    assert (survival.cox.patients, survival.cox.numbers, survival.cox.reference) == (8, ("age_years",), "left")
    assert [hazard.term for hazard in survival.cox.hazards] == ["right", "age_years"]
    assert survival.cox.hazards[1].ratio.value is not None
    assert survival.cox.hazards[1].ratio.value > 1, "the old die first here"
    assert "1 of 9 patients are not in the Cox model: age_years not reported." in survival.notes
    assert any("events are few for 2 terms" in note for note in survival.notes)


def test_a_covariate_needs_no_group() -> None:
    members = [
        member(f"{number}", status="dead", follow_up_months=number + 1, age_years=60 - number) for number in range(6)
    ]
    survival = analyse(members, endpoint=Endpoint.OVERALL, covariates=["age_years"]).survival
    assert survival is not None
    assert survival.cox is not None
    assert [hazard.term for hazard in survival.cox.hazards] == ["age_years"]
    assert survival.log_rank is None


@pytest.mark.parametrize(
    ("name", "message"), [("sex", "sex holds text; a covariate is a number"), ("age", "'age' is no column")]
)
def test_a_covariate_is_a_column_of_numbers(name: str, message: str) -> None:
    with pytest.raises(WrongExpression, match=message):
        analyse([], endpoint=Endpoint.OVERALL, covariates=[name])
