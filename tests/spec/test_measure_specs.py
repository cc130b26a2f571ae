"""Runs the specs of the measures: texts and what is worked out from them."""

from __future__ import annotations

from typing import Any

import pytest
from loading import cases, specs

from caselore import service

FORMULAS = {formula.compute.__module__.rpartition(".")[2]: formula for formula in service.formulas()}


@pytest.mark.parametrize(("name", "case"), cases("measures"))
def test_measure_is_worked_out_or_refused(name: str, case: dict[str, Any]) -> None:
    report = service.read_text(case["text"])
    found = [one for patient in report.cases for one in FORMULAS[name].compute(patient, report)]
    assert [str(one) for one in found] == case["measures"]
    assert all(one.evidence for one in found)


def test_every_measure_has_a_case_that_gives_something_and_one_that_gives_nothing() -> None:
    for name in FORMULAS:
        told = [case["measures"] for case in specs("measures", name)]
        assert any(told)
        assert not all(told)
