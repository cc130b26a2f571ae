"""One lane a patient: its length, its events, its end, its name."""

from __future__ import annotations

import pytest

from caselore.cohort.analysis import group_by
from caselore.model.case import Event
from caselore.model.time import DAYS_PER_MONTH, TimePoint
from caselore.plots.files import to_svg
from caselore.plots.lanes import lanes, patient_names
from caselore.plots.style import NothingToDraw
from caselore.plots.swimmer import swimmer
from chart_parts import records, texts, words
from cohort_rows import member

DEAD = member(
    "a", follow_up_months=9, status="dead", recurrence="yes", months_to_recurrence=4, disease="DOD", sex="male"
)
ALIVE = member("b", follow_up_months=20, status="alive", disease="NED", sex="female")
UNTOLD = member("c", follow_up_months=5, sex="male")
SILENT = member("d", status="alive", sex="male")


def event(kind: str, months: float) -> Event:
    days = months * DAYS_PER_MONTH
    return Event(kind=kind, description=kind, when=TimePoint(anchor="operation", earliest_days=days, latest_days=days))


def test_lanes_are_the_longest_first_with_their_events() -> None:
    drawn, left_out = lanes([DEAD, ALIVE, UNTOLD, SILENT])
    assert [(lane.name, lane.months, lane.state) for lane in drawn] == [("b", 20, "NED"), ("a", 9, "DOD"), ("c", 5, "")]
    assert [(one.event, one.months) for one in drawn[1].happenings] == [("recurrence", 4), ("death", 9)]
    assert [one.event for one in drawn[0].happenings] == ["alive"]
    assert drawn[2].happenings == ()
    assert [(one.source, one.reason) for one in left_out] == [
        ("d", "neither follow-up time nor time to recurrence reported")
    ]


def test_recurrence_alone_makes_a_lane_without_an_end() -> None:
    (lane,), _ = lanes([member("a", status="alive", recurrence="yes", months_to_recurrence=6)])
    assert (lane.months, [one.event for one in lane.happenings]) == (6, ["recurrence"])


def test_told_events_come_from_the_report_as_far_as_the_lane_goes() -> None:
    course = {
        ("b", "case 1"): (
            event("metastasis", 12),
            event("radiotherapy", 1),
            event("reoperation", 30),
            event("visit", 2),
        )
    }
    drawn, _ = lanes([ALIVE], courses=course)
    assert [one.event for one in drawn[0].happenings] == ["metastasis", "radiotherapy", "alive"]


def test_names_tell_patients_apart() -> None:
    told = [("a", "case 1"), ("a", "Roe 1999"), ("b", "case 1"), ("c", "Doe [2]"), ("d", "Doe [2]"), ("e", "[12]")]
    assert patient_names(told) == ["a, case 1", "Roe 1999", "b", "c", "d", "e"]


def test_groups_stand_under_their_names() -> None:
    chart = swimmer(*lanes([DEAD, ALIVE, UNTOLD], group_by("sex")))
    heads = [one for one in records(chart, "text") if one.get("group") and "state" not in one]
    assert [(one["text"], one["line"]) for one in heads] == [("female", 0), ("male", 2)]


def test_drawing_explains_itself() -> None:
    svg = words(to_svg(swimmer(*lanes([DEAD, ALIVE, UNTOLD, SILENT]))))
    for told in (
        "alive at last contact",
        "death",
        "local recurrence",
        "Not drawn for want of a time: 1 of 4 patients.",
        "A lane that ends without arrow or cross",
        "DOD dead of disease",
        "Published cases are not a population",
    ):
        assert told in svg
    assert "metastasis" not in svg, "only what is drawn is explained"


def test_forty_four_lanes_each_have_a_line() -> None:
    many = [member(f"{number:02d}", follow_up_months=number + 1, status="alive") for number in range(44)]
    bars = [one for one in records(swimmer(*lanes(many)), "rule") if "start" in one]
    assert sorted(one["line"] for one in bars) == list(range(44))


def test_long_names_keep_both_ends() -> None:
    long = member("a_report_whose_file_name_was_made_from_its_whole_title_and_the_journal_2019", follow_up_months=1)
    (name,) = {text for text in texts(swimmer(*lanes([long]))) if text.startswith("a_report")}
    assert len(name) <= 48
    assert name.endswith("journal_2019")


def test_nobody_has_a_lane() -> None:
    with pytest.raises(NothingToDraw, match="no lane to draw"):
        swimmer(*lanes([SILENT]))
