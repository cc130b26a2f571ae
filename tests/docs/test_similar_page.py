"""The commands of the how-to page on similar patients run as they stand there; its weights are those of the package."""

from __future__ import annotations

import re

import pytest

from caselore.similarity.weights import load_weights
from pages import ROOT, commands_of, printed_by

PAGE = ROOT / "docs" / "how-to" / "find_similar_patients.md"
TEXT = PAGE.read_text(encoding="utf-8")
COMMANDS = commands_of(PAGE)


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 3


@pytest.mark.parametrize("line", COMMANDS)
def test_command_runs_with_the_caveat(line: str) -> None:
    assert "Published cases are not a population" in printed_by(line)


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
