"""`caselore similar` as a person runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CASEBOOK = ("--dataset", "intracranial-lms")
WORDS = "37-year-old man with a leiomyosarcoma of the dura mater, SMA positive"


def similar(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "caselore", "similar", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done


def test_words_against_the_casebook() -> None:
    done = similar("--like", WORDS, *CASEBOOK, "-n", "5")
    assert done.returncode == 0
    assert "5 nearest of 44 patients" in done.stdout
    assert "Overall survival of the nearest" in done.stdout
    assert "at risk" in done.stdout
    assert "agrees:    tumour leiomyosarcoma" in done.stdout
    assert "treatment:" in done.stdout
    assert "outcome:" in done.stdout
    assert done.stdout.rstrip().splitlines()[-1].startswith("Published cases are not a population:")
    assert "not found by a systematic search" in done.stderr


def test_a_report_is_no_answer_to_itself() -> None:
    done = similar("--like", EXAMPLES / "01_synovial_sarcoma_knee.txt", EXAMPLES, "--format", "json")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert found["query"]["diagnosis"] == "synovial sarcoma"
    assert all(hit["member"]["source"] != "01_synovial_sarcoma_knee" for hit in found["hits"])
    assert all(hit["comparisons"] for hit in found["hits"])
    assert "not medical advice" in done.stderr


def test_rows_and_saved_tables(tmp_path: Path) -> None:
    row = {"role": "index", "label": "case 1", "diagnosis": "leiomyosarcoma", "sites": ["skull"]}
    asked, table = tmp_path / "row.json", tmp_path / "table.json"
    asked.write_text(json.dumps(row))
    table.write_text(
        json.dumps([{"source": "a report", "patients": [row, {**row, "label": "case 2", "sites": ["thigh"]}]}])
    )
    found = json.loads(similar("--like", asked, table, "--format", "json").stdout)
    assert [hit["member"]["row"]["label"] for hit in found["hits"]] == ["case 1", "case 2"]
    done = similar("--like", table, *CASEBOOK, "-n", "1")
    assert "Patients like: tumour leiomyosarcoma; site skull" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--like", WORDS), "Name reports to search"),
        (("--like", "missing.txt", *CASEBOOK), "missing.txt is no file"),
        (("--like", " ", *CASEBOOK), "nothing to compare"),
        (("--like", WORDS, "--dataset", "none"), "is no dataset"),
        (CASEBOOK, "--like"),
    ],
)
def test_wrong_use_is_one_sentence(arguments: tuple[str, ...], reason: str) -> None:
    done = similar(*arguments)
    assert done.returncode == 2
    assert reason in done.stderr
    assert done.stdout == ""


def test_json_that_is_neither_row_nor_table(tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    path.write_text('{"neither": 1}')
    done = similar("--like", path, *CASEBOOK)
    assert done.returncode == 2
    assert "neither a review row nor a review table" in done.stderr
