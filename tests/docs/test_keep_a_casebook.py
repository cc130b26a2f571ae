"""The commands of the how-to page on casebooks run in their order, and the links of both pages lead somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from caselore.cli.main import run

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "docs" / "how-to" / f"{name}.md" for name in ("keep_a_casebook", "use_postgresql")]
COMMANDS = re.findall(
    r"^caselore .*$", "".join(re.findall(r"```bash\n(.*?)```", PAGES[0].read_text("utf-8"), re.S)), re.M
)


def test_commands_run_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    assert len(COMMANDS) >= 10
    for line in COMMANDS:
        done = CliRunner().invoke(run, shlex.split(line)[1:])
        assert done.exit_code == 0, f"{line}: {done.output}"
    assert (tmp_path / "copy.db").is_file()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_exist(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
