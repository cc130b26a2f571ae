"""Plain text to Document."""

from __future__ import annotations

import hashlib

from caselore.model.text import Document, Section, Sentence, TextSpan
from caselore.reading.blocks import Block, Role, split_blocks
from caselore.reading.encoding import decode
from caselore.reading.furniture import without_furniture
from caselore.reading.hyphens import vocabulary
from caselore.reading.lines import measure, split_lines, without_numbers
from caselore.reading.metadata import read_metadata
from caselore.reading.normalise import Pieces, end_block, write
from caselore.reading.sections import Passage, split_sections
from caselore.reading.sentences import split_sentences
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
    pieces = Pieces(raw)
    glued = cites_glued(raw)
    passages: list[Passage] = []
    last: Block | None = None
    for block in blocks:
        if last is not None and pieces.length:
            end_block(pieces, last)
        spans = write(pieces, block, words, glued=glued)
        passages.extend(Passage(block.role, span) for span in spans)
        last = block
    text = pieces.text()
    sections = split_sections(text, tuple(passages))
    return Document(
        id=hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest(),
        source=source,
        raw=raw,
        text=text,
        offsets=pieces.offsets(),
        sections=sections,
        sentences=_sentences(text, tuple(passages), sections),
        metadata=read_metadata(raw, text, sections),
        warnings=warnings,
    )


def _sentences(text: str, passages: tuple[Passage, ...], sections: tuple[Section, ...]) -> tuple[Sentence, ...]:
    """The sentences of all paragraphs; none crosses the border of a section."""
    found: list[Sentence] = []
    index = 0
    for number, passage in enumerate(passages):
        start = passage.span.start
        while start < passage.span.end:
            while sections[index].span.end <= start:
                index += 1
            end = min(passage.span.end, sections[index].span.end)
            heading = sections[index].heading if sections[index].span.start == start else ""
            for first, last in _parts(text[start:end], passage.role, heading):
                span = TextSpan(start + first, start + last)
                found.append(Sentence(span=span, section=sections[index].kind, paragraph=number))
            start = end
    return tuple(found)


def _parts(text: str, role: Role, heading: str) -> list[tuple[int, int]]:
    """The sentences of a passage; a label in front ("Fig. 1.", "Results.") belongs to the sentence behind it."""
    if role in (Role.TABLE, Role.HEADING, Role.REFERENCE):
        return [(len(text) - len(text.lstrip()), len(text.rstrip()))] if text.strip() else []
    found = split_sentences(text)
    if len(found) > 1:
        first = text[: found[0][1]]
        if (role is Role.CAPTION and len(first) < 14) or (heading and first.rstrip(".: ").endswith(heading)):
            return [(found[0][0], found[1][1]), *found[2:]]
    return found
