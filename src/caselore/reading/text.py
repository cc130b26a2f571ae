"""Plain text to Document."""

from __future__ import annotations

import hashlib
import re

import sentencex

from caselore.model.text import Document, OffsetMap, Run, Section, SectionKind, Sentence, TextSpan


def document_from_text(raw: str, source: str) -> Document:
    """A Document from text as it was read; `source` is the file name without its extension."""
    kind = SectionKind.CASE
    sections, sentences = [], []
    for paragraph, match in enumerate(re.finditer(r"\S(?:.|\n(?!\s*\n))*", raw)):
        for name in SectionKind:
            if re.match(rf"(?:[\d.]+\s*)?{name}s?\b", match[0], re.I) and len(match[0]) < 60:
                kind = name
        sections.append(Section(kind=kind, span=TextSpan(*match.span())))
        position = match.start()
        for part in sentencex.segment("en", match[0]):
            start = raw.find(part.strip(), position)
            if part.strip() and start >= 0:
                position = start + len(part.strip())
                sentences.append(Sentence(span=TextSpan(start, position), section=kind, paragraph=paragraph))
    return Document(
        id=hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest(),
        source=source,
        raw=raw,
        text=raw,
        offsets=OffsetMap((Run(0, 0, len(raw), len(raw)),)),
        sections=tuple(sections),
        sentences=tuple(sentences),
    )
