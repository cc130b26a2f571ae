"""One patient's clock: the facts of a course walked in the order of the report, each printed time put where it belongs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from caselore.assembly.occurrences import (
    CONTACT,
    DEATH,
    METASTASIS,
    RECURRENCE,
    VISIT,
    Placed,
    kind_of,
    tells_of_no_disease,
)
from caselore.language.timing import CALENDAR, PRECEDING, REOPERATION, START
from caselore.model.fact import Assertion, Fact, Phase, Value
from caselore.model.text import SectionKind
from caselore.model.time import DAYS_PER_YEAR, PartialDate, TimePoint

_OPERATIONS = ("operation", "reoperation")
_BEGINNINGS = frozenset({*_OPERATIONS, "radiotherapy", "chemotherapy", "admission"})
_LONGEST_DAYS = 60 * 366
_SAME_VISIT_CHARACTERS = 350
_SAME_SENTENCE_CHARACTERS = 150
_UNTIL_EXCISED_DAYS = 92
_YEARS_APART = 2
"""Nearer years may be months or nearly two years apart."""


class Clock:
    """Places the events that facts tell; `anchor` is what its days count from, "operation" or "diagnosis"."""

    def __init__(self, facts: Iterable[Fact[Value]]) -> None:
        events = [fact for fact in facts if kind_of(fact)]
        told = [fact for fact in events if fact.phase is not Phase.BEFORE]
        self._operated_before = any(f.phase is Phase.BEFORE and kind_of(f) == "operation" for f in events)
        self._facts = sorted(told, key=_place_in_text)
        self._visits = [fact for fact in self._facts if kind_of(fact) == VISIT]
        self._dates = {name: self._date_of(name) for name in ("operation", "diagnosis", "admission")}
        self._zero = self._dates["operation"] or self._dates["diagnosis"] or self._dates["admission"]
        self._year = _year_told(self._facts)
        operated = any(kind_of(fact) == "operation" for fact in self._facts)
        self.anchor = "operation" if operated else "diagnosis"
        self._known: dict[str, tuple[float, float]] = {}
        self._led_in: set[str] = set()
        self._previous: tuple[float, float] | None = None
        self._visit: tuple[int, tuple[float, float]] | None = None
        self._last: tuple[Fact[Value], tuple[float, float]] | None = None
        self._operated: tuple[float, float] | None = None
        self._came_then = self._lost = False
        self._clear: tuple[float, float] | None = None

    def place(self) -> list[Placed]:
        self._known, self._led_in = {}, set()
        self._tell_anew()
        found: list[Placed] = []
        telling: SectionKind | None = None
        for fact in self._facts:
            now = _telling(fact)
            if now is not None and now is not telling:
                telling = now
                self._tell_anew()
            kind = kind_of(fact) or ""
            position = self._same_time(fact) or self._position(fact, kind)
            position = position or self._seen_at_visit(fact, kind)
            if position is None or not -_LONGEST_DAYS < position[0] < _LONGEST_DAYS:
                self._lost = self._lost or self._is_untimed_spread(fact, kind)
                self._visit = None if kind == VISIT else self._visit
                continue
            self._move_on(fact, kind, position)
            if fact.when is not None or kind in (RECURRENCE, CONTACT):
                exact = fact.when is not None and fact.when.anchor in ("operation", "diagnosis") and position[0] > 0
                low, high = position
                found.append(Placed(kind=kind, low=low, high=high, exact=exact, fact=fact, led_in=self._is_led_in()))
        return found

    def _is_untimed_spread(self, fact: Fact[Value], kind: str) -> bool:
        """New disease at a time that nobody knows: "2 months later he died" counts from there."""
        return kind == METASTASIS and fact.phase is Phase.LATER and fact.assertion is Assertion.AFFIRMED

    def _is_led_in(self) -> bool:
        return not _BEGINNINGS & self._known.keys()

    def _move_on(self, fact: Fact[Value], kind: str, position: tuple[float, float]) -> None:
        """What is told next may count from here."""
        if fact.when is not None and position[0] > 0:
            self._visit = (_place_in_text(fact), position)
            self._came_then = self._is_how_he_came(fact)
        self._previous, self._lost = (0.0, 0.0) if kind == VISIT and self._came_then else position, False
        if fact.when is not None and not (kind == "operation" and position == (0.0, 0.0)):
            self._last = (fact, position)
        if fact.assertion is not Assertion.POSSIBLE:
            if kind not in self._known and self._is_led_in():
                self._led_in.add(kind)
            self._known.setdefault(kind, position)
        if kind in _OPERATIONS:
            self._operated = position
        if tells_of_no_disease(fact):
            self._clear = position

    def _tell_anew(self) -> None:
        self._previous, self._visit, self._last, self._operated = None, None, None, None
        self._came_then, self._clear, self._lost = False, None, False

    def _is_how_he_came(self, fact: Fact[Value]) -> bool:
        """ "Presented five years after a nephrectomy": the time is that of the first admission the text tells."""
        came = next((other for other in self._facts if kind_of(other) == "admission"), None)
        return came is not None and came.phase is Phase.FIRST and _is_worded_alike(came.when, fact.when)

    def _same_time(self, fact: Fact[Value]) -> tuple[float, float] | None:
        """Two facts of one printed "3 months later" are of one time, not three months apart."""
        if self._last is None or not _is_worded_alike(fact.when, self._last[0].when):
            return None
        near = abs(_place_in_text(fact) - _place_in_text(self._last[0])) <= _SAME_VISIT_CHARACTERS
        return self._last[1] if near and self._printed_time(fact) == self._printed_time(self._last[0]) else None

    def _printed_time(self, fact: Fact[Value]) -> int | None:
        """Where the words of the fact's time are printed: the nearest visit that they tell."""
        place = _place_in_text(fact)
        alike = [visit for visit in self._visits if _is_worded_alike(visit.when, fact.when)]
        places = [evidence.span.start for visit in alike for evidence in visit.evidence]
        return min(places, key=lambda start: abs(start - place), default=None)

    def _seen_at_visit(self, fact: Fact[Value], kind: str) -> tuple[float, float] | None:
        """ "Readmitted a year after the operation. MRI showed a recurrence": the visit just told dates what was found at it."""
        if fact.when is not None or self._visit is None:
            return None
        if kind not in (RECURRENCE, CONTACT) or (
            kind == RECURRENCE and not self._known.keys().isdisjoint((kind, DEATH))
        ):
            return None
        place, position = self._visit
        if (kind == CONTACT and self._came_then) or (kind == RECURRENCE and position == self._clear):
            return None
        return position if 0 <= _place_in_text(fact) - place <= _SAME_VISIT_CHARACTERS else None

    def _date_of(self, name: str) -> date | None:
        """The first printed date of a milestone, or the one that a dated interval from it makes."""
        for fact in self._facts:
            when = fact.when
            printed = when is not None and when.anchor == CALENDAR and kind_of(fact) == name
            if printed and fact.phase is Phase.FIRST and when and when.date and when.date.month:
                if self._is_date_of_contact(fact):
                    continue
                return _middle(when.date)
        for fact in self._facts:
            when = fact.when
            if when and when.date and when.date.month and when.anchor == name:
                return _middle(when.date) - timedelta(days=(when.earliest_days + when.latest_days) / 2)
        return None

    def _is_date_of_contact(self, fact: Fact[Value]) -> bool:
        """ "As of 3 June 2018 there was no recurrence after the excision": the day is that of the contact."""
        return any(
            other.when == fact.when
            and kind_of(other) == CONTACT
            and abs(_place_in_text(other) - _place_in_text(fact)) <= _SAME_VISIT_CHARACTERS
            for other in self._facts
        )

    def _position(self, fact: Fact[Value], kind: str) -> tuple[float, float] | None:
        when, phase = fact.when, fact.phase
        if when is None:
            return self._untimed(kind, phase)
        if kind in ("operation", "diagnosis", "admission") and phase is Phase.FIRST and kind not in self._known:
            return (0.0, 0.0) if kind == "operation" else self._dated(when)
        if when.anchor == CALENDAR:
            return self._dated(when)
        base = self._step(fact, when, kind) or self._base(when)
        restarted = phase is Phase.LATER and when.anchor in (START, PRECEDING) and self._dated(when) is not None
        if base is None or restarted:
            return self._dated(when)
        return base[0] + when.earliest_days, base[1] + when.latest_days

    def _step(self, fact: Fact[Value], when: TimePoint, kind: str) -> tuple[float, float] | None:
        """Where an interval counts from that would lead back behind the relapse that was just told: from there.

        "A metastasis was found after 5 months; she died after 2 months", "recurred after 3 years and was excised again;
        no recurrence one year after surgery": stories go forward, so the clock was started anew.
        """
        if kind not in (DEATH, CONTACT, VISIT) or (kind != DEATH and not self._is_contact_later(fact)):
            return None
        relapses = [self._known.get(kind) for kind in (RECURRENCE, METASTASIS) if kind not in self._led_in]
        if fact.phase is Phase.LATER:
            relapses.append(self._operated)
        latest = max((told[0] for told in relapses if told), default=0.0)
        if when.anchor == START and (kind == DEATH or latest > when.latest_days):
            anew = self._previous
        else:
            anew = self._operated_again() if when.anchor == "operation" else None
        return anew if anew is not None and anew[0] > when.latest_days else None

    def _operated_again(self) -> tuple[float, float] | None:
        """The last operation told, where it was that of the local recurrence."""
        relapse, operated = self._known.get(RECURRENCE), self._operated
        return operated if relapse and operated and 0 <= operated[0] - relapse[0] <= _UNTIL_EXCISED_DAYS else None

    def _is_contact_later(self, fact: Fact[Value]) -> bool:
        """Whether a time after the relapse is that of a contact only, and is told for the first time."""
        alike = [other for other in self._facts if _is_as_long(other.when, fact.when)]
        return _place_in_text(alike[0]) + _SAME_SENTENCE_CHARACTERS >= _place_in_text(fact) and {
            kind_of(other) for other in alike
        } <= {CONTACT, VISIT}

    def _untimed(self, kind: str, phase: Phase) -> tuple[float, float] | None:
        if kind == "operation" and kind not in self._known:
            return self._known.get(RECURRENCE) if phase is Phase.LATER and RECURRENCE in self._known else (0.0, 0.0)
        if kind in ("operation", "admission", "diagnosis") and phase is Phase.FIRST:
            return 0.0, 0.0
        if kind == REOPERATION:
            return self._known.get(RECURRENCE, self._previous)
        return self._previous if kind in ("operation", "radiotherapy", "chemotherapy") else None

    def _base(self, when: TimePoint) -> tuple[float, float] | None:
        """Where the anchor of an interval stands on the patient's clock."""
        if when.anchor == REOPERATION:
            again = self._operated if self._operated and self._operated[0] > 0 else None
            known = self._known.get(REOPERATION) or again or self._known.get(RECURRENCE, self._known.get(METASTASIS))
            return known or ((0.0, 0.0) if self._operated_before else None)
        if when.anchor in ("operation", "biopsy"):
            return 0.0, 0.0
        if when.anchor == "diagnosis":
            gap = self._gap("diagnosis")
            return gap, gap
        if when.anchor == PRECEDING:
            return None if self._lost else self._previous or (0.0, 0.0)
        if when.anchor == START:
            return 0.0, 0.0
        if when.anchor in (RECURRENCE, METASTASIS):
            return self._known.get(when.anchor)
        if when.anchor in ("radiotherapy", "chemotherapy", "discharge", "admission"):
            return self._known.get(when.anchor, (0.0, 0.0))
        return None

    def _gap(self, name: str) -> float:
        """Days from the operation to another dated milestone, negative where that came first; 0 where a date is missing."""
        first, second = self._dates["operation"], self._dates[name]
        return float((second - first).days) if first and second else 0.0

    def _dated(self, when: TimePoint) -> tuple[float, float] | None:
        if self._zero is None or when.date is None or when.date.month is None:
            return self._by_years(when.date)
        days = float((_middle(when.date) - self._zero).days)
        return days, days

    def _by_years(self, date: PartialDate | None) -> tuple[float, float] | None:
        """ "Excised in 1998 ... well in 2004": years apart, where both dates are no more than a year."""
        if self._zero is not None or self._year is None or date is None or date.month is not None:
            return None
        days = (date.year - self._year) * DAYS_PER_YEAR
        return (days, days) if date.year - self._year >= _YEARS_APART else None


def _year_told(facts: list[Fact[Value]]) -> int | None:
    """The year of the first operation, or else diagnosis or admission, where no more than the year is told."""
    for name in ("operation", "diagnosis", "admission"):
        for fact in facts:
            when = fact.when
            if kind_of(fact) == name and fact.phase is Phase.FIRST and when and when.anchor == CALENDAR and when.date:
                return when.date.year if when.date.month is None else None
    return None


def _telling(fact: Fact[Value]) -> SectionKind | None:
    """Which telling of the story a fact is from: abstract and discussion tell it anew; None for captions and the like."""
    section = fact.evidence[0].section if fact.evidence else SectionKind.CASE
    if section in (SectionKind.ABSTRACT, SectionKind.INTRODUCTION, SectionKind.DISCUSSION):
        return section
    return None if section in (SectionKind.CAPTION, SectionKind.TABLE) else SectionKind.CASE


def _is_as_long(one: TimePoint | None, other: TimePoint | None) -> bool:
    return one is not None and other is not None and one.anchor != CALENDAR and one.earliest_days == other.earliest_days


def _is_worded_alike(one: TimePoint | None, other: TimePoint | None) -> bool:
    if one is None or other is None:
        return False
    return (one.words, one.earliest_days, one.date) == (other.words, other.earliest_days, other.date)


def _place_in_text(fact: Fact[Value]) -> int:
    return fact.evidence[0].span.start if fact.evidence else 0


def _middle(when: PartialDate) -> date:
    return when.earliest + (when.latest - when.earliest) / 2
