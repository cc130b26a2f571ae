"""Plain text to Document."""

from __future__ import annotations

from caselore.model.text import Document
from caselore.reading.blocks import split_blocks
from caselore.reading.document import document_from_blocks
from caselore.reading.encoding import decode
from caselore.reading.format import Format, Match
from caselore.reading.furniture import without_furniture
from caselore.reading.hyphens import vocabulary
from caselore.reading.lines import measure, split_lines, without_numbers
from caselore.reading.superscripts import cites_glued


def load_bytes(data: bytes, source: str) -> Document:
    """A Document from the bytes of a plain text file; `source` is the file name without its extension.

    Raises UnreadableReport when there is no text to read; what had to be assumed is in `Document.warnings`.
    """
    raw, warnings = decode(data)
    return document_from_text(raw, source, warnings)


def document_from_text(raw: str, source: str, warnings: tuple[str, ...] = ()) -> Document:
    """A Document from text as it was read; `source` is the file name without its extension."""
    lines = without_numbers(split_lines(raw))
    layout = measure(lines)
    words = vocabulary(raw)
    blocks = split_blocks(without_furniture(lines, layout), layout, words)
    return document_from_blocks(raw, blocks, source, words=words, glued=cites_glued(raw), warnings=warnings)


# Anything may be plain text: the other formats show what they are.
FORMAT = Format(name="plain text", suffixes=(".txt",), sniff=lambda head: Match.MAYBE, load=load_bytes, trusted=True)
