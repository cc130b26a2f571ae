"""The reference list of a report, one Reference an entry."""

from __future__ import annotations

import re

import msgspec

from caselore.model.text import Document, SectionKind, TextSpan


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the reference list; what the entry does not tell plainly is None. `span` is its place in the text."""

    span: TextSpan
    number: int | None = None
    authors: str | None = None
    first_author: str | None = None
    year: int | None = None
    doi: str | None = None
    title: str | None = None


_NUMBER = re.compile(r"(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})\.?)\s*(?=[^\W\d_])")
_FIRST = re.compile(
    r"((?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]el|[Dd]i|[Dd]a|[Ll]a|[Ll]e|[Ee]l|[Dd]er|[Dd]en|[Tt]en)\s){0,2}[^\W\d_][\w'’-]+)"
    r"(?=[,\s]|\.|:)"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d(?=[a-d]?\b)")
_DOI = re.compile(r"\b10\.\d{4,9}/\S+[^\s.,;)\]]")
_AUTHORS_END = re.compile(
    r"(?:\bet al\.?|[A-Z]{1,3}\.?|[A-Z]\.)\s*(?:\(\d{4}\)\.?|[:.])\s+(?=[^\W_])|[a-zß-ÿ]\s?[.:]\s+(?=[A-Z])"
)
_TITLE_END = re.compile(r"[?.!]\s+(?=[^\W\d_])")


def read_references(document: Document) -> tuple[Reference, ...]:
    """The references of a document in the order of the list; numbers are those printed."""
    return tuple(
        _read(document.text, sentence.span)
        for sentence in document.sentences
        if sentence.section is SectionKind.REFERENCES
        and _YEAR.search(document.text[sentence.span.start : sentence.span.end])
    )


def _read(text: str, span: TextSpan) -> Reference:
    words = text[span.start : span.end]
    numbered = _NUMBER.match(words)
    number = int(next(group for group in numbered.groups() if group)) if numbered else None
    entry = words[numbered.end() :] if numbered else words
    first = _FIRST.match(entry)
    doi = _DOI.search(entry)
    years = _YEAR.findall(entry[: doi.start()] if doi else entry)
    authors, title = _authors_and_title(entry)
    return Reference(
        span=span,
        number=number,
        authors=authors,
        first_author=first[1] if first else None,
        year=_year(entry, years),
        doi=doi[0] if doi else None,
        title=title,
    )


def _year(entry: str, years: list[str]) -> int | None:
    """The year of publication: the one in parentheses or before the volume, else the last one."""
    plain = re.search(r"\(((?:19|20)\d\d)[a-d]?\)|\b((?:19|20)\d\d)\b(?:\s[A-Z][a-z]{2}\s?\d{0,2})?\s?[;,:]", entry)
    if plain:
        return int(plain[1] or plain[2])
    return int(years[-1]) if years else None


def _authors_and_title(entry: str) -> tuple[str | None, str | None]:
    end = _AUTHORS_END.search(entry)
    if not end:
        return None, None
    authors = re.sub(r"\s*(?:\(\d{4}\)\.?|[:.])$", "", entry[: end.end()].strip())
    rest = entry[end.end() :]
    stop = _TITLE_END.search(rest)
    title = rest[: stop.start() + (rest[stop.start()] in "?!")] if stop else None
    return authors or None, title or None
