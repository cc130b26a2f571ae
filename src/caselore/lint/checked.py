"""What rules look at: the assembled report, its facts by patient, and its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TypeVar

from caselore.language.view import Reading, SentenceView
from caselore.model.case import Case, Owner, Report, Role
from caselore.model.diagnostic import Place
from caselore.model.fact import Assertion, Fact, Value
from caselore.model.text import Evidence, SectionKind, TextSpan
from caselore.topics.catalogue import lexicon

V = TypeVar("V", bound=Value)

PROSE = frozenset(SectionKind) - {SectionKind.REFERENCES, SectionKind.BACK_MATTER}


class Checked:
    """A report under test. Sentences are those of the normalised text; places are those of the raw text."""

    def __init__(self, report: Report[Value]) -> None:
        self.report = report

    @cached_property
    def reading(self) -> Reading:
        return Reading(self.report.document, lexicon())

    @property
    def own(self) -> tuple[Case[Value], ...]:
        """The authors' own patients."""
        return tuple(case for case in self.report.cases if case.patient.role is Role.INDEX)

    @cached_property
    def sentences(self) -> tuple[SentenceView, ...]:
        """The sentences that the authors wrote: without references and back matter."""
        return tuple(view for view in self.reading.sentences if view.section in PROSE)

    def place(self, span: TextSpan) -> Place:
        """A place of the normalised text in the raw text."""
        document = self.report.document
        raw = document.offsets.to_raw(span)
        quote = document.raw[raw.start : raw.end]
        return Place(raw.start, raw.end, document.raw.count("\n", 0, raw.start) + 1, quote)

    def view(self, evidence: Evidence) -> SentenceView | None:
        """The sentence that an evidence stands in."""
        span = self.report.document.offsets.to_text(evidence.span)
        return self.reading.at(span.start) if span else None

    def is_of_own(self, view: SentenceView) -> bool:
        """Whether a sentence tells of the authors' own patients."""
        owners = {s.owner for s in self.report.segments if s.span.overlaps(view.span)}
        return Owner.INDEX in owners

    def words(self, fact: Fact[Value], pattern: re.Pattern[str], most: int = 3) -> tuple[Place, ...]:
        """The places of a fact, each with the nearest match of `pattern` in its sentence: "left", "14 months"."""
        found: list[Place] = []
        for evidence in fact.evidence[:most]:
            found.append(Place.of(evidence))
            view, span = self.view(evidence), self.report.document.offsets.to_text(evidence.span)
            matches = [view.place(match) for match in view.find(pattern)] if view else []
            if matches and span:
                at = span.start
                found.append(self.place(min(matches, key=lambda one: abs(one.start - at))))
        return tuple(found)

    def times(self, fact: Fact[Value]) -> tuple[Place, ...]:
        """The places of a fact with the words that tell when."""
        return (
            self.words(fact, re.compile(re.escape(fact.when.words)))
            if fact.when and fact.when.words
            else places([fact])
        )


def facts(case: Case[Value], kind: type[V], assertion: Assertion | None = Assertion.AFFIRMED) -> Iterator[Fact[V]]:
    """The facts of a patient with values of one kind and one assertion (None: any)."""
    for fact in case.facts:
        if isinstance(fact.value, kind) and (assertion is None or fact.assertion is assertion):
            yield fact  # type: ignore[misc]


def places(found: Iterable[Fact[Value]], most: int = 3) -> tuple[Place, ...]:
    """The places of facts, the first of each kind of evidence; at most `most` for each fact."""
    return tuple(Place.of(evidence) for fact in found for evidence in fact.evidence[:most])
