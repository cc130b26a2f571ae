"""Patients retold from other publications: whether a sentence credits one, and the citation as printed."""

from __future__ import annotations

import re

import msgspec

from caselore.language.view import SentenceView
from caselore.model.case import Citation


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """A publication that a sentence points at: its label as printed, its number and first author where told."""

    label: str
    start: int
    number: int | None = None
    author: str | None = None
    year: int | None = None


_NAME = r"(?:(?:de|De|van|Van|von|Von|der|den|el|El|Al|da|Da|di|Di|la|La|Le)\s+)*[A-Z][\w'’-]*[a-z][\w'’-]*"
_AUTHORS = (
    rf"(?P<author>{_NAME})(?:\s+[A-Z]{{1,3}})?,?"
    rf"(?:\s+(?:et\s*al\b\.?|and\s+(?:co-?workers|colleagues|associates|co-?authors))|\s+(?:and|&)\s+{_NAME})"
)
_NUMBERS = r"(?P<number>\d{1,3})(?:\s*[,–-]\s*\d{1,3})*"
_CITED = re.compile(
    rf"{_AUTHORS}(?:,?\s*(?:[\[(]\s*(?:(?P<year>(?:19|20)\d\d)[a-z]?|{_NUMBERS})\s*[\])]|,?\s*(?P<raised>\d{{1,3}})(?![\w.]*\d)))?"
    rf"|(?P<lone>{_NAME})\s*\((?P<lone_year>(?:19|20)\d\d)[a-z]?\)"
    rf"|\[\s*(?P<square>\d{{1,3}})(?:\s*[,–-]\s*\d{{1,3}})*\s*\]"
    rf"|(?<=[\w.,)\s])\((?P<round>\d{{1,3}})(?:\s*[,–-]\s*\d{{1,3}})*\)(?=[\s.,;:]|$)"
    r"|(?<=[a-z]{3})(?P<super>\d{1,2})(?:[,–-]\d{1,2})*(?=[\s.,;:]|$)"
    r"|(?<=[a-z][.,])(?P<stop>\d{1,2})(?:[,–-]\d{1,2})*(?=\s|$)"
)
_BY_OTHERS = re.compile(
    r"\b(?:reported|described|published|observed|treated|presented|operated|documented)\s+(?:on\s+)?(?:by|of)\s+(?!us\b)(?:(?-i:[A-Z])|another|other|the\s+same)|\bet\s+al\b"
    r"|\b(?:a|another|one|recent|previous)\s+(?:\w+\s+){0,2}case\s+report\b(?!\s+of\s+our)",
    re.IGNORECASE,
)


def read_credits(text: str) -> tuple[Credit, ...]:
    """The publications that a stretch of text points at, in order."""
    found = []
    for match in _CITED.finditer(text):
        groups = match.groupdict()
        keys = ("number", "raised", "square", "round", "super", "stop")
        number = next((int(groups[key]) for key in keys if groups[key]), None)
        if number == 0:
            continue
        year = groups["year"] or groups["lone_year"]
        found.append(
            Credit(
                label=" ".join(match[0].split()),
                start=match.start(),
                number=number,
                author=groups["author"] or groups["lone"],
                year=int(year) if year else None,
            )
        )
    return tuple(found)


def is_credited(view: SentenceView) -> bool:
    """Whether a sentence credits its content to another publication."""
    return bool(_BY_OTHERS.search(view.text)) or any(c.author or "[" in c.label for c in read_credits(view.text))


def citation(credit: Credit) -> Citation:
    return Citation(label=credit.label, number=credit.number, author=credit.author, year=credit.year)


def names_source(text: str) -> bool:
    """Whether the words themselves say that others reported it: "reported by", "et al", "a case report"."""
    return _BY_OTHERS.search(text) is not None or any(credit.author for credit in read_credits(text))
