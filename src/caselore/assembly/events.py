"""The course of one patient as a list of events in the order of time, each told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from caselore.assembly.timeline import CONTACT, DEATH, Placed, last_contact, on_one_clock
from caselore.model.case import Event
from caselore.model.fact import Assertion, Fact, Value
from caselore.model.time import TimePoint
from caselore.topics.follow_up import FollowUp

_VISIT = "visit"
_SAME_TIME_SHARE = 0.05
_SAME_TIME_DAYS = 15.0


def events(facts: Iterable[Fact[Value]]) -> tuple[Event, ...]:
    """The placed events of one patient in the order of time.

    Facts of one kind and one time are one event; a patient dies once; a visit is listed where nothing else is told of its time.
    """
    anchor, items = on_one_clock(facts)
    groups: list[list[Placed]] = []
    for item in sorted(_without_second_deaths(items), key=lambda item: item.days):
        same = next((group for group in groups if _is_same_event(group[0], item)), None)
        if same is None:
            groups.append([item])
        else:
            same.append(item)
    return tuple(_event(anchor, group) for group in groups if not _is_bare_visit(group[0], items))


def _without_second_deaths(items: Sequence[Placed]) -> list[Placed]:
    """Where two times of death are told, the one that the follow-up is counted to."""
    death = last_contact([item for item in items if item.kind == DEATH])
    return [item for item in items if item.kind != DEATH or item is death or (death and _is_same_time(item, death))]


def _is_same_event(one: Placed, other: Placed) -> bool:
    return one.kind == other.kind and _is_same_time(one, other)


def _is_same_time(one: Placed, other: Placed) -> bool:
    """Whether two times differ by less than a twentieth, and by at most half a month."""
    return abs(one.days - other.days) <= min(_SAME_TIME_DAYS, _SAME_TIME_SHARE * abs(one.days))


def _is_bare_visit(item: Placed, items: Sequence[Placed]) -> bool:
    return item.kind == _VISIT and any(other.kind != _VISIT and _is_same_time(item, other) for other in items)


def _event(anchor: str, group: Sequence[Placed]) -> Event:
    first = next((item for item in group if item.exact), group[0])
    return Event(
        kind=first.kind,
        description=_description(group),
        when=TimePoint(
            anchor=anchor,
            earliest_days=first.low,
            latest_days=first.high,
            words=next(
                (item.fact.when.words for item in (first, *group) if item.fact.when and item.fact.when.words), ""
            ),
            date=next(
                (item.fact.when.date for item in (first, *group) if item.fact.when and item.fact.when.date), None
            ),
        ),
        evidence=tuple(dict.fromkeys(evidence for item in (first, *group) for evidence in item.fact.evidence)),
    )


def _description(group: Sequence[Placed]) -> str:
    """What the facts tell, without a shorter wording of the same; a length of follow-up only where nothing else is told."""
    told = list(dict.fromkeys(_words(item) for item in group if not isinstance(item.fact.value, FollowUp)))
    kept = [words for words in told if not any(other != words and other.startswith(words) for other in told)]
    return "; ".join(kept) or str(group[0].fact.value)


def _words(item: Placed) -> str:
    denied = item.kind == CONTACT and item.fact.assertion is Assertion.NEGATED
    return f"no {item.fact.value}" if denied else str(item.fact.value)
