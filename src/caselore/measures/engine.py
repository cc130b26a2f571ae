"""Every measure of every patient of a report."""

from __future__ import annotations

from functools import cache

import caselore.measures as room
from caselore.measures.formula import Formula
from caselore.model.case import Report, Role
from caselore.model.discover import discover
from caselore.model.fact import Value
from caselore.model.measure import Measured


@cache
def formulas() -> tuple[Formula, ...]:
    """Every measure, by module name."""
    return discover(room, "MEASURE", Formula)


def measure(report: Report[Value]) -> tuple[Measured, ...]:
    """What can be worked out for each of the authors' own patients, and why the rest cannot."""
    return tuple(
        Measured(
            source=report.document.source,
            patient=case.patient.label,
            measures=tuple(result for formula in formulas() for result in formula.compute(case, report)),
        )
        for case in report.cases
        if case.patient.role is Role.INDEX
    )
