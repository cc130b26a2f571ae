"""When the events of a patient's course happened, in days from the main operation (or the diagnosis, where nothing was operated).

Authors count from many clocks: the operation, the diagnosis, the last thing they told ("3 months later"), the calendar.
The facts are walked in the order of the report, and each printed time is put on one clock. What cannot be placed is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from caselore.assembly.clock import Clock
from caselore.assembly.occurrences import CONTACT, DEATH, METASTASIS, RECURRENCE, Placed
from caselore.model.fact import Fact, Value

_SAME_VISIT_DAYS = 31


def on_one_clock(facts: Iterable[Fact[Value]]) -> tuple[str, list[Placed]]:
    """What the days are counted from ("operation" or "diagnosis"), and the events whose time could be told."""
    clock = Clock(facts)
    return clock.anchor, clock.place()


def placed(facts: Iterable[Fact[Value]]) -> list[Placed]:
    """The events whose time could be told, in the order of the report."""
    return on_one_clock(facts)[1]


def last_contact(items: Sequence[Placed]) -> Placed | None:
    """Death if it could be placed, else the latest contact; none where the patient was seen with new disease after it."""
    deaths = [item for item in items if item.kind == DEATH]
    if deaths:
        return next((item for item in deaths if item.exact), deaths[-1])
    contacts = [item for item in items if item.kind == CONTACT and item.days >= 0]
    latest = max(contacts, key=lambda item: item.days, default=None)
    if latest is None:
        return None
    relapses = [i for i in items if i.kind in (RECURRENCE, METASTASIS) and (i.exact or not latest.exact)]
    return None if any(i.days > latest.days + _SAME_VISIT_DAYS and not i.led_in for i in relapses) else latest


def first_recurrence(items: Sequence[Placed]) -> Placed | None:
    """The earliest local recurrence that the author counted from the operation; else the one told first, if none is earlier."""
    found = [item for item in items if item.kind == RECURRENCE and item.days > 0]
    counted = [item for item in found if item.exact]
    earliest = min(counted or found, key=lambda item: item.days, default=None)
    return earliest if counted or earliest in found[:1] else None
