"""What each column of the review row holds, and the value a patient has in it."""

from __future__ import annotations

from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import get_type_hints

from caselore.model.cohort import Column
from caselore.model.row import COLUMNS, ReviewRow

NAMED_ENTRIES = {"immune": ("hiv", "ebv", "transplant", "immunocompetent")}
"""Columns of entries whose names are fixed; `ihc` takes any stain."""


class Kind(StrEnum):
    """What a column holds; the words are used in messages."""

    NUMBER = "a number"
    TEXT = "text"
    LIST = "a list"
    ENTRIES = "named entries"


@cache
def kinds() -> dict[str, Kind]:
    """The kind of each column, from the types of the review row."""
    hints = get_type_hints(ReviewRow)
    return {name: _kind(hints[name]) for name in COLUMNS}


def _kind(hint: object) -> Kind:
    words = str(hint)
    if "dict" in words:
        return Kind.ENTRIES
    if "tuple" in words:
        return Kind.LIST
    return Kind.NUMBER if "float" in words else Kind.TEXT


def kind_of(column: Column) -> Kind:
    """An entry of a column is text."""
    return Kind.TEXT if column.key else kinds()[column.name]


def wrong_column(column: Column) -> str | None:
    """Why this is no column, as part of a sentence; None when it is one."""
    if column.name not in kinds():
        close = get_close_matches(column.name, COLUMNS, n=1)
        return f"{column.name!r} is no column" + (f", did you mean {close[0]}?" if close else "")
    holds_entries = kinds()[column.name] is Kind.ENTRIES
    if holds_entries and column.key is None:
        example = NAMED_ENTRIES.get(column.name, ("SMA",))[0]
        return f"{column.name} holds named entries: write {column.name}.{example}"
    if not holds_entries and column.key is not None:
        return f"{column.name} has no entries, so {column} is no column"
    if column.key and column.name in NAMED_ENTRIES and column.key not in NAMED_ENTRIES[column.name]:
        return f"{column} is no column; {column.name} has {', '.join(NAMED_ENTRIES[column.name])}"
    return None


def value_of(row: ReviewRow, column: Column) -> str | float | tuple[str, ...] | None:
    """What the row holds; None where the report is silent, also for an empty list."""
    value = getattr(row, column.name)
    if column.key is not None:
        wanted = column.key.casefold()
        value = next((entry for name, entry in value.items() if name.casefold() == wanted), None)
    return None if value == () else value
