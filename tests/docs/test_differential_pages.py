"""The commands of the how-to page on differentials run as they stand there; figures of the explanation are those of the panel."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from caselore.differential.panel import load_panel
from caselore.differential.prior import load_figures
from pages import ROOT, commands_of, printed_by

PAGE = ROOT / "docs" / "how-to" / "argue_with_a_diagnosis.md"
EXPLANATION = ROOT / "docs" / "explanation" / "differential.md"
COMMANDS = commands_of(PAGE)


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 5


@pytest.mark.parametrize("line", COMMANDS)
def test_command_runs_and_says_what_it_is_not(line: str) -> None:
    assert "not a diagnosis" in printed_by(line)


def test_figures_of_the_explanation_are_those_of_the_panel() -> None:
    text, panel = EXPLANATION.read_text(encoding="utf-8"), load_panel()
    sources = {study.source for study in panel.studies()}
    assert f"{len(panel.studies())} figures" in text
    assert f"from {len(sources)} sources" in text
    assert f"{len(panel.diagnoses)} diagnoses do" in text
    with_prior = {figure.diagnosis for figure in load_figures()}
    words = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    assert f"figures for {words[len(with_prior)]} of the {len(panel.diagnoses)} diagnoses" in text


@pytest.mark.parametrize("page", [PAGE, EXPLANATION], ids=lambda page: page.stem)
def test_links_exist(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
