"""Intervals of the course, in months of 30.44 days: symptoms to presentation, operation to recurrence and to last contact."""

from __future__ import annotations

from caselore.assembly.row import cells
from caselore.measures.formula import Formula, Results
from caselore.model.case import Case, Report
from caselore.model.fact import Value
from caselore.model.measure import Measure

_INTERVALS = {
    "symptom_duration_months": "first symptom to presentation",
    "months_to_recurrence": "main operation to local recurrence",
    "follow_up_months": "main operation or diagnosis to last contact or death",
}


def compute(case: Case[Value], report: Report[Value]) -> Results:
    found = cells(case)
    for column, name in _INTERVALS.items():
        if (cell := found.get(column)) and isinstance(cell.value, int | float):
            yield Measure(
                name=name,
                value=round(cell.value, 1),
                unit="months",
                how="as stated, or from dates and intervals",
                source="conventions of the review row",
                evidence=tuple(one for fact in cell.facts for one in fact.evidence[:2]),
            )


MEASURE = Formula(name="intervals", compute=compute)
