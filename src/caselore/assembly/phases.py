"""Where in a patient's history each sentence belongs: before the reported tumour, at it, or after its first recurrence."""

from __future__ import annotations

from caselore.assembly.patients import Attribution
from caselore.language.view import Reading
from caselore.model.fact import Phase


def phases(reading: Reading, attribution: Attribution) -> tuple[Phase, ...]:
    """The phase of each segment of `attribution`, in order."""
    return tuple(Phase.FIRST for _ in attribution.segments)
