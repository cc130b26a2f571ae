"""Claims that must never reach a row: what is told of others, of groups, or only planned."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from caselore import service

CASE = """Case report

A 40-year-old woman was admitted with a tumor of the orbit. It was resected.

"""


def rows(text: str) -> list[dict[str, Any]]:
    return [msgspec.to_builtins(row) for row in service.rows(service.read_text(text))]


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        ("age_years", 51.0, "Introduction\n\nThe mean age of 36 patients was 51 years [1].\n\n" + CASE),
        ("age_years", 51.0, CASE + "Discussion\n\nThe median age is 51 years, and most patients are men [1]."),
        ("age_years", 19.0, CASE + "Discussion\n\nIto et al. [4] treated a 19-year-old man, who died."),
        ("sex", "male", CASE + "Discussion\n\nIto et al. [4] treated a man with the same tumor, who died."),
        ("sex", "male", CASE + "Discussion\n\nThe tumor affects men more often than women."),
        ("status", "dead", CASE + "Discussion\n\nIn a series of 12 patients, 9 died within a year [2]."),
        ("status", "dead", CASE + "Discussion\n\nA 67-year-old man died of metastases after 3 months [5]."),
        ("follow_up_months", 14.0, CASE + "Discussion\n\nThe median follow-up was 14 months [3]."),
        ("recurrence", "yes", CASE + "Discussion\n\nLocal recurrence is seen in 40% of the patients [3]."),
        ("rt_dose_gy", 60.0, CASE + "Discussion\n\nA dose of 60 Gy is recommended [6]."),
        ("rt_dose_gy", 54.0, CASE + "Radiotherapy with 54 Gy was planned, but the patient refused it."),
        ("radiotherapy", "yes", CASE + "Discussion\n\nRadiotherapy should be given after incomplete resection."),
        ("chemotherapy", "yes", CASE + "Discussion\n\nChemotherapy with doxorubicin has been used in 9 patients [7]."),
        ("prior_radiation", "yes", CASE + "Discussion\n\nSome sarcomas arise after irradiation of the orbit [8]."),
        ("ki67_percent", 30.0, CASE + "Discussion\n\nThe Ki-67 index is usually above 30% in these tumors [9]."),
    ],
)
def test_index_row_never_says(column: str, value: object, text: str) -> None:
    index = [row for row in rows(text) if row["role"] == "index"]
    assert len(index) == 1
    assert index[0].get(column) != value
    assert index[0].get("age_years") == 40.0


def test_facts_of_one_patient_of_a_series_never_reach_the_other() -> None:
    text = """Case reports

Case 1

A 34-year-old man had a lump in the thigh. He died after 10 months.

Case 2

A 61-year-old woman had back pain. She was alive after 24 months.
"""
    first, second = rows(text)
    assert (first["age_years"], first["sex"]) == (34.0, "male")
    assert (second["age_years"], second["sex"]) == (61.0, "female")
    assert first.get("status") != "alive"
    assert second.get("status") != "dead"


def test_a_laboratory_study_has_no_patient() -> None:
    text = """Introduction

Cell lines of leiomyosarcoma are rare [1].

Discussion

The cells were resistant to doxorubicin. Further studies are needed [2]."""
    assert rows(text) == []
