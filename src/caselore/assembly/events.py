"""The course of one patient as a list of events in the order of time, each told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from caselore.assembly.occurrences import CONTACT, DEATH, RECURRENCE, Placed
from caselore.assembly.timeline import last_contact, on_one_clock
from caselore.language.timing import CALENDAR
from caselore.model.case import Event
from caselore.model.fact import Assertion, Fact, Value
from caselore.model.time import TimePoint
from caselore.topics.follow_up import FollowUp

_VISIT = "visit"
_SAME_TIME_SHARE = 0.05
_SAME_TIME_DAYS = 15.0
_SAME_SENTENCE_CHARACTERS = 250
_TREATMENTS = ("operation", "reoperation", "radiotherapy", "chemotherapy")
_MONTH_DAYS = 31.0
_WIDEST_DAYS = 366.0


def events(facts: Iterable[Fact[Value]]) -> tuple[Event, ...]:
    """The placed events of one patient in the order of time.

    Facts of one kind and one time are one event; a patient dies once; a visit is listed where nothing else is told of its time.
    """
    anchor, everything = on_one_clock(facts)
    items = [
        item
        for item in everything
        if not (_is_a_range(item) or _is_the_operation_again(item) or _is_led_in(item, everything))
    ]
    groups: list[list[Placed]] = []
    for item in sorted(_without_second_deaths(items), key=lambda item: item.days):
        same = next((group for group in groups if _is_same_event(group[0], item)), None)
        if same is None:
            groups.append([item])
        else:
            same.append(item)
    latest = max((item.days for item in items if item.kind == RECURRENCE), default=0.0)
    told = [_event(anchor, group, latest) for group in groups if not _adds_nothing(group[0], items)]
    return tuple(sorted(told, key=lambda event: event.when is None))


def _is_a_range(item: Placed) -> bool:
    """ "From 2 weeks to 60 months" is the follow-up of a series, no time of an event."""
    return item.high - item.low > _WIDEST_DAYS


def _is_the_operation_again(item: Placed) -> bool:
    """ "Two days after complete resection" names the operation that it counts from."""
    when = item.fact.when
    return item.kind == "operation" and when is not None and when.anchor == "operation" and 0 < item.days <= 31


def _without_second_deaths(items: Sequence[Placed]) -> list[Placed]:
    """Where two times of death are told, the one that the follow-up is counted to."""
    death = last_contact([item for item in items if item.kind == DEATH])
    return [item for item in items if item.kind != DEATH or item is death or (death and _is_same_time(item, death))]


def _is_led_in(item: Placed, items: Sequence[Placed]) -> bool:
    """ "After surgery and radiotherapy he is well at 4 years": the time is that of the contact, not of the treatments."""
    when = item.fact.when
    if item.kind not in _TREATMENTS or when is None or item.days == 0:
        return False
    return any(other.kind == CONTACT and other.fact.when == when and _is_near(item, other) for other in items)


def _is_near(one: Placed, other: Placed) -> bool:
    starts = [item.fact.evidence[0].span.start for item in (one, other) if item.fact.evidence]
    return len(starts) == 2 and abs(starts[0] - starts[1]) <= _SAME_SENTENCE_CHARACTERS


def _is_same_event(one: Placed, other: Placed) -> bool:
    if one.kind != other.kind:
        return False
    return _is_same_time(one, other) or (one.kind == CONTACT and _is_same_month(one, other))


def _is_same_month(one: Placed, other: Placed) -> bool:
    """ "30 months after surgery" and "in October" are one contact: each leaves a slack of half a month."""
    whens = (one.fact.when, other.fact.when)
    of_month = [when for when in whens if when and when.anchor == CALENDAR and when.date and when.date.day is None]
    return len(of_month) == 1 and all(whens) and abs(one.days - other.days) <= _MONTH_DAYS


def _is_same_time(one: Placed, other: Placed) -> bool:
    """Whether two times differ by less than a twentieth, and by at most half a month."""
    return abs(one.days - other.days) <= min(_SAME_TIME_DAYS, _SAME_TIME_SHARE * abs(one.days))


def _adds_nothing(item: Placed, items: Sequence[Placed]) -> bool:
    """A visit beside what was found at it, a later admission beside what it was for, a contact beside the death."""
    beside = {other.kind for other in items if other.kind != item.kind and _is_same_time(item, other)}
    if item.kind == _VISIT:
        return bool(beside)
    if item.kind == "admission":
        return item.days > 0 and bool(beside - {_VISIT})
    return item.kind == CONTACT and DEATH in beside


def _event(anchor: str, group: Sequence[Placed], latest: float) -> Event:
    """A death that would come before a recurrence has no time: its "3 months after" counts from that."""
    first = next((item for item in group if item.exact), group[0])
    told = (first, *group)
    too_early = first.kind == DEATH and first.days < latest - _MONTH_DAYS
    return Event(
        kind=first.kind,
        description=_description(group),
        when=None if too_early else _time(anchor, told),
        evidence=tuple(dict.fromkeys(evidence for item in told for evidence in item.fact.evidence)),
    )


def _time(anchor: str, told: Sequence[Placed]) -> TimePoint:
    """Where the first of them stands, with the printed words and the date of whichever has them."""
    printed = [item.fact.when for item in told if item.fact.when and not _is_of_something_else(item)]
    return TimePoint(
        anchor=anchor,
        earliest_days=told[0].low,
        latest_days=told[0].high,
        words=next((when.words for when in printed if when.words), ""),
        date=next((when.date for when in printed if when.date), None),
    )


def _is_of_something_else(item: Placed) -> bool:
    """The first operation is day 0, whatever "three years later" stands in its sentence."""
    when = item.fact.when
    return item.days == 0 and when is not None and when.anchor != CALENDAR and when.earliest_days > 0


def _description(group: Sequence[Placed]) -> str:
    """What the facts tell, without a shorter wording of the same; a length of follow-up only where nothing else is told."""
    told = list(dict.fromkeys(_words(item) for item in group if not isinstance(item.fact.value, FollowUp)))
    kept = [words for words in told if not any(other != words and other.startswith(words) for other in told)]
    return "; ".join(kept) or str(group[0].fact.value)


def _words(item: Placed) -> str:
    denied = item.kind == CONTACT and item.fact.assertion is Assertion.NEGATED
    return f"no {item.fact.value}" if denied else str(item.fact.value)
