"""The commands of the how-to page on cohorts run as they stand there, and its links lead somewhere."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "how-to" / "compare_patients.md"
BLOCKS = re.findall(r"```bash\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
COMMANDS = [line for block in BLOCKS for line in block.splitlines()]


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 5


@pytest.mark.parametrize("line", COMMANDS)
def test_command_runs(line: str) -> None:
    program, *arguments = shlex.split(line)
    assert program == "caselore"
    done = subprocess.run(
        [sys.executable, "-m", "caselore", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Published cases are not a population" in done.stdout


@pytest.mark.parametrize("page", [PAGE, ROOT / "docs" / "explanation" / "time_zero.md"], ids=lambda page: page.stem)
def test_links_exist(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_figures_of_the_casebook_are_those_of_its_table() -> None:
    table = (ROOT / "src" / "caselore" / "data" / "intracranial-lms.csv").read_text(encoding="utf-8")
    assert f"holds {len(table.splitlines()) - 1} published patients" in PAGE.read_text(encoding="utf-8")
