"""Whose sentence is it: index patient, cited patient, or background."""

from __future__ import annotations

import msgspec

from caselore.language.view import Reading
from caselore.model.case import Owner, Patient, Role, Segment
from caselore.model.text import SectionKind


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """The patients of a report (index patients first) and, without gaps or overlaps, whom each stretch of text is about."""

    patients: tuple[Patient, ...]
    segments: tuple[Segment, ...]


def attribute(reading: Reading) -> Attribution:
    """Tells the patients of a report and whom each sentence, or clause of one, is about."""
    patient = Patient(id="p1", role=Role.INDEX, label="case 1")
    general = (SectionKind.INTRODUCTION, SectionKind.DISCUSSION, SectionKind.CONCLUSION, SectionKind.REFERENCES)
    segments = [
        Segment(span=view.span, owner=Owner.BACKGROUND)
        if view.section in general
        else Segment(span=view.span, owner=Owner.INDEX, patient_ids=("p1",))
        for view in reading.sentences
    ]
    return Attribution(patients=(patient,), segments=tuple(segments))
