"""Tables as grids of cells: lines whose cells are parted by " | ", a tab or a wide space, under one heading line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from caselore.language.patterns import Pattern
from caselore.language.view import Reading, SentenceView
from caselore.model.text import RawSpan, SectionKind, TextSpan

_BAR = Pattern(r"\s*\|\s*")
_WIDE = Pattern(r"\t\s*| {3,}\t?\s*")
_CAPTION = Pattern(r"\s*(?:supplementary\s+)?table\b", re.IGNORECASE)
_FEWEST_COLUMNS = 3


class Line(msgspec.Struct, frozen=True):
    """A line (or column) of a table: its cells, which may be empty, and the printed lines that they stand in."""

    views: tuple[SentenceView, ...]
    cells: tuple[TextSpan, ...]

    def text(self, cell: TextSpan) -> str:
        """The words of a cell."""
        return self.views[0].words(cell)


class Grid(msgspec.Struct, frozen=True):
    """A table: its caption, its heading line, and the lines that have a cell for each heading."""

    caption: tuple[SentenceView, ...]
    heading: Line
    lines: tuple[Line, ...]


class Printed(msgspec.Struct, frozen=True):
    """A table as it stands in the text: its caption and its lines."""

    caption: tuple[SentenceView, ...]
    lines: tuple[SentenceView, ...]


def grid(reading: Reading, table: Printed) -> Grid | None:
    """The cells of a table, or None where its columns cannot be told apart."""
    lines = [line for view in table.lines if len((line := _line(reading, view)).cells) >= _FEWEST_COLUMNS]
    if len(lines) < 2:
        return None
    width = len(lines[0].cells)
    rows = tuple(line for line in lines[1:] if len(line.cells) == width)
    return Grid(table.caption, lines[0], rows) if rows else None


def printed_tables(reading: Reading) -> Iterator[Printed]:
    """The lines of each table with the caption in front of it."""
    caption: list[SentenceView] = []
    lines: list[SentenceView] = []
    for view in reading.sentences:
        in_table = view.section is SectionKind.TABLE
        begins = _CAPTION.match(view.text) is not None and (in_table or view.section is SectionKind.CAPTION)
        if lines and (begins or not in_table):
            yield Printed(tuple(caption), tuple(lines))
            caption, lines = [], []
        if begins:
            caption = [view]
        elif in_table:
            lines.append(view)
        elif view.section is SectionKind.CAPTION and caption:
            caption.append(view)
        else:
            caption = []
    if lines:
        yield Printed(tuple(caption), tuple(lines))


def _line(reading: Reading, view: SentenceView) -> Line:
    if "|" in view.text:
        return Line((view,), tuple(_split(view.span.start, view.text, _BAR)))
    raw = reading.document.offsets.to_raw(view.span) if view.text else RawSpan(0, 0)
    printed = reading.document.raw[raw.start : raw.end]
    if "\n" in printed:
        return Line((view,), ())
    spans = (reading.document.offsets.to_text(RawSpan(s.start, s.end)) for s in _split(raw.start, printed, _WIDE))
    return Line((view,), tuple(span for span in spans if span is not None))


def _split(start: int, text: str, separator: Pattern) -> Sequence[TextSpan]:
    """The cells of a line, without the spaces around them; `start` is the place of the line."""
    edges = [0, *(edge for match in separator.finditer(text) for edge in match.span()), len(text)]
    cells = []
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        words = text[left:right]
        lead = len(words) - len(words.lstrip())
        cells.append(TextSpan(start + left + lead, start + left + max(lead, len(words.rstrip()))))
    return cells
