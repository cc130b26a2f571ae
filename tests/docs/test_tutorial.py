"""The tutorial is followed as it is written: every command in its order, and what it says they print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import build_example_reports
from caselore.cli.main import run
from caselore.cli.serve import serve
from caselore.service import EXTRAS, example_reports, health

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "tutorial" / "first_review.md"
BLOCKS = re.findall(r"```(bash|text)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
FOUND_SOMETHING = {"caselore lint reports"}


def test_every_command_does_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASELORE_CASEBOOK", str(tmp_path / "none.db"))
    # Importing every library of every extra takes a minute's patience; that `doctor` does it has a test of its own.
    monkeypatch.setattr(health, "EXTRAS", {"plots": EXTRAS["plots"]})
    printed = ""
    for kind, block in BLOCKS:
        if kind == "text":
            for line in block.splitlines():
                told = ".*".join(re.escape(part.strip()) for part in line.split("…"))
                assert re.search(told, printed), f"not printed: {line}"
            continue
        printed = ""
        for command in block.splitlines():
            program, *words = shlex.split(command)
            assert program == "caselore"
            if words[0] == "serve":
                known = {option for parameter in serve.params for option in parameter.opts}
                assert {word for word in words if word.startswith("--")} <= known
                continue
            done = CliRunner().invoke(run, words)
            assert done.exit_code == (command in FOUND_SOMETHING), f"{command}: {done.output}"
            printed += done.stdout
    made = {path.name for path in tmp_path.iterdir()}
    assert {"table.docx", "references.bib", "curve.png", "lanes.png", "reviewed.png", "review.html", "packets"} <= made


def test_pictures_are_there_and_small() -> None:
    pictures = re.findall(r"!\[(.+?)\]\((.+?)\)", PAGE.read_text(encoding="utf-8"))
    assert len(pictures) >= 5
    for words, target in pictures:
        assert len(words) > 20, f"{target} is not told to those who cannot see it"
        assert (PAGE.parent / target).stat().st_size < 150_000
    shown = {(PAGE.parent / target).name for _, target in pictures}
    assert shown == {path.name for path in (PAGE.parent / "pictures").iterdir()}


def test_example_reports_are_those_of_their_texts() -> None:
    handed_out, made = example_reports(), build_example_reports.reports()
    assert set(handed_out) == set(made)
    for name, content in made.items():
        # A Word file is a zip file with the time in it.
        assert handed_out[name] == content or name.endswith(".docx"), "run: python tools/build_example_reports.py"
