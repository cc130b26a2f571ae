"""Volume of the tumour as an ellipsoid: pi / 6 times the product of three dimensions, in ml."""

from __future__ import annotations

import math

from caselore.measures.formula import Formula, Results, evidence, facts
from caselore.model.case import Case, Report
from caselore.model.fact import Phase, Value
from caselore.model.measure import Measure
from caselore.topics.lesion_size import LesionSize

_MM3_PER_ML = 1000


def ellipsoid_ml(dimensions: tuple[float, ...]) -> float:
    """Volume in ml of an ellipsoid with three diameters in mm."""
    return math.pi / 6 * math.prod(dimensions) / _MM3_PER_ML


def compute(case: Case[Value], report: Report[Value]) -> Results:
    for fact in facts(case, LesionSize):
        if fact.value.of == "tumour" and len(fact.value.dimensions) == 3 and fact.phase is not Phase.BEFORE:
            yield Measure(
                name="tumour volume",
                value=round(ellipsoid_ml(fact.value.dimensions), 1),
                unit="ml",
                how="pi/6 x " + " x ".join(f"{side:g}" for side in fact.value.dimensions) + " mm",
                source="ellipsoid; usual in RANO and in volumetry of meningioma",
                assumptions=("the tumour is an ellipsoid",),
                evidence=evidence(fact),
            )


MEASURE = Formula(name="tumour volume", compute=compute)
