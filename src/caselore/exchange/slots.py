"""Which column of the review row goes where in a format: slots.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

import caselore.exchange as here
from caselore.exchange.vocabulary import Coded, coded, fixed, local
from caselore.model.row import COLUMNS


class Slot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place in a format: the `part`, and what that part needs to know.

    `table` and `prefixes` find the code of a label; `code` is the key of a fixed code, `codes` a family of them
    ("side" for `side.left`); `unit` the key of a unit; `field` the name of the field; `excluded` marks what is denied.
    """

    part: str
    table: str = ""
    prefixes: tuple[str, ...] = ()
    code: str = ""
    codes: str = ""
    label: str = ""
    unit: str = ""
    field: str = ""
    excluded: bool = False

    def of_label(self, label: str) -> Coded:
        """The code of a label in the slot's table, a public one where one was seen."""
        return coded(self.table, label, *self.prefixes)

    def of_value(self, value: object) -> Coded | None:
        """The fixed code of one of few values; None where no public one was seen."""
        return fixed().get(f"{self.codes}.{value}")

    @property
    def own(self) -> Coded:
        """What the slot is about."""
        return fixed()[self.code] if self.code else local(self.label)


class Slots(msgspec.Struct, frozen=True, kw_only=True):
    """The slots of a format by column, and why facts of a kind have none."""

    columns: Mapping[str, Slot] = {}
    reasons: Mapping[str, str] = {}


@cache
def slots(name: str) -> Slots:
    """The slots of a format. Raises ValueError when slots.toml names a column that does not exist."""
    told = tomllib.loads((files(here) / "slots.toml").read_text(encoding="utf-8"))
    found = msgspec.convert(told[name], Slots)
    for column in found.columns:
        if column not in COLUMNS:
            raise ValueError(f"slots.toml: {name}: {column!r} is no column of the review row")
    return found
