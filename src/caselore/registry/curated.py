"""A report with the decisions of people laid over it, for exports: the same Report, its facts corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from caselore.assembly.cell import Cell
from caselore.assembly.quoting import evidence_of
from caselore.assembly.row import cells
from caselore.model.case import Case, Patient, Report, Role
from caselore.model.curated import Decided, Reworded
from caselore.model.fact import Fact, Origin, Value
from caselore.model.row import COLUMNS
from caselore.model.text import Document, Evidence
from caselore.registry.casebook import Entry
from caselore.registry.facts import state_of_fact

_NAMES = ("role", "label")


def curated(report: Report[Value], entries: Sequence[Entry]) -> Report[Value]:
    """The report as its readers left it: patients merged and split, cells as decided, facts that were rejected taken out.

    A value that people set is a fact of its own (`Decided`, origin curated) with the words that the reader gave, or those
    that were read before.
    """
    read = {case.patient.id: case for case in report.cases}
    filled = {key: cells(case) for key, case in read.items()}
    cases = tuple(
        _case(report.document, entry, read.get(entry.patient), filled) for entry in entries if not entry.hidden
    )
    return msgspec.structs.replace(report, cases=cases)


def _case(
    document: Document, entry: Entry, case: Case[Value] | None, filled: Mapping[str, Mapping[str, Cell]]
) -> Case[Value]:
    own = filled.get(entry.patient, {})
    patient = Patient(id=entry.patient, role=Role(entry.row["role"]), label=entry.row["label"])
    if case is not None:
        patient = msgspec.structs.replace(case.patient, label=patient.label, role=patient.role)
    changed = [
        column
        for column in COLUMNS
        if column not in _NAMES and entry.row.get(column) != (_plain(own[column].value) if column in own else None)
    ]
    facts = [*_kept(case, own, changed, entry.states)] if case else []
    facts += [_decided(document, entry, column, _behind(column, entry, own, filled)) for column in changed]
    return Case(patient=patient, facts=tuple(facts), events=case.events if case else ())


def _kept(
    case: Case[Value], own: Mapping[str, Cell], changed: Sequence[str], states: Mapping[str, Any]
) -> Iterator[Fact[Value]]:
    """The facts that still hold: without those that filled changed cells only, and without those that were rejected."""
    fills: dict[str, set[str]] = {}
    for column, cell in own.items():
        for fact in cell.facts:
            fills.setdefault(fact.id, set()).add(column)
    for fact in case.facts:
        if fact.id in fills and fills[fact.id] <= set(changed):
            continue
        state = state_of_fact(fact, states) or {}
        if state.get("state") == "rejected":
            continue
        if state.get("state") == "corrected":
            text = str(state["readings"][-1]["value"])
            fact = msgspec.structs.replace(fact, value=Reworded(text=text), origin=Origin.CURATED)
        yield fact


def _decided(document: Document, entry: Entry, column: str, behind: Sequence[Evidence]) -> Fact[Value]:
    state = entry.states.get(column, {})
    quotes = [one for one in state.get("readings", ()) if one.get("quote")]
    told = [evidence_of(document, one["quote"], one["reader"]) for one in quotes]
    evidence = tuple(one for one in told if one is not None) or tuple(behind)
    return Fact(
        id=f"{entry.patient}.decided.{column}",
        patient_id=entry.patient,
        topic="curation",
        value=Decided(column=column, value=entry.row.get(column)),
        origin=Origin.CURATED,
        evidence=evidence,
    )


def _behind(
    column: str, entry: Entry, own: Mapping[str, Cell], filled: Mapping[str, Mapping[str, Cell]]
) -> list[Evidence]:
    """The words that the cell was read from; for a value that came from another patient of the report, his."""
    if column in own:
        cell: Cell | None = own[column]
    else:
        value = entry.row.get(column)
        others = (one[column] for one in filled.values() if column in one)
        cell = next((one for one in others if _plain(one.value) == value), None)
    return [evidence for fact in cell.facts for evidence in fact.evidence] if cell else []


def _plain(value: object) -> Any:
    """A value as the casebook holds it: lists for tuples, floats for numbers."""
    return msgspec.json.decode(msgspec.json.encode(value))
