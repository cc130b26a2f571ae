"""Blocks to Document: where every loader ends, whether a format told the blocks or they were guessed from lines."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

import msgspec

from caselore.model.page import Page
from caselore.model.text import Document, Metadata, Section, Sentence, TextSpan
from caselore.reading.blocks import Block, Role
from caselore.reading.hyphens import vocabulary
from caselore.reading.metadata import read_metadata
from caselore.reading.normalise import Pieces, end_block, write
from caselore.reading.sections import Passage, split_sections
from caselore.reading.sentences import split_sentences


def document_from_blocks(
    raw: str,
    blocks: Sequence[Block],
    source: str,
    *,
    words: Counter[str] | None = None,
    glued: bool = False,
    metadata: Metadata | None = None,
    pages: tuple[Page, ...] = (),
    warnings: tuple[str, ...] = (),
) -> Document:
    """A Document from blocks whose lines have their places in `raw`; `glued` if it cites by digits glued to words.

    `metadata` is what the format tells; what it leaves open is read from the text.
    """
    words = vocabulary(raw) if words is None else words
    pieces = Pieces(raw)
    passages: list[Passage] = []
    last: Block | None = None
    for block in blocks:
        if last is not None and pieces.length:
            end_block(pieces, last)
        spans = write(pieces, block, words, glued=glued)
        passages.extend(Passage(block.role, span, block.kind) for span in spans)
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
        metadata=_filled(metadata, read_metadata(raw, text, sections)),
        pages=pages,
        warnings=warnings,
    )


def _filled(told: Metadata | None, read: Metadata) -> Metadata:
    if told is None:
        return read
    return msgspec.structs.replace(
        read, **{name: value for name in told.__struct_fields__ if (value := getattr(told, name))}
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
