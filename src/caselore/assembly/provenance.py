"""Where each cell of a review row is from: the quotes with their sentences, whether it was worked out, and what else is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caselore.assembly.cell import CaseFacts, Cell
from caselore.assembly.row import cells, columns, review_row
from caselore.language.numbers import NOT_IN_A_WORD, NUMBER, number
from caselore.model.case import Case, Citation, Event, Report
from caselore.model.fact import Value
from caselore.model.row import ReviewRow
from caselore.model.text import Document, Evidence, Metadata

_NUMBER = re.compile(NOT_IN_A_WORD + NUMBER, re.IGNORECASE)
_SCALES = {"largest_dimension_mm": (1.0, 10.0)}
"""Units that a column is printed in as well, in its own: centimetres are no sum."""
_ONE_TRUTH = (
    "age_years", "sex", "ki67_percent", "mitoses_per_10_hpf", "grade", "margin", "disease",
)  # fmt: skip
"""Columns of which a second value is a second reading of the same thing, not a further event."""
_LONGEST = 220
"""Characters of a sentence before and after the quote."""


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Quoted words, their line (and page, where there are pages), and the sentence: `before` + `words` + `after`.

    Line ends and hyphens at line ends are joined, as in the normalised text; long sentences are cut.
    """

    words: str
    line: int
    page: int | None = None
    before: str = ""
    after: str = ""


class CellSource(msgspec.Struct, frozen=True, kw_only=True):
    """What one cell was read from. `worked_out`: the number stands in none of the quotes; `also`: other values told."""

    column: str
    quotes: tuple[Quote, ...]
    worked_out: bool = False
    also: tuple[str | float, ...] = ()


class SourcedPatient(msgspec.Struct, frozen=True, kw_only=True):
    """A row with the sources of its cells, the events of the course, and the publication of a cited patient."""

    row: ReviewRow
    sources: tuple[CellSource, ...]
    events: tuple[Event, ...] = ()
    citation: Citation | None = None


class SourcedReport(msgspec.Struct, frozen=True, kw_only=True):
    """The patients of one report with their sources, and what is known of the publication."""

    source: str
    metadata: Metadata
    patients: tuple[SourcedPatient, ...]


def sourced(report: Report[Value]) -> SourcedReport:
    """The rows of a report with where each cell is from."""
    document = report.document
    return SourcedReport(
        source=document.source,
        metadata=document.metadata,
        patients=tuple(
            SourcedPatient(
                row=review_row(case),
                sources=tuple(_sources(case, document)),
                events=case.events,
                citation=case.patient.citation,
            )
            for case in report.cases
        ),
    )


def _sources(case: Case[Value], document: Document) -> Iterator[CellSource]:
    for column, cell in cells(case).items():
        evidence = dict.fromkeys(one for fact in cell.facts for one in fact.evidence)
        quotes = tuple(_quote(one, document) for one in sorted(evidence, key=lambda one: one.span))
        yield CellSource(
            column=column,
            quotes=quotes,
            worked_out=isinstance(cell.value, int | float) and not _is_printed(column, cell.value, quotes),
            also=tuple(_also(case, column, cell)),
        )


def _is_printed(column: str, value: float, quotes: tuple[Quote, ...]) -> bool:
    """Whether the number stands in the sentence of a quote, in figures or in words."""
    sentences = (quote.before + quote.words + quote.after for quote in quotes)
    printed = [number(match[0]) for sentence in sentences for match in _NUMBER.finditer(sentence)]
    return any(abs(one * scale - value) < 0.005 for one in printed for scale in _SCALES.get(column, (1.0,)))


def _also(case: Case[Value], column: str, cell: Cell) -> Iterator[str | float]:
    """What the column would hold if the report did not tell what it holds."""
    if column not in _ONE_TRUTH:
        return
    used = {fact.id for fact in cell.facts}
    rest = msgspec.structs.replace(case, facts=tuple(fact for fact in case.facts if fact.id not in used))
    other = columns()[column](CaseFacts(rest))
    if other is not None and other.value != cell.value and isinstance(other.value, str | int | float):
        yield other.value


def _quote(evidence: Evidence, document: Document) -> Quote:
    place = document.offsets.to_text(evidence.span)
    sentence = next((one.span for one in document.sentences if place and one.span.overlaps(place)), None)
    if place is None or sentence is None:
        return Quote(words=_joined(evidence.quote).strip(), line=evidence.line, page=evidence.page)
    before = _joined(document.text[sentence.start : place.start]).lstrip()
    after = _joined(document.text[place.end : max(sentence.end, place.end)]).rstrip()
    words = _joined(document.text[place.start : place.end])
    return Quote(words=words, before=_tail(before), after=_head(after), line=evidence.line, page=evidence.page)


def _joined(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _head(words: str) -> str:
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " ..."


def _tail(words: str) -> str:
    return words if len(words) <= _LONGEST else "... " + words[-_LONGEST:].split(" ", 1)[-1]
