"""A stated interval and the dates around it disagree.

What it finds: "34 months after surgery" where the dates of operation and contact make 33.
Why it matters: follow-up is what survival curves are made of.
Example: "Resection was performed on 13 November 2017 ... at the last visit, in August 2020, 34 months later".
What it leaves alone: differences within the precision of either side; other patients' intervals; pregnancies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from caselore.language.times import Direction, TimeExpression, TimeKind
from caselore.language.timing import CALENDAR
from caselore.lint.checked import Checked, facts
from caselore.lint.rule import Finding, Rule, found
from caselore.model.case import Case, Owner
from caselore.model.diagnostic import Place, Severity
from caselore.model.fact import Phase, Value
from caselore.model.text import SectionKind, TextSpan
from caselore.model.time import DAYS_PER_MONTH, PartialDate
from caselore.topics.course import Milestone

_STORY = frozenset({SectionKind.CASE, SectionKind.OUTCOME, SectionKind.OPERATION, SectionKind.ABSTRACT})
_SLACK = 0.75
"""Months: an interval in whole months is rounded or counted up by this much at most."""
_SLACK_OF_YEARS = 7.0
_EARLY, _LATE = -1.1, 0.75
"""Months by which a stated interval may stay behind the dates (completed months are counted) or run ahead of them."""
_PREGNANT = re.compile(r"\bgestation\w*|\bpregnan\w+|\bpostpartum\b", re.IGNORECASE)
_APPOSITION = re.compile(r"[\s,(–—-]*(?:i\.e\.|that is|in|on|and)?[\s,(]*")


def check(checked: Checked) -> Iterator[Finding]:
    if _PREGNANT.search(checked.report.document.text):
        return  # weeks are counted from the last period there
    for case in checked.own:
        contacts = list(_dated_contacts(checked, case))
        yield from contacts
        if contacts:
            continue
        timed = list(_times(checked, case.patient.id))
        dates = [(time, time.date) for time in timed if time.date is not None and time.date.month]
        for at, (time, when) in enumerate(dates):
            stated = _beside(checked, timed, time)
            if stated is None or not at:
                continue
            if any(_agrees(stated, earlier, when) for _, earlier in dates[:at]):
                continue
            near = dates[at - 1] if len({d for _, d in dates[:at]}) > 1 else dates[0]
            first = dates[0]
            months = _months(first[1], when)
            message = f"{_words(checked, stated)!r} is stated, the dates make {months:.0f} months."
            where = {checked.place(one.span) for one in (stated, time, near[0], first[0])}
            yield found(message, where)


def _dated_contacts(checked: Checked, case: Case[Value]) -> Iterator[Finding]:
    """Events that are told with an interval from the operation or diagnosis and with a date of their own."""
    zeros = [
        (fact, fact.when.date)
        for fact in facts(case, Milestone)
        if fact.value.event in ("operation", "diagnosis", "admission") and fact.phase is Phase.FIRST
        if fact.when and fact.when.date and fact.when.date.month and fact.when.anchor == CALENDAR
    ]
    for event in case.events:
        when = event.when
        if (
            when is None
            or when.date is None
            or when.date.month is None
            or when.anchor not in ("operation", "diagnosis")
        ):
            continue
        made = [(zero, _months(started, when.date)) for zero, started in zeros]
        if made and not any(_EARLY <= when.months - months <= _LATE or months <= 0 for _, months in made):
            zero, months = min(made, key=lambda pair: abs(pair[1] - when.months))
            message = f"{when.words!r} is stated, the dates make {months:.0f} months."
            yield found(message, map(Place.of, event.evidence), checked.times(zero))


def _times(checked: Checked, patient: str) -> Iterator[TimeExpression]:
    """Dates and intervals told of this patient in the story, in order."""
    spans = [s.span for s in checked.report.segments if s.owner is Owner.INDEX and patient in s.patient_ids]
    for view in checked.sentences:
        if view.section in _STORY:
            yield from (t for t in view.times if any(span.covers(t.span) for span in spans))


def _beside(checked: Checked, timed: list[TimeExpression], date_told: TimeExpression) -> TimeExpression | None:
    """The interval that stands in apposition to a date: "in August 2020, 34 months after surgery"."""
    at = timed.index(date_told)
    for other in timed[max(0, at - 1) : at + 2]:
        between = TextSpan(*sorted((*_edges(other), *_edges(date_told)))[1:3])
        if other.kind is not TimeKind.OFFSET or other.direction is not Direction.AFTER or not other.days:
            continue
        if _APPOSITION.fullmatch(checked.report.document.text, between.start, between.end):
            return other
    return None


def _edges(time: TimeExpression) -> tuple[int, int]:
    return time.span.start, time.span.end


def _agrees(stated: TimeExpression, earlier: PartialDate, later: PartialDate) -> bool:
    assert stated.days is not None
    low = (later.earliest - earlier.latest).days / DAYS_PER_MONTH
    high = (later.latest - earlier.earliest).days / DAYS_PER_MONTH
    told_low, told_high = stated.days.low / DAYS_PER_MONTH, stated.days.high / DAYS_PER_MONTH
    slack = _SLACK_OF_YEARS if told_low >= 12 and abs(told_low % 12) < 0.2 else max(_SLACK, 0.05 * told_high)
    return told_high + slack >= low and told_low - slack <= high


def _months(one: PartialDate, other: PartialDate) -> float:
    return (_middle(other) - _middle(one)).days / DAYS_PER_MONTH


def _middle(when: PartialDate) -> date:
    return when.earliest + (when.latest - when.earliest) / 2


def _words(checked: Checked, time: TimeExpression) -> str:
    span: TextSpan = time.span
    return checked.report.document.text[span.start : span.end]


RULE = Rule(code="CL201", severity=Severity.WARNING, check=check)
