"""Patients keep their keys when a report is read again, so that decisions stay with the person they are about.

Rules that learn to tell one more patient apart would otherwise shift the numbers of all who follow.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import count

import msgspec

from caselore.model.case import Case, Report
from caselore.model.fact import Value


def keys(old: Report[Value], new: Report[Value], decided: Collection[str]) -> dict[str, str]:
    """Ids of the new reading's patients to the keys they keep: those of the patients who are told by the same words.

    A patient who is new gets a key that nobody had, also nobody who is no longer found but was `decided` on.
    """
    kept = _same_patients(old.cases, new.cases)
    taken = {*(case.patient.id for case in old.cases), *decided}
    for case in new.cases:
        own = case.patient.id
        if own not in kept:
            kept[own] = own if own not in taken else _free(own, taken)
            taken.add(kept[own])
    return kept


def renamed(report: Report[Value], names: Mapping[str, str]) -> Report[Value]:
    """The report with other ids of patients, wherever they stand."""
    if all(own == name for own, name in names.items()):
        return report
    return msgspec.structs.replace(
        report,
        cases=tuple(_renamed_case(case, names) for case in report.cases),
        segments=tuple(
            msgspec.structs.replace(one, patient_ids=tuple(names.get(id, id) for id in one.patient_ids))
            for one in report.segments
        ),
    )


def _same_patients(old: Sequence[Case[Value]], new: Sequence[Case[Value]]) -> dict[str, str]:
    """Pairs of one role; the pair that shares most places in the text goes first, then those of one label."""
    places = {case.patient.id: _places(case) for case in old}
    read = {case.patient.id: _places(case) for case in new}
    shared = [
        (-len(places[before.patient.id] & read[after.patient.id]), number, further, before.patient.id, after.patient.id)
        for number, before in enumerate(old)
        for further, after in enumerate(new)
        if before.patient.role is after.patient.role
    ]
    labels = {case.patient.id: case.patient.label for case in (*new, *old)}
    kept: dict[str, str] = {}
    for fewer, _, _, before, after in sorted(shared):
        same = fewer < 0 or labels[before] == labels[after]
        if same and after not in kept and before not in kept.values():
            kept[after] = before
    return kept


def _places(case: Case[Value]) -> frozenset[tuple[str, int, int]]:
    return frozenset((fact.topic, one.span.start, one.span.end) for fact in case.facts for one in fact.evidence)


def _free(own: str, taken: Collection[str]) -> str:
    prefix = own.rstrip("0123456789")
    return next(name for number in count(1) if (name := f"{prefix}{number}") not in taken)


def _renamed_case(case: Case[Value], names: Mapping[str, str]) -> Case[Value]:
    own, name = case.patient.id, names[case.patient.id]
    return msgspec.structs.replace(
        case,
        patient=msgspec.structs.replace(case.patient, id=name),
        facts=tuple(
            msgspec.structs.replace(
                fact,
                id=_renamed_fact(fact.id, own, name),
                patient_id=name,
                derived_from=tuple(_renamed_fact(id, own, name) for id in fact.derived_from),
            )
            for fact in case.facts
        ),
    )


def _renamed_fact(id: str, own: str, name: str) -> str:
    """Ids of facts begin with that of the patient and a dot."""
    return f"{name}.{id.removeprefix(f'{own}.')}" if id.startswith(f"{own}.") else id
