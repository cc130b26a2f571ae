"""The README's Python example, the commands of the pages that need no network, and the README's links."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_python_example_of_the_readme_runs() -> None:
    code = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    assert code is not None
    done = subprocess.run([sys.executable, "-c", code[1]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "34 years old | 34-year-old" in done.stdout


def commands() -> list[tuple[str, str]]:
    """The commands of the pages that need no network: page and command line."""
    found = []
    for page in sorted((ROOT / "docs").rglob("*.md")):
        for block in re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.S):
            found += [(page.name, line[2:]) for line in block.splitlines() if line.startswith("$ caselore ")]
    return found


@pytest.mark.parametrize(("page", "command"), commands())
def test_commands_of_the_pages_run(page: str, command: str, tmp_path: Path) -> None:
    words = [str(ROOT / word) if word.startswith("examples") else word for word in shlex.split(command)[1:]]
    done = subprocess.run(
        [sys.executable, "-m", "caselore", *words], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), f"{page}: {command}\n{done.stderr}"
    assert "Traceback" not in done.stderr


def test_links_of_the_readme_exist() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target
