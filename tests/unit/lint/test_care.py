"""Checklists: found with a quote, not found, or left to the reader."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from caselore import service
from caselore.lint.care import CHECKLISTS, Answer, Status, load_checklist

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
TITLE = "Chordoma of the clivus in a potter: a case report"
BODY = "\n\nCase presentation\n\nA 52-year-old woman had headache for 3 months. The tumour was resected."


def answers(text: str, key: str = "care") -> dict[str, Answer]:
    return {answer.number: answer for answer in service.checklist(service.read_text(text), key).answers}


@pytest.mark.parametrize(
    ("key", "items"), [("care", 29), ("jbi-case-report", 8), ("jbi-case-series", 10), ("murad", 8)]
)
def test_every_item_of_a_list_is_answered_once_and_in_order(key: str, items: int) -> None:
    numbers = [item.number for item in load_checklist(key).item]
    assert list(answers(TITLE + BODY, key)) == numbers
    assert len(numbers) == items


@pytest.mark.parametrize("key", CHECKLISTS[1:])
def test_appraisal_is_left_to_the_reader(key: str) -> None:
    assert {answer.status for answer in answers(TITLE + BODY, key).values()} == {Status.FOR_THE_READER}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_quotes_are_the_words_of_the_report(path: Path) -> None:
    report = service.read(path)
    for key in CHECKLISTS:
        for answer in service.checklist(report, key).answers:
            for place in answer.places:
                assert report.document.raw[place.start : place.end] == place.quote


@pytest.mark.parametrize(
    ("number", "words", "status"),
    [
        ("13", "Written informed consent was obtained from the patient for publication of this report.", Status.FOUND),
        ("13", "Written informed consent was obtained before the operation.", Status.NOT_FOUND),
        ("13", "Consent for publication was not obtained.", Status.NOT_FOUND),
        ("6", "On examination there was a palsy of the left abducens nerve.", Status.FOUND),
        ("6", "Examination of the specimen took two days.", Status.NOT_FOUND),
        ("12", "The patient said that she was glad to be told the name of her disease.", Status.NOT_FOUND),
        ("10d", "The postoperative course was complicated by a wound infection.", Status.FOUND),
        ("9c", "Imatinib was stopped because of oedema.", Status.FOR_THE_READER),
    ],
)
def test_cues_and_near_misses(number: str, words: str, status: Status) -> None:
    assert answers(f"{TITLE}{BODY} {words}")[number].status is status


def test_facts_of_the_patient_answer_items() -> None:
    found = answers(TITLE + BODY)
    assert [found[number].status for number in ("5a", "5b", "9a")] == [Status.FOUND] * 3


@pytest.mark.parametrize("style", ["text", "json", "md"])
def test_command_prints_the_list(style: str) -> None:
    path = EXAMPLES / "01_synovial_sarcoma_knee.txt"
    command = [sys.executable, "-m", "caselore", "care", str(path), "--format", style]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "a case report" in done.stdout
    assert "not that it was not done" in done.stderr
    if style == "json":
        assert json.loads(done.stdout)["answers"][0]["status"] == "found"


@pytest.mark.parametrize(
    ("number", "text", "status"),
    [
        ("1", TITLE + BODY, Status.FOUND),
        ("1", "Chordoma of the clivus" + BODY, Status.NOT_FOUND),
        ("4", f"{TITLE}\n\nIntroduction\n\nChordoma is rare (Okoro 2011).{BODY}", Status.FOUND),
        ("4", f"{TITLE}\n\nIntroduction\n\nChordoma is rare.{BODY}", Status.NOT_FOUND),
    ],
)
def test_sections_decide(number: str, text: str, status: Status) -> None:
    assert answers(text)[number].status is status


def test_a_word_file_has_a_row_for_every_item(tmp_path: Path) -> None:
    import docx

    path = tmp_path / "care.docx"
    report = sorted(EXAMPLES.glob("*.txt"))[0]
    command = [sys.executable, "-m", "caselore", "care", str(report), "--format", "docx"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 2
    assert subprocess.run([*command, "-o", str(path)], capture_output=True, check=False).returncode == 0
    assert len(docx.Document(str(path)).tables[0].rows) == 30
