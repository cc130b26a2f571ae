"""An order of patients that is kept while they change, so that a sorted page does not sort 50,000 patients anew."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

Place = tuple[str, str, int, int]
"""Source, report, position in the report, and the place of the patient in the index, a number that nobody else has."""
Cell = str | float | None
"""The value sorted by, one kind a column; None for an empty cell."""


class Order:
    """Patients whose cell is filled, in the order of the value, and behind them the others, in the order of the source.

    A change costs a search by halves, not a walk through all. `stale` are places that have changed since.
    """

    def __init__(self) -> None:
        self._told: list[tuple[Any, ...]] = []
        self._empty: list[Place] = []
        self._keys: dict[int, tuple[Cell, Place]] = {}
        self.stale: set[int] = set()

    def build(self, cells: Iterable[tuple[Cell, Place]]) -> None:
        """Sorts everybody."""
        self._keys = {key[-1]: (value, key) for value, key in cells}
        self._told = sorted((value, *key) for value, key in self._keys.values() if value is not None)
        self._empty = sorted(key for value, key in self._keys.values() if value is None)

    def update(self, cells: Iterable[tuple[Cell, Place]]) -> None:
        """Takes stale places out, and puts those that are still there where they belong."""
        for place in self.stale:
            if place in self._keys:
                self._drop(*self._keys.pop(place))
        self.stale = set()
        for value, key in cells:
            self._keys[key[-1]] = (value, key)
            if value is None:
                insort(self._empty, key)
            else:
                insort(self._told, (value, *key))

    def _drop(self, value: Cell, key: Place) -> None:
        if value is None:
            del self._empty[bisect_left(self._empty, key)]
        else:
            del self._told[bisect_left(self._told, (value, *key))]

    def places(self, descending: bool) -> Iterator[int]:
        """The places in their order, empty cells last either way."""
        told = reversed(self._told) if descending else iter(self._told)
        return (key[-1] for key in chain(told, self._empty))
