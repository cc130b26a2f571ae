"""The contradictions that a careful reader found in the five seeds, against what the linter finds."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from caselore import service
from shared import SHARED, needs_shared

HERE = Path(__file__).parent
BAR = 0.75
FEWEST = 40

pytestmark = needs_shared


def listed() -> dict[tuple[str, int], list[tuple[int, int]]]:
    """Seed and number to the places of the item."""
    items: dict[tuple[str, int], list[tuple[int, int]]] = {}
    seed, number = "", 0
    for line in (SHARED / "gold" / "contradictions.md").read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"## (?:Seed (\d{3})|.*)", line):
            seed = heading[1] or ""
        elif seed and (item := re.match(r"(\d+)\. \[", line)):
            number = int(item[1])
        elif seed and line.strip().startswith("Places:"):
            items[seed, number] = [(int(a), int(b)) for a, b in re.findall(r'(\d+)-(\d+) "', line)]
    return items


def test_every_item_is_decided_or_left_out_with_a_reason() -> None:
    choice = tomllib.loads((HERE / "lint_seeds.toml").read_text(encoding="utf-8"))
    decidable = {(seed, n) for seed, numbers in choice["decidable"].items() for n in numbers}
    left = [(s, n) for group in choice["left_out"] for s, numbers in group["items"].items() for n in numbers]
    assert len(left) == len(set(left))
    assert not decidable & set(left)
    assert decidable | set(left) == set(listed())
    assert len(decidable) >= FEWEST


def test_three_quarters_of_what_can_be_decided_are_found() -> None:
    choice = tomllib.loads((HERE / "lint_seeds.toml").read_text(encoding="utf-8"))["decidable"]
    places, found = listed(), 0
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        marked = [place for one in service.lint(service.read_text(text)).findings for place in one.places]
        for number in choice[path.name[:3]]:
            found += any(
                p.start < end and start < p.end for p in marked for start, end in places[path.name[:3], number]
            )
    total = sum(map(len, choice.values()))
    assert found / total >= BAR, f"{found} of {total}"
