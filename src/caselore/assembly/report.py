"""Reading to Report: every topic reads its sentences, every fact goes to its patient, and what is said twice is one fact."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

import msgspec

from caselore.assembly.cited_sources import with_sources
from caselore.assembly.confidence import with_confidence
from caselore.assembly.events import events
from caselore.assembly.in_turn import retellings
from caselore.assembly.listed_patients import listed_patients
from caselore.assembly.merge import merge
from caselore.assembly.patients import Attribution, attribute
from caselore.assembly.phases import Stage, phases
from caselore.assembly.rules_version import rules_version
from caselore.assembly.table_rows import Sentences, row_sentences
from caselore.language.blank_view import TopicQuestions, questions
from caselore.language.view import Reading, SentenceView
from caselore.model.case import Case, Patient, Report, Role
from caselore.model.fact import Code, Fact, Phase, Value
from caselore.model.page import Places
from caselore.model.text import Document, Evidence, TextSpan
from caselore.reading.references import read_references
from caselore.topics.catalogue import lexicon, topics
from caselore.topics.topic import Draft, Topic


def assemble(document: Document) -> Report[Value]:
    """The patients of a document with their facts, each with the words it came from."""
    reading = Reading(document, lexicon())
    listed = listed_patients(reading, attribute(reading))
    attribution = listed.attribution
    owners = _Owners(attribution, phases(reading, attribution))
    quoted = _Quotes(document)
    facts: list[Fact[Value]] = []
    background: list[Fact[Value]] = []
    in_turn = retellings(document, attribution.segments)
    own = tuple(patient.id for patient in attribution.patients if patient.role is Role.INDEX)
    for view in reading.sentences:
        if view.index in listed.lines:
            continue
        for topic, draft in _drafts(view):
            if any(one.speaks_of(draft) for one in in_turn):
                continue
            patient_ids, phase = owners.at(draft.spans[0])
            if draft.nth is not None:
                number, of = draft.nth
                patient_ids = (patient_ids[number - 1],) if len(patient_ids) == of else ()
            for patient_id in (own if draft.of_report else patient_ids) or ("",):
                fact = _fact(topic, draft, patient_id, phase, quoted.evidence(view, draft, topic), view)
                (facts if patient_id else background).append(fact)
    for told in in_turn:
        for topic, draft, printed in _read_again(told.sentences(lexicon()), reading):
            if told.tells(draft):
                evidence = quoted.evidence(printed, draft, topic)
                facts.append(_fact(topic, draft, told.patient_id, owners.at(draft.spans[0])[1], evidence, printed))
    for one in listed.rows:
        for topic, draft, printed in _read_again(row_sentences(one.row, reading, lexicon()), reading):
            evidence = quoted.evidence(printed, draft, topic)
            facts.append(_fact(topic, draft, one.patient.id, Phase.FIRST, evidence, printed))
    patients = with_sources(attribution.patients, read_references(document))
    facts_of: dict[str, list[Fact[Value]]] = {}
    for fact in facts:
        facts_of.setdefault(fact.patient_id, []).append(fact)
    all_told = (_case(patient, facts_of.get(patient.id, [])) for patient in patients)
    # A publication that is only mentioned is no patient: one who is retold has at least one fact of his own.
    cases = tuple(with_confidence(case) for case in all_told if case.patient.role is Role.INDEX or _is_retold(case))
    return Report(
        document=document,
        cases=cases,
        background=merge("background", background),
        segments=attribution.segments,
        warnings=document.warnings if cases else (*document.warnings, "no patient found"),
        rules_version=rules_version(),
    )


def _case(patient: Patient, facts: list[Fact[Value]]) -> Case[Value]:
    merged = merge(patient.id, facts)
    return Case(patient=patient, facts=merged, events=events(merged))


def _is_retold(case: Case[Value]) -> bool:
    """Milestones alone (someone was operated on) make no patient, nor do details such as a laboratory value."""
    telling = {topic.name for topic in topics() if topic.alone}
    return any(fact.topic in telling for fact in case.facts)


def _drafts(view: SentenceView) -> Iterator[tuple[Topic, Draft]]:
    for topic, asked in _topics_and_questions():
        if (not topic.reads or view.has_any(topic.reads)) and (asked is None or not asked.are_denied_by(view)):
            for draft in topic.extract(view):
                yield topic, draft


def _read_again(sentences: Sentences, reading: Reading) -> Iterator[tuple[Topic, Draft, SentenceView]]:
    """The drafts of sentences made of printed words, at the places of these words, with the sentence printed there."""
    for view in sentences.views:
        for topic, draft in _drafts(view):
            if spans := sentences.places(draft.spans):
                yield topic, msgspec.structs.replace(draft, spans=spans), reading.at(spans[0].start)


@cache
def _topics_and_questions() -> tuple[tuple[Topic, TopicQuestions | None], ...]:
    return tuple((topic, questions(topic.extract)) for topic in topics())


def _codes(view: SentenceView, span: TextSpan) -> tuple[Code, ...]:
    """The codes of the term that a fact was read from; of words that are several terms, the one with most codes."""
    codes = view.codes.get(span)
    return tuple([Code(system, value) for system, value in codes.items()]) if codes else ()


def _fact(
    topic: Topic, draft: Draft, patient_id: str, phase: Phase, evidence: tuple[Evidence, ...], view: SentenceView
) -> Fact[Value]:
    return Fact(
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


class _Owners:
    """Looks up whom a place in the text is about, and in which phase."""

    def __init__(self, attribution: Attribution, stages: tuple[Stage, ...]) -> None:
        pairs = sorted(zip(attribution.segments, stages, strict=True), key=lambda pair: pair[0].span)
        self._segments = [segment for segment, _ in pairs]
        self._stages = [stage for _, stage in pairs]
        self._starts = [segment.span.start for segment in self._segments]

    def at(self, span: TextSpan) -> tuple[tuple[str, ...], Phase]:
        index = bisect_right(self._starts, span.start) - 1
        if index < 0:
            return (), Phase.FIRST
        return self._segments[index].patient_ids, self._stages[index].at(span.start)


class _Quotes:
    """Makes evidence: the words of places in the normalised text as they were printed, with line, page and boxes."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._places = Places(document.pages)
        self._line_ends = [match.start() for match in re.finditer("\n", document.raw)]

    def evidence(self, view: SentenceView, draft: Draft, topic: Topic) -> tuple[Evidence, ...]:
        """One Evidence for each place of a draft."""
        return tuple(self._of(view, span, topic.name) for span in draft.spans)

    def _of(self, view: SentenceView, span: TextSpan, by: str) -> Evidence:
        raw = self._document.offsets.to_raw(span)
        page, boxes = self._places.at(raw.start, raw.end)
        return Evidence(
            document_id=self._document.id,
            span=raw,
            quote=self._document.raw[raw.start : raw.end],
            line=bisect_right(self._line_ends, raw.start - 1) + 1,
            section=view.section,
            by=by,
            page=page,
            boxes=boxes,
        )
