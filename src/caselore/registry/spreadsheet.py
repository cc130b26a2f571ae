"""The casebook as a spreadsheet, and a corrected spreadsheet back: first what would change, then the changes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from caselore.exchange.cells import WrongCell, cell_value
from caselore.exchange.tables import cell_text, no_formula
from caselore.model.row import COLUMNS
from caselore.registry.casebook import Casebook
from caselore.registry.curation import Action, Wanted
from caselore.registry.find import Query, find

_KEYS = ("report", "source", "patient")
_FIXED = ("role", "label")


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A cell of the spreadsheet that differs from the casebook; `after` None empties it."""

    report: str
    patient: str
    column: str
    before: Any
    after: Any

    def __str__(self) -> str:
        before, after = cell_text(self.before) or "not reported", cell_text(self.after) or "not reported"
        return f"{self.report[:8]} {self.patient}, {self.column}: {before} -> {after}"


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What a spreadsheet would change, and the lines or cells that cannot be used, each with its place."""

    changes: tuple[Change, ...]
    problems: tuple[str, ...]


def lines(casebook: Casebook, query: Query | None = None) -> list[list[str]]:
    """A header and one line a patient that `query` lets in: report, source, patient, the columns of the review row."""
    found = [[*_KEYS, *COLUMNS]]
    page = 1
    while True:
        asked = msgspec.structs.replace(query or Query(), page=page, size=1000)
        shown = find(casebook.engine, asked, facets=())
        for line in shown.lines:
            cells = [cell_text(line.row.get(column)) for column in COLUMNS]
            found.append([line.report, line.source, line.patient, *cells])
        if page * 1000 >= shown.total:
            return found
        page += 1


def to_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte-order mark, as spreadsheets expect it; a cell that looks like a formula is kept from being one."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows([[no_formula(cell) for cell in row] for row in rows])
    return buffer.getvalue().encode("utf-8-sig")


def to_xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet, every cell as text. Raises ImportError without openpyxl."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("patients")
    sheet.freeze_panes = "D2"
    for row in rows:
        sheet.append([no_formula(cell) for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read_lines(data: bytes) -> list[list[str]]:
    """The cells of a CSV or xlsx file as text. Raises ValueError for anything else."""
    if data[:2] == b"PK":
        from openpyxl import load_workbook

        try:
            sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        except Exception as error:  # openpyxl raises many kinds for a damaged workbook
            raise ValueError("the workbook cannot be opened") from error
        return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("neither a workbook nor a CSV file in UTF-8") from error
    dialect = (
        ";" if text.splitlines()[:1] and text.splitlines()[0].count(";") > text.splitlines()[0].count(",") else ","
    )
    return [row for row in csv.reader(io.StringIO(text), delimiter=dialect) if row]


def preview(casebook: Casebook, rows: Sequence[Sequence[str]]) -> Preview:
    """What the lines of a spreadsheet would change. Columns that are not there are left alone; so are patients."""
    if not rows or not {"report", "patient"} <= set(rows[0]):
        return Preview(changes=(), problems=("The first line must name the columns, report and patient among them.",))
    header = list(rows[0])
    current = {(entry[0], entry[2]): dict(zip(COLUMNS, entry[3:], strict=True)) for entry in lines(casebook)[1:]}
    changes: list[Change] = []
    problems = [f"There is no column {name!r}." for name in header if name and name not in (*_KEYS, *COLUMNS)]
    for number, row in enumerate(rows[1:], 2):
        cells = dict(zip(header, row, strict=False))
        known = current.get((cells["report"], cells["patient"]))
        if known is None:
            problems.append(f"Line {number}: the casebook has no patient {cells['patient']!r} of that report.")
            continue
        for column, text in cells.items():
            if column in COLUMNS and column not in _FIXED and text.strip().removeprefix("'") != known[column]:
                try:
                    before, after = cell_value(column, known[column]), cell_value(column, text)
                except WrongCell as error:
                    problems.append(f"Line {number}: {error}.")
                    continue
                if before != after:
                    changes.append(
                        Change(
                            report=cells["report"],
                            patient=cells["patient"],
                            column=column,
                            before=before,
                            after=after,
                        )
                    )
    return Preview(changes=tuple(changes), problems=tuple(problems))


def apply(casebook: Casebook, changes: Iterable[Change], reader: str) -> int:
    """Takes the changes over as decisions of a reader, all or none; how many. Raises DecisionRefused, and NotInCasebook for a
    report or patient who has gone in the meantime."""
    wanted = [
        Wanted(
            report=change.report,
            patient=change.patient,
            action=Action.REJECT if change.after is None else Action.CORRECT,
            column=change.column,
            value=change.after,
            note="from a spreadsheet",
        )
        for change in changes
    ]
    casebook.decide_all(wanted, reader)
    return len(wanted)
