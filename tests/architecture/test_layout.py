"""The layout of the house: file lengths, one public docstring a module, nothing registered by hand."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "caselore"
MODULES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_module_is_short_and_documented(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400, "cut it along a real seam"
    assert ast.get_docstring(ast.parse(text)), "a module says what it is"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_own_package_is_imported_at_the_top_only(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                assert not (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("caselore"))


def test_topics_do_not_import_topics() -> None:
    allowed = {f"caselore.topics.{name}" for name in ("topic", "catalogue", "ontology")}
    for path in (SOURCE / "topics").glob("*.py"):
        if path.stem in {"__init__", "topic", "catalogue", "ontology"}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("caselore.topics"):
                assert node.module in allowed, f"{path.name} imports {node.module}"
