"""What the reader shows of one patient: the text cut into lines and marks, the cells with their quotes, the notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from caselore.assembly.row import cells
from caselore.exchange.tables import cell_text
from caselore.model.case import Case, Report
from caselore.model.diagnostic import Diagnostic
from caselore.model.fact import Assertion, Fact, Value
from caselore.registry.casebook import Entry
from caselore.web.families import families, family_of, label_of


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a line; with a `mark` it is the words of the cells or facts named there."""

    text: str
    mark: str = ""
    family: str = ""
    negated: bool = False


class TextLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the raw text, numbered from 1, with the lint notes that point at it."""

    number: int
    pieces: tuple[Piece, ...]
    notes: tuple[str, ...] = ()


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    line: int
    section: str
    topic: str


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A cell of the row, or another fact, as the panel shows it. `key` ties it to its marks in the text."""

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


class Group(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    name: str
    cells: tuple[Shown, ...]
    others: tuple[Shown, ...]

    @property
    def checked(self) -> int:
        return sum(cell.state not in ("proposed", "disputed", "silent") for cell in self.cells)

    @property
    def told(self) -> int:
        return sum(cell.state != "silent" for cell in self.cells)


def groups(case: Case[Value] | None, entry: Entry) -> tuple[Group, ...]:
    """The cells of a patient by family, and the facts beyond the row."""
    machine = cells(case) if case else {}
    used = {fact.id for cell in machine.values() for fact in cell.facts}
    beyond = [fact for fact in case.facts if fact.id not in used] if case else []
    found = []
    for family in families():
        shown = tuple(_cell(column, machine, entry) for column in family.columns)
        others = tuple(_other(fact) for fact in beyond if family_of(fact.topic) == family.code)
        found.append(Group(code=family.code, name=family.name, cells=shown, others=others))
    return tuple(found)


def _cell(column: str, machine: dict[str, Any], entry: Entry) -> Shown:
    cell = machine.get(column)
    decided = entry.states.get(column)
    value = cell_text(entry.row.get(column))
    read = cell_text(msgspec.to_builtins(cell.value)) if cell else ""
    state = decided["state"] if decided else "proposed" if value else "silent"
    quotes = _quotes(cell.facts) if cell else ()
    readings: tuple[str, ...] = ()
    if decided:
        readings = tuple(
            f"{one['reader']}: {cell_text(one['value']) or 'not reported'}, {one['at'][:16].replace('T', ' ')}"
            for one in decided["readings"]
        )
        told = [one["quote"] for one in decided["readings"] if one.get("quote")]
        quotes += tuple(Quote(text=words, line=0, section="added", topic="") for words in told)
    sure = [fact.confidence for fact in cell.facts if fact.confidence is not None] if cell else []
    return Shown(
        key=f"c-{column}",
        column=column,
        label=label_of(column),
        value=value,
        state=state,
        was=read if read != value else "",
        readings=readings,
        quotes=quotes,
        line=min((quote.line for quote in quotes if quote.line), default=None),
        certainty=f"{round(100 * min(sure))} of 100 such values were right" if sure else "",
    )


def _other(fact: Fact[Value]) -> Shown:
    quotes = _quotes((fact,))
    told = "" if fact.assertion is Assertion.AFFIRMED else f", {fact.assertion.value.replace('_', ' ')}"
    return Shown(
        key=f"f-{fact.id}",
        column="",
        label=fact.topic.replace("_", " "),
        value=f"{fact.value}{told}",
        state="proposed",
        quotes=quotes,
        line=quotes[0].line if quotes else None,
    )


def _quotes(facts: Iterable[Fact[Value]]) -> tuple[Quote, ...]:
    """The words of facts, each once, in the order of the text."""
    found = {
        evidence.span: Quote(
            text=" ".join(evidence.quote.split()),
            line=evidence.line,
            section=evidence.section.value.replace("_", " "),
            topic=fact.topic,
        )
        for fact in facts
        for evidence in fact.evidence
    }
    return tuple(found[span] for span in sorted(found))


def text_lines(report: Report[Value], case: Case[Value] | None, findings: Sequence[Diagnostic]) -> tuple[TextLine, ...]:
    """The raw text line by line, with the words of this patient's cells and facts marked."""
    raw = report.document.raw
    marks = _marks(case, len(raw))
    notes: dict[int, list[str]] = {}
    for finding in findings:
        for place in finding.places[:1]:
            notes.setdefault(place.line, []).append(f"{finding.rule}: {finding.message}")
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


def _marks(case: Case[Value] | None, length: int) -> list[_Mark]:
    """Where the text is marked, without overlaps: words of cells before those of other facts, longer before shorter."""
    if case is None:
        return []
    column_of = {fact.id: name for name, cell in cells(case).items() for fact in cell.facts}
    wanted = [
        _Mark(
            evidence.span.start,
            evidence.span.end,
            f"c-{column_of[fact.id]}" if fact.id in column_of else f"f-{fact.id}",
            family_of(fact.topic),
            fact.assertion is Assertion.NEGATED,
        )
        for fact in case.facts
        for evidence in fact.evidence
        if evidence.span.end <= length
    ]
    wanted.sort(key=lambda mark: (mark.key.startswith("f-"), mark.start - mark.end, mark.start))
    taken: list[_Mark] = []
    for mark in wanted:
        if not any(mark.start < other.end and other.start < mark.end for other in taken):
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
