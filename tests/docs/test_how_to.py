"""The commands of the how-to page on cohorts run as they stand there, and its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pages import ROOT, commands_of, printed_by

PAGE = ROOT / "docs" / "how-to" / "compare_patients.md"
COMMANDS = commands_of(PAGE)


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 5


@pytest.mark.parametrize("line", COMMANDS)
def test_command_runs(line: str) -> None:
    assert "Published cases are not a population" in printed_by(line)


@pytest.mark.parametrize("page", [PAGE, ROOT / "docs" / "explanation" / "time_zero.md"], ids=lambda page: page.stem)
def test_links_exist(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_figures_of_the_casebook_are_those_of_its_table() -> None:
    table = (ROOT / "src" / "caselore" / "data" / "intracranial-lms.csv").read_text(encoding="utf-8")
    assert f"holds {len(table.splitlines()) - 1} published patients" in PAGE.read_text(encoding="utf-8")
