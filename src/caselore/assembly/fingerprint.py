"""A report reduced to what tells whether it, or one of its patients, was met before."""

from __future__ import annotations

import re
import tomllib
import zlib
from functools import cache
from importlib.resources import files

import msgspec

import caselore.assembly as room
from caselore.model.case import Case, Report
from caselore.model.fact import Value
from caselore.model.row import ReviewRow
from caselore.model.text import Document, SectionKind

_WORD = re.compile(r"[a-z]{2,}")
_NOT_OWN_WORDS = (SectionKind.REFERENCES, SectionKind.BACK_MATTER)
"""Two reports of one group cite the same papers and carry the same licence."""


class ReportRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When two texts are one report; see duplicates.toml."""

    words: int
    sample: int
    share: float
    least: int


class PatientRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many columns must agree."""

    agreements: int
    telling: int


class FieldRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a column of two patients agrees, and when it contradicts."""

    required: bool = False
    telling: bool = False
    opposes: bool = False
    same: float | None = None
    apart: float | None = None
    relative: bool = False


class Rules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of duplicates.toml."""

    report: ReportRule
    patient: PatientRule
    fields: dict[str, FieldRule]


@cache
def rules() -> Rules:
    """The rules, checked when they are loaded."""
    table = tomllib.loads((files(room) / "duplicates.toml").read_text(encoding="utf-8"))
    loaded = msgspec.convert(table, Rules)
    unknown = loaded.fields.keys() - set(ReviewRow.__struct_fields__)
    if unknown:
        raise ValueError(f"duplicates.toml: no column of the review row: {', '.join(sorted(unknown))}")
    return loaded


class Fingerprint(msgspec.Struct, frozen=True, kw_only=True):
    """What comparing needs of one report. `dates` holds the full calendar dates of each patient, in the order of `rows`."""

    rows: tuple[ReviewRow, ...]
    doi: str | None = None
    runs: frozenset[int] = frozenset()
    dates: tuple[frozenset[str], ...] = ()


def fingerprint(report: Report[Value], rows: tuple[ReviewRow, ...]) -> Fingerprint:
    """The fingerprint of a report with these review rows."""
    return Fingerprint(
        rows=rows,
        doi=whole_doi(report.document.metadata.doi),
        runs=runs_of(_own_words(report.document)),
        dates=tuple(_dates(case) for case in report.cases),
    )


def whole_doi(doi: str | None) -> str | None:
    """The DOI in lower case; None for one that a line end cut off, which many articles of a journal would share."""
    doi = (doi or "").lower()
    return doi if re.search(r"/.*\d", doi) and doi[-1:].isalnum() else None


def runs_of(text: str) -> frozenset[int]:
    """Checksums of a fixed share of all runs of words, without figures, spaces and punctuation, which formats change."""
    rule = rules().report
    words = _WORD.findall(text.lower())
    sums = (
        zlib.crc32(" ".join(words[start : start + rule.words]).encode()) for start in range(len(words) - rule.words + 1)
    )
    return frozenset(one for one in sums if one % rule.sample == 0)


def _own_words(document: Document) -> str:
    kept = (sentence for sentence in document.sentences if sentence.section not in _NOT_OWN_WORDS)
    return " ".join(document.text[sentence.span.start : sentence.span.end] for sentence in kept)


def _dates(case: Case[Value]) -> frozenset[str]:
    points = [event.when for event in case.events] + [fact.when for fact in case.facts]
    return frozenset(
        str(point.date) for point in points if point is not None and point.date is not None and point.date.day
    )
