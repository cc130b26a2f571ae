"""Body surface, and doses of cytotoxic drugs per square metre of it.

Mosteller: the square root of height in cm times weight in kg over 3600, in m2, unless the report gives the surface itself.
A dose that the report prints per square metre needs no sum and is left alone.
"""

from __future__ import annotations

import math

from caselore.measures.formula import Formula, Results, evidence, facts, parameters
from caselore.model.case import Case, Report
from caselore.model.fact import Fact, Value
from caselore.model.measure import Measure, NotComputable
from caselore.topics.body_size import BodySize
from caselore.topics.drug_dosing import DrugDose


def surface_m2(height_cm: float, weight_kg: float) -> float:
    """Body surface in m2 (Mosteller 1987)."""
    return math.sqrt(height_cm * weight_kg / 3600)


def compute(case: Case[Value], report: Report[Value]) -> Results:
    told = {fact.value.what: fact for fact in reversed(facts(case, BodySize))}
    surface = _surface(told)
    behind = list(told.values())
    if surface is not None and "body surface" not in told:
        yield Measure(
            name="body surface",
            value=round(surface, 2),
            unit="m2",
            how=f"square root of {told['height'].value.value:g} cm x {told['weight'].value.value:g} kg / 3600",
            source=parameters("body_surface")["source"],
            evidence=evidence(told["height"], told["weight"]),
        )
    for dose in facts(case, DrugDose):
        if _is_absolute(dose):
            yield _per_surface(dose, surface, behind)


def _surface(told: dict[str, Fact[BodySize]]) -> float | None:
    if "body surface" in told:
        return told["body surface"].value.value
    if "height" in told and "weight" in told:
        return surface_m2(told["height"].value.value, told["weight"].value.value)
    return None


def _is_absolute(dose: Fact[DrugDose]) -> bool:
    """Whether a dose of a drug that goes by body surface is printed in mg or g alone."""
    told = parameters("body_surface")
    return dose.value.drug in told["drugs"] and dose.value.unit in told["mg_per_unit"]


def _per_surface(dose: Fact[DrugDose], surface: float | None, behind: list[Fact[BodySize]]) -> Measure | NotComputable:
    name = f"{dose.value.drug} per body surface"
    if surface is None:
        reason = f"{dose.value.dose:g} {dose.value.unit} is printed, but neither body surface nor height and weight"
        return NotComputable(name=name, reason=reason, evidence=evidence(dose))
    milligrams = dose.value.dose * parameters("body_surface")["mg_per_unit"][dose.value.unit]
    return Measure(
        name=name,
        value=round(milligrams / surface, 1),
        unit="mg/m2",
        how=f"{milligrams:g} mg / {surface:.2f} m2",
        source=parameters("body_surface")["source"],
        assumptions=("height and weight as told at the time of treatment",),
        evidence=evidence(dose, *behind),
    )


MEASURE = Formula(name="body surface", compute=compute)
