"""Two readers, as the page tells it; and every command of every page has the options that it is shown with."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from caselore.cli.main import run

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"]


def shown(page: Path, kinds: str = "bash|sh|console") -> list[str]:
    """The commands of a page, without prompts, comments and what stands behind a pipe."""
    blocks = re.findall(rf"```(?:{kinds})?\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
    lines = [line.removeprefix("$ ").split(" #")[0].split(" | ")[0] for block in blocks for line in block.splitlines()]
    return [line.strip() for line in lines if line.removeprefix("srun ").startswith("caselore ")]


def test_two_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    printed = []
    for command in shown(ROOT / "docs" / "how-to" / "review_with_two_readers.md", "bash"):
        done = CliRunner().invoke(run, shlex.split(command)[1:])
        assert done.exit_code == 0, f"{command}: {done.output}"
        printed.append(done.stdout)
    assert re.search(r"age_years +disputed", printed[5])
    assert "age_years" in printed[4]


@pytest.mark.parametrize("page", [page for page in PAGES if shown(page)], ids=lambda page: page.stem)
def test_commands_have_the_options_they_are_shown_with(page: Path) -> None:
    for line in shown(page):
        words = shlex.split(line)[1:]
        command: click.Command = run
        known = {"--help", "-h", "--version"}
        for word in words:
            if isinstance(command, click.Group) and (found := command.get_command(click.Context(command), word)):
                command = found
                known |= {option for one in command.params for option in (*one.opts, *one.secondary_opts)}
        options = {word.split("=")[0] for word in words if re.fullmatch(r"--?[a-z][\w-]*(?:=.*)?", word)}
        assert options <= known, f"{page.name}: {line}"
