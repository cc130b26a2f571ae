"""The patients of a casebook as a cohort takes them, each with the place where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec

from caselore.exchange.tables import SourceRows
from caselore.model.row import ReviewRow


class Place(msgspec.Struct, frozen=True):
    """Report and patient of a casebook, by their keys."""

    report: str
    patient: str


class PlacedTables(msgspec.Struct, frozen=True, kw_only=True):
    """The rows report by report, and the place of each patient by source and label."""

    tables: tuple[SourceRows, ...]
    places: dict[tuple[str, str], Place]


def placed_tables(lines: Iterable[tuple[str, str, str, dict[str, Any]]]) -> PlacedTables:
    """From report, source, patient and row of each patient, report by report.

    Where two reports have one source name, or two patients of a report one label, a number is put behind it.
    """
    sources: dict[str, str] = {}
    named: Counter[str] = Counter()
    rows: dict[str, list[ReviewRow]] = {}
    labels: Counter[tuple[str, str]] = Counter()
    places: dict[tuple[str, str], Place] = {}
    for report, source, patient, told in lines:
        if report not in sources:
            named[source] += 1
            sources[report] = source if named[source] == 1 else f"{source} ({named[source]})"
        row = msgspec.convert(told, ReviewRow)
        labels[report, row.label] += 1
        if (again := labels[report, row.label]) > 1:
            row = msgspec.structs.replace(row, label=f"{row.label} ({again})")
        rows.setdefault(report, []).append(row)
        places[sources[report], row.label] = Place(report, patient)
    tables = tuple(SourceRows(source=sources[report], patients=tuple(found)) for report, found in rows.items())
    return PlacedTables(tables=tables, places=places)
