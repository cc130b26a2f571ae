"""`caselore casebook` as a person runs it."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from caselore.cli.main import run

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def casebook(at: Path, *arguments: str | Path, status: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "caselore", "casebook", "--at", str(at), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == status, done.stderr
    return done


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("casebook") / "book.db"
    assert casebook(at, "add", EXAMPLES).stdout == "9 new, 0 unchanged, 0 read again\n"
    return at


def test_adding_again_changes_nothing(filled: Path) -> None:
    assert casebook(filled, "add", EXAMPLES).stdout == "0 new, 9 unchanged, 0 read again\n"
    listed = json.loads(casebook(filled, "list", "--format", "json").stdout)
    assert [one["schema_version"] for one in listed] == ["1"] * 9


def test_a_decision_is_shown_and_taken_back(filled: Path) -> None:
    on = ("05_gist_stomach_letter", "p1")
    done = casebook(filled, "decide", *on, "correct", "--column", "age_years", "--value", "51", "--reader", "ann")
    assert done.stdout == "05_gist_stomach_letter, p1, age_years: corrected 51\n"
    assert "corrected  51" in casebook(filled, "show", on[0]).stdout
    casebook(filled, "decide", *on, "undo", "--reader", "ann")
    assert "proposed   45" in casebook(filled, "show", on[0]).stdout


def test_a_corrected_spreadsheet_comes_back_after_a_preview(filled: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "patients.csv"
    casebook(filled, "export", sheet)
    sheet.write_text(sheet.read_text(encoding="utf-8-sig").replace("gastric fundus", "stomach"), encoding="utf-8")
    shown = casebook(filled, "import", sheet, "--reader", "bob")
    assert "sites: gastric fundus -> stomach" in shown.stdout
    assert "1 cells would change" in shown.stderr
    assert "1 cells changed" in casebook(filled, "import", sheet, "--reader", "bob", "--apply").stderr
    assert "0 cells would change" in casebook(filled, "import", sheet, "--reader", "bob").stderr


def test_rows_of_a_program_are_taken_only_with_words_of_the_source(filled: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.json"
    cells = {"margin": {"value": "R0", "quote": "words that no report holds"}}
    rows.write_text(json.dumps([{"report": "05_gist_stomach_letter", "patient": "p1", "cells": cells}]))
    done = casebook(filled, "import", rows, "--reader", "model", status=1)
    assert done.stdout == "0 cells taken over, 1 refused.\n"
    assert "The quote is not in the report" in done.stderr


def test_rows_of_a_program_are_taken_once(filled: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.json"
    cells = {"status": {"value": "alive", "quote": "leiomyosarcoma"}}
    rows.write_text(json.dumps([{"report": "06_leiomyosarcoma_brain_metastasis", "patient": "p1", "cells": cells}]))
    for _ in range(2):
        assert casebook(filled, "import", rows, "--reader", "model").stdout == "1 cells taken over, 0 refused.\n"
    with sqlite3.connect(filled) as connection:
        assert connection.execute("SELECT count(*) FROM decisions WHERE reader = 'model'").fetchone() == (1,)


@pytest.mark.parametrize("command", ["table", "cohort"])
def test_tables_and_cohorts_take_the_rows_of_a_casebook(filled: Path, tmp_path: Path, command: str) -> None:
    run = [sys.executable, "-m", "caselore", command, "--format", "json", "--casebook"]
    done = subprocess.run([*run, str(filled)], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    people = found["cohort"]["included"] if command == "cohort" else [row for one in found for row in one["patients"]]
    assert len(people) == 15
    none = subprocess.run([*run, str(tmp_path / "none.db")], capture_output=True, text=True, check=False)
    assert (none.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "There is no casebook at" in none.stderr


def test_a_backup_is_a_casebook(filled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    casebook(filled, "backup", copy)
    assert casebook(copy, "list").stdout == casebook(filled, "list").stdout


def test_what_is_wrong_is_said_in_a_sentence(filled: Path, tmp_path: Path) -> None:
    assert "holds no report that 'hip'" in casebook(filled, "show", "hip", status=2).stderr
    wrong = tmp_path / "notes.db"
    wrong.write_text("no database")
    assert "cannot be opened as a casebook" in casebook(wrong, "list", status=1).stderr
    assert "must end in .xlsx, .csv or .json" in casebook(filled, "export", tmp_path / "a.doc", status=2).stderr


@pytest.mark.parametrize("wait", [0.9, 1.4, 1.9])
def test_a_killed_import_loses_and_doubles_nothing(tmp_path: Path, wait: float) -> None:
    at = tmp_path / "book.db"
    command = [sys.executable, "-m", "caselore", "casebook", "--at", str(at), "add", str(EXAMPLES)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
    casebook(at, "add", EXAMPLES)
    listed = json.loads(casebook(at, "list", "--format", "json").stdout)
    assert len(listed) == 9
    assert sum(one["patients"] for one in listed) == 15


def test_a_casebook_is_exported_as_its_readers_left_it_and_takes_patients_in(filled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    casebook(filled, "backup", copy)
    on = ("05_gist_stomach_letter", "p1", "correct", "--column", "age_years", "--value", "51", "--reader", "ann")
    casebook(copy, "decide", *on)
    out = tmp_path / "out"
    done = CliRunner().invoke(run, ["export", "--casebook", str(copy), "--to", "phenopacket", "-o", str(out)])
    assert done.exit_code == 0, done.output
    packet = out / "05-gist-stomach-letter-case-1.phenopacket.json"
    assert json.loads(packet.read_text())["subject"]["timeAtLastEncounter"]["age"]["iso8601duration"] == "P51Y"
    assert CliRunner().invoke(run, ["export", "--to", "csv", "-o", str(out)]).exit_code == 2
    for what in ("new", "unchanged"):
        kept = CliRunner().invoke(run, ["import", str(packet), "--casebook", str(copy)])
        assert f"{what}, 1 patients" in kept.output
    assert len(json.loads(casebook(copy, "list", "--format", "json").stdout)) == 10
