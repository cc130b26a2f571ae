"""A fact: one value about one patient, with the words it came from."""

from __future__ import annotations

from enum import StrEnum
from typing import Generic, TypeVar

import msgspec

from caselore.model.text import Evidence
from caselore.model.time import TimePoint


class Assertion(StrEnum):
    """How the author stands to a statement (after NegEx and ConText: Chapman 2001, Harkema 2009)."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    POSSIBLE = "possible"
    HYPOTHETICAL = "hypothetical"
    PLANNED = "planned"
    DECLINED = "declined"
    HISTORICAL = "historical"
    FAMILY = "family"
    OTHER_PATIENT = "other_patient"


class Origin(StrEnum):
    """Whether a value was printed, computed from printed values, or set by a person."""

    STATED = "stated"
    DERIVED = "derived"
    CURATED = "curated"


class Phase(StrEnum):
    """Where in the patient's history a statement belongs."""

    BEFORE = "before"
    """before the reported tumour: earlier diseases and treatments"""
    FIRST = "first"
    """the reported tumour from first symptom to the end of its first treatment"""
    LATER = "later"
    """from the first recurrence or progression on"""


class Value(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Base of all values of facts. Each topic defines its own, with its own tag; `str()` of one reads as a sentence part."""


class Code(msgspec.Struct, frozen=True, order=True):
    """A concept of a published terminology: ICD-O-3, NCIT, HPO, UBERON, HGNC, LOINC, RxNorm, SNOMED, DOID ..."""

    system: str
    value: str

    def __str__(self) -> str:
        return f"{self.system} {self.value}"


V_co = TypeVar("V_co", bound=Value, covariant=True)


class Fact(msgspec.Struct, Generic[V_co], frozen=True, kw_only=True):
    """One value about one patient. What was not reported has no Fact; it is never a Fact that says "no".

    `confidence` is the share of values of its column that were right on curated reports; None for facts that fill no
    column of the review row, or one that was not measured. `codes` are those of the term that was read.
    `derived_from` holds the ids of the facts that a derived value was computed from.
    """

    id: str
    patient_id: str
    topic: str
    value: V_co
    assertion: Assertion = Assertion.AFFIRMED
    when: TimePoint | None = None
    phase: Phase = Phase.FIRST
    origin: Origin = Origin.STATED
    evidence: tuple[Evidence, ...] = ()
    derived_from: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    confidence: float | None = None
