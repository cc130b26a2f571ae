"""Whole answers: from a report with the authors' diagnosis, and what cannot be weighed."""

from __future__ import annotations

import pytest

from caselore import service
from caselore.differential.answer import in_panel
from caselore.differential.panel import load_panel
from caselore.model.differential import CAVEAT, FLAT

FITTING = """Case report

A 40-year-old woman had a mass of the sacrum. It was resected. On immunohistochemistry the tumour cells were positive for STAT6,
CD34 and BCL2. They were negative for EMA and S100. The final diagnosis was solitary fibrous tumor.
"""


def test_stains_argue_with_a_diagnosis_that_does_not_fit() -> None:
    (found,) = service.differential_of(service.read_text(FITTING.replace("solitary fibrous tumor", "leiomyosarcoma")))
    assert found.stated == "leiomyosarcoma"
    assert found.dispute is not None
    assert found.dispute.rank > 1
    assert found.dispute.rival == "solitary fibrous tumor"
    assert any(one.likelihood_ratio < 1 for one in found.dispute.arguments)


def test_a_fitting_diagnosis_leads_and_the_rival_is_named() -> None:
    (found,) = service.differential_of(service.read_text(FITTING))
    assert found.dispute is not None
    assert found.dispute.rank == 1
    assert found.dispute.rival != "solitary fibrous tumor"


def test_a_diagnosis_outside_the_panel_cannot_be_argued_with() -> None:
    (found,) = service.differential_of(service.read_text(FITTING.replace("solitary fibrous tumor", "pheochromocytoma")))
    assert found.stated == "pheochromocytoma"
    assert found.dispute is None


def test_prior_is_off_unless_asked_for() -> None:
    assert service.differential("SMA+").prior == FLAT
    with_age = service.differential("SMA+", age=60)
    assert with_age.prior == "on: published frequency, age 60"
    assert with_age.prior_factors
    (of_report,) = service.differential_of(service.read_text(FITTING), with_prior=True)
    assert of_report.prior == "on: published frequency, age 40, site sacrum"


def test_what_it_is_not_stands_beside_every_answer() -> None:
    assert service.differential("SMA+").caveat == CAVEAT
    assert "not a diagnosis" in CAVEAT


def test_every_figure_of_an_answer_is_a_row_of_the_panel() -> None:
    rows = set(load_panel().studies())
    found = service.differential("SMA+ desmin+ S100- CD34-")
    studies = [study for one in found.candidates for argument in one.arguments for study in argument.rate.studies]
    assert studies
    assert set(studies) <= rows


def test_stains_without_figures_are_named_not_weighed() -> None:
    assert service.differential("SMA+ prolactin+").unused == ("PRL",)
    with pytest.raises(service.NothingToWeigh, match="PRL"):
        service.differential("prolactin+")


def test_report_without_stains() -> None:
    with pytest.raises(service.NothingToWeigh, match="tells no stain"):
        service.differential_of(service.read_text("Case report\n\nA 40-year-old man had a mass of the thigh.\n"))


@pytest.mark.parametrize(
    ("named", "counted"),
    [
        ("uterine leiomyosarcoma", "leiomyosarcoma"),
        ("leiomyoma", "leiomyosarcoma"),
        ("embryonal rhabdomyosarcoma", "rhabdomyosarcoma"),
        ("pheochromocytoma", None),
        ("a word", None),
    ],
)
def test_a_subtype_is_counted_as_what_lies_above_it(named: str, counted: str | None) -> None:
    assert in_panel(named, load_panel()) == counted
