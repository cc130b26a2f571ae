"""REDCap: a data dictionary for the review row, the rows as a file to import, and such a file read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, get_type_hints

import msgspec

from caselore.exchange.cells import cell_value
from caselore.exchange.tables import SourceRows
from caselore.model.row import COLUMNS, ReviewRow

_HEADER = (
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note", "Text Validation Type OR Show Slider Number",
    "Text Validation Min", "Text Validation Max", "Identifier?",
    "Branching Logic (Show field only if...)", "Required Field?", "Custom Alignment", "Question Number (surveys only)",
    "Matrix Group Name", "Matrix Ranking?", "Field Annotation",
)  # fmt: skip
_YES_NO = ("yes", "no")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "role": ("index", "cited"),
    "sex": ("male", "female"),
    "origin": ("primary", "metastatic"),
    "laterality": ("left", "right", "bilateral", "midline"),
    "necrosis": ("present", "absent"),
    "grade": ("1", "2", "3", "4", "low", "intermediate", "high"),
    "surgery": ("gross total", "subtotal", "biopsy", "resection", "none"),
    "margin": ("R0", "R1", "R2"),
    "status": ("alive", "dead"),
    "disease": ("NED", "AWD", "DOD", "DOC"),
    "prior_radiation": _YES_NO,
    "radiotherapy": _YES_NO,
    "chemotherapy": _YES_NO,
    "recurrence": _YES_NO,
}
"""Columns with few values; REDCap keeps a value under its code, which has no spaces."""
_LINE = "; "


class NotRedcap(ValueError):
    """A file that is no export of these fields; the message says what departs."""


def dictionary() -> str:
    """The data dictionary: one form, a field a column."""
    hints = get_type_hints(ReviewRow, include_extras=True)
    rows = [_field("record_id", "text", "Record"), _field("source", "text", "Report: file name without extension")]
    for column in COLUMNS:
        hint = hints[column]
        label = next((meta.description for meta in getattr(hint, "__metadata__", ()) if meta.description), column)
        if column in CHOICES:
            rows.append(
                _field(column, "dropdown", label, " | ".join(f"{_code(one)}, {one}" for one in CHOICES[column]))
            )
        elif "float" in str(hint):
            rows.append(_field(column, "text", label, validation="number"))
        else:
            rows.append(_field(column, "notes" if "tuple" in str(hint) or "dict" in str(hint) else "text", label))
    return _csv([_HEADER, *rows])


def _field(name: str, kind: str, label: str, choices: str = "", validation: str = "") -> tuple[str, ...]:
    told = {0: name, 1: "patient", 3: kind, 4: label, 5: choices, 7: validation}
    return tuple(told.get(place, "") for place in range(len(_HEADER)))


def _code(value: str) -> str:
    return value.replace(" ", "_")


def records(tables: Iterable[SourceRows]) -> str:
    """The rows as REDCap's data import tool takes them, numbers in full."""
    lines: list[tuple[str, ...]] = [("record_id", "source", *COLUMNS)]
    for table in tables:
        for row in table.patients:
            cells = tuple(_cell(column, getattr(row, column)) for column in COLUMNS)
            lines.append((str(len(lines)), table.source, *cells))
    return _csv(lines)


def _cell(column: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return _LINE.join(value)
    if isinstance(value, dict):
        return _LINE.join(f"{key}: {item}" for key, item in value.items())
    if isinstance(value, float | int):
        return repr(int(value)) if value == int(value) else repr(value)
    return _code(str(value)) if column in CHOICES and value in CHOICES[column] else str(value)


def _csv(lines: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


def read_records(text: str) -> list[SourceRows]:
    """The review rows of a REDCap CSV export (raw codes). Fields that are not ours are passed over. Raises NotRedcap."""
    reader = csv.DictReader(io.StringIO(text))
    missing = {"record_id", "label"} - set(reader.fieldnames or ())
    if missing:
        raise NotRedcap(f"it has no field {sorted(missing)[0]!r}")
    found: dict[str, list[ReviewRow]] = {}
    for line in reader:
        found.setdefault(line.get("source") or "redcap", []).append(_row(line, reader.line_num))
    return [SourceRows(source=source, patients=tuple(rows)) for source, rows in found.items()]


def _row(line: Mapping[str, str | None], number: int) -> ReviewRow:
    told: dict[str, Any] = {"role": "index"}
    for column in COLUMNS:
        text = line.get(column) or ""
        plain = next((one for one in CHOICES.get(column, ()) if _code(one) == text), text)
        try:
            value = cell_value(column, plain)
        except ValueError as error:
            raise NotRedcap(f"line {number}: {error}") from error
        if value is not None:
            told[column] = value
    try:
        return msgspec.convert(told, ReviewRow)
    except msgspec.ValidationError as error:
        raise NotRedcap(f"line {number}: {error}") from error
