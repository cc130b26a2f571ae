"""Word (.docx) to Document: paragraphs, headings by their styles, captions and tables."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from caselore.model.text import Document, Metadata, SectionKind
from caselore.reading.blocks import Role
from caselore.reading.errors import UnreadableReport
from caselore.reading.format import Format, Match
from caselore.reading.outline import Cell, Outline, raised

LIMIT = 100_000_000
"""Bytes that all parts of the file may unpack to, pictures left out."""

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".emf", ".wmf", ".bmp", ".svg", ".wdp", ".bin")


def load(data: bytes, source: str) -> Document:
    """The text of a Word document, without headers, footers, comments and deleted passages."""
    import docx  # a tenth of a second that only Word files need

    _check(data)
    try:
        file = docx.Document(io.BytesIO(data))
        outline = _outline(file)
        title = _plain(file.core_properties.title)
    except Exception as error:  # the library lets through whatever a broken part makes it raise, at any access
        raise UnreadableReport("the file is no readable Word document; save it as .docx again") from error
    return outline.document(source, Metadata(title=title))


def _outline(file: Any) -> Outline:
    outline = Outline()
    for block in file.iter_inner_content():
        if hasattr(block, "rows"):
            outline.table("", _rows(block))
        else:
            _paragraph(outline, block)
    return outline


def _check(data: bytes) -> None:
    """Refuses what is no Word file and what unpacks to more than it may."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableReport("the Word file is damaged or incomplete") from error
    if not any(part.filename == "word/document.xml" for part in parts):
        raise UnreadableReport("the file is no Word document (it has no word/document.xml)")
    if len(parts) > 10_000 or sum(p.file_size for p in parts if not p.filename.lower().endswith(_PICTURES)) > LIMIT:
        raise UnreadableReport(f"the Word file unpacks to more than {LIMIT:,} bytes of text")


def _paragraph(outline: Outline, paragraph: Any) -> None:
    style = ((paragraph.style.name if paragraph.style is not None else "") or "").casefold()
    text = _words(paragraph)
    if style == "title":
        outline.add(Role.BODY, text, SectionKind.TITLE)
    elif style.startswith("heading"):
        outline.heading(text)
    elif style == "caption":
        outline.add(Role.CAPTION, text)
    else:
        outline.paragraph(text)


def _words(paragraph: Any) -> str:
    """The text of a paragraph and of the links in it, superscript digits marked as such."""
    parts: list[str] = []
    for item in paragraph.iter_inner_content():
        for run in getattr(item, "runs", [item]):
            parts.append(raised(run.text) if run.font.superscript else run.text)
    return "".join(parts)


def _rows(table: Any) -> list[list[Cell]]:
    """Merged cells stand once in a row, and in each row that they cover."""
    rows = []
    for row in table.rows:
        cells: list[Cell] = []
        last = None
        for cell in row.cells:
            if cell._tc is not last:
                cells.append(Cell(" ".join(_words(paragraph) for paragraph in cell.paragraphs)))
            last = cell._tc
        rows.append(cells)
    return rows


def _plain(title: str | None) -> str | None:
    return title.strip() or None if title and len(title) > 12 else None


def _sniff(head: bytes) -> Match:
    if not head.startswith(b"PK\x03\x04"):
        return Match.NO
    return Match.YES if b"word/" in head or b"[Content_Types].xml" in head else Match.MAYBE


FORMAT = Format(name="Word", suffixes=(".docx",), sniff=_sniff, load=load)
