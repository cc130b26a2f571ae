"""A patient as words, for text relevance: what the row says, without numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.model.row import ReviewRow

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 80
_SILENT = {"yes", "no", "positive", "negative"}
_EMPTY = frozenset(
    "a an and are as at by for from had has her his in is it no not of on or she he that the this to was with".split()  # noqa: SIM905
)


def words_of(row: ReviewRow) -> str:
    """The row in words: tumour, sites, complaints, positive stains, treatment, course."""
    return " ".join(_parts(row))


def _parts(row: ReviewRow) -> Iterator[str]:
    texts = (row.diagnosis, row.origin, row.primary_site, *row.sites, row.laterality, row.sex, *row.symptoms)
    treatment = (row.surgery, row.margin, row.rt_technique, *row.agents, *row.metastases)
    yield from filter(None, (*texts, *treatment))
    yield from (marker for marker, result in row.ihc.items() if result == "positive")
    yield from (f"{name} {value}" for name, value in row.immune.items())
    for name, value in (
        ("radiotherapy", row.radiotherapy),
        ("chemotherapy", row.chemotherapy),
        ("recurrence", row.recurrence),
    ):
        if value == "yes":
            yield name


def query_words(text: str) -> list[str]:
    """The words of a query that can matter, each once, at most 80."""
    found = dict.fromkeys(word.casefold() for word in _WORD.findall(text))
    return [word for word in found if word not in _EMPTY and word not in _SILENT and not word.isdigit()][:_LONGEST]
