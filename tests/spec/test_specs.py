"""Runs the specs: sentences and the facts they hold (topics/), texts and the columns they fill (rows/)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from loading import cases

from caselore import service
from caselore.model.fact import Assertion, Fact, Value


def told(fact: Fact[Value]) -> str:
    return str(fact.value) if fact.assertion is Assertion.AFFIRMED else f"{fact.value} [{fact.assertion}]"


@pytest.mark.parametrize(("topic", "case"), cases("topics"))
def test_topic_reads_these_facts_and_no_others(topic: str, case: dict[str, Any]) -> None:
    report = service.read_text("Case report\n\n" + case["text"])
    facts = [fact for patient in report.cases for fact in patient.facts]
    got = sorted({told(fact) for fact in (*facts, *report.background) if fact.topic == topic})
    assert got == sorted(case["facts"]), case.get("why", "")


@pytest.mark.parametrize(("_file", "case"), cases("rows"))
def test_text_fills_these_columns(_file: str, case: dict[str, Any]) -> None:
    text = case["text"]
    rows = [msgspec.to_builtins(row) for row in service.rows(service.read_text(text))]
    for number, expected in enumerate(case["rows"]):
        assert number < len(rows), f"only {len(rows)} patients were found"
        for column, value in expected.items():
            got = rows[number].get(column)
            if value in ("", [], {}):
                assert not got, f"{column} should be silent but is {got!r}"
            elif isinstance(value, list):
                assert sorted(got or []) == sorted(value), column
            else:
                assert got == value, column
    if case.get("complete"):
        assert len(rows) == len(case["rows"])
