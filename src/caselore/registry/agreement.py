"""How far two readers agree, column by column: percent agreement and Cohen's kappa."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from caselore.model.row import COLUMNS


class ColumnAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """Of `cells` cells that at least one of two readers filled, how many they filled alike.

    `kappa` is Cohen's kappa (Cohen J, Educ Psychol Meas 1960;20:37-46) over all patients, "not reported" being a category;
    None where chance alone would make the readers agree everywhere.
    """

    column: str
    cells: int
    agreed: int
    kappa: float | None

    @property
    def share(self) -> float:
        return self.agreed / self.cells if self.cells else 1.0


def agreement(pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> tuple[ColumnAgreement, ...]:
    """Of the rows of two readers for the same patients: the agreement in each column that either of them filled."""
    rows = list(pairs)
    found = []
    for column in COLUMNS:
        values = [(_key(one.get(column)), _key(other.get(column))) for one, other in rows]
        filled = [pair for pair in values if pair != (None, None)]
        if filled and column not in ("role", "label"):
            same = sum(one == other for one, other in filled)
            found.append(ColumnAgreement(column=column, cells=len(filled), agreed=same, kappa=_kappa(values)))
    return tuple(found)


def alike(one: Any, other: Any) -> bool:
    """Whether two cells say the same; the order of a list does not matter, an empty cell is a category of its own."""
    return _key(one) == _key(other)


def _key(value: Any) -> str | None:
    """Equal for equal values; the order of a list does not matter."""
    if value is None or value == [] or value == {}:
        return None
    if isinstance(value, list | tuple):
        value = sorted(map(str, value))
    return msgspec.json.encode(value, order="sorted").decode().casefold()


def _kappa(values: Sequence[tuple[str | None, str | None]]) -> float | None:
    observed = sum(one == other for one, other in values) / len(values)
    first, second = Counter(one for one, _ in values), Counter(other for _, other in values)
    expected = sum(first[key] * second[key] for key in first) / len(values) ** 2
    return None if expected == 1 else (observed - expected) / (1 - expected)
