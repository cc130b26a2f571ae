"""mCODE bundles of fictional patients: the resources, their times and where they are from."""

from __future__ import annotations

import json
from typing import Any

from caselore import service
from caselore.exchange import fhir
from caselore.exchange.fhir_parts import PARTS
from caselore.exchange.slots import slots
from caselore.exchange.vocabulary import fixed

TIME = "2026-01-31T12:00:00Z"
TEXT = """Case report

A 37-year-old woman presented with a three-month history of headache. MRI showed a 42 mm mass in the left temporal lobe.
She underwent a craniotomy with gross total resection. The tumor was a leiomyosarcoma. The cells were positive for desmin
and negative for S100. The Ki-67 index was 20%. She received radiotherapy with 50.4 Gy in 28 fractions of IMRT and four
cycles of doxorubicin. She died of the disease 14 months after surgery.
"""


def resources_of(text: str) -> tuple[list[dict[str, Any]], list[str]]:
    made = fhir.export(service.read_text(text, "fictional"), TIME)
    (content,) = made.files.values()
    bundle = json.loads(content)
    return [one["resource"] for one in bundle["entry"]], [f"{loss.what} ({loss.reason})" for loss in made.losses]


def profiled(resources: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [one for one in resources if one.get("meta", {}).get("profile", [""])[0].endswith(f"/mcode-{name}")]


def test_a_patient_becomes_a_bundle() -> None:
    resources, _ = resources_of(TEXT)
    (patient,) = profiled(resources, "cancer-patient")
    assert (patient["gender"], patient["deceasedBoolean"]) == ("female", True)
    (condition,) = profiled(resources, "primary-cancer-condition")
    assert condition["code"]["coding"][0]["code"] == "C3158"
    assert condition["onsetAge"]["value"] == 37
    assert condition["bodySite"][0]["extension"][0]["valueCodeableConcept"]["text"] == "left"
    (size,) = profiled(resources, "tumor-size")
    assert size["component"][0]["valueQuantity"]["value"] == 42
    markers = {one["code"]["text"]: one for one in profiled(resources, "tumor-marker-test")}
    assert markers["S100, immunohistochemistry"]["valueCodeableConcept"]["text"] == "negative"
    assert markers["Ki-67"]["valueQuantity"]["value"] == 20


def test_doses_are_in_centigray() -> None:
    (course,) = profiled(resources_of(TEXT)[0], "radiotherapy-course-summary")
    parts = {part["url"]: part for one in course["extension"] for part in one["extension"]}
    assert parts["totalDoseDelivered"]["valueQuantity"] == {
        "value": 5040,
        "unit": "cGy",
        "system": "http://unitsofmeasure.org",
        "code": "cGy",
    }
    assert parts["fractionsDelivered"]["valueUnsignedInt"] == 28


def test_what_is_undated_is_counted_from_the_operation() -> None:
    resources, _ = resources_of(TEXT)
    operation = profiled(resources, "cancer-related-surgical-procedure")[0]
    assert operation["_performedDateTime"]["extension"][0]["valueCode"] == "unknown"
    (status,) = profiled(resources, "cancer-disease-status")
    parts = {part["url"]: part for part in status["_effectiveDateTime"]["extension"][0]["extension"]}
    assert parts["target"]["valueReference"]["reference"] == f"urn:uuid:{operation['id']}"
    assert parts["offset"]["valueDuration"]["value"] == 426
    assert parts["relationship"]["valueCode"] == "after"


def test_provenance_quotes_the_words_at_their_place() -> None:
    resources, _ = resources_of(TEXT)
    condition = profiled(resources, "primary-cancer-condition")[0]
    (told,) = [
        one
        for one in resources
        if one["resourceType"] == "Provenance" and one["target"] == [{"reference": f"urn:uuid:{condition['id']}"}]
    ]
    what = told["entity"][0]["what"]
    start, end = map(int, what["identifier"]["value"].partition("#char=")[2].split(","))
    assert TEXT[start:end] == what["display"]


def test_not_reported_is_nothing() -> None:
    resources, losses = resources_of("Case report\n\nA patient had a leiomyosarcoma. A 30 mm mass was seen.\n")
    assert "deceasedBoolean" not in resources[0]
    assert resources[0]["gender"] == "unknown"
    assert {one["resourceType"] for one in resources} <= {"Patient", "Condition", "Provenance"}
    assert [loss for loss in losses if "30" in loss] == ["size: 30.0 mm (mCODE wants a tumour with a site for a size)"]


def test_the_same_patient_gets_the_same_identifiers() -> None:
    first, second = (fhir.export(service.read_text(TEXT, "fictional"), TIME).files for _ in range(2))
    assert first == second


def test_every_slot_has_a_part_that_writes_it() -> None:
    assert {slot.part for slot in slots("fhir").columns.values()} == set(PARTS)
    assert all(not slot.code or slot.code in fixed() for slot in slots("fhir").columns.values())
