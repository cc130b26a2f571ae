"""A report that was stored with schema version 1 is read by every later version. The file is never written again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from caselore.codec import NotAReport, decode_report, encode_report, report_schema
from caselore.model.case import Role

STORED = (Path(__file__).parent / "report_of_schema_1.json").read_bytes()


def test_it_is_read_with_all_it_holds() -> None:
    report, told = decode_report(STORED), json.loads(STORED)
    assert report.schema_version == told["schema_version"] == "1"
    assert [case.patient.role for case in report.cases] == [Role.INDEX, Role.CITED]
    assert [len(case.facts) for case in report.cases] == [len(case["facts"]) for case in told["cases"]]
    assert [len(case.events) for case in report.cases] == [len(case["events"]) for case in told["cases"]]
    said = {str(fact.value) for fact in report.cases[0].facts}
    assert {"44 years old", "female", "S100 negative"} <= said


def test_every_quote_is_still_where_it_was() -> None:
    report = decode_report(STORED)
    quotes = [one for case in report.cases for fact in case.facts for one in fact.evidence]
    assert len(quotes) > 20
    for one in quotes:
        assert report.document.raw[one.span.start : one.span.end] == one.quote


def test_written_again_it_says_the_same() -> None:
    report = decode_report(STORED)
    assert decode_report(encode_report(report)) == report


def test_it_fits_the_schema_of_today() -> None:
    assert list(Draft202012Validator(report_schema()).iter_errors(json.loads(STORED))) == []


def test_a_value_that_nobody_knows_is_a_sentence() -> None:
    told = json.loads(STORED)
    told["cases"][0]["facts"][0]["value"] = {"type": "horoscope", "sign": "cancer"}
    with pytest.raises(NotAReport, match="not a caselore report"):
        decode_report(json.dumps(told).encode())
