"""Cumulative dose of an anthracycline per square metre of body surface, and its share of the lifetime limit."""

from __future__ import annotations

from collections.abc import Iterator

from caselore.measures.formula import Formula, Results, evidence, facts, parameters
from caselore.model.case import Case, Report
from caselore.model.fact import Assertion, Fact, Value
from caselore.model.measure import Measure, NotComputable
from caselore.topics.drug_dosing import DrugDose
from caselore.topics.systemic_therapy import DrugLine


def compute(case: Case[Value], report: Report[Value]) -> Results:
    limits = parameters("drug_exposure")["limit_mg_per_m2"]
    for drug, limit in limits.items():
        lines = [fact for fact in facts(case, DrugLine) if drug in fact.value.agents]
        doses = [fact for fact in _doses(case) if fact.value.drug == drug]
        cycles = [fact for fact in lines if fact.value.cycles]
        if not lines:
            continue
        missing = [name for name, told in (("dose", doses), ("number of cycles", cycles)) if not told]
        if missing:
            yield NotComputable(
                name=f"cumulative {drug}",
                reason=f"not reported: {', '.join(missing)}",
                evidence=evidence(lines[0]),
            )
            continue
        total = doses[0].value.dose * (cycles[0].value.cycles or 0)
        yield Measure(
            name=f"cumulative {drug}",
            value=round(total, 1),
            unit="mg/m2",
            how=f"{cycles[0].value.cycles:g} cycles of {doses[0].value.dose:g} mg/m2; {total / limit:.0%} of {limit:g} mg/m2",
            source=parameters("drug_exposure")["source"],
            assumptions=tuple(_assumed(doses[0])),
            evidence=evidence(doses[0], cycles[0]),
        )


def _doses(case: Case[Value]) -> list[Fact[DrugDose]]:
    """Doses per square metre, given or advised."""
    return [
        fact
        for fact in (*facts(case, DrugDose), *facts(case, DrugDose, Assertion.PLANNED))
        if "m2" in fact.value.unit.replace("²", "2")
    ]


def _assumed(dose: Fact[DrugDose]) -> Iterator[str]:
    yield "one dose a cycle, the same in each; no dose before this disease"
    if dose.assertion is Assertion.PLANNED:
        yield "given as advised"


MEASURE = Formula(name="drug exposure", compute=compute)
