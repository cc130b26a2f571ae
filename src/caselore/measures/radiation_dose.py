"""Biologically effective dose and equivalent dose in 2 Gy fractions of each course of radiotherapy.

BED = n d (1 + d / (a/b)) and EQD2 = D (d + a/b) / (2 + a/b), with n fractions of d Gy and D = n d, all in Gy: the
linear-quadratic model, which is disputed at large doses per fraction.
"""

from __future__ import annotations

from caselore.measures.formula import Formula, Results, evidence, facts, parameters
from caselore.model.case import Case, Report
from caselore.model.fact import Fact, Value
from caselore.model.measure import Measure, NotComputable
from caselore.topics.radiotherapy import RadiotherapyCourse


def bed(total: float, fractions: float, alpha_beta: float) -> float:
    """Biologically effective dose in Gy. Raises ZeroDivisionError for no fractions."""
    return total * (1 + total / fractions / alpha_beta)


def eqd2(total: float, fractions: float, alpha_beta: float) -> float:
    """Equivalent dose in 2 Gy fractions, in Gy. Raises ZeroDivisionError for no fractions."""
    return total * (total / fractions + alpha_beta) / (2 + alpha_beta)


def compute(case: Case[Value], report: Report[Value]) -> Results:
    for fact in facts(case, RadiotherapyCourse):
        if fact.value.dose_gy is not None:
            yield from _course(fact)


def _course(fact: Fact[RadiotherapyCourse]) -> Results:
    course, told = fact.value, parameters("radiation_dose")
    total, fractions = course.dose_gy or 0.0, course.fractions
    if not fractions and course.per_fraction_gy:
        fractions = total / course.per_fraction_gy
    if not fractions and course.technique in told["single_fraction_techniques"] and not course.fractions:
        yield NotComputable(
            name="EQD2", reason="whether the dose was given at once is not reported", evidence=evidence(fact)
        )
        return
    if not fractions:
        yield NotComputable(
            name="EQD2", reason=f"the number of fractions of {total:g} Gy is not reported", evidence=evidence(fact)
        )
        return
    each = total / fractions
    warned = (told["caveat"],) if each > told["largest_fraction_gy"] else ()
    for alpha_beta in told["alpha_beta_gy"]:
        for name, value in (("BED", bed(total, fractions, alpha_beta)), ("EQD2", eqd2(total, fractions, alpha_beta))):
            yield Measure(
                name=f"{name} (a/b {alpha_beta:g})",
                value=round(value, 1),
                unit="Gy",
                how=f"{fractions:g} fractions of {each:.3g} Gy",
                source=told["source"],
                assumptions=warned,
                evidence=evidence(fact),
            )


MEASURE = Formula(name="radiation dose", compute=compute)
