"""`caselore batch` as a person runs it: undisturbed, damaged, misused. Interrupted runs are in test_batch_kills.py."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet
import pytest
from click.testing import CliRunner

from caselore import service
from caselore.batch.tables import TABLES
from caselore.cli.main import run

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "caselore", "batch"]
NOTE = "Case report\n\nA {age}-year-old man presented with a mass of the thigh of {age} mm. Biopsy showed a synovial sarcoma."


def batch(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done


def content(lake: Path) -> dict[str, list[dict[str, Any]]]:
    """The lines of each table in the order of their inputs."""
    return {
        table: [
            line for path in sorted((lake / table).glob("*.parquet")) for line in parquet.read_table(path).to_pylist()
        ]
        for table in TABLES
    }


def make_reports(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:03d}.txt").write_text(NOTE.format(age=20 + number), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_reports(tmp_path_factory.mktemp("batch") / "reports", 12)
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "trial.txt").write_text("Adults were randomised to drug or placebo. " * 3)
    return folder


@pytest.fixture(scope="module")
def undisturbed(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    lake = tmp_path_factory.mktemp("lakes") / "undisturbed"
    done = batch(reports, "--out", lake, "--shard-size", "3")
    assert done.returncode == 1  # bad.pdf
    assert "14 inputs; 12 read now, 1 set aside, 1 failed" in done.stdout
    assert "Not read: bad.pdf: " in done.stderr
    assert "Set aside: trial.txt: no case report: " in done.stderr
    assert "0 of 14: " in done.stderr
    return lake


def test_tables_hold_each_input_once(undisturbed: Path) -> None:
    tables = content(undisturbed)
    assert [line["input"] for line in tables["failures"]] == ["bad.pdf"]
    assert [line["outcome"] for line in tables["reports"]] == ["read"] * 12 + ["set aside"]
    assert [line["age_years"] for line in tables["rows"]] == [20 + number for number in range(12)]
    quotes = [place["quote"] for fact in tables["facts"] for place in fact["evidence"]]
    assert "synovial sarcoma" in quotes


def test_verified(undisturbed: Path) -> None:
    done = batch("--verify", undisturbed, "--format", "json")
    found = json.loads(done.stdout)
    assert (done.returncode, found["schema_version"], found["faults"]) == (0, "1", [])
    assert (found["inputs"], found["patients"]) == (14, 12)


def test_second_run_is_refused_and_resume_does_nothing(undisturbed: Path, reports: Path) -> None:
    assert "--resume" in batch(reports, "--out", undisturbed).stderr
    other = CliRunner().invoke(run, ["batch", "--out", str(undisturbed), "--resume", "--no-triage"])
    assert (other.exit_code, "was begun with triage" in other.stderr) == (2, True)
    before = {path: path.stat().st_mtime_ns for path in undisturbed.rglob("*.parquet")}
    assert "14 were finished before" in batch(reports, "--out", undisturbed, "--resume").stdout
    assert before == {path: path.stat().st_mtime_ns for path in undisturbed.rglob("*.parquet")}


def test_two_workers_give_the_same_lake(undisturbed: Path, reports: Path, tmp_path: Path) -> None:
    batch(reports, "--out", tmp_path / "lake", "--shard-size", "3", "--jobs", "2")
    assert content(tmp_path / "lake") == content(undisturbed)


def damaged(lake: Path, name: str, how: str) -> None:
    path = lake / name
    if how == "missing":
        path.unlink()
    elif how == "doubled":
        shutil.copy(path, path.with_name("000099.parquet"))
    else:
        path.write_bytes(path.read_bytes()[:-20] + b"x" * 20)


@pytest.mark.parametrize(
    ("name", "how", "message"),
    [
        ("facts/000001.parquet", "missing", "facts/000001.parquet is missing"),
        ("rows/000002.parquet", "changed", "rows/000002.parquet is damaged"),
        ("reports/000000.parquet", "doubled", "reports/000099.parquet belongs to no shard"),
        ("done/000003.json", "missing", "shard 000003 (3 inputs) is not finished"),
        ("plan/000001.json", "changed", "list of inputs of shard 000001 is missing or damaged"),
    ],
)
def test_verify_finds_what_is_wrong(undisturbed: Path, tmp_path: Path, name: str, how: str, message: str) -> None:
    lake = tmp_path / "lake"
    shutil.copytree(undisturbed, lake)
    damaged(lake, name, how)
    assert message in " ".join(service.verify_lake(lake).faults)


def test_resume_heals_what_is_damaged_and_reads_what_is_new(undisturbed: Path, reports: Path, tmp_path: Path) -> None:
    lake, folder = tmp_path / "lake", tmp_path / "reports"
    shutil.copytree(reports, folder)
    batch(folder, "--out", lake, "--shard-size", "3")
    damaged(lake, "facts/000001.parquet", "changed")
    (lake / "rows" / ".000001.parquet.1.part").touch()
    (folder / "zz.txt").write_text(NOTE.format(age=77))
    done = batch(folder, "--out", lake, "--resume")
    assert "15 inputs; 4 read now" in done.stdout
    assert service.verify_lake(lake).faults == ()
    assert content(lake)["rows"][-1]["age_years"] == 77


def test_wrong_use(tmp_path: Path) -> None:
    for arguments, message in (
        (("x",), "--out"),
        (("--out", tmp_path / "new"), "Name what is to be read"),
        (("--verify", tmp_path), "is no lake"),
        (("nowhere", "--out", tmp_path / "new"), "does not exist"),
        ((ROOT / "examples", "--out", ROOT / "examples"), "holds something else"),
        ((ROOT / "examples", "--out", ROOT / "pyproject.toml" / "lake"), "cannot be used: not a directory"),
    ):
        done = CliRunner().invoke(run, ["batch", *map(str, arguments)])
        assert done.exit_code == 2
        assert message in done.stderr


def test_cohort_and_casebook_of_a_lake(undisturbed: Path, tmp_path: Path) -> None:
    chosen = ["--lake", str(undisturbed), "--where", "age_years > 28"]
    done = CliRunner().invoke(run, ["cohort", *chosen])
    assert "3 of 12 patients where age_years > 28" in done.stdout
    added = CliRunner().invoke(run, ["casebook", "--at", str(tmp_path / "book.db"), "add", *chosen])
    assert (added.exit_code, added.stdout) == (0, "3 new, 0 unchanged, 0 read again\n")
    assert CliRunner().invoke(run, ["cohort", "--lake", str(tmp_path)]).exit_code == 2


def test_lake_that_is_unfinished_or_damaged_is_told(undisturbed: Path, tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    shutil.copytree(undisturbed, lake)
    damaged(lake, "done/000003.json", "missing")
    done = CliRunner().invoke(run, ["cohort", "--lake", str(lake)])
    assert (done.exit_code, f"{lake} is not finished: 3 inputs are missing" in done.stderr) == (0, True)
    damaged(lake, "rows/000001.parquet", "changed")
    done = CliRunner().invoke(run, ["cohort", "--lake", str(lake)])
    assert (done.exit_code, "--verify tells what is damaged" in done.stderr) == (2, True)
    done = CliRunner().invoke(run, ["batch", "--verify", str(lake)])
    assert (done.exit_code, f"--out {lake} --resume reads again" in done.stderr) == (1, True)


def test_inventory_is_recorded_and_its_gates_are_kept(tmp_path: Path) -> None:
    for name, flag in (("PMC1.1", False), ("PMC2.3", "yes")):
        (tmp_path / name).mkdir()
        body = NOTE.format(age=33).replace("\n\n", "</p><p>")
        (tmp_path / name / f"{name}.xml").write_text(f"<article><body><p>{body}</p></body></article>")
        (tmp_path / "metadata").mkdir(exist_ok=True)
        (tmp_path / "metadata" / f"{name}.json").write_text(json.dumps({"is_retracted": flag}))
    lines = "".join(f'"b","metadata/{name}.json","2026-01-02","e"\n' for name in ("PMC1.1", "PMC2.3", "PMC3.1"))
    (tmp_path / "part.csv.gz").write_bytes(gzip.compress(lines.encode()))
    about = {"sourceBucket": "b", "creationTimestamp": "17", "files": [{"key": "data/part.csv.gz"}]}
    (tmp_path / "manifest.json").write_text(json.dumps(about))
    lake = tmp_path / "lake"
    progress = list(
        service.batch(service.BatchRequest(path=tmp_path / "manifest.json", out=lake, articles=str(tmp_path)))
    )[-1]
    assert (progress.read, progress.set_aside, progress.failures) == (1, 1, 1)
    tables = content(lake)
    assert [line["reason"] for line in tables["reports"]] == [None, "it is retracted"]
    assert tables["failures"][0]["reason"] == "it cannot be read: no such file or directory"
    assert json.loads((lake / "plan.json").read_text())["source"]["frozen"]["created"] == "17"
    assert service.verify_lake(lake).faults == ()
