"""Whose sentence is it: the authors' patients, a patient retold from another publication, or nobody in particular.

In three steps: who the authors' patients are (`series`), which phrases introduce or point at persons
(`mentions_of_persons`, `retold`, `genericity`), and a walk through the text that keeps whom it speaks of (`walk`).
"""

from __future__ import annotations

import msgspec

from caselore.assembly.clauses import clauses
from caselore.assembly.series import has_case_heading, index_series
from caselore.assembly.unit import Unit
from caselore.assembly.walk import Walk
from caselore.language.view import Reading
from caselore.model.case import Owner, Patient, Segment


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """The patients of a report (index patients first) and, without gaps or overlaps, whom each stretch of text is about."""

    patients: tuple[Patient, ...]
    segments: tuple[Segment, ...]


def attribute(reading: Reading) -> Attribution:
    """Tells the patients of a report and whom each sentence, or clause of one, is about."""
    units = [Unit(view, span) for view in reading.sentences for span in clauses(view)]
    walk = Walk(index_series(reading), units, case_heading=has_case_heading(reading))
    segments = walk.through()
    return Attribution(patients=walk.patients, segments=segments)


class SegmentShares(msgspec.Struct, frozen=True, kw_only=True):
    """The share of the stretches of a text that is about each kind of owner; they add up to 1 unless there is no text."""

    index: float
    cited: float
    background: float
    unresolved: float


def segment_shares(segments: tuple[Segment, ...]) -> SegmentShares:
    """How the stretches of a report divide among its index patients, cited patients, general statements and the rest."""
    total = len(segments) or 1
    return SegmentShares(**{owner.value: sum(s.owner is owner for s in segments) / total for owner in Owner})
