"""The site: every page is in its navigation, every link inside it leads somewhere, nothing is loaded from elsewhere."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
CONFIG = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]


def navigation(parts: list[dict[str, Any]]) -> Iterator[str]:
    for part in parts:
        for inside in part.values():
            yield from [inside] if isinstance(inside, str) else navigation(inside)


def prose(page: Path) -> str:
    """The text of a page without its code."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)
    return re.sub(r"`[^`\n]*`", "", text)


def anchors(page: Path) -> set[str]:
    """The names by which the headings of a page can be reached."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[\s]+", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower()) for heading in headings}


def test_every_page_is_in_the_navigation_once() -> None:
    listed = list(navigation(CONFIG["nav"]))
    assert sorted(listed) == sorted(str(page.relative_to(DOCS)) for page in PAGES)
    assert [next(iter(part)) for part in CONFIG["nav"]] == ["Start", "Tutorial", "How-to", "Explanation", "Reference"]


def test_every_page_is_linked_from_the_start_page_or_a_list() -> None:
    start = set(re.findall(r"\]\(([^)#]+\.md)\)", (DOCS / "index.md").read_text(encoding="utf-8")))
    parts = {str(page.relative_to(DOCS)) for page in PAGES if page.parent.name != "terms"} - {"index.md"}
    assert start == parts


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if target.startswith(("https://", "http://", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        aim = page.parent / path if path else page
        assert aim.exists(), f"{page.name}: {target}"
        assert not anchor or anchor in anchors(aim), f"{page.name}: {target}"


def test_nothing_is_loaded_from_elsewhere() -> None:
    assert CONFIG["theme"]["font"] is False
    assert "extra_javascript" not in CONFIG
    assert not re.search(r"https?:|@import", (DOCS / "site.css").read_text(encoding="utf-8"))
    for page in PAGES:
        assert not re.search(r"!\[[^\]]*\]\(https?:|<(?:script|img|iframe)\b", prose(page)), page.name


def test_every_page_says_what_it_is_first() -> None:
    for page in PAGES:
        assert page.read_text(encoding="utf-8").startswith("# "), page.name
