"""Evidence for words that somebody else picked from a document: a reader's selection, another program's quote."""

from __future__ import annotations

import re
from bisect import bisect_right

from caselore.model.page import Places
from caselore.model.text import Document, Evidence, RawSpan, SectionKind


def evidence_of(document: Document, quote: str, by: str) -> Evidence | None:
    """The first place where the words stand, whatever the line breaks; None where they do not."""
    words = quote.split()
    found = re.search(r"\s+".join(map(re.escape, words)), document.raw) if words else None
    if found is None:
        return None
    start, end = found.span()
    page, boxes = Places(document.pages).at(start, end)
    return Evidence(
        document_id=document.id,
        span=RawSpan(start, end),
        quote=found.group(),
        line=document.raw.count("\n", 0, start) + 1,
        section=_section(document, RawSpan(start, end)),
        by=by,
        page=page,
        boxes=boxes,
    )


def _section(document: Document, span: RawSpan) -> SectionKind:
    """The section of the words; that of the case where the normalised text left them out."""
    place = document.offsets.to_text(span)
    if place is None or not document.sections:
        return SectionKind.CASE
    starts = [section.span.start for section in document.sections]
    return document.sections[max(0, bisect_right(starts, place.start) - 1)].kind
