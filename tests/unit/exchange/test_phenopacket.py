"""Phenopackets of fictional patients: what goes where, and what is told to be lost."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from google.protobuf.json_format import Parse
from phenopackets.schema.v2 import Phenopacket

from caselore import service
from caselore.exchange import phenopacket, phenopacket_binary
from caselore.exchange.phenopacket_parts import PARTS, iso_age
from caselore.exchange.slots import slots
from caselore.exchange.vocabulary import coded, every_code, fixed, resources

TIME = "2026-01-31T12:00:00Z"
TEXT = """Case report

A 37-year-old woman presented with a three-month history of headache. She denied fever. MRI showed a 42 mm mass in the
left temporal lobe. She underwent a craniotomy with gross total resection. The tumor was a leiomyosarcoma. The cells were
positive for desmin and negative for S100. The Ki-67 index was 20%. She received radiotherapy with 60 Gy in 30 fractions
of IMRT and four cycles of doxorubicin. She died of the disease 14 months after surgery.
"""


def packet_of(text: str) -> tuple[dict[str, Any], list[str]]:
    made = phenopacket.export(service.read_text(text, "fictional"), TIME)
    (content,) = made.files.values()
    return json.loads(content), [f"{loss.what} ({loss.reason})" for loss in made.losses]


def test_a_patient_becomes_a_packet() -> None:
    packet, _ = packet_of(TEXT)
    assert packet["subject"]["timeAtLastEncounter"] == {"age": {"iso8601duration": "P37Y"}}
    assert packet["subject"]["sex"] == "FEMALE"
    assert packet["subject"]["vitalStatus"]["status"] == "DECEASED"
    assert packet["subject"]["vitalStatus"]["causeOfDeath"] == {"id": "NCIT:C3158", "label": "leiomyosarcoma"}
    assert packet["diseases"][0]["term"]["id"] == "NCIT:C3158"
    assert packet["diseases"][0]["primarySite"]["id"] == "UBERON:0001871"
    assert packet["diseases"][0]["laterality"]["label"] == "Left"
    features = {one["type"]["label"]: one for one in packet["phenotypicFeatures"]}
    assert features["Fever"]["excluded"] is True
    assert "excluded" not in features["Headache"]
    assert features["Headache"]["onset"]["ageRange"] == {
        "start": {"iso8601duration": "P36Y9M"},
        "end": {"iso8601duration": "P37Y9M"},
    }
    assert features["Headache"]["evidence"][0]["reference"]["description"] == "headache"
    size = packet["measurements"][0]["value"]["quantity"]
    assert (size["value"], size["unit"]["id"]) == (42.0, "UCUM:mm")
    stains = {one["assay"]["label"]: one["value"] for one in packet["biosamples"][0]["measurements"]}
    assert stains["desmin"]["ontologyClass"]["label"] == "Positive"
    assert stains["S100"]["ontologyClass"]["label"] == "Negative"


def test_irradiation_needs_whole_gy_and_all_its_fields() -> None:
    packet, _ = packet_of(TEXT)
    (given,) = [one["radiationTherapy"] for one in packet["medicalActions"] if "radiationTherapy" in one]
    assert (given["dosage"], given["fractions"]) == (60, 30)
    packet, losses = packet_of(TEXT.replace("60 Gy", "50.4 Gy"))
    assert all("radiationTherapy" not in one for one in packet["medicalActions"])
    assert any(loss.startswith("dose in Gy: 50.4") for loss in losses)


def test_not_reported_is_nothing() -> None:
    packet, _ = packet_of("Case report\n\nA 61-year-old man had a leiomyosarcoma of the thigh.\n")
    assert "vitalStatus" not in packet["subject"]
    assert "medicalActions" not in packet
    assert "biosamples" not in packet


def test_every_fact_has_a_place_or_a_reason() -> None:
    report = service.read_text(TEXT, "fictional")
    made = phenopacket.export(report, TIME)
    assert {loss.fact for loss in made.losses} - {""} <= {fact.id for case in report.cases for fact in case.facts}
    assert any("extent" in loss.reason for loss in made.losses)
    assert all(loss.reason for loss in made.losses)


@pytest.mark.parametrize(
    ("years", "duration"), [(37, "P37Y"), (1.5, "P1Y6M"), (0.25, "P3M"), (0, "P0M"), (5 / 365.25, "P5D"), (2.0, "P2Y")]
)
def test_ages_as_iso_durations(years: float, duration: str) -> None:
    assert iso_age(years) == duration


def test_every_slot_has_a_part_that_writes_it() -> None:
    assert {slot.part for slot in slots("phenopacket").columns.values()} == set(PARTS)
    for slot in slots("phenopacket").columns.values():
        assert not slot.code or slot.code in fixed()
        assert not slot.unit or slot.unit in fixed()


def test_every_code_tells_where_it_was_seen() -> None:
    codes = list(every_code())
    assert len(codes) > 2000
    assert [code.id for code in codes if not code.source.strip() or not code.label.strip()] == []


def test_a_term_without_a_public_code_gets_a_local_one() -> None:
    assert coded("symptoms", "headache", "HP").id == "HP:0002315"
    assert coded("symptoms", "no such complaint", "HP").id == "caselore:no-such-complaint"
    assert "caselore" in resources()


def test_protobuf_holds_the_same_packet() -> None:
    report = service.read_text(TEXT, "fictional")
    (name, content), *_ = phenopacket_binary.export(report, TIME).files.items()
    (printed,) = phenopacket.export(report, TIME).files.values()
    assert name == "fictional-case-1.phenopacket.pb"
    assert Phenopacket.FromString(content) == Parse(printed, Phenopacket())


def test_without_the_library_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "phenopackets.schema.v2", None)
    with pytest.raises(service.FormatMissing, match=r"pip install 'caselore\[phenopackets\]'"):
        phenopacket_binary.export(service.read_text(TEXT, "fictional"), TIME)
