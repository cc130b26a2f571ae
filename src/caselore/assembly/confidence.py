"""How often values of a column were right on curated reports, put beside the facts that fill the column.

The shares are measured by `benchmarks/calibration.py`, which writes calibration.toml; they are precision: of the cells
that were filled, how many a curator filled the same way. They say nothing about cells that stayed empty.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

import caselore.assembly as room
from caselore.assembly.row import cells
from caselore.model.case import Case
from caselore.model.fact import Value

_FEWEST = 10
"""A share of fewer filled cells says too little to be shown."""


class Calibration(msgspec.Struct, frozen=True):
    """Filled cells of one column on the curated reports: how many agreed with the curator, and how many there were."""

    right: int
    filled: int

    @property
    def share(self) -> float:
        return self.right / self.filled


@cache
def calibration() -> dict[str, Calibration]:
    """The measured columns; raises msgspec.ValidationError where the table holds anything else."""
    table = tomllib.loads((files(room) / "calibration.toml").read_text(encoding="utf-8"))
    return msgspec.convert(table["columns"], dict[str, Calibration])


def with_confidence(case: Case[Value]) -> Case[Value]:
    """The case with a confidence on each fact that fills a measured column; of several columns, the least sure one."""
    measured = calibration()
    confidence: dict[str, float] = {}
    for name, cell in cells(case).items():
        if name in measured and measured[name].filled >= _FEWEST:
            for fact in cell.facts:
                confidence[fact.id] = min(measured[name].share, confidence.get(fact.id, 1.0))
    facts = tuple(
        msgspec.structs.replace(fact, confidence=confidence[fact.id]) if fact.id in confidence else fact
        for fact in case.facts
    )
    return msgspec.structs.replace(case, facts=facts)
