"""The course of a patient as a strip: three lanes, months from time zero, drawn as SVG; the table beside it tells all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from caselore.model.case import Event
from caselore.model.time import DAYS_PER_MONTH

WIDTH, LEFT, RIGHT = 1180, 96, 1160
_LANES = {
    "Complaint": ("admission", "first_symptom", "first symptom", "symptom", "presentation", "diagnosis"),
    "Treatment": ("operation", "reoperation", "radiotherapy", "chemotherapy", "biopsy"),
}
_COURSE = "Course"
_CLASSES = {"Complaint": "k-cl", "Treatment": "k-tx", _COURSE: "k-oc"}
_LETTER = 6.4
"""Pixels that a letter takes, generously."""
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 480)
_MOST_TICKS = 9


class Sign(msgspec.Struct, frozen=True, kw_only=True):
    """An event: from `x` on for `width` pixels (0 for a moment), with its words where there is room."""

    x: float
    width: float
    look: str
    kind: str
    words: str
    label_x: float
    end: bool = False


class Lane(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    y: int
    look: str
    signs: tuple[Sign, ...]


class Strip(msgspec.Struct, frozen=True, kw_only=True):
    """The drawing; `ticks` are pairs of a place and its words, `zero` the place of time zero."""

    anchor: str
    zero: float
    ticks: tuple[tuple[float, str], ...]
    lanes: tuple[Lane, ...]


def strip(events: Sequence[Event]) -> Strip | None:
    """The strip of the events that have a time; None where none has."""
    timed = [event for event in events if event.when is not None]
    if not timed:
        return None
    months = [
        days / DAYS_PER_MONTH
        for event in timed
        if event.when
        for days in (event.when.earliest_days, event.when.latest_days)
    ]
    low, high = min(0.0, *months), max(0.0, *months)
    if high - low < 1:
        high = low + 1
    room = (high - low) * 0.02

    def at(month: float) -> float:
        return round(LEFT + 12 + (month - low + room) / (high - low + 2 * room) * (RIGHT - LEFT - 24), 1)

    anchor = next(event.when.anchor for event in timed if event.when)
    names = [*_LANES, _COURSE]
    lanes = tuple(
        Lane(
            name=name,
            y=11 + 30 * number,
            look=_CLASSES[name],
            signs=tuple(_signs([event for event in timed if _lane(event) == name], at)),
        )
        for number, name in enumerate(names)
    )
    step = next((one for one in _STEPS if (high - low) / one <= _MOST_TICKS), _STEPS[-1])
    first = int(low // step) * step
    ticks = tuple(
        (at(month), "0" if month == 0 else f"{month:+g} mo".replace("-", "\u2212"))
        for month in range(first, int(high) + 1, step)
        if month >= low
    )
    return Strip(anchor=anchor.replace("_", " "), zero=at(0), ticks=ticks, lanes=lanes)


def _lane(event: Event) -> str:
    return next((name for name, kinds in _LANES.items() if event.kind in kinds), _COURSE)


def _signs(events: Sequence[Event], at: Callable[[float], float]) -> Iterator[Sign]:
    """The events of a lane; words that would run into the next sign are left to the table."""

    places = []
    for event in events:
        assert event.when is not None
        start, end = (at(days / DAYS_PER_MONTH) for days in (event.when.earliest_days, event.when.latest_days))
        places.append((start, max(0.0, end - start), event))
    places.sort(key=lambda place: place[0])
    free = float(LEFT)
    for number, (x, width, event) in enumerate(places):
        words = short(event)
        needed = len(words) * _LETTER + 12
        following = places[number + 1][0] if number + 1 < len(places) else float(RIGHT)
        label_x, end = x + width + 10, False
        if label_x + needed > following:
            label_x, end = x - 10, True
            if label_x - needed < free:
                words = ""
        free = (label_x + needed) if words and not end else x + width + 8
        look = "death" if event.kind == "death" else event.kind
        yield Sign(
            x=x, width=round(width, 1), look=look, kind=event.kind, words=words, label_x=round(label_x, 1), end=end
        )


def short(event: Event) -> str:
    """The event in a few words."""
    words = event.description or event.kind.replace("_", " ")
    return words if len(words) <= 44 else words[:42].rstrip() + "…"


def months_told(event: Event) -> str:
    """Months from time zero as the table shows them."""
    if event.when is None:
        return "not told"
    low, high = event.when.earliest_days / DAYS_PER_MONTH, event.when.latest_days / DAYS_PER_MONTH
    told = f"{low:+.1f}" if high - low < 0.05 else f"{low:+.1f} to {high:+.1f}"
    return told.replace("-", "\u2212").replace("+0.0", "0")
