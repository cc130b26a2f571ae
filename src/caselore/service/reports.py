"""One report: read, measured, checked, its checklist filled."""

from __future__ import annotations

from pathlib import Path

from caselore.assembly.report import assemble
from caselore.assembly.row import review_rows
from caselore.lint.care import Filled, fill
from caselore.measures.engine import measure as measure_report
from caselore.model.case import Report
from caselore.model.fact import Value
from caselore.model.measure import Measured
from caselore.model.row import ReviewRow
from caselore.reading.sources import Location, load_location, locate
from caselore.reading.text import document_from_text


def read(path: str | Path) -> Report[Value]:
    """The Report of one file of any format; `-` is standard input.

    Raises UnreadableReport, or NothingToRead for a path that is no file.
    """
    return read_place(locate(path))


def read_place(place: Location) -> Report[Value]:
    """The Report of a file that `report_files` found."""
    return assemble(load_location(place))


def measure(report: Report[Value]) -> tuple[Measured, ...]:
    """What can be worked out for each of the authors' own patients, and why the rest cannot."""
    return measure_report(report)


def read_text(text: str, source: str = "text") -> Report[Value]:
    """The Report of a text; `source` names it in outputs."""
    return assemble(document_from_text(text, source))


def rows(report: Report[Value]) -> tuple[ReviewRow, ...]:
    """The review rows of a report's patients, index patients first."""
    return review_rows(report)


def checklist(report: Report[Value], key: str = "care") -> Filled:
    """One of CHECKLISTS, prefilled: each item with the words that speak to it, "not found", or left to the reader."""
    return fill(report, key)
