"""PDF to Document: words with their places by pdfium, then lines, columns and blocks by geometry."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2

from caselore.model.page import Box, Page, PageLine
from caselore.model.text import Document
from caselore.reading.blocks import Block, Role
from caselore.reading.document import document_from_blocks
from caselore.reading.errors import UnreadableReport
from caselore.reading.format import Format, Match
from caselore.reading.furniture import without_furniture
from caselore.reading.lines import Line, measure
from caselore.reading.pdf_blocks import Group, groups_of
from caselore.reading.pdf_layout import CELL, PrintedLine, lines_of, without_margins
from caselore.reading.pdf_words import pieces_of
from caselore.reading.superscripts import cites_glued

MOST_PAGES = 300
MOST_CHARACTERS = 50_000
"""Of one page; a full page has some six thousand."""
_FEWEST_CHARACTERS = 40


def load(data: bytes, source: str) -> Document:
    """The text of a PDF with its pages. Raises UnreadableReport for one without text, encrypted, damaged or too long.

    Not thread-safe, and a hostile file may take any time: to be called in a child process.
    """
    pages, sizes = read_lines(data)
    if sum(len(line.text) for lines in pages for line in lines) < _FEWEST_CHARACTERS:
        raise UnreadableReport("the PDF has no text layer (it may be scanned); run text recognition (OCR) on it first")
    pages = without_margins(pages, [height for _, height in sizes])
    writer = _Writer()
    blocks = [block for block in map(writer.block, groups_of([line for lines in pages for line in lines])) if block]
    raw = writer.raw()
    kept = _without_furniture(blocks)
    return document_from_blocks(raw, kept, source, glued=cites_glued(raw), pages=tuple(writer.pages(sizes)))


def read_lines(data: bytes) -> tuple[list[list[PrintedLine]], list[tuple[float, float]]]:
    """The lines of all pages, and the sizes of the pages."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise UnreadableReport("the PDF is encrypted; save it without a password") from error
        raise UnreadableReport("the PDF is damaged or incomplete") from error
    with pdf:
        if len(pdf) > MOST_PAGES:
            raise UnreadableReport(f"the PDF has {len(pdf):,} pages; the limit is {MOST_PAGES}")
        lines, sizes = [], []
        for number in range(len(pdf)):
            try:
                page = pdf[number]
            except pypdfium2.PdfiumError:
                continue
            lines.append(lines_of(pieces_of(page.raw, MOST_CHARACTERS), number + 1))
            sizes.append(page.get_size())
            page.close()
    return lines, sizes


class _Writer:
    """Writes the raw text, a printed line a line, and keeps where each stands on its page."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._places: dict[int, list[PageLine]] = {}

    def block(self, group: Group) -> Block | None:
        lines = [line for line in (self._line(one, group.role) for one in group.lines) if line is not None]
        self._write("\n")
        return Block(group.role, tuple(lines), group.kind) if lines else None

    def raw(self) -> str:
        return "".join(self._parts)

    def pages(self, sizes: list[tuple[float, float]]) -> Iterator[Page]:
        for number, (width, height) in enumerate(sizes, 1):
            lines = tuple(self._places.get(number, ()))
            yield Page(number=number, width=round(width, 1), height=round(height, 1), lines=lines)

    def _line(self, line: PrintedLine, role: Role) -> Line | None:
        start, length = self._length, 0
        edges: list[float] = []
        parts: list[str] = []
        for number, piece in enumerate(line.pieces):
            before = line.pieces[number - 1] if number else None
            wide = before is not None and piece.left - before.right > CELL * piece.size
            for position, word in enumerate(piece.words):
                space = " | " if not position and wide and role is Role.TABLE else " "
                parts += (space, word.text) if length else (word.text,)
                length += len(word.text) + (len(space) if length else 0)
                edges += (float(length - len(word.text)), round(word.left, 1))
        text = "".join(parts)
        if not text:
            return None
        self._write(text)
        box = Box(round(line.left, 1), round(line.bottom, 1), round(line.right, 1), round(line.top, 1))
        self._places.setdefault(line.page, []).append(PageLine(start, self._length, box, tuple(edges)))
        self._write("\n")
        return Line(start, start + len(text), text)

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _sniff(head: bytes) -> Match:
    return Match.YES if b"%PDF-" in head[:1024] else Match.NO


def _without_furniture(blocks: list[Block]) -> list[Block]:
    """The blocks without download notices, copyright lines and the like, which need not recur."""
    lines = tuple(line for block in blocks for line in block.lines)
    stays = {line.start for line in without_furniture(lines, measure(lines))}
    stays |= {line.start for block in blocks if block.role in (Role.TABLE, Role.REFERENCE) for line in block.lines}
    kept = [Block(b.role, tuple(line for line in b.lines if line.start in stays), b.kind) for b in blocks]
    return [block for block in kept if block.lines]


FORMAT = Format(name="PDF", suffixes=(".pdf",), sniff=_sniff, load=load)
