"""Every bundle of every annotated patient against the profiles of mCODE STU4 and the data types of FHIR R4B."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle

from caselore.exchange import fhir
from caselore.exchange.vocabulary import every_code, resources
from exported import TIME, reports
from fhir_profiles import errors, examples
from shared import needs_shared

Json = dict[str, Any]


@cache
def bundles() -> tuple[Json, ...]:
    return tuple(json.loads(content) for report in reports() for content in fhir.export(report, TIME).files.values())


def test_the_referee_accepts_the_examples_of_the_package() -> None:
    claimed = [one for one in examples() if any("/mcode/" in url for url in one.get("meta", {}).get("profile", ()))]
    assert len(claimed) > 80
    assert [problem for one in claimed for problem in errors(one)] == []


def _example(profile: str) -> Json:
    found = next(
        one for one in examples() if any(url.endswith(profile) for url in one.get("meta", {}).get("profile", ()))
    )
    return copy.deepcopy(found)


@pytest.mark.parametrize(
    ("profile", "change", "words"),
    [
        ("mcode-cancer-patient", {"gender": "man"}, "administrative-gender"),
        ("mcode-cancer-patient", {"gender": None}, "at least 1"),
        ("mcode-cancer-patient", {"identifier": None}, "at least 1"),
        ("mcode-cancer-patient", {"name": [{}]}, "us-core-6"),
        ("mcode-primary-cancer-condition", {"code": None}, "at least 1"),
        ("mcode-primary-cancer-condition", {"category": [{"text": "tumour"}]}, "at least 1"),
        ("mcode-tumor-size", {"code": {"coding": [{"system": "http://loinc.org", "code": "1-1"}]}}, "does not hold"),
        ("mcode-tumor-size", {"component": []}, "at least 1"),
        ("mcode-tumor-marker-test", {"status": "done"}, "observation-status"),
        ("mcode-tumor-marker-test", {"category": [{"text": "laboratory"}]}, "at least 1"),
        ("mcode-radiotherapy-course-summary", {"code": {"text": "course"}}, "does not hold"),
        ("mcode-cancer-related-surgical-procedure", {"subject": None}, "at least 1"),
        ("mcode-cancer-related-surgical-procedure", {"status": "done"}, "event-status"),
        ("mcode-cancer-disease-status", {"code": {"text": "status"}}, "does not hold"),
        ("mcode-karnofsky-performance-status", {"code": {"text": "KPS"}}, "does not hold"),
    ],
)
def test_the_referee_rejects_broken_ones(profile: str, change: Json, words: str) -> None:
    broken = _example(profile) | change
    assert any(words in problem for problem in errors({k: v for k, v in broken.items() if v is not None}))


@needs_shared
def test_no_bundle_departs_from_its_profiles() -> None:
    assert len(bundles()) > 100
    assert [f"{one['id']}: {problem}" for one in bundles() for problem in errors(one)] == []


@needs_shared
def test_the_data_types_of_r4b_take_every_bundle() -> None:
    for bundle in bundles():
        assert len(Bundle.model_validate(bundle).entry) == len(bundle["entry"])


@needs_shared
def test_every_reference_leads_to_a_resource_of_the_bundle() -> None:
    for bundle in bundles():
        known = {entry["fullUrl"] for entry in bundle["entry"]}
        assert len(known) == len(bundle["entry"])
        assert set(_references(bundle)) <= known


def _references(item: Any) -> list[str]:
    if isinstance(item, list):
        return [one for part in item for one in _references(part)]
    if not isinstance(item, dict):
        return []
    own = [item["reference"]] if isinstance(item.get("reference"), str) else []
    return own + [one for part in item.values() for one in _references(part)]


_OWN_SYSTEMS = ("http://terminology.hl7.org/", "http://hl7.org/fhir/", "http://unitsofmeasure.org")
"""Code systems of FHIR itself, whose codes the profiles and bindings of the referee hold, and units."""


@needs_shared
def test_every_code_was_seen_somewhere() -> None:
    listed = resources()
    known = {(listed[one.prefix].system, one.value) for one in every_code() if one.prefix in listed}
    terminologies = {one.system for one in listed.values()}
    for bundle in bundles():
        for system, code in _codings(bundle):
            assert (system, code) in known or system.startswith(_OWN_SYSTEMS), (bundle["id"], system, code)
            assert system in terminologies or system.startswith(_OWN_SYSTEMS), system


def _codings(item: Any) -> list[tuple[str, str]]:
    if isinstance(item, list):
        return [coding for one in item for coding in _codings(one)]
    if not isinstance(item, dict):
        return []
    own = [(item["system"], item["code"])] if "system" in item and "code" in item else []
    return own + [coding for one in item.values() for coding in _codings(one)]
