"""What was seen of a lesion that was first watched and only later treated: no outcome of the treatment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from caselore.model.fact import Assertion, Fact, Value
from caselore.model.text import Evidence, SectionKind
from caselore.topics.course import Milestone

W_co = TypeVar("W_co", bound=Value, covariant=True)
_TREATMENTS = ("operation", "reoperation", "radiotherapy", "chemotherapy")


def without_watching(facts: Iterable[Fact[Value]], told: Iterable[Fact[W_co]]) -> list[Fact[W_co]]:
    """`told` without the facts that every place tells ahead of the first treatment, in its own section and in the story.

    Times that are counted from the operation stay, wherever they stand.
    """
    treatments = [
        evidence
        for fact in facts
        if isinstance(fact.value, Milestone)
        and fact.value.event in _TREATMENTS
        and fact.assertion is Assertion.AFFIRMED
        for evidence in fact.evidence
    ]
    return [fact for fact in told if not _is_watched(fact, treatments)]


def _is_watched(fact: Fact[Value], treatments: list[Evidence]) -> bool:
    if fact.when is not None and fact.when.anchor in _TREATMENTS:
        return False
    return bool(fact.evidence) and all(_is_ahead(evidence, treatments) for evidence in fact.evidence)


def _is_ahead(evidence: Evidence, treatments: list[Evidence]) -> bool:
    starts = [other.span.start for other in treatments if other.section is evidence.section]
    if not starts or evidence.span.end >= min(starts):
        return False
    story = (other.span.start for other in treatments if _is_abstract(other) is _is_abstract(evidence))
    return evidence.span.end < min(story)


def _is_abstract(evidence: Evidence) -> bool:
    return evidence.section is SectionKind.ABSTRACT
