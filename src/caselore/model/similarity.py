"""Patients like a given one: how far each agrees, in what, and what became of them."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from caselore.model.cohort import CAVEAT, Curve, Exclusion, Member
from caselore.model.row import ReviewRow
from caselore.model.version import SCHEMA_VERSION


class Verdict(StrEnum):
    """How two patients stand in one aspect; unknown where either report is silent."""

    AGREES = "agrees"
    NEAR = "near"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """One aspect of two patients. `agreement` is from -1 (opposite) to 1 (the same), None where either report is silent.

    `mine` and `theirs` are what the rows say, in words; empty where they are silent.
    """

    aspect: str
    mine: str
    theirs: str
    agreement: float | None
    verdict: Verdict


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A patient with the score, its two parts, and the comparison in every aspect.

    `structure` is the weighted agreement, from -1 to 1; `relevance` the BM25 score against the best of all, from 0 to 1.
    """

    member: Member
    score: float
    structure: float
    relevance: float
    comparisons: tuple[Comparison, ...]

    def of(self, verdict: Verdict) -> tuple[Comparison, ...]:
        """The aspects with this verdict."""
        return tuple(one for one in self.comparisons if one.verdict is verdict)


class Similar(msgspec.Struct, frozen=True, kw_only=True):
    """The nearest patients, and the overall survival of those of them whose report tells it.

    `query` is how the patient asked for was understood; `of` how many patients were searched.
    """

    query: ReviewRow
    of: int
    hits: tuple[Hit, ...]
    survival: Curve | None
    definition: str
    without_time: tuple[Exclusion, ...]
    notes: tuple[str, ...] = ()
    caveat: str = CAVEAT
    schema_version: str = SCHEMA_VERSION
