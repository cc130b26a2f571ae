"""What a quantity is: kinds of measured numbers and their canonical units."""

from __future__ import annotations

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
    """mitoses per square millimetre"""
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
