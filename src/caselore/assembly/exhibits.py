"""Captions and tables during the walk: whose picture it is, whose row."""

from __future__ import annotations

import re

from caselore.assembly.own_patients import OwnPatients
from caselore.assembly.unit import NOBODY, UNKNOWN, Owned, Unit

_ROW_NUMBER = re.compile(r"\s*(?:(?:case|patient)\s*(?:no\.?\s*)?)?(\d{1,2})\b(?![.,/:%-]\d)", re.IGNORECASE)
_TABLE_TITLE = re.compile(r"\s*table\b", re.IGNORECASE)


class Exhibits:
    """Remembers the patient of the caption and of the table row that is being read."""

    def __init__(self, own: OwnPatients) -> None:
        self._own = own
        self._caption: Owned = UNKNOWN
        self._row = 0

    def caption(self, unit: Unit, *, begins: bool) -> Owned:
        """The patient that the caption names ("Histology of Case 3"), for all its parts; `begins` at the first of them."""
        if not self._own.are_several:
            return self._own.all()
        numbers = self._own.numbers(unit)
        if numbers or begins:
            self._caption = self._own.these(numbers)
        return self._caption

    def table(self, unit: Unit) -> Owned:
        """Rows of a table of the series begin with the number of the case, one after the other."""
        if not self._own.are_several:
            return NOBODY if unit.credits else self._own.all()
        if _TABLE_TITLE.match(unit.text):
            self._row = 0
        match = _ROW_NUMBER.match(unit.text)
        if match and int(match[1]) == self._row + 1 <= len(self._own.ids):
            self._row += 1
        return self._own.these([self._row] if self._row else [])
