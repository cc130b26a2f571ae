"""`caselore lint`: formats, choice of rules, exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

CONTRADICTION = "Case report\n\nA 45-year-old man had a mass of the thigh that touched the dura matter. GCS was 17.\n"
CLEAN = "Case report\n\nA 45-year-old man had a mass of the thigh.\n"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(CONTRADICTION, encoding="utf-8")
    (tmp_path / "b.txt").write_text(CLEAN, encoding="utf-8")
    return tmp_path


def lint(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "caselore", "lint", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_json_has_an_object_for_every_report(reports: Path) -> None:
    done = lint(reports, "--format", "json")
    assert done.returncode == 1
    first, second = json.loads(done.stdout)
    assert (second["source"], second["findings"]) == ("b", [])
    assert {one["code"] for one in first["findings"]} == {"CL303", "CL701"}
    for one in first["findings"]:
        assert set(one) == {"code", "rule", "severity", "message", "places"}
        for place in one["places"]:
            assert CONTRADICTION[place["start"] : place["end"]] == place["quote"]
            assert place["line"] == 3


def test_rules_are_selected_and_ignored_by_code_beginning_or_name(reports: Path) -> None:
    told = lint(reports, "--format", "json", "--select", "CL7").stdout
    assert [one["code"] for one in json.loads(told)[0]["findings"]] == ["CL701"]
    silent = lint(reports, "--ignore", "CL303,misspelt_term")
    assert (silent.returncode, silent.stdout) == (0, "")


def test_sarif_and_github_name_file_line_and_rule(reports: Path) -> None:
    log = json.loads(lint(reports / "a.txt", "--format", "sarif").stdout)
    results = log["runs"][0]["results"]
    assert {one["ruleId"] for one in results} == {"CL303", "CL701"}
    assert results[0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 3
    commands = lint(reports / "a.txt", "--format", "github").stdout.splitlines()
    assert len(commands) == 2
    assert all(line.startswith(("::error file=", "::warning file=")) and ",line=3," in line for line in commands)


def test_wrong_use_and_unreadable_files_are_said_in_a_sentence(reports: Path) -> None:
    unknown = lint(reports, "--select", "CL999")
    assert unknown.returncode == 2
    assert "'CL999' is no rule" in unknown.stderr
    (reports / "empty.txt").write_text("", encoding="utf-8")
    failed = lint(reports / "empty.txt")
    assert failed.returncode == 1
    assert "Not read" in failed.stderr
    assert lint().returncode == 2


def test_rules_explain_themselves() -> None:
    assert "What it leaves alone" in lint("--explain", "CL101").stdout
    listed = lint("--explain", "all").stdout.splitlines()
    assert any(line.startswith("CL101  conflicting_marker  ") for line in listed)
