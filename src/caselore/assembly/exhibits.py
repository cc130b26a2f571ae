"""Captions and tables during the walk: whose picture it is, whose row."""

from __future__ import annotations

import re

from caselore.assembly.own_patients import OwnPatients
from caselore.assembly.unit import NOBODY, UNKNOWN, Owned, Unit
from caselore.language.patterns import Pattern

_ROW_NUMBER = Pattern(r"\s*(?:(?:case|patient)\s*(?:no\.?\s*)?)?(\d{1,2})\b(?![.,/:%-]\d)", re.IGNORECASE)
_LEGEND = Pattern(r"\W*[A-Z][\w/-]{1,11}\s*[:,=]\s+[a-z].*[;.]", re.DOTALL)
_OF_ONE_PATIENT = Pattern(
    r"\b(?:timeline|laborator\w+|blood|our|the|this|index|present)\b.*\b(?:patient|case|findings?|values?|results?|course|tests?|data)\b"
    r"|\b(?:timeline|immunohistochem\w+|laborator\w+)\b",
    re.IGNORECASE | re.DOTALL,
)
_OF_LITERATURE = Pattern(
    r"\b(?:literature|reported|published|previous\w*|review\w*|reports|cases|patients|series|stud(?:y|ies)|differential)\b",
    re.IGNORECASE,
)
_TABLE_TITLE = Pattern(r"\s*table\b", re.IGNORECASE)


class Exhibits:
    """Remembers the patient of the caption and of the table row that is being read."""

    def __init__(self, own: OwnPatients) -> None:
        self._own = own
        self._caption: Owned = UNKNOWN
        self._row = 0
        self._table: Owned = UNKNOWN

    def caption(self, unit: Unit, *, begins: bool) -> Owned:
        """The patient that the caption names ("Histology of Case 3"), for all its parts; `begins` at the first of them."""
        if not self._own.are_several:
            return self._own.all()
        numbers = self._own.numbers(unit)
        if numbers or begins:
            self._caption = self._own.these(numbers)
        return self._caption

    def table(self, unit: Unit) -> Owned:
        """Rows of a table of the series begin with the number of the case, one after the other.

        With a single patient only a table that says so is that patient's; most others list patients of the literature.
        """
        if _LEGEND.match(unit.text):
            return NOBODY
        if _TABLE_TITLE.match(unit.text):
            self._row = 0
            of_one = _OF_ONE_PATIENT.search(unit.text) and not _OF_LITERATURE.search(unit.text)
            self._table = self._own.all() if of_one else UNKNOWN
        if not self._own.are_several:
            return self._table
        match = _ROW_NUMBER.match(unit.text)
        if match and int(match[1]) == self._row + 1 <= len(self._own.ids):
            self._row += 1
        return self._own.these([self._row] if self._row else [])
