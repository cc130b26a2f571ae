"""Confidence: the measured share of right values stands beside facts that fill a column, and nowhere else."""

from __future__ import annotations

from caselore import service
from caselore.assembly.confidence import Calibration, calibration
from caselore.topics.demographics import Age
from caselore.topics.ihc import Stain


def test_facts_that_fill_a_measured_column_have_its_share() -> None:
    report = service.read_text("Case report\n\nA 45-year-old woman was admitted. Desmin was positive.")
    facts = report.cases[0].facts
    ages = {fact.value.years: fact.confidence for fact in facts if isinstance(fact.value, Age)}
    assert ages[45.0] == calibration()["age_years"].share
    assert [fact.confidence for fact in facts if isinstance(fact.value, Stain)] == [calibration()["ihc"].share]


def test_shares_are_between_zero_and_one() -> None:
    assert Calibration(right=3, filled=4).share == 0.75
    assert all(0 <= column.right <= column.filled for column in calibration().values())
