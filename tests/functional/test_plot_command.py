"""`caselore plot` as a person runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SERIES = EXAMPLES / "07_merkel_three_patients_raw_pdf.txt"
CASEBOOK = ("--dataset", "intracranial-lms")
BEGINNINGS = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF", "html": b"<!doctype html>", "json": b"{"}


def plot(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "caselore", "plot", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done


@pytest.mark.parametrize(
    ("chart", "suffix"), [("km", "svg"), ("swimmer", "png"), ("forest", "pdf"), ("km", "html"), ("forest", "json")]
)
def test_suffix_says_the_format(chart: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"chart.{suffix}"
    done = plot(chart, *CASEBOOK, "--by", "origin", "-o", path)
    assert (done.returncode, done.stdout) == (0, "")
    assert path.read_bytes().startswith(BEGINNINGS[suffix])
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert "not found by a systematic search" in done.stderr


def test_specification_on_stdout_holds_the_figures_of_the_analysis() -> None:
    done = plot("km", EXAMPLES / "04_chordoma_sacrum_telegraphic.txt", "--format", "json")
    assert done.returncode == 0, done.stderr
    chart = json.loads(done.stdout)
    assert "not a population" in " ".join(chart["title"]["text"])
    assert "not medical advice" in done.stderr


def test_timeline_of_several_patients_asks_whose() -> None:
    done = plot("timeline", SERIES, "--format", "svg")
    assert done.returncode == 2
    assert "no patient was named; it tells of case 1, case 2, case 3." in " ".join(done.stderr.split())


def test_timeline_of_one_of_several_patients() -> None:
    done = plot("timeline", SERIES, "--patient", "Case 2", "--format", "svg")
    assert done.returncode == 0
    assert "Timeline of case 2" in done.stdout


def test_lanes_of_reports_hold_the_events_that_the_report_tells() -> None:
    done = plot("swimmer", EXAMPLES / "06_leiomyosarcoma_brain_metastasis.txt", "--format", "svg")
    assert done.returncode == 0
    assert ">metastasis</text>" in done.stdout
    assert "death" in done.stdout


def test_a_chart_of_nothing_fails_with_the_reason(tmp_path: Path) -> None:
    done = plot("km", *CASEBOOK, "--where", "age_years > 120", "-o", tmp_path / "a.svg")
    assert done.returncode == 1
    assert "Error: No patient has a usable time, so there is no curve to draw." in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("km", "-o", "a.svg"), "Name reports to read, or a casebook with --dataset."),
        (("km", *CASEBOOK), "Name a file with -o"),
        (("km", *CASEBOOK, "--format", "png"), "Name a file with -o"),
        (("swimmer", *CASEBOOK, "-o", "a.gif"), "a.gif: the suffix names no format of a chart"),
        (("forest", *CASEBOOK, "--columns", "colour", "-o", "a.svg"), "'colour' is no column."),
        (("timeline", "nothing.txt", "-o", "a.svg"), "nothing.txt does not exist"),
    ],
)
def test_wrong_use_is_told_in_one_sentence(arguments: tuple[str, ...], message: str) -> None:
    done = plot(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in " ".join(done.stderr.split())


def test_without_the_chart_libraries_one_sentence_says_what_to_install() -> None:
    code = "import sys; sys.modules['altair'] = None\n"
    code += "sys.argv[1:] = ['plot', 'swimmer', '--dataset', 'intracranial-lms', '--format', 'json']\n"
    code += "from caselore.cli.main import run; run()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.strip().endswith(
        "Error: Charts need altair, which is not installed: pip install 'caselore[plots]'."
    )


def test_other_commands_do_not_load_the_chart_libraries() -> None:
    code = "import sys, caselore.cli.main; print('altair' in sys.modules, 'vl_convert' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False False"
