"""Decisions stay with the person they are about when newer rules count the patients differently."""

from __future__ import annotations

import msgspec

from caselore.model.case import Report
from caselore.model.fact import Value
from caselore.registry.casebook import Casebook
from caselore.registry.curation import Action
from caselore.registry.renaming import keys, renamed
from unit.registry.conftest import read

TWO = """Chordoma in two men

Case 1

A 41-year-old man presented with headache. MRI showed a mass of the clivus of 35 mm. Subtotal resection was done.
Histology showed chordoma. He was alive with disease at 12 months.

Case 2

A 67-year-old man presented with neck pain. MRI showed a tumour of the cervical spine. Gross total resection was done.
Histology showed chordoma. He died of disease 30 months after surgery."""


def whole() -> Report[Value]:
    return read(TWO, "two")


def second_alone() -> Report[Value]:
    """As rules that find the second man only would read it: he is p1 then."""
    report = whole()
    alone = msgspec.structs.replace(report, cases=report.cases[1:])
    return renamed(alone, {"p2": "p1"})


def test_one_more_patient_does_not_take_the_decisions_of_another(casebook: Casebook) -> None:
    casebook.add(second_alone())
    casebook.decide("two", "p1", "ann", Action.CORRECT, column="age_years", value=68)
    assert casebook.add(whole()).what == "read again"
    rows = {entry.patient: entry.row["age_years"] for entry in casebook.entries("two")}
    assert rows == {"p1": 68.0, "p2": 41.0}
    assert {case.patient.id for case in casebook.report("two").cases} == {"p1", "p2"}
    assert casebook.add(whole()).what == "unchanged"


def test_a_patient_who_is_no_longer_found_keeps_the_key(casebook: Casebook) -> None:
    casebook.add(whole())
    casebook.decide("two", "p1", "ann", Action.CORRECT, column="age_years", value=42)
    casebook.add(second_alone())
    rows = {entry.patient: entry.row["age_years"] for entry in casebook.entries("two")}
    assert rows == {"p2": 67.0, "p1": 42.0}


def test_a_new_patient_gets_a_key_that_nobody_had() -> None:
    one, both = second_alone(), whole()
    assert keys(one, both, decided=["p2"]) == {"p2": "p1", "p1": "p3"}
    assert keys(both, both, decided=[]) == {"p1": "p1", "p2": "p2"}


def test_every_id_of_a_report_is_renamed() -> None:
    other = renamed(whole(), {"p1": "p7", "p2": "p2"})
    assert {fact.patient_id for fact in other.cases[0].facts} == {"p7"}
    assert all(fact.id.startswith("p7.") for fact in other.cases[0].facts)
    assert {id for one in other.segments for id in one.patient_ids} == {"p7", "p2"}
    assert renamed(other, {"p7": "p1", "p2": "p2"}) == whole()
