"""Patients, their cases, and the report that holds them."""

from __future__ import annotations

from enum import StrEnum
from typing import Generic

import msgspec

from caselore.model.fact import Fact, V_co
from caselore.model.text import Document, Evidence, TextSpan
from caselore.model.time import TimePoint
from caselore.model.version import SCHEMA_VERSION


class Role(StrEnum):
    INDEX = "index"
    """a patient whom the authors treated"""
    CITED = "cited"
    """a patient of another publication, retold individually"""


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """Where a cited patient was published; fields stay None where the reference list does not tell."""

    label: str
    number: int | None = None
    author: str | None = None
    year: int | None = None
    doi: str | None = None


class Patient(msgspec.Struct, frozen=True, kw_only=True):
    """`label` is "case 1", "case 2" ... for index patients, the citation as printed for cited ones."""

    id: str
    role: Role
    label: str
    citation: Citation | None = None


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to a patient: first symptom, operation, recurrence, last contact, death."""

    kind: str
    description: str
    when: TimePoint | None = None
    evidence: tuple[Evidence, ...] = ()


class Case(msgspec.Struct, Generic[V_co], frozen=True, kw_only=True):
    patient: Patient
    facts: tuple[Fact[V_co], ...]
    events: tuple[Event, ...] = ()


class Owner(StrEnum):
    """Whom a stretch of text is about."""

    INDEX = "index"
    CITED = "cited"
    BACKGROUND = "background"
    UNRESOLVED = "unresolved"


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the normalised text (a sentence or a clause of one) and whom it is about.

    `patient_ids` holds one id, several where a sentence speaks of several patients ("both patients"), none for background.
    """

    span: TextSpan
    owner: Owner
    patient_ids: tuple[str, ...] = ()


class Report(msgspec.Struct, Generic[V_co], frozen=True, kw_only=True):
    """Everything read from one document. Index patients, cited patients and general statements never mix.

    `rules_version` names the rules that read it: readings with the same one were made by the same code and tables.
    """

    document: Document
    cases: tuple[Case[V_co], ...]
    background: tuple[Fact[V_co], ...] = ()
    segments: tuple[Segment, ...] = ()
    warnings: tuple[str, ...] = ()
    schema_version: str = SCHEMA_VERSION
    rules_version: str = ""
