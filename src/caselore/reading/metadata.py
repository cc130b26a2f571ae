"""Bibliographic data that the text of a report tells by itself."""

from __future__ import annotations

import re

from caselore.model.text import Metadata, Section, SectionKind

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>;]+[^\s\"<>;.,)\]]")
_YEAR = re.compile(
    r"(?:©|\(c\)|[Cc]opyright|[Pp]ublished(?: online)?:?|[Aa]ccepted:?|[Cc]itation:)[^\n]{0,60}?\b((?:19|20)\d\d)\b"
    r"|^[^\n]{3,60}?\b((?:19|20)\d\d)\s?[;,]\s?\d{1,4}\s?(?:\(\d+\))?\s?[:,]\s?\w+",
    re.M,
)
_FIRST_PAGE = 6000


def read_metadata(raw: str, text: str, sections: tuple[Section, ...]) -> Metadata:
    """Title, DOI and year as far as they are plain; a DOI counts when it stands before the list of references."""
    titles = [section for section in sections if section.kind is SectionKind.TITLE]
    title = text[titles[-1].span.start : titles[-1].span.end].split("\n\n")[-1] if titles else None
    before = re.split(r"\n\s*(?:References|REFERENCES|Bibliography)\s*\n", raw, maxsplit=1)[0]
    doi = _DOI.search(before)
    year = _YEAR.search(before[:_FIRST_PAGE])
    return Metadata(
        title=" ".join(title.split()) if title else None,
        doi=doi[0] if doi else None,
        year=int(year[1] or year[2]) if year else None,
    )
