"""From review rows to times: what starts the clock, what ends it, and who has no usable time. See docs/explanation/time_zero.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from caselore.model.cohort import Endpoint, Exclusion, Member, SurvivalTime, TimeZero
from caselore.model.row import ReviewRow

OPERATED = ("gross total", "subtotal", "resection")
"""Values of `surgery` that are a main operation; a biopsy starts no clock."""


class WrongEndpoint(ValueError):
    """The endpoint has no such time zero; the message says which it has."""


class _Course(msgspec.Struct, frozen=True):
    months: float
    event: bool


STARTS = {
    Endpoint.OVERALL: tuple(TimeZero),
    Endpoint.RECURRENCE_FREE: (TimeZero.OPERATION,),
}
"""The times zero an endpoint can have, its own first."""

_START_WORDS = {
    TimeZero.REPORTED: "from diagnosis or main operation, whichever the report counts from",
    TimeZero.DIAGNOSIS: "from diagnosis, for patients without an operation, whose report can count from nothing else",
    TimeZero.OPERATION: "from the main operation, for patients who had one",
    TimeZero.RECURRENCE: "from the first local recurrence, for patients who had one",
}
_END_WORDS = {
    Endpoint.OVERALL: "to death of any cause; the living are censored at the last contact",
    Endpoint.RECURRENCE_FREE: (
        "to the first local recurrence or death of any cause; others are censored at the last contact"
    ),
}


def definition(endpoint: Endpoint, start: TimeZero) -> str:
    """The endpoint in words, as it belongs below a curve."""
    return f"{_START_WORDS[start]}, {_END_WORDS[endpoint]}"


Grouping = Callable[[ReviewRow], str]
"""The group a patient belongs to."""


def survival_times(
    members: Iterable[Member], endpoint: Endpoint, start: TimeZero, grouping: Grouping = lambda row: ""
) -> tuple[list[SurvivalTime], list[Exclusion]]:
    """The time of each member, and who has none with the reason. Raises WrongEndpoint for a time zero it does not have."""
    if start not in STARTS[endpoint]:
        allowed = ", ".join(STARTS[endpoint])
        raise WrongEndpoint(f"{endpoint} survival is not counted from {start}, only from {allowed}.")
    times, excluded = [], []
    for member in members:
        row = member.row
        course = _course(row, endpoint, start)
        if isinstance(course, str):
            excluded.append(Exclusion(source=member.source, label=row.label, reason=course))
        else:
            times.append(_time(member, course, grouping(row)))
    return times, excluded


def _time(member: Member, course: _Course, group: str) -> SurvivalTime:
    return SurvivalTime(
        source=member.source, label=member.row.label, months=course.months, event=course.event, group=group
    )


def _course(row: ReviewRow, endpoint: Endpoint, start: TimeZero) -> _Course | str:
    """The months and whether the event came, or why there is no time."""
    if problem := _no_start(row, start):
        return problem
    if endpoint is Endpoint.RECURRENCE_FREE:
        return _to_recurrence_or_death(row)
    if start is TimeZero.RECURRENCE:
        return _from_recurrence(row)
    return _to_death(row)


def _no_start(row: ReviewRow, start: TimeZero) -> str | None:
    if start is TimeZero.OPERATION:
        if row.surgery is None:
            return "surgery not reported"
        return None if row.surgery in OPERATED else f"no main operation (surgery: {row.surgery})"
    if start is TimeZero.DIAGNOSIS:
        if row.surgery is None:
            return "surgery not reported, so it is not known from when the report counts"
        return "follow-up may be counted from the operation" if row.surgery in OPERATED else None
    if start is TimeZero.RECURRENCE:
        if row.recurrence is None:
            return "recurrence not reported"
        return None if row.recurrence == "yes" else "no recurrence"
    return None


def _to_death(row: ReviewRow) -> _Course | str:
    if row.status is None:
        return "status not reported"
    if row.follow_up_months is None:
        return "follow_up_months not reported"
    return _Course(row.follow_up_months, row.status == "dead")


def _from_recurrence(row: ReviewRow) -> _Course | str:
    """The row gives both times from the same start; what is between them is survival after recurrence."""
    whole = _to_death(row)
    if isinstance(whole, str):
        return whole
    if row.months_to_recurrence is None:
        return "months_to_recurrence not reported"
    months = whole.months - row.months_to_recurrence
    return _Course(months, whole.event) if months >= 0 else "recurrence after the end of follow-up: the times disagree"


def _to_recurrence_or_death(row: ReviewRow) -> _Course | str:
    """Recurrence that is not reported leaves the patient out: silence is not "no"."""
    if row.recurrence is None:
        return "recurrence not reported"
    if row.recurrence == "no":
        return _to_death(row)
    if row.months_to_recurrence is None:
        return "months_to_recurrence not reported"
    return _Course(row.months_to_recurrence, True)
