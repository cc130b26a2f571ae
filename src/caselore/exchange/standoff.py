"""Where the evidence stands: what annotation formats have in common."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from caselore.exchange.export import Loss, kind_of
from caselore.model.case import Report
from caselore.model.fact import Fact, Value
from caselore.model.text import Evidence


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A place in the raw text, and a fact about a patient that was read there."""

    patient: str
    fact: Fact[Value]
    evidence: Evidence


def marks(report: Report[Value]) -> Iterator[Mark]:
    """Every place of every fact, in the order of the text."""
    found = [
        Mark(patient=case.patient.label, fact=fact, evidence=one)
        for case in report.cases
        for fact in case.facts
        for one in fact.evidence
    ]
    yield from sorted(found, key=lambda mark: (mark.evidence.span, mark.patient, mark.fact.id))


def losses(report: Report[Value]) -> tuple[Loss, ...]:
    """What annotations cannot say: times, and facts without a place of their own."""
    found = []
    for case in report.cases:
        label = case.patient.label
        for fact in case.facts:
            told = f"{kind_of(fact).replace('_', ' ')}: {fact.value}"
            if not fact.evidence:
                found.append(Loss(patient=label, what=told, reason="worked out, not quoted", fact=fact.id))
            if fact.when is not None:
                found.append(Loss(patient=label, what=told, reason="its time has no place", fact=fact.id))
        found += [
            Loss(patient=label, what=f"event: {event.description}", reason="a course is no annotation")
            for event in case.events
        ]
    return tuple(found)
