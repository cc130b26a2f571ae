"""Shares with exact intervals, and the counts beside them."""

from __future__ import annotations

import pytest

from caselore.cohort.analysis import analyse
from caselore.plots.files import to_svg
from caselore.plots.forest import forest
from caselore.plots.style import NothingToDraw
from chart_parts import records, texts, views, words
from cohort_rows import member

MEMBERS = [
    member("a", sex="female", surgery="gross total", radiotherapy="yes"),
    member("b", sex="female", surgery="subtotal", radiotherapy="no"),
    member("c", sex="male", surgery="gross total"),
    member("d", sex="male", radiotherapy="no"),
]


def test_shares_are_of_those_reported_and_the_other_half_is_left_out() -> None:
    chart = forest(analyse(MEMBERS).descriptions)
    shown = texts(chart)
    assert shown[:4] == ["sex: female", "surgery: gross total", "surgery: subtotal", "radiotherapy: yes"]
    assert "2 of 4: 50% (7% to 93%)" in shown
    assert "2 of 3: 67% (9% to 99%)" in shown
    assert "1 of 3: 33% (1% to 91%)" in shown


def test_intervals_are_drawn_from_limit_to_limit() -> None:
    share, *_ = (one for one in records(forest(analyse(MEMBERS).descriptions, ["sex"]), "rule") if "lower" in one)
    assert (share["lower"], share["share"], share["upper"]) == pytest.approx((0.0676, 0.5, 0.9324), abs=1e-4)


def test_a_value_that_is_alone_is_drawn_even_if_it_is_the_lesser_half() -> None:
    chart = forest(analyse([member("a", radiotherapy="no")]).descriptions, ["radiotherapy"])
    assert "radiotherapy: no" in texts(chart)


def test_groups_differ_by_colour_and_shape() -> None:
    chart = forest(analyse(MEMBERS, by="sex").descriptions, ["surgery"])
    point = next(view for view in views(chart) if "share" in str(view["encoding"].get("x")))
    assert point["encoding"]["shape"]["scale"]["range"] == ["circle", "square"]
    assert len(point["encoding"]["color"]["scale"]["range"]) == 2
    assert "female: 2 patients" in texts(chart)
    assert "Published cases are not a population" in words(to_svg(chart))


def test_nothing_reported_is_no_forest() -> None:
    with pytest.raises(NothingToDraw, match="Nothing is reported of margin"):
        forest(analyse(MEMBERS).descriptions, ["margin"])
