"""The curve, its interval, its ticks and the table below it."""

from __future__ import annotations

import pytest

from caselore.cohort.analysis import analyse
from caselore.model.cohort import CAVEAT, Endpoint, Member, Survival
from caselore.plots.files import to_svg
from caselore.plots.kaplan_meier import kaplan_meier
from caselore.plots.style import NothingToDraw, TooManyGroups
from chart_parts import records, texts, views, words
from cohort_rows import member


def survival(members: list[Member], by: str = "") -> Survival:
    found = analyse(members, by=by, endpoint=Endpoint.OVERALL).survival
    assert found is not None
    return found


def patients(*told: tuple[float, str], **columns: str) -> list[Member]:
    return [
        member(f"{columns}{number}", follow_up_months=months, status=status, **columns)
        for number, (months, status) in enumerate(told)
    ]


FOUR = patients((2, "dead"), (5, "alive"), (8, "dead"), (14, "alive"))


def test_line_starts_at_one_and_steps_as_estimated() -> None:
    points = [(one["months"], one["survival"]) for one in records(kaplan_meier(survival(FOUR)), "line")]
    assert points == [(0, 1), (2, 0.75), (5, 0.75), (8, 0.375), (14, 0.375)]


def test_interval_is_drawn_only_where_there_is_one() -> None:
    chart = kaplan_meier(survival(patients((2, "dead"), (5, "alive"), (8, "dead"))))
    assert [one["months"] for one in records(chart, "area")] == [2, 5, 5, 8], "from the first event to the last time"


def test_censored_patients_are_ticks_on_the_curve() -> None:
    ticks = records(kaplan_meier(survival(FOUR)), "tick")
    assert [(one["months"], one["survival"], one["censored"]) for one in ticks] == [(5, 0.75, 1), (14, 0.375, 1)]


def test_risk_table_adds_up_at_every_tick_of_the_axis() -> None:
    told = survival(
        [*patients(*[(3, "dead")] * 3, sex="male"), *patients((40, "alive"), (2, "dead"), sex="female")], "sex"
    )
    first, second = told.curves
    assert [one.months for one in first.risk_table] == [one.months for one in second.risk_table]
    for curve in told.curves:
        assert {one.at_risk + one.censored + one.events for one in curve.risk_table} == {curve.patients}
    shown = texts(kaplan_meier(told))
    for label in ("At risk", "Censored", "Events"):
        assert shown.count(label) == 2


def test_groups_differ_by_colour_and_by_dash() -> None:
    told = survival([*patients((3, "dead"), sex="male"), *patients((4, "dead"), sex="female")], "sex")
    line = next(view for view in views(kaplan_meier(told)) if view["mark"]["type"] == "line")
    for channel in ("color", "strokeDash"):
        scale = line["encoding"][channel]["scale"]
        assert scale["domain"] == ["female", "male"]
        assert len({str(one) for one in scale["range"]}) == 2


def test_drawing_says_counts_median_definition_and_caveat() -> None:
    svg = words(to_svg(kaplan_meier(survival(FOUR), about="4 of 9 patients, where kps is reported")))
    assert "all: 4 patients, 2 events, median 8.0 months (95% interval from 2.0 to not reached)" in svg
    assert "4 of 9 patients, where kps is reported" in svg
    assert "to death of any cause" in svg
    assert "Overall survival from diagnosis or operation" in svg
    assert CAVEAT[:60] in svg


def test_no_event_at_all_is_a_curve_without_test() -> None:
    told = survival([*patients((3, "alive"), sex="male"), *patients((4, "alive"), sex="female")], "sex")
    assert told.log_rank is None
    assert "No log-rank test: no event was observed." in told.notes
    svg = words(to_svg(kaplan_meier(told)))
    assert "0 events, median not reached" in svg
    assert "nan" not in svg.lower()


def test_one_patient_at_time_zero() -> None:
    assert b"<svg" in to_svg(kaplan_meier(survival(patients((0, "dead")))))


def test_nobody_is_no_curve() -> None:
    with pytest.raises(NothingToDraw, match="No patient has a usable time"):
        kaplan_meier(survival([member("a", status="alive")]))


def test_nine_groups_cannot_be_told_apart() -> None:
    members = [one for number in range(9) for one in patients((3, "dead"), diagnosis=f"tumour {number}")]
    with pytest.raises(TooManyGroups, match="9 groups"):
        kaplan_meier(survival(members, "diagnosis"))
