"""The lines of a PDF page in reading order: columns told apart, running heads and page numbers dropped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from caselore.reading.pdf_words import Piece

CELL = 1.6
"""A space of this share of the font size separates the cells of a table."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:[-–—|]\s*)?(?:[Pp]age\s*)?[A-Za-z]?\d{1,5}(?:\s*(?:of|/)\s*\d{1,4})?(?:\s*[-–—|])?")


class PrintedLine(msgspec.Struct, frozen=True):
    """A line of one column, with its box; `cells` counts the stretches that wide spaces set apart."""

    pieces: tuple[Piece, ...]
    page: int
    column: int
    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool
    cells: int


def _line(pieces: Sequence[Piece], page: int, column: int) -> PrintedLine:
    longest = max(pieces, key=lambda piece: piece.right - piece.left)
    return PrintedLine(
        pieces=tuple(pieces),
        page=page,
        column=column,
        text=" ".join(word.text for piece in pieces for word in piece.words),
        left=pieces[0].left,
        bottom=min(piece.bottom for piece in pieces),
        right=pieces[-1].right,
        top=max(piece.top for piece in pieces),
        size=longest.top - longest.bottom,
        bold=all(piece.bold for piece in pieces),
        cells=1 + sum(b.left - a.right > CELL * a.size for a, b in pairwise(pieces)),
    )


def lines_of(pieces: Sequence[Piece], page: int) -> list[PrintedLine]:
    """The lines of a page in reading order: that of the content stream, sorted anew only where columns take turns in it."""
    gutter = _gutter(pieces)
    if gutter is None:
        return _joined([(piece, 0) for piece in pieces], page)
    columns = [(piece, _column(piece, gutter)) for piece in pieces]
    turns = sum(1 for (_, a), (_, b) in pairwise(columns) if {a, b} == {1, 2})
    if turns > max(4, len({round(piece.top) for piece in pieces}) * 0.15):
        columns = _sorted(columns)
    return _joined(columns, page)


def _column(piece: Piece, gutter: float) -> int:
    """1 and 2 for the left and the right column, 0 for what runs over both."""
    if piece.right <= gutter + 3:
        return 1
    return 2 if piece.left >= gutter - 3 else 0


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Where the space between two columns is: a place in the middle that few pieces cross, with text on both sides."""
    if len(pieces) < 12:
        return None
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    spans = [(piece.left, piece.right, piece.right - piece.left) for piece in pieces]
    whole = sum(width for _, _, width in spans)
    best: tuple[float, float] | None = None
    for step in range(30, 71, 2):
        place = left + (right - left) * step / 100
        before = sum(width for _, end, width in spans if end <= place + 3)
        behind = sum(width for start, _, width in spans if start >= place - 3)
        crossing = whole - before - behind
        if min(before, behind) < 0.15 * whole or crossing > 0.5 * whole:
            continue
        if (best is None or crossing < best[0] - 1e-6) and _begin_together(pieces, place):
            best = (crossing, place)
    return best[1] if best else None


def _begin_together(pieces: Sequence[Piece], place: float) -> bool:
    """Whether most lines right of a place begin at the same edge, as those of a column do and the cells of a table do not."""
    behind = [piece for piece in pieces if piece.left >= place - 3]
    edges = Counter(round(piece.left / 4) for piece in behind)
    edge, _ = edges.most_common(1)[0]
    near = edges[edge] + edges[edge - 1] + edges[edge + 1]
    wide = [piece for piece in behind if len(piece.words) >= 4]
    return near >= 6 and len(wide) >= 5 and near >= 0.3 * len(behind)


def _sorted(columns: list[tuple[Piece, int]]) -> list[tuple[Piece, int]]:
    """Bands from top to bottom, each ended by what runs over both columns; in a band the left column, then the right."""
    wide = sorted((pair for pair in columns if pair[1] == 0), key=lambda pair: -pair[0].top)
    rest = [pair for pair in columns if pair[1]]
    found: list[tuple[Piece, int]] = []
    for border in [*wide, None]:
        above = [pair for pair in rest if border is None or pair[0].bottom >= border[0].bottom + 0.5 * border[0].size]
        rest = [pair for pair in rest if pair not in above] if above else rest
        found += sorted(above, key=lambda pair: (pair[1], -round(pair[0].bottom), pair[0].left))
        if border is not None:
            found.append(border)
    return found


def _joined(columns: list[tuple[Piece, int]], page: int) -> list[PrintedLine]:
    """Pieces that follow each other on one line of one column."""
    lines: list[tuple[list[Piece], int]] = []
    for piece, column in columns:
        last, where = lines[-1] if lines else ([], -1)
        if (
            where == column
            and last[-1].beside(piece.bottom, piece.top)
            and piece.left > last[-1].right - 0.3 * piece.size
        ):
            last.append(piece)
        else:
            lines.append(([piece], column))
    return [_line(line, page, column) for line, column in lines]


def without_margins(pages: list[list[PrintedLine]], heights: Sequence[float]) -> list[list[PrintedLine]]:
    """The lines without running heads and feet (they recur at the same height, apart from their digits) and page numbers."""
    places: Counter[tuple[str, int]] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        places.update({_place(line) for line in lines if _in_margin(line, height)})
    often = max(2, len(pages) // 4)
    small = 0.93 * _usual_size(pages)

    def stays(line: PrintedLine, height: float) -> bool:
        if not _in_margin(line, height):
            return True
        if line.size < small and line.bottom > 0.94 * height:
            return False
        return places[_place(line)] < often and not _PAGE_NUMBER.fullmatch(line.text)

    return [[line for line in lines if stays(line, h)] for lines, h in zip(pages, heights, strict=True)]


def _usual_size(pages: list[list[PrintedLine]]) -> float:
    sizes: Counter[float] = Counter()
    for line in (line for lines in pages for line in lines):
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _in_margin(line: PrintedLine, height: float) -> bool:
    return line.bottom > 0.88 * height or line.top < 0.12 * height


def _place(line: PrintedLine) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text).casefold(), round(line.bottom / 4)
