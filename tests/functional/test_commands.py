"""The real command in a process of its own, as a user runs it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
REPORT = """Case report

A 45-year-old woman was admitted with headache.
"""


def caselore(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "caselore", *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, check=False, env={**os.environ, "COLUMNS": "200"}
    )
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_read_shows_value_and_quoted_words_with_line(report: Path) -> None:
    done = caselore("read", report)
    assert done.returncode == 0
    assert "45 years old" in done.stdout
    assert "line 3: “45-year-old" in done.stdout
    assert "not medical advice" in done.stderr


def test_read_as_json_is_valid_by_the_published_schema(report: Path) -> None:
    schema = json.loads(caselore("schema", "report").stdout)
    content = json.loads(caselore("read", report, "--format", "json").stdout)
    jsonschema.validate(content, schema)
    fact = content["cases"][0]["facts"][0]
    for evidence in fact["evidence"]:
        assert evidence["quote"] == content["document"]["raw"][slice(*evidence["span"].values())]


def test_table_as_json_follows_the_contract(report: Path) -> None:
    content = json.loads(caselore("table", report, "--format", "json").stdout)
    jsonschema.validate(content, json.loads(caselore("schema", "table").stdout))
    assert content[0]["source"] == "report"
    row = content[0]["patients"][0]
    assert (row["role"], row["label"], row["age_years"], row["sex"]) == ("index", "case 1", 45, "female")
    assert "kps" not in row


def test_table_as_csv_has_every_column_and_one_line_a_patient(report: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(caselore("table", report, "--format", "csv").stdout)))
    assert len(rows) == 1
    assert rows[0]["age_years"] == "45"
    assert rows[0]["kps"] == ""


def test_processes_give_the_same_table_in_the_same_order() -> None:
    one = caselore("table", EXAMPLES, "--format", "json")
    three = caselore("table", EXAMPLES, "--format", "json", "--jobs", "3")
    assert one.stdout == three.stdout
    assert [table["source"] for table in json.loads(one.stdout)] == sorted(path.stem for path in EXAMPLES.glob("*.txt"))


def test_output_file_is_written_whole(report: Path, tmp_path: Path) -> None:
    target = tmp_path / "rows.csv"
    assert caselore("table", report, "--format", "csv", "-o", target).returncode == 0
    assert target.read_text(encoding="utf-8").startswith("source,role,label")
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("command", [("read",), ("table",)])
def test_missing_file(command: tuple[str, ...], tmp_path: Path) -> None:
    done = caselore(*command, tmp_path / "nothing.txt")
    assert done.returncode == 2
    assert "nothing.txt does not exist" in done.stderr


def test_folder_without_reports(tmp_path: Path) -> None:
    done = caselore("table", tmp_path)
    assert done.returncode == 2
    assert "holds no reports" in done.stderr


def test_folder_given_to_read(tmp_path: Path) -> None:
    done = caselore("read", tmp_path)
    assert done.returncode == 2
    assert "is a folder" in done.stderr


@pytest.mark.parametrize(("content", "reason"), [(b"", "empty"), (b"\x7fELF\x00\x01\x02\x00" * 50, "not plain text")])
def test_file_that_is_no_text(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.txt"
    path.write_bytes(content)
    done = caselore("read", path)
    assert done.returncode == 1
    assert "wrong.txt" in done.stderr
    assert reason in done.stderr
    assert done.stdout == ""


def test_other_encoding_is_said(tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("Case report\n\nA 45-year-old woman, Frau Müller, had a tumour.".encode("cp1252"))
    done = caselore("table", path, "--format", "json")
    assert done.returncode == 0
    assert "Windows-1252" in done.stderr
    assert json.loads(done.stdout)[0]["patients"][0]["age_years"] == 45


def test_fifty_megabytes_are_refused_with_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    path.write_text("A sentence that goes on and on. " * 1_600_000, encoding="utf-8")
    done = caselore("read", path)
    assert done.returncode == 1
    assert "huge.txt" in done.stderr
    assert "20,000,000 bytes" in done.stderr


def test_text_that_is_no_case_report(tmp_path: Path) -> None:
    path = tmp_path / "recipe.txt"
    path.write_text("Peel the apples, cut them into quarters and bake them for an hour.", encoding="utf-8")
    done = caselore("table", path, "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == [{"source": "recipe", "patients": []}]
    assert "no patient found" in done.stderr


def test_one_unreadable_file_of_a_hundred(tmp_path: Path) -> None:
    for number in range(99):
        (tmp_path / f"r{number:02}.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "r50b.txt").symlink_to(tmp_path / "gone.txt")
    done = caselore("table", tmp_path, "--format", "json")
    assert done.returncode == 1
    assert len(json.loads(done.stdout)) == 99
    assert "r50b.txt" in done.stderr.splitlines()[-1]


def test_unknown_column_is_wrong_use(report: Path) -> None:
    done = caselore("table", report, "--columns", "age_years,shoe_size")
    assert done.returncode == 2
    assert "shoe_size" in done.stderr


def test_evaluate_against_own_rows(report: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    curated = {"source": "report", "patients": [{"role": "index", "age_years": [45, 46], "sex": "male", "kps": 80}]}
    (gold / "report.json").write_text(json.dumps(curated), encoding="utf-8")
    result = json.loads(caselore("evaluate", gold, report, "--format", "json").stdout)
    assert (result["schema_version"], result["fields"]["age_years"]["f1"]) == ("1", 1.0)
    assert {(miss["field"], miss["outcome"]) for miss in result["misses"]} >= {("sex", "wrong"), ("kps", "missing")}
    shown = caselore("evaluate", gold, report, "--misses")
    assert shown.returncode == 0
    assert "kps" in shown.stdout


def test_evaluate_takes_a_saved_table(report: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    saved = tmp_path / "rows.json"
    caselore("table", report, "--format", "json", "-o", saved)
    (gold / "report.json").write_text(json.dumps(json.loads(saved.read_text())[0]), encoding="utf-8")
    assert json.loads(caselore("evaluate", gold, saved, "--format", "json").stdout)["micro"]["f1"] == 1.0


def test_evaluate_without_curated_rows(report: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    done = caselore("evaluate", empty, report)
    assert done.returncode == 2
    assert "no curated rows" in done.stderr


def test_output_into_a_pipe_that_closes(report: Path) -> None:
    command = f'"{sys.executable}" -m caselore table "{EXAMPLES}" --format json | head -c 10'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_segments_and_timeline_of_a_report() -> None:
    report = EXAMPLES / "06_leiomyosarcoma_brain_metastasis.txt"
    segments = caselore("read", report, "--segments").stdout
    assert "background" in segments
    assert "Solano-Beck and Reddy (2012)" in segments
    timeline = caselore("read", report, "--timeline").stdout
    assert "death" in timeline
    assert "19.0" in timeline


def test_report_in_two_files_is_told_and_kept(tmp_path: Path) -> None:
    original = (EXAMPLES / "01_synovial_sarcoma_knee.txt").read_text(encoding="utf-8")
    (tmp_path / "first.txt").write_text(original, encoding="utf-8")
    (tmp_path / "second.txt").write_text(original.replace("\n\n", "\n\n\n"), encoding="utf-8")
    done = caselore("table", tmp_path, "--format", "json")
    assert done.returncode == 0
    first, second = json.loads(done.stdout)
    assert len(first["patients"]) == len(second["patients"]) > 0
    assert [(same["what"], same["source"]) for same in first["same_as"]] == [("report", "second")]
    assert [(same["what"], same["source"]) for same in second["same_as"]] == [("report", "first")]
    assert "Counted twice?" in done.stderr
    assert "first.txt" in done.stderr
    jsonschema.validate([first, second], json.loads(caselore("schema", "table").stdout))


def test_examples_are_told_apart() -> None:
    done = caselore("table", EXAMPLES, "--format", "json")
    assert "Counted twice?" not in done.stderr
    assert all("same_as" not in table for table in json.loads(done.stdout))
