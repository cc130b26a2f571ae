"""Reading to Report: every topic reads its sentences, every fact goes to its patient, and what is said twice is one fact."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from caselore.assembly.confidence import with_confidence
from caselore.assembly.events import events
from caselore.assembly.merge import merge
from caselore.assembly.patients import Attribution, attribute
from caselore.assembly.phases import phases
from caselore.language.view import Reading, SentenceView
from caselore.model.case import Case, Patient, Report, Role
from caselore.model.fact import Code, Fact, Phase, Value
from caselore.model.page import Places
from caselore.model.text import Document, Evidence, TextSpan
from caselore.topics.catalogue import lexicon, topics
from caselore.topics.topic import Draft, Topic


def assemble(document: Document) -> Report[Value]:
    """The patients of a document with their facts, each with the words it came from."""
    reading = Reading(document, lexicon())
    attribution = attribute(reading)
    owners = _Owners(attribution, phases(reading, attribution))
    lines = _LineNumbers(document.raw)
    places = Places(document.pages)
    facts: list[Fact[Value]] = []
    background: list[Fact[Value]] = []
    for view in reading.sentences:
        for topic, draft in _drafts(view):
            evidence = tuple(_evidence(document, lines, places, view, span, topic.name) for span in draft.spans)
            patient_ids, phase = owners.at(draft.spans[0])
            if draft.of_report:
                patient_ids = tuple(p.id for p in attribution.patients if p.role is Role.INDEX)
            for patient_id in patient_ids or ("",):
                fact = Fact(
                    id="",
                    patient_id=patient_id,
                    topic=topic.name,
                    value=draft.value,
                    assertion=draft.assertion,
                    when=draft.when,
                    phase=draft.phase or phase,
                    evidence=evidence,
                    codes=_codes(view, draft.spans[0]),
                )
                (facts if patient_id else background).append(fact)
    told = (_case(patient, facts) for patient in attribution.patients)
    # A publication that is only mentioned is no patient: one who is retold has at least one fact of his own.
    cases = tuple(with_confidence(case) for case in told if case.patient.role is Role.INDEX or _is_retold(case))
    return Report(
        document=document,
        cases=cases,
        background=merge("background", background),
        segments=attribution.segments,
        warnings=document.warnings if cases else (*document.warnings, "no patient found"),
    )


def _case(patient: Patient, facts: list[Fact[Value]]) -> Case[Value]:
    merged = merge(patient.id, [fact for fact in facts if fact.patient_id == patient.id])
    return Case(patient=patient, facts=merged, events=events(merged))


def _is_retold(case: Case[Value]) -> bool:
    """Milestones alone (someone was operated on) make no patient."""
    return any(fact.topic != "course" for fact in case.facts)


def _drafts(view: SentenceView) -> Iterator[tuple[Topic, Draft]]:
    for topic in topics():
        if not topic.reads or view.of(*topic.reads):
            for draft in topic.extract(view):
                yield topic, draft


def _codes(view: SentenceView, span: TextSpan) -> tuple[Code, ...]:
    """The codes of the term that a fact was read from; of words that are several terms, the one with most codes."""
    codes = max((m.term.codes for m in view.mentions if m.span == span), key=len, default={})
    return tuple(Code(system, value) for system, value in codes.items())


class _Owners:
    """Looks up whom a place in the text is about, and in which phase."""

    def __init__(self, attribution: Attribution, phases_of_segments: tuple[Phase, ...]) -> None:
        pairs = sorted(zip(attribution.segments, phases_of_segments, strict=True), key=lambda pair: pair[0].span)
        self._segments = [segment for segment, _ in pairs]
        self._phases = [phase for _, phase in pairs]
        self._starts = [segment.span.start for segment in self._segments]

    def at(self, span: TextSpan) -> tuple[tuple[str, ...], Phase]:
        index = bisect_right(self._starts, span.start) - 1
        if index < 0:
            return (), Phase.FIRST
        return self._segments[index].patient_ids, self._phases[index]


class _LineNumbers:
    def __init__(self, raw: str) -> None:
        self._ends = [i for i, c in enumerate(raw) if c == "\n"]

    def at(self, position: int) -> int:
        return bisect_right(self._ends, position - 1) + 1


def _evidence(
    document: Document, lines: _LineNumbers, places: Places, view: SentenceView, span: TextSpan, by: str
) -> Evidence:
    raw = document.offsets.to_raw(span)
    page, boxes = places.at(raw.start, raw.end)
    return Evidence(
        document_id=document.id,
        span=raw,
        quote=document.raw[raw.start : raw.end],
        line=lines.at(raw.start),
        section=view.section,
        by=by,
        page=page,
        boxes=boxes,
    )
