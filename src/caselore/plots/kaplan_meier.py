"""The Kaplan-Meier curve with its interval, censored patients as ticks, and the table of numbers below it.

The form is that of KMunicate (Morris 2019, 10.1136/bmjopen-2019-030215): the interval is shown, and the table gives those
at risk, censored and with an event, not only those at risk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from caselore.model.cohort import Curve, Endpoint, Estimate, Survival, TimeZero
from caselore.plots.libraries import alt
from caselore.plots.style import (
    LINE,
    SIZE,
    WIDTH,
    NothingToDraw,
    colour,
    counted,
    dash,
    key,
    letters,
    line_axis,
    rows,
    shortened,
    titled,
)

_HEIGHT = 300
_FEW = 3
_LABELS = 62
"""Pixels left of the axis where the names of the table's lines stand."""
_STARTS = {
    TimeZero.REPORTED: "diagnosis or operation",
    TimeZero.DIAGNOSIS: "diagnosis",
    TimeZero.OPERATION: "the operation",
    TimeZero.RECURRENCE: "the recurrence",
}
_COUNTS = {"At risk": "at_risk", "Censored": "censored", "Events": "events"}
_TITLES = {Endpoint.OVERALL: "Overall survival", Endpoint.RECURRENCE_FREE: "Recurrence-free survival"}


def kaplan_meier(survival: Survival, about: str = "") -> alt.VConcatChart:
    """The curves of an analysis, one colour and one dash a group; `about` says which patients they are.

    Raises NothingToDraw, TooManyGroups, ChartsMissing.
    """
    curves = [curve for curve in survival.curves if curve.steps]
    if not curves:
        raise NothingToDraw("No patient has a usable time, so there is no curve to draw.")
    months = _months_axis(curves)
    words = {curve.group: _name(curve) for curve in curves}
    picture = alt.vconcat(key(words), _curves(curves, months, survival), _numbers(curves, months), spacing=8)
    title = f"{_TITLES[survival.endpoint]} from {_STARTS[survival.time_zero]}"
    return titled(picture, title, [about, *_tested(survival)], list(_notes(survival)))


def _name(curve: Curve) -> str:
    group = "all" if curve.group == "" else curve.group
    return f"{group}: {counted(curve.patients, 'patient')}, {counted(curve.events, 'event')}, median {_median(curve.median)}"


def _months_axis(curves: Sequence[Curve]) -> tuple[alt.Scale, list[float]]:
    longest = max(curve.steps[-1].months for curve in curves) or 1.0
    ticks = max((curve.risk_table for curve in curves), key=len)
    return alt.Scale(domain=[0, longest * 1.02], nice=False), [one.months for one in ticks]


def _curves(curves: Sequence[Curve], months: tuple[alt.Scale, list[float]], survival: Survival) -> alt.LayerChart:
    scale, ticks = months
    groups = [curve.group for curve in curves]
    across = alt.X("months:Q", scale=scale, axis=alt.Axis(values=ticks, title="Months", format="d", grid=False))
    share = alt.Scale(domain=[0, 1])
    upwards = alt.Axis(format="%", title="Without the event", tickCount=5)
    band = (
        alt.Chart(rows([one for curve in curves for one in _band(curve)]))
        .mark_area(opacity=0.13 if len(curves) <= _FEW else 0.08)
        .encode(
            x=across,
            y=alt.Y("lower:Q", scale=share, axis=upwards),
            y2="upper:Q",
            color=colour(groups),
            detail="stretch:N",
        )
    )
    line = (
        alt.Chart(rows([one for curve in curves for one in _line(curve)]))
        .mark_line(interpolate="step-after", strokeWidth=2)
        .encode(
            x=across,
            y=alt.Y("survival:Q", scale=share),
            color=colour(groups),
            strokeDash=dash(groups),
            order="months:Q",
        )
    )
    tick = (
        alt.Chart(rows([one for curve in curves for one in _censored(curve)]))
        .mark_tick(orient="vertical", size=11, thickness=1.6)
        .encode(
            x=across,
            y=alt.Y("survival:Q", scale=share),
            color=colour(groups),
            tooltip=[
                alt.Tooltip("group:N"),
                alt.Tooltip("months:Q", format=".1f"),
                alt.Tooltip("censored:Q"),
                alt.Tooltip("survival:Q", format=".0%"),
            ],
        )
    )
    description = f"Kaplan-Meier curve, {survival.definition}"
    return alt.LayerChart(layer=[band, line, tick], width=WIDTH, height=_HEIGHT, description=description)


def _line(curve: Curve) -> Iterator[dict[str, Any]]:
    yield {"group": curve.group, "months": 0, "survival": 1}
    for step in curve.steps:
        yield {"group": curve.group, "months": step.months, "survival": step.survival.value}


def _band(curve: Curve) -> Iterator[dict[str, Any]]:
    """Each step's interval from its time to the next step's, as a stretch of its own: where there is none, there is a gap."""
    ends = [step.months for step in curve.steps[1:]]
    for number, (step, end) in enumerate(zip(curve.steps, ends, strict=False)):
        if step.survival.lower is None or step.survival.upper is None:
            continue
        limits = {"lower": step.survival.lower, "upper": step.survival.upper}
        for months in (step.months, end):
            yield {"group": curve.group, "stretch": f"{curve.group} {number}", "months": months, **limits}


def _censored(curve: Curve) -> Iterator[dict[str, Any]]:
    for step in curve.steps:
        if step.censored:
            yield {
                "group": curve.group, "months": step.months, "survival": step.survival.value, "censored": step.censored,
            }  # fmt: skip


def _numbers(curves: Sequence[Curve], months: tuple[alt.Scale, list[float]]) -> alt.LayerChart:
    """The table below the curve: for each group its name, then at risk, censored and events at the ticks of the axis."""
    heads, labels, cells = [], [], []
    line = 0
    for curve in curves:
        if len(curves) > 1:
            heads.append({"line": line, "text": shortened(curve.group, 96), "group": curve.group})
            line += 1
        for label, count in _COUNTS.items():
            labels.append({"line": line, "text": label})
            cells += [
                {"line": line, "months": one.months, "text": str(getattr(one, count))} for one in curve.risk_table
            ]
            line += 1
    down = line_axis(line)
    across = alt.X("months:Q", scale=months[0], axis=None)
    layers = [
        letters(rows(cells), align="center", x=across, y=down),
        letters(rows(labels), x=alt.value(-_LABELS), y=down),
    ]
    if heads:
        head = alt.Chart(rows(heads)).mark_text(align="left", fontWeight="bold", baseline="middle", fontSize=SIZE)
        groups = [curve.group for curve in curves]
        layers.append(head.encode(x=alt.value(-_LABELS), y=down, text="text:N", color=colour(groups)))
    return alt.LayerChart(layer=[*layers], width=WIDTH, height=line * LINE)


def _median(estimate: Estimate) -> str:
    if estimate.value is None:
        return "not reached"
    if estimate.lower is None and estimate.upper is None:
        return f"{estimate.value:.1f} months (no interval)"
    low, high = (("not reached" if one is None else f"{one:.1f}") for one in (estimate.lower, estimate.upper))
    return f"{estimate.value:.1f} months (95% interval from {low} to {high})"


def _tested(survival: Survival) -> Iterator[str]:
    if test := survival.log_rank:
        groups = " against ".join(shortened(group, 40) for group in test.groups)
        yield f"Log-rank test, {groups}: p {'< 0.001' if test.p < 0.001 else f'= {test.p:.3f}'}"


def _notes(survival: Survival) -> Iterator[str]:
    yield f"Counted {survival.definition}. Shaded: 95% intervals (log-log). Upright ticks: censored patients."
    if survival.excluded:
        yield f"{counted(len(survival.excluded), 'patient')} without a usable time not drawn."
