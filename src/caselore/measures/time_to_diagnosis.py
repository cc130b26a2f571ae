"""Months from the first symptom to the diagnosis.

A delay that the report itself gives for the diagnosis; else the length of the symptoms before presentation plus the time from
the admission to the dated diagnosis. Symptoms without a dated diagnosis make no interval: presentation is not diagnosis.
"""

from __future__ import annotations

from caselore.measures.formula import Formula, Results, evidence, facts
from caselore.model.case import Case, Event, Report
from caselore.model.fact import Phase, Value
from caselore.model.measure import Measure, NotComputable
from caselore.model.time import DAYS_PER_MONTH
from caselore.topics.delay import Delay
from caselore.topics.presentation import SymptomDuration

_NAME = "first symptom to diagnosis"
_SOURCE = "conventions of the review row: a month is 30.44 days"


def compute(case: Case[Value], report: Report[Value]) -> Results:
    for delay in facts(case, Delay):
        if delay.value.of == "diagnosis" and delay.value.months is not None:
            yield Measure(
                name=_NAME,
                value=round(delay.value.months, 1),
                unit="months",
                how="as the report gives the delay of the diagnosis",
                source=_SOURCE,
                evidence=evidence(delay),
            )
            return
    lasted = next((fact for fact in facts(case, SymptomDuration) if fact.phase is Phase.FIRST), None)
    if lasted is None:
        return
    seen, found = _day(case, "admission"), _day(case, "diagnosis")
    if seen is None or found is None or found[0] < seen[0]:
        yield NotComputable(
            name=_NAME,
            reason="the dates of presentation and diagnosis are not both reported",
            evidence=evidence(lasted),
        )
        return
    waited = (found[0] - seen[0]) / DAYS_PER_MONTH
    yield Measure(
        name=_NAME,
        value=round(lasted.value.months + waited, 1),
        unit="months",
        how=f"{lasted.value.months:.3g} months of symptoms before presentation + {waited:.1f} to the diagnosis",
        source=_SOURCE,
        evidence=(*evidence(lasted), *seen[1].evidence[:1], *found[1].evidence[:1]),
    )


def _day(case: Case[Value], kind: str) -> tuple[float, Event] | None:
    """The first event of a kind with a printed date, in days on the patient's clock."""
    dated = [
        (event.when.earliest_days, event)
        for event in case.events
        if event.kind == kind and event.when and event.when.date
    ]
    return min(dated, key=lambda pair: pair[0], default=None)


MEASURE = Formula(name="time to diagnosis", compute=compute)
