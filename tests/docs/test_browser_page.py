"""The how-to page on the browser: its commands and options exist, its links lead somewhere, its keys are those of the page."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from caselore.cli.account import account
from caselore.cli.serve import serve

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "how-to" / "review_in_the_browser.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```bash\n(.*?)```", TEXT, re.S) for line in block.splitlines()]


@pytest.mark.parametrize("line", COMMANDS)
def test_command_has_these_options(line: str) -> None:
    program, name, *arguments = shlex.split(line)
    command: click.Command = {"serve": serve, "account": account}[name]
    known = {option for parameter in command.params for option in parameter.opts}
    assert program == "caselore"
    assert {one for one in arguments if one.startswith("--")} <= known


def test_links_exist() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", TEXT)
    assert targets
    assert all((ROOT / "docs" / "how-to" / target).exists() for target in targets)


@pytest.mark.parametrize("key", ["j", "k", "a", "e", "x", "u", "+", "t", "[", "]", "/", "?"])
def test_key_is_told_by_the_page_itself(key: str) -> None:
    page = (ROOT / "src" / "caselore" / "web" / "templates" / "reader.html").read_text(encoding="utf-8")
    assert f"<kbd>{key}</kbd>" in page
    assert f"`{key}`" in TEXT
