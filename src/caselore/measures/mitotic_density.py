"""Mitoses per square millimetre, for fields of 0.5 to 0.65 mm: a count per 10 fields means little without their area.

Density = count / (10 pi (d / 2)^2), with the field's diameter d in mm.
"""

from __future__ import annotations

import math

from caselore.measures.formula import Formula, Results, evidence, facts, parameters
from caselore.model.case import Case, Report
from caselore.model.fact import Value
from caselore.model.measure import Measure
from caselore.topics.pathology import Mitoses


def per_mm2(per_10_hpf: float, diameter_mm: float) -> float:
    """Mitoses per mm2 from a count in ten fields of this diameter."""
    return per_10_hpf / (10 * math.pi * (diameter_mm / 2) ** 2)


def compute(case: Case[Value], report: Report[Value]) -> Results:
    told = parameters("mitotic_density")
    for fact in facts(case, Mitoses):
        yield Measure(
            name="mitoses per mm2",
            value=round(per_mm2(fact.value.per_10_hpf, told["diameter_mm"]), 1),
            unit="per mm2",
            how=f"{fact.value.per_10_hpf:g} in 10 fields of {told['diameter_mm']:g} mm",
            source=told["source"],
            assumptions=(told["assumption"],),
            evidence=evidence(fact),
        )


MEASURE = Formula(name="mitotic density", compute=compute)
