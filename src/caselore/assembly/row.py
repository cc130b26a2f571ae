"""The review row of a case: every column picked from the facts by the functions in `assembly.columns`."""

from __future__ import annotations

from functools import cache

import msgspec

import caselore.assembly.columns as room
from caselore.assembly.cell import CaseFacts, Cell, Column
from caselore.model.case import Case, Report
from caselore.model.curated import Decided
from caselore.model.discover import discover
from caselore.model.fact import Fact, Value
from caselore.model.row import COLUMNS, ReviewRow


@cache
def columns() -> dict[str, Column]:
    """Every column with the function that picks it; raises ValueError for an unknown or doubly declared column."""
    found: dict[str, Column] = {}
    for group in discover(room, "COLUMNS", dict):
        for name, pick in group.items():
            if name not in COLUMNS or name in found:
                raise ValueError(f"column {name!r} is {'declared twice' if name in found else 'not in the review row'}")
            found[name] = pick
    return found


def cells(case: Case[Value]) -> dict[str, Cell]:
    """The filled columns of a case, in the order of the row; what a person decided about a column stands above what was read."""
    facts = CaseFacts(case)
    picked = columns()
    decided = {fact.value.column: (fact.value.value, fact) for fact in case.facts if isinstance(fact.value, Decided)}
    found = {
        name: _decided(name, *decided[name]) if name in decided else picked[name](facts)
        for name in COLUMNS
        if name in picked
    }
    return {name: cell for name, cell in found.items() if cell is not None}


def _decided(column: str, value: object, fact: Fact[Value]) -> Cell | None:
    """The cell as a person holds it to be, in the type of its column; None where the report does not tell it."""
    told = {} if value is None else {column: value}
    filled = getattr(msgspec.convert({"role": "", "label": "", **told}, ReviewRow), column)
    return None if filled in (None, (), {}) else Cell(value=filled, facts=(fact,))


def review_row(case: Case[Value]) -> ReviewRow:
    """The review row of a case. Not reported stays empty."""
    values = {name: cell.value for name, cell in cells(case).items()}
    patient = case.patient
    return msgspec.convert({"role": patient.role.value, "label": patient.label, **values}, ReviewRow)


def review_rows(report: Report[Value]) -> tuple[ReviewRow, ...]:
    """One row per patient: index patients first, in the order of the report, then cited ones."""
    return tuple(review_row(case) for case in report.cases)
