"""The verbs of caselore: command line, web and notebooks call these."""

from __future__ import annotations

from pathlib import Path

from caselore.assembly.report import assemble
from caselore.assembly.row import review_rows
from caselore.model.case import Report
from caselore.model.fact import Value
from caselore.model.row import ReviewRow
from caselore.reading.text import document_from_text


def read(path: str | Path) -> Report[Value]:
    """The Report of one file."""
    path = Path(path)
    return read_text(path.read_text(encoding="utf-8"), path.stem)


def read_text(text: str, source: str = "text") -> Report[Value]:
    """The Report of a text; `source` names it in outputs."""
    return assemble(document_from_text(text, source))


def rows(report: Report[Value]) -> tuple[ReviewRow, ...]:
    """The review rows of a report's patients."""
    return review_rows(report)
