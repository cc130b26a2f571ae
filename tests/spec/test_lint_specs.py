"""Runs the specs of the lint rules: texts in which a rule fires, and near misses in which it must stay silent."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from caselore import service

HERE = Path(__file__).parent / "lint"
PARTS = ("What it finds:", "Why it matters:", "Example:", "What it leaves alone:")


def cases() -> list[Any]:
    found = []
    for path in sorted(HERE.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], 1):
            found.append(pytest.param(path.stem, case, id=f"{path.stem}-{number}"))
    return found


@pytest.mark.parametrize(("rule", "case"), cases())
def test_rule_fires_where_it_should_and_only_there(rule: str, case: dict[str, Any]) -> None:
    findings = service.lint(service.read_text(case["text"]), select=[rule]).findings
    assert [one.message for one in findings] == ([case["fires"]] if case.get("fires") else [])
    for one in findings:
        for place in one.places:
            assert case["text"][place.start : place.end] == place.quote


@pytest.mark.parametrize("rule", service.lint_rules(), ids=lambda rule: rule.name)
def test_every_rule_is_explained_and_has_a_firing_case_and_a_near_miss(rule: Any) -> None:
    assert all(part in rule.explanation for part in PARTS)
    specs = tomllib.loads((HERE / f"{rule.name}.toml").read_text(encoding="utf-8"))["case"]
    assert any(case.get("fires") for case in specs)
    assert any(not case.get("fires") for case in specs)


def test_codes_are_unique() -> None:
    codes = [rule.code for rule in service.lint_rules()]
    assert len(codes) == len(set(codes))
