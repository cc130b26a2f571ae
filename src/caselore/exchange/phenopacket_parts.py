"""The parts of a phenopacket, each from the columns of the review row that slots.toml gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from caselore.exchange.slots import Slot, slots
from caselore.exchange.vocabulary import LOCAL, Coded, fixed
from caselore.model.fact import Fact, Value
from caselore.model.time import DAYS_PER_MONTH, DAYS_PER_YEAR

if TYPE_CHECKING:
    from caselore.exchange.phenopacket import Packet

Json = dict[str, Any]
_SEX = {"male": "MALE", "female": "FEMALE"}
_VITAL = {"alive": "ALIVE", "dead": "DECEASED"}


def ontology_class(code: Coded) -> Json:
    return {"id": code.id, "label": code.label}


def iso_age(years: float) -> str:
    """An age as ISO 8601 duration: whole years, years and months, or days for what is neither. "P37Y", "P1Y6M", "P5D"."""
    months = years * 12
    if abs(months - round(months)) > 0.05:
        return f"P{round(years * DAYS_PER_YEAR)}D"
    full, rest = divmod(round(months), 12)
    return "P" + (f"{full}Y" if full else "") + (f"{rest}M" if rest or not full else "")


def quotes(fact: Fact[Value]) -> str:
    return " ... ".join(dict.fromkeys(" ".join(one.quote.split()) for one in fact.evidence))


def _subject(packet: Packet, column: str, _slot: Slot) -> None:
    value, subject = packet.carried.cells[column].value, packet.subject
    if column == "age_years":
        subject["timeAtLastEncounter"] = {"age": {"iso8601duration": iso_age(packet.carried.cell(column))}}
        packet.disease["onset"] = dict(subject["timeAtLastEncounter"])
    elif column == "sex" and value in _SEX:
        subject["sex"] = _SEX[packet.carried.cell(column)]
    elif column == "status":
        subject["vitalStatus"] = {"status": _VITAL[packet.carried.cell(column)]}
    elif column == "disease" and value == "DOD" and packet.carried.cells.get("diagnosis"):
        code = _code_of_diagnosis(packet, slots("phenopacket").columns["diagnosis"])
        subject.setdefault("vitalStatus", {"status": "DECEASED"})["causeOfDeath"] = ontology_class(code)
        packet.carried.cell(column)
    elif column == "follow_up_months" and subject.get("vitalStatus", {}).get("status") == "DECEASED":
        subject["vitalStatus"]["survivalTimeInDays"] = round(packet.carried.cell(column) * DAYS_PER_MONTH)


def _disease(packet: Packet, column: str, slot: Slot) -> None:
    packet.disease["term"] = ontology_class(_code_of_diagnosis(packet, slot))
    packet.carried.cell(column)


def _code_of_diagnosis(packet: Packet, slot: Slot) -> Coded:
    """That of the name told, or of the concept it belongs to: "intracranial leiomyosarcoma" is a leiomyosarcoma."""
    cell = packet.carried.cells["diagnosis"]
    concepts = dict.fromkeys(getattr(fact.value, "concept", "") for fact in cell.facts)
    found = [slot.of_label(name) for name in (str(cell.value), *concepts) if name]
    return next((code for code in found if code.prefix != LOCAL), found[0])


def _site(packet: Packet, column: str, slot: Slot) -> None:
    """The first site is the primary site; a packet has room for one."""
    first, *others = packet.carried.cell(column)
    packet.disease["primarySite"] = ontology_class(slot.of_label(first))
    for other in others:
        packet.carried.lose(f"site: {other}", "a disease has one primary site in this format")


def _side(packet: Packet, column: str, slot: Slot) -> None:
    code = slot.of_value(packet.carried.cells[column].value)
    if code is None:
        packet.carried.lose(f"side: {packet.carried.cells[column].value}", "no code was seen for this side")
        return
    packet.carried.cell(column)
    packet.disease["laterality"] = ontology_class(code)


def _feature(packet: Packet, column: str, slot: Slot) -> None:
    for label in packet.carried.cell(column):
        facts = packet.facts_of(column, label)
        code = ontology_class(slot.of_label(label))
        item: Json = {"type": ontology_class(slot.own), "modifiers": [code]} if slot.code else {"type": code}
        item |= {"excluded": True} if slot.excluded else {}
        onset = _onset(packet, facts) if column == "symptoms" else {}
        packet.add("phenotypicFeatures", item | onset | {"evidence": packet.evidence(facts)})


def _onset(packet: Packet, facts: Iterable[Fact[Value]]) -> Json:
    """The age range of onset of a symptom in the line that tells how long the symptoms had lasted.

    Somebody of 37 years has lived 37 to 38; three months of symptoms began between 36 years 9 months and 37 years 9 months.
    """
    age, lasting = (packet.carried.cells.get(name) for name in ("age_years", "symptom_duration_months"))
    if age is None or lasting is None or not isinstance(age.value, int | float):
        return {}
    lines = {one.line for fact in lasting.facts for one in fact.evidence}
    if age.value != int(age.value) or not any(one.line in lines for fact in facts for one in fact.evidence):
        return {}
    packet.carried.take(lasting.facts)
    months = round(float(str(lasting.value)))
    start, end = (max(0, int(age.value) * 12 - months + more) for more in (0, 12))
    return {
        "onset": {"ageRange": {k: {"iso8601duration": iso_age(v / 12)} for k, v in (("start", start), ("end", end))}}
    }


def _present(packet: Packet, column: str, slot: Slot) -> None:
    facts = packet.carried.cells[column].facts
    item: Json = {"type": ontology_class(slot.own)} | (
        {"excluded": True} if packet.carried.cell(column) == "no" else {}
    )
    packet.add("phenotypicFeatures", item | {"evidence": packet.evidence(facts)})


def _quantity(packet: Packet, column: str, slot: Slot) -> Json:
    facts = packet.carried.cells[column].facts
    quantity = {"unit": ontology_class(fixed()[slot.unit]), "value": packet.carried.cell(column)}
    described = " ... ".join(dict.fromkeys(quotes(fact) for fact in facts))
    return {"assay": ontology_class(slot.own), "value": {"quantity": quantity}, "description": described}


def _measurement(packet: Packet, column: str, slot: Slot) -> None:
    packet.add("measurements", _quantity(packet, column, slot))


def _specimen_measurement(packet: Packet, column: str, slot: Slot) -> None:
    packet.sample.setdefault("measurements", []).append(_quantity(packet, column, slot))


def _stains(packet: Packet, column: str, slot: Slot) -> None:
    for marker, result in packet.carried.cell(column).items():
        code = fixed().get(f"result.{result}")
        if code is None:
            packet.carried.lose(f"{marker}: {result}", "the report tells it both ways")
            continue
        told = packet.facts_of(column, marker)
        packet.sample.setdefault("measurements", []).append(
            {
                "assay": ontology_class(slot.of_label(marker)),
                "value": {"ontologyClass": ontology_class(code)},
                "description": f"{marker}, immunohistochemistry: {' ... '.join(dict.fromkeys(map(quotes, told)))}",
            }
        )


def _specimen(packet: Packet, column: str, slot: Slot) -> None:
    value = packet.carried.cells[column].value
    code = slot.of_value(value)
    if code is None:
        packet.carried.lose(f"{column}: {value}", "no code was seen for this value")
        return
    packet.carried.cell(column)
    packet.sample[slot.field] = ontology_class(code)


def _procedures(packet: Packet, column: str, slot: Slot) -> None:
    """Each procedure once; its extent and its margins have no place."""
    site = packet.disease.get("primarySite")
    for fact in packet.carried.facts("operation"):
        procedure = {"code": ontology_class(slot.of_label(getattr(fact.value, "procedure", "")))}
        packet.add("medicalActions", {"procedure": procedure | ({"bodySite": site} if site else {})})
        packet.carried.take([fact])
    packet.carried.lose(f"surgery: {packet.carried.cells[column].value}", "a procedure has no extent in this format")


def _treatments(packet: Packet, column: str, slot: Slot) -> None:
    for agent in packet.carried.cell(column):
        packet.add("medicalActions", {"treatment": {"agent": ontology_class(slot.of_label(agent))}})


def _radiotherapy(packet: Packet, column: str, slot: Slot) -> None:
    """A radiation therapy where site, whole Gy, fractions and technique are known; otherwise a procedure."""
    if column != "radiotherapy" or packet.carried.cells[column].value != "yes":
        return
    packet.carried.cell(column)
    cells = packet.carried.cells
    dose, fractions, technique = (
        cells[name].value if name in cells else None for name in ("rt_dose_gy", "rt_fractions", "rt_technique")
    )
    site, modality = packet.disease.get("primarySite"), slot.of_value(technique)
    if modality and site and _is_whole(dose) and _is_whole(fractions):
        told = {"modality": ontology_class(modality), "bodySite": site}
        told |= {"dosage": int(float(str(dose))), "fractions": int(float(str(fractions)))}
        packet.add("medicalActions", {"radiationTherapy": told})
        for name in ("rt_dose_gy", "rt_fractions", "rt_technique"):
            packet.carried.cell(name)
        return
    packet.add("medicalActions", {"procedure": {"code": ontology_class(fixed()["rt.any"])}})
    for name, value in (("dose in Gy", dose), ("fractions", fractions), ("technique", technique)):
        if value is not None:
            packet.carried.lose(
                f"{name}: {value}", "needs site, technique, whole Gy and fractions together in this format"
            )


def _is_whole(value: object) -> bool:
    return isinstance(value, int | float) and value == int(value)


def _immune(packet: Packet, column: str, slot: Slot) -> None:
    """An infection with HIV, or its exclusion."""
    told: Mapping[str, str] = packet.carried.cells[column].value  # type: ignore[assignment]
    if result := told.get("hiv"):
        packet.carried.take(packet.facts_of(column, "hiv"))
        excluded = {"excluded": True} if result == "negative" else {}
        packet.add("diseases", {"term": ontology_class(slot.own)} | excluded)


PARTS: Mapping[str, Callable[[Packet, str, Slot], None]] = {
    "subject": _subject,
    "disease": _disease,
    "site": _site,
    "side": _side,
    "feature": _feature,
    "present": _present,
    "measurement": _measurement,
    "specimen_measurement": _specimen_measurement,
    "stains": _stains,
    "specimen": _specimen,
    "procedures": _procedures,
    "treatments": _treatments,
    "radiotherapy": _radiotherapy,
    "immune": _immune,
}
"""What writes each part, in the order of work: later parts use the site and the diagnosis."""
