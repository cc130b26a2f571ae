"""The resources of an mCODE bundle, each from the columns of the review row that slots.toml gives it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from caselore.exchange.fhir_codes import LABORATORY, MCODE, bare, codeable, concept, quantity, reference
from caselore.exchange.slots import Slot, slots
from caselore.exchange.vocabulary import LOCAL, Coded, coded, fixed
from caselore.model.fact import Assertion, Fact, Value

if TYPE_CHECKING:
    from caselore.exchange.fhir import Bundle

Json = dict[str, Any]
_CLINICAL = {"NED": "remission", "AWD": "active", "DOD": "active"}
_SENTENCES = {
    "NED": "no evidence of disease",
    "AWD": "alive with disease",
    "DOD": "dead of disease",
    "DOC": "dead of another cause",
}
_TRENDS = {
    "complete response": "improved",
    "partial response": "improved",
    "stable disease": "stable",
    "progressive disease": "worsened",
}
_PROBLEM = [concept("problem-list-item", "http://terminology.hl7.org/CodeSystem/condition-category")]
_PHOTONS = ("IMRT", "conformal")


def _subject(bundle: Bundle) -> Json:
    return {"subject": reference(bundle.patient)}


def _patient(bundle: Bundle, column: str, _slot: Slot) -> None:
    value, patient = bundle.carried.cell(column), bundle.resources[0]
    if column == "sex":
        patient["gender"] = value
    elif value == "dead":
        patient |= bundle.moment("deceasedDateTime", "death") or {"deceasedBoolean": True}
    else:
        patient["deceasedBoolean"] = False


def _condition(bundle: Bundle, column: str, slot: Slot) -> None:
    """The tumour: a primary or, where the report says so, a secondary cancer; its sites as body structure too."""
    if column != "diagnosis":
        return
    cells = bundle.carried.cells
    facts = [
        fact for name in ("diagnosis", "sites", "laterality", "origin") if name in cells for fact in cells[name].facts
    ]
    name = str(bundle.carried.cell("diagnosis"))
    metastatic = bundle.carried.cell("origin") == "metastatic"
    where = _sites(bundle)
    body: Json = {"category": _PROBLEM, "code": codeable(_public(slot, name, facts), name), **_subject(bundle)}
    if metastatic:
        body["code"] = codeable(fixed()["fhir.secondary"], name)
    if status := _CLINICAL.get(str(cells["disease"].value) if "disease" in cells else ""):
        body["clinicalStatus"] = concept(status, "http://terminology.hl7.org/CodeSystem/condition-clinical")
    if where:
        body["bodySite"] = where
    if "age_years" in cells:
        body["onsetAge"] = {**quantity(bundle.carried.cell("age_years"), "a"), "unit": "year"}
    morphology = coded("tumours", name, "ICD-O-3")
    if morphology.prefix != LOCAL:
        url = f"{MCODE}histology-morphology-behavior"
        body["extension"] = [{"url": url, "valueCodeableConcept": codeable(morphology, name)}]
    kind = "secondary" if metastatic else "primary"
    bundle.condition = bundle.add("Condition", "tumour", f"{kind}-cancer-condition", body, facts)
    if where:
        structure: Json = {"identifier": [{"system": "urn:caselore:tumours", "value": f"{bundle.label}/tumour"}]}
        structure |= {"location": {k: v for k, v in where[0].items() if k != "extension"}}
        bundle.tumour = bundle.add("BodyStructure", "body", "tumor", structure | {"patient": reference(bundle.patient)})
    if metastatic and "primary_site" in cells:
        site = cells["primary_site"]
        origin: Json = {"category": _PROBLEM, "code": codeable(_public(slot, name, facts), name), **_subject(bundle)}
        origin["bodySite"] = [
            codeable(slots("fhir").columns["primary_site"].of_label(str(site.value)), str(site.value))
        ]
        bundle.add("Condition", "primary", "primary-cancer-condition", origin, site.facts)


def _public(slot: Slot, name: str, facts: list[Fact[Value]]) -> Coded:
    """The code of the name told, or of the concept it belongs to."""
    names = [
        name,
        *dict.fromkeys(str(getattr(fact.value, "concept", "")) for fact in facts if fact.topic == "diagnosis"),
    ]
    found = [slot.of_label(one) for one in names if one]
    return next((code for code in found if code.prefix != LOCAL), found[0])


def _sites(bundle: Bundle) -> list[Json]:
    """The sites with the side, which mCODE knows as left, right, both and midline."""
    told = slots("fhir").columns
    found = [codeable(told["sites"].of_label(site), site) for site in bundle.carried.cell("sites") or ()]
    side = bundle.carried.cell("laterality") if found else None
    code = told["laterality"].of_value(side)
    if code is not None:
        url = f"{MCODE}laterality-qualifier"
        for one in found:
            one["extension"] = [{"url": url, "valueCodeableConcept": codeable(code, str(side))}]
    return found


def _secondary(bundle: Bundle, column: str, slot: Slot) -> None:
    """A secondary cancer condition for each organ with metastases."""
    facts = bundle.carried.cells[column].facts
    for number, site in enumerate(bundle.carried.cell(column), 1):
        own = [fact for fact in facts if getattr(fact.value, "site", "") == site] or list(facts)
        body: Json = {"category": _PROBLEM, "code": codeable(slot.own, f"metastasis: {site}"), **_subject(bundle)}
        body["bodySite"] = [codeable(slot.of_label(site), site)]
        if bundle.condition and bundle.carried.cells.get("origin", None) is None:
            url = "http://hl7.org/fhir/StructureDefinition/condition-related"
            body["extension"] = [{"url": url, "valueReference": reference(bundle.condition)}]
        bundle.add("Condition", f"metastasis-{number}", "secondary-cancer-condition", body, own)


def _size(bundle: Bundle, column: str, slot: Slot) -> None:
    """The size of the tumour; mCODE wants the tumour as its focus, so one without a site has no place."""
    cell = bundle.carried.cells[column]
    if bundle.tumour is None:
        bundle.carried.lose(f"size: {cell.value} mm", "mCODE wants a tumour with a site for a size", cell.facts)
        return
    components = [{"code": bare(fixed()["measure.size"]), "valueQuantity": quantity(float(str(cell.value)), "mm")}]
    dimensions = next((getattr(fact.value, "dimensions", ()) for fact in cell.facts), ())
    others = [one for one in sorted(dimensions, reverse=True)[1:3] if one <= float(str(cell.value))]
    components += [
        {"code": bare(fixed()["fhir.other_dimension"]), "valueQuantity": quantity(one, "mm")} for one in others
    ]
    body: Json = {"status": "final", "code": bare(slot.own), **_subject(bundle), "focus": [reference(bundle.tumour)]}
    modality = next((getattr(fact.value, "modality", None) for fact in cell.facts), None)
    method = fixed().get(f"method.{modality}")
    body |= {"method": codeable(method, str(modality))} if method else {}
    bundle.add("Observation", "size", "tumor-size", body | {"component": components}, cell.facts)


def _laboratory(bundle: Bundle) -> Json:
    return {"status": "final", "category": LABORATORY, **_subject(bundle)}


def _markers(bundle: Bundle, column: str, slot: Slot) -> None:
    cell = bundle.carried.cells[column]
    results: Mapping[str, str] = cell.value  # type: ignore[assignment]
    for number, (marker, result) in enumerate(results.items(), 1):
        code = fixed().get(f"result.{result}")
        if code is None:
            bundle.carried.lose(f"{marker}: {result}", "the report tells it both ways")
            continue
        facts = [fact for fact in cell.facts if getattr(fact.value, "marker", "") == marker] or list(cell.facts)
        body = {"code": codeable(slot.of_label(marker), f"{marker}, immunohistochemistry")}
        body |= {"valueCodeableConcept": codeable(code, result)}
        bundle.add("Observation", f"stain-{number}", "tumor-marker-test", _laboratory(bundle) | body, facts)


def _percent_marker(bundle: Bundle, column: str, slot: Slot) -> None:
    cell = bundle.carried.cells[column]
    body = {"code": codeable(slot.own, slot.label), "valueQuantity": quantity(float(str(cell.value)), slot.unit)}
    bundle.add("Observation", column, "tumor-marker-test", _laboratory(bundle) | body, cell.facts)


def _grade(bundle: Bundle, column: str, slot: Slot) -> None:
    if column != "grade":
        return
    cell, system = bundle.carried.cells[column], bundle.carried.cell("grade_system")
    body: Json = {
        "code": bare(slot.own),
        "valueCodeableConcept": codeable(slot.of_value(cell.value), f"grade {cell.value}"),
    }
    body |= {"method": {"text": system}} if system else {}
    bundle.add("Observation", "grade", "histologic-grade", _laboratory(bundle) | body, cell.facts)


def _performance(bundle: Bundle, column: str, slot: Slot) -> None:
    """Karnofsky at presentation, and ECOG where it is told."""
    cell = bundle.carried.cells[column]
    _score(bundle, "karnofsky-performance-status", slot.own, float(str(cell.value)), cell.facts)


def _score(bundle: Bundle, of: str, code: Coded, value: float, facts: tuple[Fact[Value], ...]) -> None:
    if value != int(value):
        bundle.carried.lose(f"{code.label}: {value:g}", "a score is a whole number in mCODE")
        return
    category = [concept("survey", "http://terminology.hl7.org/CodeSystem/observation-category")]
    body = {"status": "final", "category": category, "code": bare(code), **_subject(bundle), "valueInteger": int(value)}
    bundle.add("Observation", of, of, body, facts)


def _surgery(bundle: Bundle, column: str, slot: Slot) -> None:
    """Each kind of operation once; the first is what times are counted from."""
    done: set[str] = set()
    for fact in bundle.carried.facts("operation"):
        name = str(fact.value)
        if name in done:
            bundle.carried.take([fact])
            continue
        number = len(done) + 1
        done.add(name)
        time = bundle.moment("performedDateTime", "operation" if number == 1 else "", required=True)
        body = {"status": "completed", "code": codeable(coded(slot.table, name), name), **_subject(bundle), **time}
        if bundle.condition:
            body["reasonReference"] = [reference(bundle.condition)]
        address = bundle.add("Procedure", f"operation-{number}", "cancer-related-surgical-procedure", body, [fact])
        bundle.operation = bundle.operation or address


def _radiotherapy(bundle: Bundle, column: str, slot: Slot) -> None:
    if column != "radiotherapy" or bundle.carried.cells[column].value != "yes":
        return
    cells = bundle.carried.cells
    told = {
        name: cells[name] for name in ("radiotherapy", "rt_dose_gy", "rt_fractions", "rt_technique") if name in cells
    }
    facts = list(dict.fromkeys(fact for cell in told.values() for fact in cell.facts))
    extensions = _dose(bundle)
    technique = bundle.carried.cell("rt_technique")
    if technique in _PHOTONS or technique == "proton":
        modality = fixed()["rt.photon" if technique in _PHOTONS else "rt.proton"]
        parts = [{"url": f"{MCODE}radiotherapy-modality", "valueCodeableConcept": codeable(modality, modality.label)}]
        if technique in _PHOTONS and (code := slot.of_value(technique)):
            parts.append({"url": f"{MCODE}radiotherapy-technique", "valueCodeableConcept": codeable(code, technique)})
        extensions.append({"extension": parts, "url": f"{MCODE}radiotherapy-modality-and-technique"})
    name = f"radiotherapy, {technique}" if technique else "radiotherapy"
    time = bundle.moment("start", "radiotherapy", required=True)
    body: Json = {
        "status": "completed",
        "code": {**bare(slot.own), "text": name},
        **_subject(bundle),
        "performedPeriod": time,
    }
    body |= {"extension": extensions} if extensions else {}
    bundle.add("Procedure", "radiotherapy", "radiotherapy-course-summary", body, facts)


def _dose(bundle: Bundle) -> list[Json]:
    """The dose in cGy and the fractions, delivered to a volume that has no more than a name."""
    dose, fractions = bundle.carried.cell("rt_dose_gy"), bundle.carried.cell("rt_fractions")
    if dose is None and fractions is None:
        return []
    names = [{"use": "usual", "value": "volume of the course"}]
    body = {"identifier": names, "patient": reference(bundle.patient), "description": "irradiated volume"}
    volume = bundle.add("BodyStructure", "volume", "radiotherapy-volume", body)
    parts: list[Json] = [{"url": "volume", "valueReference": reference(volume)}]
    if dose is not None:
        parts.append({"url": "totalDoseDelivered", "valueQuantity": quantity(round(dose * 100, 2), "cGy")})
    if fractions is not None and fractions == int(fractions):
        parts.append({"url": "fractionsDelivered", "valueUnsignedInt": int(fractions)})
    return [{"extension": parts, "url": f"{MCODE}radiotherapy-dose-delivered-to-volume"}]


def _medication(bundle: Bundle, column: str, slot: Slot) -> None:
    """What was given, and what was only planned as a proposal."""
    cell = bundle.carried.cells[column]
    for agent in bundle.carried.cell(column):
        facts = [fact for fact in cell.facts if agent in getattr(fact.value, "agents", ())] or list(cell.facts)
        body: Json = {"status": "completed", "medicationCodeableConcept": codeable(slot.of_label(agent), agent)}
        body |= _subject(bundle) | {"effectivePeriod": bundle.moment("start", "chemotherapy", required=True)}
        bundle.add(
            "MedicationAdministration", f"agent-{agent}", "cancer-related-medication-administration", body, facts
        )


def _disease_status(bundle: Bundle, column: str, slot: Slot) -> None:
    if column != "disease":
        return
    cell = bundle.carried.cells[column]
    body: Json = {"status": "final", "code": bare(slot.own), **_subject(bundle)}
    body |= {"valueCodeableConcept": {"text": _SENTENCES[str(cell.value)]}}
    body |= {"focus": [reference(bundle.condition)]} if bundle.condition else {}
    time = bundle.moment("effectiveDateTime", "contact") or bundle.moment("effectiveDateTime", "death")
    if time:
        bundle.carried.cell("follow_up_months")
    bundle.add("Observation", "disease-status", "cancer-disease-status", body | time, cell.facts)


def add_statements(bundle: Bundle) -> None:
    """What has no column of the review row: TNM, ECOG, responses, and drugs that were planned."""
    for fact in bundle.carried.facts("tnm"):
        _tnm(bundle, fact)
    for fact in bundle.carried.facts("performance_status")[:1]:
        if getattr(fact.value, "scale", "").startswith("ECOG"):
            low, high = getattr(fact.value, "low", 0.0), getattr(fact.value, "high", 0.0)
            _score(bundle, "ecog-performance-status", fixed()["measure.ecog"], (low + high) / 2, (fact,))
    for number, fact in enumerate(bundle.carried.facts("treatment_response"), 1):
        category = str(fact.value)
        body: Json = {"status": "final", "code": bare(fixed()["fhir.disease_status"]), **_subject(bundle)}
        body["valueCodeableConcept"] = codeable(fixed()[f"trend.{_TRENDS[category]}"], category)
        bundle.add("Observation", f"response-{number}", "cancer-disease-status", body, [fact])
    planned = [fact for fact in bundle.carried.case.facts if fact.assertion is Assertion.PLANNED]
    for number, fact in enumerate(planned, 1):
        for agent in getattr(fact.value, "agents", ()):
            medication = codeable(slots("fhir").columns["agents"].of_label(agent), agent)
            body = {
                "status": "unknown",
                "intent": "proposal",
                "medicationCodeableConcept": medication,
                **_subject(bundle),
            }
            bundle.add(
                "MedicationRequest", f"planned-{number}-{agent}", "cancer-related-medication-request", body, [fact]
            )


_TNM = {"T": "tnm-primary-tumor-category", "N": "tnm-regional-nodes-category", "M": "tnm-distant-metastases-category"}


def _tnm(bundle: Bundle, fact: Fact[Value]) -> None:
    """A category each, coded as clinical or pathological where its letter says so; the edition is not told."""
    for prefix, letter, rest in re.findall(r"([a-z]*)([TNM])([0-4X][a-d]?|is)", getattr(fact.value, "code", "")):
        basis = "p" if "p" in prefix else "c" if "c" in prefix else ""
        body = _laboratory(bundle) | {"code": bare(fixed()[f"fhir.{basis}{letter}"])}
        body |= {
            "valueCodeableConcept": {"text": f"{prefix}{letter}{rest}"},
            "method": {"text": "TNM, edition not told"},
        }
        body |= {"focus": [reference(bundle.condition)]} if bundle.condition else {}
        bundle.add("Observation", f"{letter}-{fact.id}", _TNM[letter], body, [fact])


PARTS: Mapping[str, Callable[[Bundle, str, Slot], None]] = {
    "patient": _patient,
    "condition": _condition,
    "secondary": _secondary,
    "surgery": _surgery,
    "size": _size,
    "markers": _markers,
    "percent_marker": _percent_marker,
    "grade": _grade,
    "performance": _performance,
    "radiotherapy": _radiotherapy,
    "medication": _medication,
    "disease_status": _disease_status,
}
"""What writes each part, in the order of work: later parts point to the tumour and to the operation."""
