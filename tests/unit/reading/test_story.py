"""Where a patient's story begins when the headings are words of their own."""

from __future__ import annotations

import pytest

from caselore import service
from caselore.model.text import SectionKind
from caselore.reading.story import story_start

STORY = "A 61-year-old man presented with pain in the flank."
ABSTRACT = """A tumor of the kidney

Background: Leiomyosarcomas are rare.{between}{label}A 61-year-old man presented with pain in the flank. \
Nephrectomy was performed. He died 14 months later.{between}Conclusion: Surgery is the mainstay of treatment."""
LABELS = [
    "Main body: ",
    "Methods/Results: ",
    "Symptoms. ",
    "Case and results - ",
    "Unusual course\n",
    "Event: ",
    "Patient concerns and diagnosis. ",
]


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        f"Such tumors are rare. {STORY}",
        f"Such tumors are rare. Main body: {STORY}",
        "The patient, a woman aged 34, was admitted.",
        "Our patient was a boy of 7 years who had a lump.",
    ],
)
def test_story_begins(text: str) -> None:
    assert story_start(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "A 61-year-old man presented with pain in the flank [4].",
        "Miller et al. reported that a 61-year-old man had such a tumor.",
        "A 61-year-old man was reported by Miller.",
        "Patients are usually 60 years old.",
        "A rare tumor of the elderly was described.",
    ],
)
def test_others_and_generalities_are_no_story(text: str) -> None:
    assert story_start(text) is None


@pytest.mark.parametrize("between", [" ", "\n\n"])
@pytest.mark.parametrize("label", LABELS)
def test_unknown_labels_lose_no_patient(label: str, between: str) -> None:
    report = service.read_text(ABSTRACT.format(label=label, between=between))
    (row,) = service.rows(report)
    assert (row.age_years, row.sex, row.surgery, row.follow_up_months) == (61, "male", "resection", 14)


def test_stories_of_others_in_an_introduction_stay_there_where_the_case_is_told() -> None:
    report = service.read_text(
        "Introduction\n\nSuch tumors are rare. A 61-year-old man had one and died.\n\n"
        "Case report\n\nA 40-year-old woman presented with pain. A sarcoma of the kidney was resected."
    )
    kinds = [section.kind for section in report.document.sections]
    assert kinds[0] is SectionKind.INTRODUCTION
    assert [row.age_years for row in service.rows(report)][:1] == [40]
