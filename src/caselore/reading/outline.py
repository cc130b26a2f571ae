"""The plain text that stands for a structured file: titles, headings, paragraphs, captions and tables, one block each.

JATS, HTML, Word and BioC files all become this one rendering, a paragraph a line with an empty line between blocks, so
that everything behind the loaders reads them as it reads text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from caselore.model.text import Document, Metadata, SectionKind
from caselore.reading.blocks import Block, Role
from caselore.reading.captions import starts_caption
from caselore.reading.document import document_from_blocks
from caselore.reading.errors import UnreadableReport
from caselore.reading.headings import heading_of
from caselore.reading.lines import Line

LONGEST = 5_000_000
"""Characters of a rendering; a long report has some hundred thousand."""

_SPACE = re.compile(r"[\s\u2028\u2029]+")
_RAISED = re.compile(r"\s*\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\s*,?\s*")
_SUPERSCRIPT = str.maketrans("0123456789-–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_NUMBERED = re.compile(r"[\[(]?\d")
_OPEN, _CLOSE = "\ue000", "\ue001"
"""Marks around a citation until its surroundings are known; a private use area has no characters of a report."""
_CITED = re.compile(rf"(?P<before>[\[(]?)\s*{_OPEN}(?P<numbers>[^{_CLOSE}]*){_CLOSE}(?:\s*(?P<after>[\])]))?")
_CITED_IN_A_ROW = re.compile(rf"{_CLOSE}\s*([,–-]?)\s*{_OPEN}")


class Cell(msgspec.Struct, frozen=True):
    """A cell of a table with the rows and columns that it covers."""

    text: str
    rows: int = 1
    columns: int = 1


class Outline:
    """Collects the blocks of a report in reading order; empty ones are passed over."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0
        self._in_references = False

    def add(self, role: Role, text: str | Iterable[str], kind: SectionKind | None = None) -> None:
        """A block of one paragraph, or of several lines (the rows of a table)."""
        texts = [tidy(one) for one in ([text] if isinstance(text, str) else text)]
        lines: list[Line] = []
        for one in filter(None, texts):
            if self._parts:
                self._write("\n" if lines else "\n\n")
            lines.append(Line(self._length, self._length + len(one), one))
            self._write(one)
        if lines:
            self._blocks.append(Block(role, tuple(lines), kind))

    def heading(self, text: str, kind: SectionKind | None = None) -> None:
        """A heading; what follows "References" are the entries of the list, up to the next heading."""
        known = heading_of(tidy(text))
        self._in_references = known is not None and known.kind is SectionKind.REFERENCES
        self.add(Role.HEADING, text, kind)

    def paragraph(self, text: str, kind: SectionKind | None = None, number: int | None = None) -> None:
        """A paragraph that may be more by its words: a heading, a caption, or an entry of the reference list.

        `number` is that of an item in a numbered list.
        """
        text = tidy(text)
        if not text:
            return
        if heading_of(text):
            self.heading(text)
        elif self._in_references:
            numbered = number is None or _NUMBERED.match(text)
            self.add(Role.REFERENCE, text if numbered else f"[{number}] {text}")
        elif starts_caption(Line(0, len(text), text), None):
            self.add(Role.CAPTION, text)
        else:
            self.add(Role.BODY, text, kind)

    def table(self, caption: str, rows: Sequence[Sequence[Cell]], notes: Sequence[str] = ()) -> None:
        """A table: its caption, a line for each row with " | " between cells, and its notes."""
        self.add(Role.CAPTION, caption)
        self.add(Role.TABLE, [*(" | ".join(row) for row in grid(rows)), *notes])

    def document(self, source: str, metadata: Metadata | None = None, warnings: tuple[str, ...] = ()) -> Document:
        """The Document of everything added; raises UnreadableReport if that is nothing."""
        if not self._blocks:
            raise UnreadableReport("the file holds no text of a report")
        return document_from_blocks("".join(self._parts), self._blocks, source, metadata=metadata, warnings=warnings)

    def _write(self, text: str) -> None:
        self._length += len(text)
        if self._length > LONGEST:
            raise UnreadableReport(f"the file holds more than {LONGEST:,} characters of text, which is not one report")
        self._parts.append(text)


def tidy(text: str) -> str:
    """One line with single spaces, with the citations that `cited` marked in brackets."""
    if _OPEN in text:
        text = _CITED_IN_A_ROW.sub(lambda match: match[1] or ",", text)
        text = _CITED.sub(_bracketed, text)
    return _SPACE.sub(" ", text).strip()


def cited(text: str) -> str:
    """A link to the reference list: marked if it is a number, else (author and year) as it is."""
    number = text.strip().strip("[]()").strip()
    return f"{_OPEN}{number}{_CLOSE}" if _RAISED.fullmatch(number) else text


def raised(text: str) -> str:
    """Superscript text in superscript characters where it is numbers, which are told apart later on."""
    if _OPEN in text:
        return text
    if re.fullmatch(r"\s*[\[(].*[\])]\s*", text):
        return cited(text)
    return re.sub(r"\s", "", text).translate(_SUPERSCRIPT) if _RAISED.fullmatch(text) else text


def _bracketed(match: re.Match[str]) -> str:
    """Numbers in the brackets that they have, or in new ones."""
    before, numbers, after = match["before"], match["numbers"], match["after"] or ""
    if before and after:
        return f"{' ' if match.start() and before == '(' else ''}[{numbers}]"
    if before == "[" or after == "]":
        return f"{before}{numbers}{after}"
    return f"{before} [{numbers}]{after}"


def grid(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """The texts of a table row by row; a cell that covers several rows stands in each of them."""
    lines: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}
    for row in rows:
        line: list[str] = []
        cells = iter(row)
        while True:
            column = len(line)
            left, text = hanging.pop(column, (0, ""))
            if left:
                line.append(text)
                if left > 1:
                    hanging[column] = (left - 1, text)
                continue
            cell = next(cells, None)
            if cell is None:
                break
            text = tidy(cell.text)
            line.append(text)
            if cell.rows > 1:
                hanging[column] = (min(cell.rows, 1000) - 1, text)
            line.extend([""] * (min(cell.columns, 50) - 1))
        if any(line):
            lines.append(line)
    return lines
