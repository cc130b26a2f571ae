"""Reporting and appraisal checklists, prefilled from a report with the words that speak to each item.

"Not found" means that nothing was recognised, never that it was not done. What takes judgement is left to the reader.
Each list is a file of `checklists/`, with its source; the items are paraphrased.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from importlib.resources import files

import msgspec

from caselore.model.case import Report, Role
from caselore.model.diagnostic import Place
from caselore.model.fact import Assertion, Value
from caselore.model.text import Document, RawSpan, SectionKind
from caselore.model.version import SCHEMA_VERSION

CHECKLISTS = ("care", "jbi-case-report", "jbi-case-series", "murad")
_MOST_QUOTES = 3


class Item(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One item of a checklist and where its answer is looked for; `judge` is why the reader decides; `negated` takes "no"."""

    number: str
    asks: str
    topics: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    not_cues: tuple[str, ...] = ()
    sections: tuple[SectionKind, ...] = ()
    judge: str | None = None
    negated: bool = False


class Checklist(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A published checklist; `judge` is the reason why the reader decides on every item."""

    name: str
    source: str
    item: tuple[Item, ...]
    judge: str | None = None


class Status(StrEnum):
    FOUND = "found"
    NOT_FOUND = "not found"
    FOR_THE_READER = "for the reader to judge"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What was found for an item; `note` says why the reader has to judge."""

    number: str
    asks: str
    status: Status
    places: tuple[Place, ...] = ()
    note: str | None = None


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """A checklist with an answer to each item, in the order of the list."""

    report: str
    name: str
    source: str
    answers: tuple[Answer, ...]
    schema_version: str = SCHEMA_VERSION


def load_checklist(key: str) -> Checklist:
    """One of CHECKLISTS. Raises msgspec.ValidationError when the data are wrong."""
    data = files("caselore.lint").joinpath("checklists", f"{key}.toml").read_bytes()
    return msgspec.toml.decode(data, type=Checklist)


def fill(report: Report[Value], key: str = "care") -> Filled:
    """The checklist `key`, answered from the facts of index patients and from cues in the text."""
    checklist = load_checklist(key)
    answers = tuple(_answer(report, item, item.judge or checklist.judge) for item in checklist.item)
    return Filled(report=report.document.source, name=checklist.name, source=checklist.source, answers=answers)


def _answer(report: Report[Value], item: Item, judge: str | None) -> Answer:
    places = tuple(sorted({*_stated(report, item), *_cued(report.document, item)}, key=lambda place: place.start))
    found = Status.FOUND if places else Status.NOT_FOUND
    status = Status.FOR_THE_READER if judge else found
    return Answer(number=item.number, asks=item.asks, status=status, places=places[:_MOST_QUOTES], note=judge)


def _stated(report: Report[Value], item: Item) -> Iterator[Place]:
    for case in report.cases:
        if case.patient.role is not Role.INDEX:
            continue
        for fact in case.facts:
            accepted = fact.assertion is Assertion.AFFIRMED or (item.negated and fact.assertion is Assertion.NEGATED)
            if fact.topic not in item.topics or not accepted:
                continue
            for evidence in fact.evidence:
                if not item.sections or evidence.section in item.sections:
                    yield _place(report.document, evidence.span)


def _cued(document: Document, item: Item) -> Iterator[Place]:
    for sentence in document.sentences if item.cues else ():
        in_place = sentence.section in item.sections if item.sections else sentence.section != SectionKind.REFERENCES
        words = document.text[sentence.span.start : sentence.span.end]
        if in_place and _any(item.cues, words) and not _any(item.not_cues, words):
            yield _place(document, document.offsets.to_raw(sentence.span))


def _any(patterns: tuple[str, ...], words: str) -> bool:
    return any(re.search(pattern, words.strip(), re.IGNORECASE) for pattern in patterns)


def _place(document: Document, span: RawSpan) -> Place:
    line = document.raw.count("\n", 0, span.start) + 1
    return Place(span.start, span.end, line, document.raw[span.start : span.end])
