"""The swimmer chart: one lane a patient, as long as the course is told, events as shapes, an arrow for the living."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from caselore.cohort.survival import round_times
from caselore.model.cohort import Exclusion
from caselore.plots.lanes import Lane
from caselore.plots.libraries import alt
from caselore.plots.style import (
    INK,
    LINE,
    SIZE,
    WIDTH,
    NothingToDraw,
    breadth,
    colour,
    event_points,
    letters,
    line_axis,
    rows,
    shortened,
    signs,
    titled,
)

_BAR = 8
_LONGEST_NAME = 48
_SIGN = 10
"""Pixels that a sign takes."""
_LIFT = 0.24
_ASIDE = 9
"""Pixels by which the sign of the end stands behind it, so that it covers no event."""
_ENDS = ("alive", "death")
_WORDS = {
    "alive": "alive at last contact",
    "death": "death",
    "recurrence": "local recurrence",
    "metastasis": "metastasis",
    "reoperation": "further operation",
    "radiotherapy": "radiotherapy",
    "chemotherapy": "chemotherapy",
}
_STATES = {
    "NED": "NED no evidence of disease",
    "AWD": "AWD alive with disease",
    "DOD": "DOD dead of disease",
    "DOC": "DOC dead of another cause",
}


def swimmer(lanes: Sequence[Lane], left_out: Sequence[Exclusion] = (), about: str = "") -> alt.VConcatChart:
    """The lanes in the order given, under the name of each group; `about` says which patients they are.

    Raises NothingToDraw, TooManyGroups, ChartsMissing.
    """
    if not lanes:
        raise NothingToDraw("No patient has a follow-up time or a time to recurrence, so there is no lane to draw.")
    events = {happening.event for lane in lanes for happening in lane.happenings}
    parts = [_pool(lanes)]
    if events:
        parts.insert(0, signs({event: words for event, words in _WORDS.items() if event in events}))
    return titled(alt.vconcat(*parts, spacing=8), "Course of each patient", [about], _notes(lanes, left_out))


def _notes(lanes: Sequence[Lane], left_out: Sequence[Exclusion]) -> list[str]:
    notes = ["Months from diagnosis or main operation, whichever the report counts from."]
    states = {lane.state for lane in lanes}
    if told := [words for state, words in _STATES.items() if state in states]:
        notes[0] += f" At the end of a lane: {', '.join(told)}."
    if any(not {one.event for one in lane.happenings} & {"alive", "death"} for lane in lanes):
        notes.append("A lane that ends without arrow or cross: status or time of last contact not reported.")
    if left_out:
        notes.append(f"Not drawn for want of a time: {len(left_out)} of {len(left_out) + len(lanes)} patients.")
    return notes


def _pool(lanes: Sequence[Lane]) -> alt.LayerChart:
    groups = list(dict.fromkeys(lane.group for lane in lanes))
    headed = len(groups) > 1
    heads: list[dict[str, Any]] = []
    bars: list[dict[str, Any]] = []
    points: list[dict[str, Any]] = []
    line = 0
    longest = max(lane.months for lane in lanes) or 1.0
    for group, members in groupby(lanes, key=lambda lane: lane.group):
        if headed:
            heads.append({"line": line, "text": shortened(group, 96), "group": group})
            line += 1
        for lane in members:
            text = shortened(lane.name, _LONGEST_NAME)
            bars.append(
                {"line": line, "text": text, "group": group, "start": 0, "months": lane.months, "state": lane.state}
            )
            points += _points(lane, line, longest)
            line += 1
    return _drawn(groups, heads, bars, points, line, longest)


def _points(lane: Lane, line: int, longest: float) -> Iterator[dict[str, Any]]:
    """The signs of a lane; one that would cover the sign before it is lowered, and that one raised."""
    events = sorted((one for one in lane.happenings if one.event not in _ENDS), key=lambda one: one.months)
    lifts = [0.0] * len(events)
    for number in range(1, len(events)):
        if (events[number].months - events[number - 1].months) / longest * WIDTH < _SIGN:
            lifts[number - 1] = lifts[number - 1] or -_LIFT
            lifts[number] = -lifts[number - 1]
    for one, lift in zip(events, lifts, strict=True):
        yield {"line": line + lift, "event": one.event, "months": one.months}
    for one in lane.happenings:
        if one.event in _ENDS:
            yield {"line": line, "event": one.event, "months": one.months, "end": True}


def _drawn(
    groups: list[str],
    heads: list[dict[str, Any]],
    bars: list[dict[str, Any]],
    points: list[dict[str, Any]],
    lines: int,
    longest: float,
) -> alt.LayerChart:
    scale = alt.Scale(domain=[0, longest * 1.02], nice=False)
    axis = alt.Axis(values=list(round_times(longest)), title="Months", format="d", grid=True)
    across, down = alt.X("months:Q", scale=scale, axis=axis), line_axis(lines)
    left = alt.value(-max(breadth(bar["text"]) for bar in bars) - 10)
    tooltip = [alt.Tooltip("text:N", title="patient"), alt.Tooltip("months:Q", format=".1f")]
    layers = [
        alt.Chart(rows(bars))
        .mark_rule(strokeWidth=_BAR, opacity=0.5)
        .encode(
            x=alt.X("start:Q", scale=scale, axis=axis), x2="months:Q", y=down, color=colour(groups), tooltip=tooltip
        ),
        letters(rows(bars), x=left, y=down),
        alt.Chart(rows(bars))
        .mark_text(align="left", baseline="middle", dx=19, fontSize=SIZE - 1, color=INK)
        .encode(x=across, y=down, text="state:N"),
        *(
            event_points(
                rows([one for one in points if ("end" in one) is at_end]), aside=_ASIDE if at_end else 0
            ).encode(x=across, y=down, tooltip=[alt.Tooltip("event:N"), alt.Tooltip("months:Q", format=".1f")])
            for at_end in (False, True)
        ),
    ]
    if heads:
        head = alt.Chart(rows(heads)).mark_text(align="left", fontWeight="bold", baseline="middle", fontSize=SIZE)
        layers.append(head.encode(x=left, y=down, text="text:N", color=colour(groups)))
    return alt.LayerChart(layer=layers, width=WIDTH, height=lines * LINE, description="Swimmer chart")
