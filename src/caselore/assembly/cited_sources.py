"""The publication behind a citation: author, year and DOI from the reference list."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from caselore.model.case import Citation, Patient
from caselore.reading.references import Reference


def with_sources(patients: Sequence[Patient], references: Sequence[Reference]) -> tuple[Patient, ...]:
    """The patients, cited ones with what the reference list tells of their publications."""
    return tuple(_with_source(patient, references) for patient in patients)


def _with_source(patient: Patient, references: Sequence[Reference]) -> Patient:
    if patient.citation is None or (found := _reference(patient.citation, references)) is None:
        return patient
    citation = msgspec.structs.replace(
        patient.citation,
        number=patient.citation.number or found.number,
        author=patient.citation.author or found.first_author,
        year=patient.citation.year or found.year,
        doi=patient.citation.doi or found.doi,
    )
    return msgspec.structs.replace(patient, citation=citation)


def _reference(citation: Citation, references: Sequence[Reference]) -> Reference | None:
    """The one entry with the number; else the one entry with the author and, where both tell it, the year."""
    if citation.number is not None:
        numbered = [one for one in references if one.number == citation.number]
        if len(numbered) == 1:
            return numbered[0] if _may_be(citation, numbered[0]) else None
    if citation.author is None:
        return None
    named = [one for one in references if _same_author(citation.author, one.first_author) and _may_be(citation, one)]
    return named[0] if len(named) == 1 else None


def _may_be(citation: Citation, reference: Reference) -> bool:
    """Whether nothing that both tell contradicts; an online first may be a year earlier than its volume."""
    if citation.author and reference.first_author and not _same_author(citation.author, reference.first_author):
        return False
    return citation.year is None or reference.year is None or abs(citation.year - reference.year) <= 1


def _same_author(one: str, other: str | None) -> bool:
    return other is not None and (one.split() or [""])[-1].casefold() == (other.split() or [""])[-1].casefold()
