"""A number worked out from facts, or the reason why it cannot be."""

from __future__ import annotations

import msgspec

from caselore.model.text import Evidence
from caselore.model.version import SCHEMA_VERSION


class Measure(msgspec.Struct, frozen=True, kw_only=True, tag="measure"):
    """`value` in `unit`, as text where it is no number ("T2"); `how` is the sum that was done; `assumptions` what was taken
    for granted; `source` where the formula is from; `evidence` the words that the numbers came from."""

    name: str
    value: float | str
    unit: str = ""
    how: str
    source: str
    assumptions: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def __str__(self) -> str:
        printed = f"{self.value:g}" if isinstance(self.value, float | int) else self.value
        return f"{self.name}: {printed}{' ' + self.unit if self.unit else ''}"


class NotComputable(msgspec.Struct, frozen=True, kw_only=True, tag="not_computable"):
    """Why a measure that a reader may expect cannot be worked out."""

    name: str
    reason: str
    evidence: tuple[Evidence, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}: cannot be computed, {self.reason}"


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """All measures of one patient."""

    source: str
    patient: str
    measures: tuple[Measure | NotComputable, ...]
    schema_version: str = SCHEMA_VERSION
