"""An order of patients that is kept while they change, so that a sorted page does not sort 50,000 patients anew."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable

Key = tuple[str | float | None, str, str, int, int]
"""The value sorted by (one kind a column, None for an empty cell), source, report, position in the report, and place."""


class Order:
    """`told` holds patients whose cell is filled, `empty` the others; `stale` are places that have changed since."""

    def __init__(self) -> None:
        self.told: list[Key] = []
        self.empty: list[Key] = []
        self.stale: set[int] = set()

    def build(self, keys: Iterable[Key]) -> None:
        """Sorts everybody."""
        for key in keys:
            (self.empty if key[0] is None else self.told).append(key)
        self.told.sort()
        self.empty.sort(key=lambda key: key[1:])

    def update(self, keys: Iterable[Key]) -> None:
        """Takes stale places out, and puts the keys of those that are still there where they belong."""
        fresh = list(keys)
        self.told = [key for key in self.told if key[-1] not in self.stale]
        self.empty = [key for key in self.empty if key[-1] not in self.stale]
        self.stale = set()
        for key in fresh:
            if key[0] is None:
                insort(self.empty, key, key=lambda one: one[1:])
            else:
                insort(self.told, key)
