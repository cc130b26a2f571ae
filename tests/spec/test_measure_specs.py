"""Runs the specs of the measures: texts and what is worked out from them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from caselore import service

HERE = Path(__file__).parent / "measures"
FORMULAS = {formula.compute.__module__.rpartition(".")[2]: formula for formula in service.formulas()}


def cases() -> list[Any]:
    found = []
    for path in sorted(HERE.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], 1):
            found.append(pytest.param(path.stem, case, id=f"{path.stem}-{number}"))
    return found


@pytest.mark.parametrize(("name", "case"), cases())
def test_measure_is_worked_out_or_refused(name: str, case: dict[str, Any]) -> None:
    report = service.read_text(case["text"])
    found = [one for patient in report.cases for one in FORMULAS[name].compute(patient, report)]
    assert [str(one) for one in found] == case["measures"]
    assert all(one.evidence for one in found)


def test_every_measure_has_a_case_that_gives_something_and_one_that_gives_nothing() -> None:
    for name in FORMULAS:
        told = [case["measures"] for case in tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))["case"]]
        assert any(told)
        assert not all(told)
