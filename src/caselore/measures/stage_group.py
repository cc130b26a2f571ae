"""Stage group of a soft-tissue sarcoma of trunk or extremity at presentation, 8th edition of the AJCC manual.

N0 M0: T1 G1 is IA, T2 to T4 G1 IB, T1 G2-3 II, T2 G2-3 IIIA, T3 and T4 G2-3 IIIB; any N1 or M1 is IV. G is the FNCLCC
grade. What the report does not tell is not taken for none: without a word on metastases there is no stage.
"""

from __future__ import annotations

import re

from caselore.measures.formula import Formula, Results, V, evidence, facts, parameters
from caselore.measures.soft_tissue import is_head_and_neck, is_soft_tissue_sarcoma, largest, nearest_site
from caselore.model.case import Case, Report
from caselore.model.fact import Assertion, Fact, Phase, Value
from caselore.model.measure import Measure, NotComputable
from caselore.topics.metastasis import Metastasis
from caselore.topics.site import TumourSite
from caselore.topics.staging import Grade, Tnm

_AT_PRESENTATION_DAYS = 92.0
_NODE = re.compile(r"lymph_node|nodal", re.IGNORECASE)
_GRADES = {
    "1": ("1", ""),
    "2": ("2", ""),
    "3": ("3", ""),
    "low": ("1", "low grade taken for G1"),
    "high": ("2", "high grade taken for G2 or G3"),
}
"""Printed grades as G, and what is taken for granted; of G2 and G3 the stage is the same."""


def compute(case: Case[Value], report: Report[Value]) -> Results:
    size = largest(case, Phase.FIRST)
    if not is_soft_tissue_sarcoma(case) or size is None:
        return
    told = parameters("stage_group")
    site = nearest_site(case, size)
    if is_head_and_neck(site):
        yield NotComputable(name=told["name"], reason=told["no_groups"], evidence=evidence(size))
        return
    if site is None or not _is_trunk_or_extremity(site.value.site):
        where = "the site is not reported" if site is None else f"the tumour is of the {site.value.site}"
        yield NotComputable(name=told["name"], reason=f"{told['other_chart']}, {where}", evidence=evidence(size))
        return
    category = next(name for name, most in told["up_to_mm"].items() if size.value.largest <= most)
    if spread := _spread(case):
        yield _measure(told["spread"], f"{category}, {_words(spread)}", (), size, spread)
    else:
        yield from _without_spread(case, category, size, site)


def _without_spread(case: Case[Value], category: str, size: Fact[Value], site: Fact[TumourSite]) -> Results:
    told = parameters("stage_group")
    grade, clear, nodes = _grade(case), _denied(case, nodes=False), _denied(case, nodes=True)
    missing = [name for name, fact in (("FNCLCC grade", grade), ("metastases", clear)) if fact is None]
    if grade is None or clear is None:
        yield NotComputable(
            name=told["name"], reason=f"not reported: {', '.join(missing)}", evidence=evidence(size, site)
        )
        return
    letter, assumption = _GRADES[grade.value.grade]
    assumed = [assumption] if assumption else []
    if grade.value.system is None and not assumption:
        assumed.append("the grade is that of FNCLCC")
    if nodes is None:
        assumed.append("the denial of metastases holds for lymph nodes too")
    stage = next(one["stage"] for one in told["group"] if category in one["t"] and letter in one["g"])
    behind = [size, grade, clear, *([nodes] if nodes and nodes is not clear else [])]
    yield _measure(stage, f"{category} N0 M0 G{letter}", tuple(assumed), *behind)


def _measure(stage: str, how: str, assumptions: tuple[str, ...], *behind: Fact[Value]) -> Measure:
    told = parameters("stage_group")
    return Measure(
        name=told["name"],
        value=stage,
        how=how,
        source=told["source"],
        assumptions=("size alone decides T", *assumptions),
        evidence=evidence(*behind),
    )


def _is_trunk_or_extremity(site: str) -> bool:
    told = parameters("stage_group")
    return not set(site.split()).isdisjoint(told["regions"]) or any(wall in site for wall in told["walls"])


def _spread(case: Case[Value]) -> Fact[Value] | None:
    """A metastasis or involved node at presentation, in words or as TNM."""
    for tnm in _at_presentation(facts(case, Tnm)):
        if re.search(r"N[1-3]|M1", tnm.value.code):
            return tnm
    return next(iter(_at_presentation(facts(case, Metastasis))), None)


def _words(spread: Fact[Value]) -> str:
    value = spread.value
    if isinstance(value, Tnm):
        return value.code
    return "N1" if isinstance(value, Metastasis) and _NODE.search(value.concept) else "M1"


def _denied(case: Case[Value], nodes: bool) -> Fact[Value] | None:
    """What says that there are no distant metastases, or no involved nodes, at presentation."""
    letter = "N0" if nodes else "M0"
    for tnm in _at_presentation(facts(case, Tnm)):
        if letter in tnm.value.code:
            return tnm
    for fact in _at_presentation(facts(case, Metastasis, Assertion.NEGATED)):
        if bool(_NODE.search(fact.value.concept)) is nodes and (nodes or not fact.value.site):
            return fact
    return None


def _grade(case: Case[Value]) -> Fact[Grade] | None:
    """The grade of the first specimen, FNCLCC before one without a system; WHO grades are of another scale."""
    told = [fact for fact in _at_presentation(facts(case, Grade)) if fact.value.grade in _GRADES]
    named = [fact for fact in told if fact.value.system == "FNCLCC"]
    return next(iter(named or [fact for fact in told if fact.value.system is None]), None)


def _at_presentation(told: list[Fact[V]]) -> list[Fact[V]]:
    return [
        fact
        for fact in told
        if fact.phase is Phase.FIRST
        and (fact.when is None or fact.when.anchor == "calendar" or fact.when.earliest_days <= _AT_PRESENTATION_DAYS)
    ]


MEASURE = Formula(name="stage group", compute=compute)
