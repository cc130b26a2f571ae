"""The notebook and the Python examples of the pages run from the first line to the last."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_notebook_ends_in_a_curve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    left = runpy.run_path(str(ROOT / "examples" / "notebook.py"))
    assert left["analysis"].survival is not None
    assert (tmp_path / "notebook_curve.svg").read_text(encoding="utf-8").startswith("<svg")


def examples() -> list[tuple[str, str]]:
    """Python blocks that are no file of their own, with their page."""
    found = []
    for page in sorted((ROOT / "docs").rglob("*.md")):
        if page.parent.name == "reference":
            continue
        blocks = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
        found += [(page.stem, block) for block in blocks if not block.startswith("# src/")]
    return found


@pytest.mark.parametrize(("page", "block"), examples())
def test_example_of_a_page_runs(page: str, block: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(block, page, "exec"), {})
