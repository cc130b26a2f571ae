"""Values that people set: what a reader decided about a column of the review row, or about a fact beyond it."""

from __future__ import annotations

from typing import Any

from caselore.model.fact import Value


class Decided(Value, frozen=True, kw_only=True, tag="decided"):
    """What a column of the review row holds; `value` None says that the report does not tell it."""

    column: str
    value: Any = None

    def __str__(self) -> str:
        return f"{self.column.replace('_', ' ')}: {'not reported' if self.value is None else self.value}"


class Reworded(Value, frozen=True, kw_only=True, tag="reworded"):
    """A fact that fills no column, in the words of a reader."""

    text: str

    def __str__(self) -> str:
        return self.text


CURATED_VALUES = (Decided, Reworded)
