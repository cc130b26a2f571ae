"""What the reader shows of one patient: the text cut into lines and marks, the cells with their quotes, the notes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from caselore.assembly.row import cells
from caselore.exchange.redcap import CHOICES
from caselore.exchange.tables import cell_text
from caselore.model.case import Case, Report
from caselore.model.diagnostic import Diagnostic
from caselore.model.fact import Assertion, Fact, Value
from caselore.model.text import Document, Evidence, RawSpan
from caselore.registry.casebook import Entry
from caselore.registry.facts import keys_of_fact, state_of_fact
from caselore.web.families import families, family_of, label_of

_OPEN = ("proposed", "disputed", "silent")
"""States of cells that nobody has settled."""
_CONTEXT = 240
"""Characters of a sentence that are shown on each side of its words."""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a line; with a `mark` it is the words of the cells or facts named there."""

    text: str
    mark: str = ""
    family: str = ""
    negated: bool = False


class TextLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the raw text, numbered from 1, with the lint findings that point at it."""

    number: int
    pieces: tuple[Piece, ...]
    notes: tuple[Diagnostic, ...] = ()


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Words of the report, with the rest of their sentence around them."""

    text: str
    line: int
    section: str
    topic: str
    before: str = ""
    after: str = ""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A cell of the row, or another fact, as the panel shows it. `key` ties it to its marks in the text, `column` is what a
    decision on it names; `choices` are the values that the column may have, where they are few."""

    key: str
    column: str
    label: str
    value: str
    state: str
    was: str = ""
    readings: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    line: int | None = None
    certainty: str = ""
    choices: tuple[str, ...] = ()


class Group(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    name: str
    cells: tuple[Shown, ...]
    others: tuple[Shown, ...]

    @property
    def checked(self) -> int:
        return sum(cell.state not in _OPEN for cell in self.cells)

    @property
    def told(self) -> int:
        return sum(cell.state != "silent" for cell in self.cells)


def tally(groups: Iterable[Group]) -> dict[str, int]:
    """How many cells are in each state, those that the report tells."""
    counted = Counter(cell.state for group in groups for cell in group.cells if cell.state != "silent")
    return {**counted, "told": counted.total(), "checked": sum(n for state, n in counted.items() if state not in _OPEN)}


class Sentences:
    """Finds the sentence around words of the raw text."""

    def __init__(self, document: Document) -> None:
        self._raw = document.raw
        spans = (one.span for one in document.sentences if one.span.end > one.span.start)
        self._spans = sorted(document.offsets.to_raw(span) for span in spans)
        self._starts = [span.start for span in self._spans]

    def around(self, span: RawSpan) -> tuple[str, str]:
        """What stands before and behind words in their sentence; nothing where they are in none."""
        place = bisect_right(self._starts, span.start) - 1
        if place < 0 or self._spans[place].end < span.end:
            return "", ""
        sentence = self._spans[place]
        before, after = self._raw[sentence.start : span.start], self._raw[span.end : sentence.end]
        return _one_line(before[-_CONTEXT:]), _one_line(after[:_CONTEXT])


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def groups(case: Case[Value] | None, entry: Entry, document: Document) -> tuple[Group, ...]:
    """The cells of a patient by family, and the facts beyond the row."""
    sentences = Sentences(document)
    machine = cells(case) if case else {}
    used = {fact.id for cell in machine.values() for fact in cell.facts}
    beyond = [fact for fact in case.facts if fact.id not in used] if case else []
    found = []
    for family in families():
        shown = tuple(_cell(column, machine, entry, sentences) for column in family.columns)
        others = tuple(_other(fact, entry, sentences) for fact in beyond if family_of(fact.topic) == family.code)
        found.append(Group(code=family.code, name=family.name, cells=shown, others=others))
    return tuple(found)


def _cell(column: str, machine: dict[str, Any], entry: Entry, sentences: Sentences) -> Shown:
    cell = machine.get(column)
    decided = entry.states.get(column)
    value = cell_text(entry.row.get(column))
    read = cell_text(msgspec.to_builtins(cell.value)) if cell else ""
    quotes = _quotes(cell.facts, sentences) if cell else ()
    if decided:
        told = [one["quote"] for one in decided["readings"] if one.get("quote")]
        quotes += tuple(Quote(text=words, line=0, section="added", topic="") for words in told)
    sure = [fact.confidence for fact in cell.facts if fact.confidence is not None] if cell else []
    return Shown(
        key=f"c-{column}",
        column=column,
        label=label_of(column),
        value=value,
        state=decided["state"] if decided else "proposed" if value else "silent",
        was=read if read != value else "",
        readings=_readings(decided),
        quotes=quotes,
        line=min((quote.line for quote in quotes if quote.line), default=None),
        certainty=f"{round(100 * min(sure))} of 100 such values were right" if sure else "",
        choices=CHOICES.get(column, ()),
    )


def _readings(decided: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Who said what, and when."""
    return tuple(
        f"{one['reader']}: {_said(one)}, {one['at'][:16].replace('T', ' ')}"
        for one in (decided or {}).get("readings", ())
    )


def _said(reading: Mapping[str, Any]) -> str:
    if reading["action"] in ("reject", "accept") and reading["value"] is None:
        return f"{reading['action']}ed"
    return cell_text(reading["value"]) or "not reported"


def _other(fact: Fact[Value], entry: Entry, sentences: Sentences) -> Shown:
    """A fact beyond the row. One without words of the report cannot be decided on: it was worked out."""
    quotes = _quotes((fact,), sentences)
    told = "" if fact.assertion is Assertion.AFFIRMED else f", {fact.assertion.value.replace('_', ' ')}"
    read, decided = f"{fact.value}{told}", state_of_fact(fact, entry.states)
    state = decided["state"] if decided else "proposed"
    value = str(decided["readings"][-1]["value"]) if decided and state == "corrected" else read
    return Shown(
        key=f"f-{fact.id}",
        column=next(iter(keys_of_fact(fact)), ""),
        label=fact.topic.replace("_", " "),
        value="" if state == "rejected" else value,
        state=state,
        was=read if state in ("rejected", "corrected") else "",
        readings=_readings(decided),
        quotes=quotes,
        line=quotes[0].line if quotes else None,
    )


def _quotes(facts: Iterable[Fact[Value]], sentences: Sentences) -> tuple[Quote, ...]:
    """The words of facts, each once, in the order of the text."""
    found = {evidence.span: (evidence, fact.topic) for fact in facts for evidence in fact.evidence}
    return tuple(_quote(*found[span], sentences) for span in sorted(found))


def _quote(evidence: Evidence, topic: str, sentences: Sentences) -> Quote:
    before, after = sentences.around(evidence.span)
    return Quote(
        text=_one_line(evidence.quote),
        line=evidence.line,
        section=evidence.section.value.replace("_", " "),
        topic=topic,
        before=before,
        after=after,
    )


def quoted(facts: Iterable[Fact[Value]], document: Document) -> tuple[Shown, ...]:
    """Facts that belong to no patient, each with its words."""
    nobody = Entry(report="", source="", patient="", row={}, states={})
    sentences = Sentences(document)
    return tuple(_other(fact, nobody, sentences) for fact in facts)


def text_lines(
    report: Report[Value],
    case: Case[Value] | None,
    findings: Sequence[Diagnostic],
    others: Sequence[Fact[Value]] = (),
) -> tuple[TextLine, ...]:
    """The raw text line by line, with the words of this patient's cells and facts marked, and those of `others`."""
    raw = report.document.raw
    marks = _marks(case, others, len(raw))
    notes: dict[int, list[Diagnostic]] = {}
    for finding in findings:
        for place in finding.places[:1]:
            notes.setdefault(place.line, []).append(finding)
    found, start = [], 0
    for number, line in enumerate(raw.split("\n"), 1):
        end = start + len(line)
        pieces = tuple(_pieces(raw, start, end, marks))
        found.append(TextLine(number=number, pieces=pieces, notes=tuple(notes.get(number, ()))))
        start = end + 1
    return tuple(found)


class _Mark(msgspec.Struct, frozen=True):
    start: int
    end: int
    key: str
    family: str
    negated: bool


def key_and_family(case: Case[Value] | None) -> Callable[[Fact[Value]], tuple[str, str]]:
    """What ties the words of a fact to the panel, and the look of its topic."""
    column_of = {fact.id: name for name, cell in cells(case).items() for fact in cell.facts} if case else {}

    def found(fact: Fact[Value]) -> tuple[str, str]:
        return f"c-{column_of[fact.id]}" if fact.id in column_of else f"f-{fact.id}", family_of(fact.topic)

    return found


def _marks(case: Case[Value] | None, others: Sequence[Fact[Value]], length: int) -> list[_Mark]:
    """Where the text is marked, without overlaps: words of cells before those of other facts, longer before shorter."""
    look = key_and_family(case)
    wanted = [
        _Mark(evidence.span.start, evidence.span.end, *look(fact), fact.assertion is Assertion.NEGATED)
        for fact in (*(case.facts if case else ()), *others)
        for evidence in fact.evidence
        if evidence.span.end <= length
    ]
    wanted.sort(key=lambda mark: (mark.key.startswith("f-"), mark.start - mark.end, mark.start))
    taken: list[_Mark] = []
    covered = bytearray(length)
    for mark in wanted:
        if not any(covered[mark.start : mark.end]):
            covered[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
            taken.append(mark)
    return sorted(taken, key=lambda mark: mark.start)


def _pieces(raw: str, start: int, end: int, marks: Sequence[_Mark]) -> Iterable[Piece]:
    position = start
    for mark in marks:
        first, last = max(mark.start, start), min(mark.end, end)
        if first >= last:
            continue
        if first > position:
            yield Piece(text=raw[position:first])
        yield Piece(text=raw[first:last], mark=mark.key, family=mark.family, negated=mark.negated)
        position = last
    if position < end:
        yield Piece(text=raw[position:end])
