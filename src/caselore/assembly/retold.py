"""Patients retold from other publications: whether a sentence credits one, and the citation as printed."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from caselore.language.citations import read_citations
from caselore.language.patterns import Pattern
from caselore.language.silence import spared
from caselore.model.case import Citation


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """A publication that a sentence points at: its label as printed, its number and first author where told."""

    label: str
    number: int | None = None
    author: str | None = None
    year: int | None = None


_BY_OTHERS = Pattern(
    r"\b(?:reported|described|published|observed|treated|presented|operated|documented)\s+(?:on\s+)?(?:by|of)\s+(?!us\b)"
    r"(?:(?-i:[A-Z])|another|other|the\s+same)|\bet\s+al\b"
    r"|\bthere\s+(?:is|was|has\s+been|exists)\s+(?:also\s+)?(?:a|one|another)\s+(?:\w+\s+){0,2}report\b",
    re.IGNORECASE,
)


_A_CASE_REPORT = Pattern(
    r"\b(?:a|another|one|recent|previous)\s+(?:\w+\s+){0,2}case\s+report\b(?!\s+of\s+our)", re.IGNORECASE
)
_PRESENTED_AS = Pattern(
    r"\b(?:is|are|present\w*|report\w*|describ\w*|discuss\w*|provid\w*|offer\w*|document\w*|with|on|through|by|via)\s+$",
    re.IGNORECASE,
)
"""In front of "a case report" that is the authors' own: "This is a case report of", "We present a rare case report of"."""


_ELSEWHERE = Pattern(
    r"\b(?:others\s*[\[(]\d|(?:previous|earlier|recent|one|only|other|another|published|reported|first|second|third|similar|single|prior|former|known)"
    r"\s+(?:\w+\s+){0,3}(?:reports?|cases?|patients?|publications?|papers?|articles?|communications?)|patient\s+(?:in|of)\s*[\[(]\d"
    r"|previously\s+(?:reported|described|published))\b",
    re.IGNORECASE,
)
"""A report or a patient of others, where a publication is cited with it: "in a recent report [6]", "the previous patient [1]"."""


@spared
@lru_cache(maxsize=1024)
def read_credits(text: str) -> tuple[Credit, ...]:
    """The publications that a stretch of text points at, in order."""
    return tuple(
        Credit(
            label=" ".join(text[mark.span.start : mark.span.end].split()),
            number=mark.numbers[0] if mark.numbers else None,
            author=mark.author,
            year=mark.year,
        )
        for mark in read_citations(text)
    )


@spared
def is_credited(text: str) -> bool:
    """Whether a stretch of text credits its content to another publication."""
    return names_source(text) or any("[" in credit.label for credit in read_credits(text))


@spared
def names_source(text: str) -> bool:
    """Whether the words themselves say that others reported it: "reported by", "et al", "a case report"."""
    if _BY_OTHERS.search(text) or any(credit.author for credit in read_credits(text)):
        return True
    if read_credits(text) and _ELSEWHERE.search(text):
        return True
    return any(not _PRESENTED_AS.search(text[: match.start()]) for match in _A_CASE_REPORT.finditer(text))


_OF_A_CASE = Pattern(
    r"\b(?:reports?|cases?|patients?|reported|described|published|observations?|saw|treated)\b", re.IGNORECASE
)


def tells_of_others(text: str) -> bool:
    """Whether a stretch of text turns to patients of another publication: "In a recent report [6] the brain was reached late"."""
    return bool(read_credits(text)) and names_source(text) and _OF_A_CASE.search(text) is not None


_AUTHORS_START = Pattern(
    r"\W*(?:(?:\w+ly|afterwards|later|then|in (?:18|19|20)\d\d),?\s+)?(?:it\s+was\s+)?"
    r"(?:(?-i:[A-Z])[\w'’-]+(?:\s+(?:and|&)\s+(?-i:[A-Z])[\w'’-]+)?\s+(?:et\s+al\b|and\s+(?:colleagues|co-?workers|associates)\b)"
    r"|(?-i:[A-Z])[\w'’-]+,?\s+in\s+(?:his|her|their)\s+(?:\w+\s+){0,2}(?:paper|publication|report|account|article|monograph)\b"
    r"|(?:the\s+same|this|another|a\s+(?:\w+\s+)?)\s*(?:group|authors?|team|investigators)\b)",
    re.IGNORECASE,
)


_AHEAD_OF_AUTHORS = Pattern(
    r"\W*(?:in (?:18|19|20)\d\d,?\s+(?:[A-Z][\w.]*\s+){0,2}"
    r"|(?:a|an|one|another|the (?:first|only|second))\s[^,;]{0,120}?\b(?:was|were|has been|had been)\s+(?:\w+\s+)?"
    r"(?:reported|described|published)\s+(?:\w+\s+)?by\s+(?:[A-Z]\.\s?)*)?",
    re.IGNORECASE,
)


def opens_with_authors(text: str) -> bool:
    """Whether other authors are who tells: "Smith et al. [3] showed", "In 1928 Smith reported", "A case was reported by Smith"."""
    if _AUTHORS_START.match(text):
        return True
    ahead = _AHEAD_OF_AUTHORS.match(text)
    return any(mark.author and ahead and mark.span.start <= ahead.end() for mark in read_citations(text))


def citation(credit: Credit) -> Citation:
    """The citation of a retold patient."""
    return Citation(label=credit.label, number=credit.number, author=credit.author, year=credit.year)
