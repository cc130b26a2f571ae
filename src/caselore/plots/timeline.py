"""The timeline of one patient: each told event as the interval in which it was, counted from an anchor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from caselore.model.case import Case, Event
from caselore.model.fact import Value
from caselore.model.time import DAYS_PER_MONTH
from caselore.plots.libraries import alt
from caselore.plots.style import (
    COLOURS,
    EVENTS,
    LINE,
    NothingToDraw,
    event_points,
    letters,
    line_axis,
    rows,
    titled,
    wrapped,
)

_WIDTH = 330
_WORDS_PER_LINE = 52
_KINDS = 100
"""Pixels for the kind of event left of the axis."""


def timeline(case: Case[Value], source: str) -> alt.VConcatChart:
    """The events of a case in the order of time. Raises NothingToDraw where none is told, ChartsMissing."""
    if not case.events:
        raise NothingToDraw(f"No event of {case.patient.label} in {source} could be placed in time.")
    placed = [event for event in case.events if event.when is not None]
    anchor = next((event.when.anchor for event in placed if event.when), "the start")
    title = f"Timeline of {case.patient.label}"
    notes = [f"Bars: the time within which an event was, where it is told no more exactly. Zero: {anchor}."]
    if len(placed) < len(case.events):
        notes.append("Events without bar or sign: the report does not tell when.")
    return titled(alt.vconcat(_events(case.events, anchor)), title, [source], notes)


def _events(events: Sequence[Event], anchor: str) -> alt.LayerChart:
    kinds: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    spans: list[dict[str, Any]] = []
    line = 0
    for event in events:
        kinds.append({"line": line, "text": event.kind.replace("_", " ")})
        if event.when is not None:
            low, high = (days / DAYS_PER_MONTH for days in (event.when.earliest_days, event.when.latest_days))
            shape = event.kind if event.kind in EVENTS else "other"
            spans.append({"line": line, "event": shape, "low": low, "high": high, "months": (low + high) / 2})
        told = wrapped(_told(event), _WORDS_PER_LINE)
        words += [{"line": line + number, "text": text} for number, text in enumerate(told)]
        line += len(told)
    down = line_axis(line)
    scale = alt.Scale(domain=_domain(spans), nice=True)
    axis = alt.Axis(title=f"Months from {anchor}", tickCount=6)
    layers = [
        alt.Chart(rows(spans))
        .mark_rule(strokeWidth=7, opacity=0.5, color=COLOURS[0])
        .encode(x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q", y=down),
        event_points(rows(spans)).encode(x=alt.X("months:Q", scale=scale), y=down),
        letters(rows(kinds), x=alt.value(-_KINDS), y=down),
        letters(rows(words), x=alt.value(_WIDTH + 14), y=down),
    ]
    return alt.LayerChart(layer=layers, width=_WIDTH, height=line * LINE, description="Timeline")


def _told(event: Event) -> str:
    """What happened, and the words that tell when."""
    when = "" if event.when is None else " ".join((event.when.words or str(event.when.date or "")).split())
    what = event.description or event.kind
    return f"{what} ({when})" if when else what


def _domain(spans: Sequence[dict[str, Any]]) -> list[float]:
    """From the first to the last event; a single moment gets a month around it."""
    low = min((span["low"] for span in spans), default=0.0)
    high = max((span["high"] for span in spans), default=1.0)
    return [min(low, 0.0), high if high > min(low, 0.0) else 1.0]
