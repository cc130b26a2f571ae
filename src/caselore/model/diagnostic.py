"""What a lint rule found: what conflicts, and every place involved."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from caselore.model.text import Evidence
from caselore.model.version import SCHEMA_VERSION


class Severity(StrEnum):
    """`error`: cannot both be true; `warning`: very likely a slip; `note`: worth a second look."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Place(msgspec.Struct, frozen=True, order=True):
    """A range of the raw text, its line (from 1), and the words there."""

    start: int
    end: int
    line: int
    quote: str

    @staticmethod
    def of(evidence: Evidence) -> Place:
        return Place(evidence.span.start, evidence.span.end, evidence.line, evidence.quote)


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True):
    """A finding. `message` is one sentence; `places` are in the order of the text, without repetitions."""

    code: str
    rule: str
    severity: Severity
    message: str
    places: tuple[Place, ...]


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """The findings on one report."""

    source: str
    findings: tuple[Diagnostic, ...]
    schema_version: str = SCHEMA_VERSION
