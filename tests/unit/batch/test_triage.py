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


MARGINS = "Margins are discussed. " * 200


def test_long_article_needs_more_than_a_word() -> None:
    text = f"A 40-year-old man stands for every guideline. {MARGINS}"
    assert no_patients_in(text) == "no case report: in no passage more than 1 of 7 kinds of words about one patient"
    assert no_patients_in(text[:500]) is None


def test_kinds_count_where_they_stand_together() -> None:
    words = ("A 40-year-old man was told of.", "He presented with pain.", "Biopsy of a node showed sarcoma.")
    assert no_patients_in(" ".join((*words, MARGINS * 3))) is None
    assert no_patients_in(f" {MARGINS * 3}".join(words)) is not None


def test_words_of_many_patients_are_not_of_one() -> None:
    text = "Patients were admitted with pain and underwent resection; biopsy showed sarcoma, most were alive after 5 years."
    assert no_patients_in(text) == "no case report: in no passage more than 0 of 7 kinds of words about one patient"


def test_words_of_other_articles_ask_for_more() -> None:
    text = "A 40-year-old man is taken as an example. {} Experts were asked what they advise."
    assert no_patients_in(text.format("")) is None
    assert no_patients_in(text.format("The odds ratio was 2.")) == (
        "no case report: in no passage more than 1 of 7 kinds of words about one patient, words of other articles (cohort)"
    )
