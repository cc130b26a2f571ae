"""General statements and statements about one patient's course."""

from __future__ import annotations

import pytest

from caselore.assembly.genericity import Tone, tells_of_cohort, tone


@pytest.mark.parametrize(
    "sentence",
    [
        "Angiosarcoma of the scalp is a rare tumor.",
        "Liposarcomas usually arise in the retroperitoneum.",
        "Only 12 cases have been reported in the literature.",
        "Complete resection should be attempted.",
        "The median survival was 14 months.",
        "In children, these tumors are often benign.",
        "Surgery is the mainstay of treatment.",
    ],
)
def test_general(sentence: str) -> None:
    assert tone(sentence) is Tone.GENERAL


@pytest.mark.parametrize(
    "sentence",
    [
        "The cause was a tumor that arose from the right ventricle, and it was resected.",
        "Nine months later the tumor recurred.",
        "Histology revealed a spindle cell sarcoma.",
        "A mass of 4 cm was found on computed tomography.",
        "There was no evidence of recurrence after 2 years.",
        "Chemotherapy was started in May 2014.",
    ],
)
def test_specific(sentence: str) -> None:
    assert tone(sentence) is Tone.SPECIFIC


def test_neutral_where_nothing_speaks_for_either() -> None:
    assert tone("Figure 3 with an arrow.") is Tone.NEUTRAL


def test_figures_of_a_cohort() -> None:
    assert tells_of_cohort("The mean age was 44 years.")
    assert not tells_of_cohort("Her age was 44 years.")
