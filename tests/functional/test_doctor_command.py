"""`caselore doctor`, and what commands say when an extra is not installed."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from caselore.cli.main import run
from caselore.service import EXTRAS, casebook, health

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "examples" / "09_ewing_sarcoma_adolescent.txt"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the seconds that importing every library takes, and away from the casebook of whoever runs this."""
    monkeypatch.setattr(health, "EXTRAS", {"similarity": EXTRAS["similarity"]})
    monkeypatch.setenv("CASELORE_CASEBOOK", str(tmp_path / "none.db"))


def doctor(*arguments: str) -> Result:
    return CliRunner().invoke(run, ["doctor", *arguments])


def words(result: Result, part: str) -> str:
    return next(line for line in result.output.splitlines() if line.split()[1] == part)


def test_an_installation_that_works() -> None:
    found = doctor()
    assert found.exit_code == 0, found.output
    assert words(found, "program").startswith("fine")
    assert words(found, "[similarity]").startswith("fine")
    assert words(found, "casebook").startswith("missing")


def test_what_is_optional_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tantivy", None)
    found = doctor("--format", "json")
    assert found.exit_code == 0
    told = {one["part"]: one for one in json.loads(found.stdout)}
    assert told["[similarity]"]["condition"] == "missing"
    assert "pip install 'caselore[similarity]'" in told["[similarity]"]["words"]


def test_what_is_needed_may_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    found = doctor()
    assert found.exit_code == 1
    assert "pypdfium2 cannot be loaded" in words(found, "program")


def test_a_setting_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASELORE_TRIES", "0")
    found = doctor()
    assert found.exit_code == 1
    assert "tries must be at least 1" in words(found, "settings")


def test_a_casebook_that_is_there(tmp_path: Path) -> None:
    casebook(str(tmp_path / "review.db")).close()
    found = doctor("--at", str(tmp_path / "review.db"))
    assert found.exit_code == 0
    assert "up to date" in words(found, "casebook")


def test_a_casebook_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    found = doctor("--at", str(tmp_path / "review.db"))
    assert found.exit_code == 1
    assert "There is no casebook" in words(found, "casebook")
    assert not (tmp_path / "review.db").exists()


def test_a_file_that_is_no_casebook_and_a_server_that_does_not_answer(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("These are notes, not a database. " * 40, encoding="utf-8")
    for address in (str(tmp_path / "notes.db"), "postgresql://ann:secret@127.0.0.1:1/review"):
        found = doctor("--at", address)
        assert found.exit_code == 1
        assert "cannot be opened as a casebook" in words(found, "casebook")
        assert "secret" not in found.output


def test_letters_that_leave_no_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    class Blank:
        @staticmethod
        def svg_to_png(svg: str) -> bytes:
            return b"always the same"

    monkeypatch.setattr(health, "vl_convert", Blank)
    found = doctor()
    assert found.exit_code == 1
    assert "No font" in words(found, "fonts")


def test_every_extra_of_the_package_is_known() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert {name: len(libraries) for name, libraries in declared.items()} == {
        name: len(extra.modules) for name, extra in EXTRAS.items()
    }


WITHOUT = """
import json, sys
from click.testing import CliRunner
from caselore.cli.main import run
commands, blocked = json.loads(sys.argv[1])
sys.modules.update(dict.fromkeys(blocked))
results = [CliRunner().invoke(run, words) for words in commands]
print(json.dumps([[one.exit_code, one.output, one.exception is not None and type(one.exception).__name__] for one in results]))
"""


def test_each_missing_extra_is_a_sentence_that_names_it(tmp_path: Path) -> None:
    data = ["--dataset", "intracranial-lms"]
    needs = {
        "stats": ["cohort", *data, "--endpoint", "overall"],
        "plots": ["plot", "timeline", str(REPORT), "-o", str(tmp_path / "course.svg")],
        "web": ["casebook", "--at", str(tmp_path / "review.db"), "list"],
        "similarity": ["similar", *data, "--like", "A woman of 40 years with leiomyosarcoma of the skull"],
        "batch": ["batch", str(ROOT / "examples"), "--out", str(tmp_path / "lake")],
    }
    blocked = [module for extra in EXTRAS.values() for module in extra.modules]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, json.dumps([list(needs.values()), blocked])],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for name, (status, told, error) in zip(needs, json.loads(done.stdout), strict=True):
        assert (status, error) == (1, "SystemExit"), f"{name}: {told}"
        assert f"not installed: pip install 'caselore[{name}]'" in told


def test_postgresql_without_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    found = CliRunner().invoke(run, ["casebook", "--at", "postgresql://ann@127.0.0.1:1/review", "list"])
    assert found.exit_code == 1
    assert "pip install 'caselore[postgres]'" in found.output
