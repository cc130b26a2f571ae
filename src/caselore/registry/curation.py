"""What people decided about the machine's reading: an append-only log, and the row that it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

from caselore.model.row import COLUMNS

CONSENSUS = "consensus"
"""The reader whose decisions settle what two readers see differently."""


class Action(StrEnum):
    ACCEPT = "accept"
    """the machine's value is right"""
    CORRECT = "correct"
    """another value is right"""
    REJECT = "reject"
    """the report does not say it: the cell is empty"""
    ADD = "add"
    """a value that the machine did not find, with its quote"""
    NOTE = "note"
    SPLIT = "split"
    """the columns named in `value` belong to another, new patient"""
    MERGE = "merge"
    """the patient is the same as the one named in `value`"""
    DUPLICATE = "duplicate"
    """the patient is in another report too, named in `value`"""
    UNDO = "undo"
    """takes back the reader's last decision on this report"""
    REDO = "redo"


ON_A_CELL = frozenset({Action.ACCEPT, Action.CORRECT, Action.REJECT, Action.ADD})


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the log. `quote` is in the report's own words; `at` is UTC in ISO 8601."""

    id: int
    report: str
    patient: str
    reader: str
    at: str
    action: Action
    column: str = ""
    value: Any = None
    quote: str | None = None
    note: str = ""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that somebody wants to take; `seen` is the newest decision that he had before him."""

    report: str
    patient: str
    action: Action
    column: str = ""
    value: Any = None
    quote: str | None = None
    note: str = ""
    seen: int | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one reader holds a cell to be."""

    reader: str
    value: Any
    action: Action
    at: str
    quote: str | None = None


class CellState(msgspec.Struct, frozen=True, kw_only=True):
    """A decided cell: "accepted", "corrected", "rejected", "added" or "disputed", and the readings behind it."""

    state: str
    readings: tuple[Reading, ...]


class Overlaid(msgspec.Struct, frozen=True, kw_only=True):
    """A review row with the decisions laid over it; `states` holds the decided cells only."""

    row: dict[str, Any]
    states: dict[str, CellState]
    hidden: bool = False


_STATES = {
    Action.ACCEPT: "accepted",
    Action.CORRECT: "corrected",
    Action.REJECT: "rejected",
    Action.ADD: "added",
}


def effective(log: Iterable[Decision]) -> list[Decision]:
    """The decisions that stand: without those that their reader took back, and without the taking back itself."""
    done: dict[str, list[Decision]] = {}
    undone: dict[str, list[Decision]] = {}
    for decision in log:
        mine, back = done.setdefault(decision.reader, []), undone.setdefault(decision.reader, [])
        if decision.action is Action.UNDO:
            if mine:
                back.append(mine.pop())
        elif decision.action is Action.REDO:
            if back:
                mine.append(back.pop())
        else:
            mine.append(decision)
            back.clear()
    return sorted((one for mine in done.values() for one in mine), key=lambda decision: decision.id)


def overlay(machine: Mapping[str, Any], standing: Sequence[Decision]) -> Overlaid:
    """The machine's row with one patient's standing decisions laid over it.

    A consensus settles a cell. Without one, readers who agree change it; where they differ it stays as the machine read
    it and is "disputed".
    """
    row, states = dict(machine), dict[str, CellState]()
    latest: dict[str, dict[str, Decision]] = {}
    hidden = False
    for decision in standing:
        if decision.action in ON_A_CELL:
            latest.setdefault(decision.column, {})[decision.reader] = decision
        elif decision.action in (Action.MERGE, Action.DUPLICATE):
            hidden = True
        elif decision.action is Action.SPLIT:
            for column in decision.value["columns"]:
                row.pop(column, None)
    for column, by_reader in latest.items():
        settled = by_reader.get(CONSENSUS)
        deciding = [settled] if settled else list(by_reader.values())
        values = [_value(one) for one in deciding]
        readings = tuple(
            Reading(reader=one.reader, value=_value(one), action=one.action, at=one.at, quote=one.quote)
            for one in by_reader.values()
        )
        if any(value != values[0] for value in values):
            states[column] = CellState(state="disputed", readings=readings)
            continue
        states[column] = CellState(state=_STATES[deciding[-1].action], readings=readings)
        if column not in COLUMNS:
            continue  # a fact beyond the row: it has a state, and no cell
        if values[0] is None:
            row.pop(column, None)
        else:
            row[column] = values[0]
    return Overlaid(row=row, states=states, hidden=hidden)


def _value(decision: Decision) -> Any:
    return None if decision.action is Action.REJECT else decision.value


def in_order(row: Mapping[str, Any]) -> dict[str, Any]:
    """The filled columns in the order of the table."""
    return {column: row[column] for column in COLUMNS if column in row}


def people(machines: Mapping[str, Mapping[str, Any]], standing: Sequence[Decision]) -> dict[str, Overlaid]:
    """The patients of a report, by key, with the standing decisions laid over the machine's rows.

    A split brings in a new patient with the columns that were moved; what a merged patient knows and the other one does
    not is the other one's; a patient whom a newer reading no longer finds stays while there are decisions on him.
    """
    rows: dict[str, dict[str, Any]] = {key: dict(row) for key, row in machines.items()}
    for decision in standing:
        parent = rows.get(decision.patient)
        if decision.action is Action.SPLIT and parent is not None:
            moved = {column: parent[column] for column in decision.value["columns"] if column in parent}
            label = f"{parent['label']}, second patient"
            rows[decision.value["to"]] = {"role": parent["role"], "label": label, **moved}
        elif parent is None and decision.action in ON_A_CELL:
            rows[decision.patient] = {"role": "index", "label": f"{decision.patient}, no longer read"}
    found = {key: overlay(row, [one for one in standing if one.patient == key]) for key, row in rows.items()}
    for decision in standing:
        if decision.action is Action.MERGE and decision.value in found and decision.patient in found:
            kept, gone = found[decision.value], found[decision.patient]
            found[decision.value] = msgspec.structs.replace(kept, row={**gone.row, **kept.row})
    return found
