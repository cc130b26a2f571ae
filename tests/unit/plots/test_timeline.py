"""The events of one patient, each as the time within which it was."""

from __future__ import annotations

import pytest

from caselore.model.case import Case, Event, Patient, Role
from caselore.model.time import DAYS_PER_MONTH, TimePoint
from caselore.plots.files import to_svg
from caselore.plots.style import NothingToDraw
from caselore.plots.timeline import timeline
from chart_parts import records, texts, words


def event(
    kind: str, low: float | None = None, high: float | None = None, told: str = "", description: str = ""
) -> Event:
    if low is None:
        return Event(kind=kind, description=description or kind)
    low, high = low * DAYS_PER_MONTH, (low if high is None else high) * DAYS_PER_MONTH
    when = TimePoint(anchor="operation", earliest_days=low, latest_days=high, words=told)
    return Event(kind=kind, description=description or kind, when=when)


def case(*events: Event) -> Case:  # type: ignore[type-arg]
    return Case(patient=Patient(id="p1", role=Role.INDEX, label="case 1"), facts=(), events=events)


COURSE = case(
    event("operation", 0),
    event("recurrence", 11, 13, "about a year later", "local recurrence"),
    event("visit", 14),
    event("metastasis", description="metastasis: lung, liver and several bones of the spine and of the pelvis"),
)


def test_intervals_run_from_the_earliest_to_the_latest_time() -> None:
    spans = [one for one in records(timeline(COURSE, "report"), "rule") if "low" in one]
    assert [(round(one["low"]), round(one["high"]), one["event"]) for one in spans] == [
        (0, 0, "operation"),
        (11, 13, "recurrence"),
        (14, 14, "other"),
    ]


def test_words_are_broken_into_lines_that_nothing_else_stands_on() -> None:
    drawn = records(timeline(COURSE, "report"), "text")
    told = [one for one in drawn if one["line"] >= 3]
    assert [one["text"] for one in told] == [
        "metastasis",
        "metastasis: lung, liver and several bones of the",
        "spine and of the pelvis",
    ]
    assert [one["line"] for one in told] == [3, 3, 4]


def test_drawing_says_what_zero_is_and_what_has_no_time() -> None:
    svg = words(to_svg(timeline(COURSE, "a report")))
    assert "Months from operation" in svg
    assert "local recurrence (about a year later)" in svg
    assert "Events without bar or sign: the report does not tell when." in svg
    assert "Published cases are not a population" in svg


def test_a_single_moment_still_has_an_axis() -> None:
    assert "operation" in texts(timeline(case(event("operation", 0)), "report"))
    assert b"<svg" in to_svg(timeline(case(event("operation", 0)), "report"))


def test_no_event_is_no_timeline() -> None:
    with pytest.raises(NothingToDraw, match="No event of case 1 in a report"):
        timeline(case(), "a report")
