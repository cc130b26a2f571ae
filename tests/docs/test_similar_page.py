"""The commands of the how-to page on similar patients run as they stand there; its weights are those of the package."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from caselore.similarity.weights import load_weights

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "how-to" / "find_similar_patients.md"
TEXT = PAGE.read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```bash\n(.*?)```", TEXT, re.S) for line in block.splitlines()]


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 3


@pytest.mark.parametrize("line", COMMANDS)
def test_command_runs_with_the_caveat(line: str) -> None:
    program, *arguments = shlex.split(line)
    assert program == "caselore"
    done = subprocess.run(
        [sys.executable, "-m", "caselore", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Published cases are not a population" in done.stdout


def test_weights_of_the_page_are_those_of_the_package() -> None:
    section = TEXT.partition("## What counts")[2].partition("## The answer")[0]
    told = {
        aspect.removesuffix(" status"): float(weight)
        for aspects, weight in re.findall(r"^\| ([a-z, ]+) \| ([0-9.]+)(?: each)? \|", section, re.M)
        for aspect in aspects.split(", ")
    }
    assert told == dict(load_weights().weights)


def test_links_exist() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", TEXT):
        assert (PAGE.parent / target).exists(), target
