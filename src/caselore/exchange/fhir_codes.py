"""Pieces of FHIR that every resource is made of: concepts, references, profiles and two extensions."""

from __future__ import annotations

from typing import Any

from caselore.exchange.vocabulary import LOCAL, Coded, resources

Json = dict[str, Any]
MCODE = "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-"
UCUM = "http://unitsofmeasure.org"
RELATIVE = "http://hl7.org/fhir/StructureDefinition/cqf-relativeDateTime"
ABSENT: Json = {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}
LABORATORY = [
    {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]}
]


def profile(name: str) -> Json:
    return {"profile": [MCODE + name]}


def reference(address: str) -> Json:
    return {"reference": address}


def concept(code: str, system: str) -> Json:
    return {"coding": [{"system": system, "code": code}]}


def codeable(code: Coded | None, text: str) -> Json:
    """A concept with the words of the report, and a coding where a public code was seen."""
    if code is None or code.prefix == LOCAL:
        return {"text": text}
    return {"coding": [coding(code)], "text": text}


def coding(code: Coded) -> Json:
    return {"system": resources()[code.prefix].system, "code": code.value, "display": code.label}


def bare(code: Coded) -> Json:
    """A coding without words of ours, for what a profile fixes."""
    return {"coding": [{"system": resources()[code.prefix].system, "code": code.value}]}


def quantity(value: float, unit: str) -> Json:
    return {"value": value, "unit": unit, "system": UCUM, "code": unit}
