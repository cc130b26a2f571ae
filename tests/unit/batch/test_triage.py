"""Triage on texts in our own words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from caselore.batch.triage import no_patients_in

TEXTS = tomllib.loads(Path(__file__).with_name("triage.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", [one["text"] for one in TEXTS["kept"]])
def test_text_about_a_patient_is_kept(text: str) -> None:
    assert no_patients_in(text) is None


@pytest.mark.parametrize("text", [one["text"] for one in TEXTS["set_aside"]])
def test_text_about_no_patient_is_set_aside(text: str) -> None:
    assert no_patients_in(text) is not None


def test_long_article_needs_more_than_a_word() -> None:
    text = "The patient stands in the centre of every guideline. " + "Margins are discussed. " * 200
    assert no_patients_in(text) == "no case report: 1 of 7 kinds of words about a patient"
    assert no_patients_in(text[:500]) is None
