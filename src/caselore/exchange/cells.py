"""Cells of a corrected spreadsheet, read back: the inverse of `exchange.tables.cell_text`."""

from __future__ import annotations

import re
from typing import Any, get_type_hints

from caselore.model.row import ReviewRow

_SIGNS = {"+": "positive", "-": "negative", "+/-": "conflict"}
_TYPES = {name: str(kind) for name, kind in get_type_hints(ReviewRow).items()}
_SIGNED = re.compile(r"(?P<key>.+?)(?P<sign>\+/-|[+-])")


class WrongCell(ValueError):
    """A cell that no value of its column reads like; the message says what is expected."""


def cell_value(column: str, text: str) -> Any:
    """The value of a column that a person wrote as `text`; None for an empty cell. Raises WrongCell."""
    text = text.strip().removeprefix("'").strip()
    if not text:
        return None
    kind = _TYPES.get(column, "")
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if "tuple" in kind:
        return parts
    if "dict" in kind:
        return dict(_pair(column, part) for part in parts)
    if "float" in kind:
        try:
            return float(text.replace(",", "."))
        except ValueError as error:
            raise WrongCell(f"{column} must be a number, not {text!r}") from error
    return text


def _pair(column: str, part: str) -> tuple[str, str]:
    key, colon, value = part.partition(":")
    if colon:
        return key.strip(), value.strip()
    if match := _SIGNED.fullmatch(part):
        return match["key"].strip(), _SIGNS[match["sign"]]
    raise WrongCell(f"{column} must hold results like 'SMA+; desmin-' or 'hiv: negative', not {part!r}")
