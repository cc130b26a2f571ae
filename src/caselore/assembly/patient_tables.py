"""Tables that list patients, a row or a column each: what their cells hold, and whose patients they are.

A table that is not understood, by its headings and its caption, is left to the walk through the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from tomllib import loads

import msgspec

import caselore.assembly as room
from caselore.assembly.grids import Grid, Line
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.model.text import TextSpan


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of column: its headings, and the sentences that say in prose what a cell says."""

    field: str
    names: tuple[str, ...]
    sentence: str = ""
    yes: str = ""
    yes_after: str = ""
    no: str = ""
    unit: str = ""
    unit_before: str = ""


class Words(msgspec.Struct, frozen=True):
    words: tuple[str, ...]


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """patient_tables.toml."""

    column: tuple[Column, ...]
    words: Mapping[str, str]
    absent: Words
    no: Words
    yes: Words
    own: Words
    literature: Words


class Held(msgspec.Struct, frozen=True):
    """A cell with the kind of its column, and the unit that its heading prints."""

    column: Column
    unit: str
    span: TextSpan
    text: str


class PatientRow(msgspec.Struct, frozen=True):
    """What a table tells of one patient. `own` is None where the table does not say whose patient it is.

    `tumour` is the one tumour that the caption names, for tables without a column of diagnoses.
    """

    cells: tuple[Held, ...]
    own: bool | None
    number: int | None
    views: tuple[SentenceView, ...]
    tumour: TextSpan | None = None

    def text(self, field: str) -> str:
        """The cell of a field, empty where it tells nothing."""
        found = next((held.text for held in self.cells if held.column.field == field), "")
        return "" if is_absent(found) else found


class PatientTable(msgspec.Struct, frozen=True):
    """The rows of one table in their order, and all lines that they and the headings stand in."""

    rows: tuple[PatientRow, ...]
    views: tuple[SentenceView, ...]


_FEWEST_FIELDS = 3
_GROUP = Pattern(r"\b(?:mean|median|average|range|n ?=)|\d\s?(?:-|–|to)\s?\d{1,2}\s*(?:y|$)", re.IGNORECASE)
_COUNTED = Pattern(r"\b(?:no|number)\.? of (?:cases|patients|tumou?rs)\b|^n$|^cases \(n\)$", re.IGNORECASE)
_UNIT = Pattern(
    r"[(\[,/]\s*(?:in\s+)?(months?|mos?|mths?|years?|yrs?|y|weeks?|days?|cm|mm|gy|cgy|%)\.?\s*[)\]]?\s*$", re.I
)
_PATIENT = Pattern(r"(?:case|patient|pt)\.?\s*(?:no\.?\s*)?#?(\d{1,2})\b|^\s*(\d{1,2})\s*$", re.IGNORECASE)
_UNITS = {"m": "months", "y": "years", "w": "weeks", "d": "days"}


def table_of(grid: Grid) -> PatientTable | None:
    """The patients of a table with one a row, or one a column; None for a table of anything else."""
    return _table(grid) or _table(_transposed(grid))


def column_of(field: str) -> Column:
    """The kind of column of a field."""
    return next(column for column in wording().column if column.field == field)


def is_absent(text: str) -> bool:
    """Whether a cell tells nothing ("NR", "-")."""
    return _plain(text) in wording().absent.words


def _table(grid: Grid | None) -> PatientTable | None:
    if grid is None:
        return None
    headings = [_heading(grid.heading.text(span)) for span in grid.heading.cells]
    fields = {column.field for column, _ in filter(None, headings)}
    if len(fields) < _FEWEST_FIELDS or not fields & {"age", "age_sex"} or not fields & {"case", "reference"}:
        return None
    counted = next((i for i, span in enumerate(grid.heading.cells) if _COUNTED.search(grid.heading.text(span))), None)
    rows = [
        _row(grid, headings, line)
        for line in grid.lines
        if counted is None or line.text(line.cells[counted]).strip() in ("1", "")
    ]
    rows = [row for row in rows if (row.text("age") or row.text("age_sex")) and not _GROUP.search(row.text("age"))]
    views = tuple(dict.fromkeys((*grid.heading.views, *(view for row in rows for view in row.views))))
    return PatientTable(tuple(rows), views) if rows else None


def _row(grid: Grid, headings: Sequence[tuple[Column, str] | None], line: Line) -> PatientRow:
    cells = tuple(
        Held(known[0], known[1], span, line.text(span))
        for known, span in zip(headings, line.cells, strict=True)
        if known is not None
    )
    row = PatientRow(cells, None, None, line.views)
    if not row.text("diagnosis"):
        row = msgspec.structs.replace(row, tumour=tumour_of(grid.caption))
    reference = " ".join(filter(None, (row.text("reference"), row.text("case"))))
    words = set(re.findall(r"[a-z]+", reference.lower()))
    has_source = any(held.column.field == "reference" for held in cells)
    is_own = any(set(own.split()) <= words for own in wording().own.words)
    own = is_own or (None if has_source and not row.text("reference") else not has_source)
    if own and not is_own and is_of_literature(grid.caption):
        own = None
    number = _PATIENT.search(row.text("case"))
    return msgspec.structs.replace(row, own=own, number=int(number[1] or number[2]) if number else None)


def tumour_of(caption: Sequence[SentenceView]) -> TextSpan | None:
    """The tumour that a caption names, if it names one only."""
    named = [mention for view in caption for mention in view.of("tumour") if mention.get("rank") != "generic"]
    return named[0].span if len({mention.concept for mention in named}) == 1 else None


def is_of_literature(caption: Sequence[SentenceView]) -> bool:
    """Whether a caption says that the patients are those of other publications."""
    words = " ".join(view.text for view in caption).lower()
    return any(cue in words for cue in wording().literature.words)


def _heading(text: str) -> tuple[Column, str] | None:
    """The kind of a column and the unit that its heading prints."""
    unit = _UNIT.search(text)
    words = _plain(text[: unit.start()] if unit else text)
    bare = _plain(re.sub(r"[(\[].*?[)\]]", "", words))
    column = _columns().get(words) or _columns().get(bare)
    if column is None:
        return None
    printed = unit[1].lower() if unit else ""
    return column, _UNITS.get(printed[:1], printed) if printed not in ("mm", "cm", "gy", "cgy", "%") else printed


def _transposed(grid: Grid) -> Grid | None:
    """The grid with a patient a column: kinds in the first cell of each line, patients in the heading line."""
    if not _PATIENT.search(grid.heading.text(grid.heading.cells[-1])) and len(grid.heading.cells) < 3:
        return None
    lines = [grid.heading, *grid.lines]
    known = [line for line in lines[1:] if _heading(line.text(line.cells[0]))]
    if len(known) < _FEWEST_FIELDS:
        return None
    columns = list(zip(*(line.cells for line in lines), strict=True))
    printed = tuple(view for line in lines for view in line.views)
    return Grid(grid.caption, Line(printed, columns[0]), tuple(Line(printed, column) for column in columns[1:]))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" .:;*†‡#").lower()


@cache
def wording() -> Wording:
    """The table of headings and words; raises msgspec.ValidationError where the file holds anything else."""
    return msgspec.convert(loads((files(room) / "patient_tables.toml").read_text(encoding="utf-8")), Wording)


@cache
def _columns() -> dict[str, Column]:
    return {name: column for column in wording().column for name in column.names}
