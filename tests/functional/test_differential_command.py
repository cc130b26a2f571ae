"""`caselore differential` as a person runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "01_synovial_sarcoma_knee.txt"


def differential(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "caselore", "differential", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done


def test_typed_stains_as_text() -> None:
    done = differential("--ihc", "STAT6+ CD34+ SMA- EMA- S100?")
    assert done.returncode == 0
    assert "  1. solitary fibrous tumor" in done.stdout
    assert "Result not known: S100" in done.stdout
    assert "Prior: none" in done.stdout
    assert "doi:10." in done.stdout
    assert "not a diagnosis" in done.stdout.rstrip().splitlines()[-1]


def test_report_argues_with_the_authors_diagnosis() -> None:
    done = differential(EXAMPLE)
    assert done.returncode == 0
    assert "The authors' diagnosis, synovial sarcoma" in done.stdout


def test_json_holds_every_study_with_its_identifier(tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    done = differential(EXAMPLE, "--prior", "--format", "json", "--output", target)
    assert done.returncode == 0
    assert done.stdout == ""
    (found,) = json.loads(target.read_text())
    assert found["prior"].startswith("on: published frequency")
    studies = [s for c in found["candidates"] for a in c["arguments"] for s in a["rate"]["studies"]]
    assert studies
    assert all(study["identifier"].partition(":")[2] for study in studies)
    assert found["caveat"]


def test_prior_is_shown_when_on() -> None:
    done = differential("--ihc", "CD117+ CD34+ SMA-", "--age", "66", "--site", "stomach")
    assert "Prior: on: published frequency, age 66, site stomach" in done.stdout
    assert "Prior factors" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "reason"),
    [
        ((), 2, "either a report or stains"),
        (("--ihc", "SMA+", str(EXAMPLE)), 2, "either a report or stains"),
        (("--ihc", "SMA"), 2, "cannot be read"),
        (("--ihc", "SMA+ SMA-"), 2, "both positive and negative"),
        (("--ihc", "SMA+", "--site", "nowhere"), 2, "is no site"),
        ((str(EXAMPLE), "--age", "50"), 2, "belong to --ihc"),
        (("no_such_report.txt",), 2, "no_such_report.txt"),
        (("--ihc", "prolactin+"), 1, "No stain with published figures"),
    ],
)
def test_wrong_use_is_one_sentence(arguments: tuple[str, ...], status: int, reason: str) -> None:
    done = differential(*arguments)
    assert done.returncode == status
    assert reason in done.stderr
    assert done.stdout == ""
