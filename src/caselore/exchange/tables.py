"""Review rows as CSV; cells as people write them in literature tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from caselore.model.row import COLUMNS, ReviewRow
from caselore.model.same import SameAs

_RESULT_SIGNS = {"positive": "+", "negative": "-", "conflict": "+/-"}


class SourceRows(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The rows of one report: `source` is the file name without its extension; `same_as` tells what else repeats it."""

    source: str
    patients: tuple[ReviewRow, ...]
    same_as: tuple[SameAs, ...] = ()


def cell_text(value: object) -> str:
    """A cell as a person writes it: numbers without superfluous zeros, lists by "; ", stains as "SMA+; desmin-"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{round(value, 2):g}" if abs(value) < 1e6 else str(value)
    if isinstance(value, dict):
        return "; ".join(_pair(key, item) for key, item in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(str(item) for item in value)
    return str(value)


def _pair(key: Any, item: Any) -> str:
    sign = _RESULT_SIGNS.get(str(item))
    return f"{key}{sign}" if sign else f"{key}: {item}"


def summary(row: ReviewRow) -> dict[str, str]:
    """What fits on a screen, by heading; the columns one by one are in CSV, Markdown and JSON."""
    side = f" ({row.laterality})" if row.laterality else ""
    course = [part for part in (row.disease or row.status, _months(row.follow_up_months)) if part]
    recurrence = [part for part in (row.recurrence, _months(row.months_to_recurrence)) if part]
    return {
        "patient": row.label,
        "age, sex": ", ".join(filter(None, (cell_text(row.age_years), (row.sex or "")[:1].upper()))),
        "diagnosis": row.diagnosis or "",
        "sites": cell_text(row.sites) + side,
        "mm": cell_text(row.largest_dimension_mm),
        "surgery": " ".join(filter(None, (row.surgery, row.margin))),
        "RT": f"{row.rt_dose_gy:g} Gy" if row.rt_dose_gy else row.radiotherapy or "",
        "systemic": cell_text(row.agents) or row.chemotherapy or "",
        "recurrence": ", ".join(recurrence),
        "metastases": cell_text(row.metastases),
        "outcome": ", ".join(course),
    }


def _months(value: float | None) -> str:
    return f"{value:.0f} mo" if value is not None else ""


def table_lines(tables: Iterable[SourceRows], columns: Sequence[str] = COLUMNS) -> list[list[str]]:
    """One list of cell texts per patient, the source first."""
    return [
        [table.source, *(cell_text(getattr(row, column)) for column in columns)]
        for table in tables
        for row in table.patients
    ]


def no_formula(cell: str) -> str:
    """The cell with a leading apostrophe where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "@") else cell


def to_csv(tables: Iterable[SourceRows], columns: Sequence[str] = COLUMNS) -> str:
    """RFC 4180 with a header line; ends with a line end.

    A text cell that a spreadsheet would take for a formula gets a leading apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["source", *columns])
    for line in table_lines(tables, columns):
        writer.writerow(map(no_formula, line))
    return out.getvalue()
