"""Readers who are programs: rows with quotes, taken over only where the quote is in the source."""

from __future__ import annotations

from typing import Any

import msgspec

from caselore.registry.casebook import Casebook
from caselore.registry.curation import Action, effective
from caselore.registry.errors import DecisionRefused, NotInCasebook


class QuotedCell(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    value: Any
    quote: str


class QuotedRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a program reads of one patient: `report` is an id or a source name, `patient` the key in the casebook."""

    report: str
    patient: str
    cells: dict[str, QuotedCell]


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """How many cells were taken over, and why the others were not."""

    accepted: int
    refused: tuple[str, ...]


def take_over(casebook: Casebook, data: bytes, reader: str) -> Taken:
    """Reads a JSON list of QuotedRow as the decisions of a reader. Raises ValueError for anything else.

    What the same reader has said already is not said twice, so that an import that was interrupted can be repeated.
    """
    try:
        rows = msgspec.json.decode(data, type=list[QuotedRow])
    except msgspec.DecodeError as error:
        raise ValueError(f"no list of rows with quotes: {error}") from error
    accepted, refused = 0, []
    for row in rows:
        said = _said(casebook, row, reader)
        for column, cell in row.cells.items():
            if (column, cell.value, cell.quote) in said:
                accepted += 1
                continue
            try:
                casebook.decide(
                    row.report,
                    row.patient,
                    reader,
                    Action.ADD,
                    column=column,
                    value=cell.value,
                    quote=cell.quote,
                )
                accepted += 1
            except (DecisionRefused, NotInCasebook) as error:
                refused.append(f"{row.report} {row.patient}, {column}: {error}")
    return Taken(accepted=accepted, refused=tuple(refused))


def _said(casebook: Casebook, row: QuotedRow, reader: str) -> list[tuple[str, Any, str | None]]:
    """The cells of a patient as this reader's standing decisions have them."""
    try:
        log = effective(casebook.log(row.report))
    except NotInCasebook:
        return []
    return [(one.column, one.value, one.quote) for one in log if (one.reader, one.patient) == (reader, row.patient)]
