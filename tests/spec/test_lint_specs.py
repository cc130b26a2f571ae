"""Runs the specs of the lint rules: texts in which a rule fires, and near misses in which it must stay silent."""

from __future__ import annotations

from typing import Any

import pytest
from loading import cases, specs

from caselore import service

PARTS = ("What it finds:", "Why it matters:", "Example:", "What it leaves alone:")


@pytest.mark.parametrize(("rule", "case"), cases("lint"))
def test_rule_fires_where_it_should_and_only_there(rule: str, case: dict[str, Any]) -> None:
    findings = service.lint(service.read_text(case["text"]), select=[rule]).findings
    assert [one.message for one in findings] == ([case["fires"]] if case.get("fires") else [])
    for one in findings:
        for place in one.places:
            assert case["text"][place.start : place.end] == place.quote


@pytest.mark.parametrize("rule", service.lint_rules(), ids=lambda rule: rule.name)
def test_every_rule_is_explained_and_has_a_firing_case_and_a_near_miss(rule: Any) -> None:
    assert all(part in rule.explanation for part in PARTS)
    told = specs("lint", rule.name)
    assert any(case.get("fires") for case in told)
    assert any(not case.get("fires") for case in told)


def test_codes_are_unique() -> None:
    codes = [rule.code for rule in service.lint_rules()]
    assert len(codes) == len(set(codes))
