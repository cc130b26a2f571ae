"""Phenopackets of others become patients without sentences."""

from __future__ import annotations

import json

import pytest

from caselore import service
from caselore.exchange import phenopacket
from caselore.exchange.phenopacket_reading import NotAPhenopacket, read_packet, years

OTHERS = {
    "id": "other-1",
    "subject": {"id": "P7", "sex": "MALE", "timeAtLastEncounter": {"age": {"iso8601duration": "P12Y6M"}}},
    "phenotypicFeatures": [
        {"type": {"id": "HP:0002315", "label": "Headache"}},
        {"type": {"id": "HP:0001945", "label": "Fever"}, "excluded": True},
        {"type": {"id": "XX:1", "label": "Blue ears"}},
    ],
    "diseases": [
        {"term": {"id": "NCIT:C0", "label": "Denied"}, "excluded": True},
        {"term": {"id": "NCIT:C3158", "label": "Leiomyosarcoma"}},
    ],
    "metaData": {"created": "2026-01-01T00:00:00Z", "createdBy": "somebody", "phenopacketSchemaVersion": "2.0"},
}
TEXT = """Case report

A 37-year-old woman presented with headache. She denied fever. MRI showed a 42 mm mass in the left temporal lobe. She
underwent a craniotomy. The tumor was a leiomyosarcoma. The cells were positive for desmin and negative for S100. The Ki-67
index was 20%. She received radiotherapy with 60 Gy in 30 fractions of IMRT and four cycles of doxorubicin. There was no
recurrence. She is alive.
"""


_CARRIED = (
    *("label", "age_years", "sex", "status", "diagnosis", "laterality", "symptoms", "absent_symptoms"),
    *("largest_dimension_mm", "ihc", "ki67_percent", "recurrence", "agents"),
    *("radiotherapy", "rt_dose_gy", "rt_fractions", "rt_technique"),
)


def test_packets_of_others() -> None:
    (row,) = read_packet(json.dumps(OTHERS).encode(), "theirs").patients
    assert (row.label, row.age_years, row.sex, row.diagnosis) == ("P7", 12.5, "male", "leiomyosarcoma")
    assert (row.symptoms, row.absent_symptoms) == (("headache", "Blue ears"), ("fever",))
    assert (row.status, row.recurrence, row.radiotherapy) == (None, None, None)


def test_what_a_packet_carries_comes_back() -> None:
    report = service.read_text(TEXT, "fictional")
    (content,) = phenopacket.export(report, "2026-01-31T12:00:00Z").files.values()
    (before,), (after,) = service.rows(report), read_packet(content, "fictional").patients
    for column in _CARRIED:
        assert getattr(after, column) == getattr(before, column), column
    assert after.sites == before.sites[:1]


@pytest.mark.parametrize("content", [b"x", b"[]", b"{}", b'{"id": "a", "metaData": {}, "diseases": [1]}'])
def test_what_is_no_packet_is_told(content: bytes) -> None:
    with pytest.raises(NotAPhenopacket):
        read_packet(content, "x")


@pytest.mark.parametrize(("duration", "number"), [("P37Y", 37), ("P1Y6M", 1.5), ("P26W", 0.4983), ("37 years", None)])
def test_durations(duration: str, number: float | None) -> None:
    assert years(duration) == number
