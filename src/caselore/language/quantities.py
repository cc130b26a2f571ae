"""Measured numbers in a sentence: lengths, percentages, counts per field, radiation and drug doses, cycles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from caselore.model.text import TextSpan
from caselore.model.time import Interval


class QuantityKind(StrEnum):
    LENGTH = "length"
    """mm; one amount for each printed dimension"""
    PERCENT = "percent"
    PER_10_HPF = "per_10_hpf"
    """mitoses per 10 high-power fields"""
    PER_MM2 = "per_mm2"
    RADIATION_DOSE = "radiation_dose"
    """Gy, in total as printed, or per fraction (see `each`)"""
    FRACTIONS = "fractions"
    CYCLES = "cycles"
    DRUG_DOSE = "drug_dose"
    """`unit` as printed: mg/m2, g/m2, mg/kg, mg, AUC"""
    ATTENUATION = "attenuation"
    """Hounsfield units"""
    VOLUME = "volume"
    """ml"""
    WEIGHT = "weight"
    """g"""


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """A number or several, in the canonical unit of its kind; `span` covers numbers and unit."""

    kind: QuantityKind
    span: TextSpan
    amounts: tuple[Interval, ...]
    unit: str = ""
    each: bool = False
    """of a radiation dose: per fraction"""

    @property
    def value(self) -> float:
        """The middle of the only or the first amount."""
        return self.amounts[0].middle

    @property
    def largest(self) -> float:
        return max(amount.middle for amount in self.amounts)


_NUMBER = r"\d+(?:[.,·]\d+)?"
_LENGTH = re.compile(
    rf"(?P<numbers>{_NUMBER}(?:\s*(?:mm|cm)?\s*(?:x|×|by|\*)\s*{_NUMBER}){{0,2}})\s*[-‐]?\s*(?P<unit>mm|cm|millimet(?:er|re)s?|centimet(?:er|re)s?)\b",
    re.I,
)
_PERCENT = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?:%)?\s*(?:(?:-|–|to)\s*(?P<high>{_NUMBER})\s*)?(?:%|percent\b|per cent\b)", re.I
)


def read_quantities(text: str, offset: int = 0) -> tuple[Quantity, ...]:
    """The quantities of one sentence, in order; `offset` is added to their places."""
    return tuple(sorted(_quantities(text, offset), key=lambda q: q.span))


def _quantities(text: str, offset: int) -> Iterator[Quantity]:
    for match in _LENGTH.finditer(text):
        factor = 10.0 if match["unit"].lower().startswith("c") else 1.0
        numbers = [_number(n) * factor for n in re.findall(_NUMBER, match["numbers"])]
        amounts = tuple(Interval(n, n) for n in numbers)
        yield Quantity(kind=QuantityKind.LENGTH, span=_span(match, offset), amounts=amounts, unit="mm")
    for match in _PERCENT.finditer(text):
        low = _number(match["low"])
        high = _number(match["high"]) if match["high"] else low
        if low <= high:
            yield Quantity(
                kind=QuantityKind.PERCENT, span=_span(match, offset), amounts=(Interval(low, high),), unit="%"
            )


def _number(printed: str) -> float:
    return float(printed.replace(",", ".").replace("·", "."))


def _span(match: re.Match[str], offset: int) -> TextSpan:
    return TextSpan(match.start() + offset, match.end() + offset)
