"""Stage group of a soft-tissue sarcoma at presentation, 7th and 8th edition of the AJCC manual.

8th, trunk and extremity, N0 M0: T1 G1 is IA, T2 to T4 G1 IB, T1 G2-3 II, T2 G2-3 IIIA, T3 and T4 G2-3 IIIB; any N1 or M1
is IV. 7th, N0 M0: T1 G1 is IA, T2 G1 IB, T1 G2-3 IIA, T2 G2 IIB, T2 G3 III; N1 is III, M1 IV. G is the FNCLCC grade. What
the report does not tell is not taken for none: without a word on metastases there is no stage.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from caselore.measures.formula import Formula, Results, V, evidence, facts, parameters
from caselore.measures.soft_tissue import is_head_and_neck, is_soft_tissue_sarcoma, largest, nearest_site
from caselore.model.case import Case, Report
from caselore.model.fact import Assertion, Fact, Phase, Value
from caselore.model.measure import Measure, NotComputable
from caselore.topics.lesion_size import LesionSize
from caselore.topics.metastasis import Metastasis
from caselore.topics.site import TumourSite
from caselore.topics.staging import Grade, Tnm

_AT_PRESENTATION_DAYS = 92.0
_NODE = re.compile(r"lymph_node|nodal", re.IGNORECASE)
_GRADES = {
    "1": (("1",), ""),
    "2": (("2",), ""),
    "3": (("3",), ""),
    "low": (("1",), "low grade taken for G1"),
    "high": (("2", "3"), "high grade taken for G2 or G3"),
}
"""Printed grades as the G that they may be, and what is taken for granted."""


def compute(case: Case[Value], report: Report[Value]) -> Results:
    size = largest(case, Phase.FIRST)
    if is_soft_tissue_sarcoma(case) and size is not None:
        for edition in parameters("stage_group")["edition"]:
            yield from _by_edition(case, edition, size)


def _by_edition(case: Case[Value], edition: Mapping[str, Any], size: Fact[LesionSize]) -> Results:
    site = nearest_site(case, size)
    if site is None or not _is_in_chart(site.value.site, edition):
        if is_head_and_neck(site) and "no_groups" in edition:
            reason = edition["no_groups"]
        else:
            where = "the site is not reported" if site is None else f"the tumour is of the {site.value.site}"
            reason = f"{edition['elsewhere']}, {where}"
        yield NotComputable(name=edition["name"], reason=reason, evidence=evidence(size))
        return
    category = next(name for name, most in edition["up_to_mm"].items() if size.value.largest <= most)
    if distant := _spread(case, nodes=False):
        yield _measure(edition, edition["distant"], f"{category}, {_words(distant)}", (), size, distant)
    elif node := _spread(case, nodes=True):
        yield _measure(edition, edition["nodes"], f"{category}, {_words(node)}", (), size, node)
    else:
        yield from _without_spread(case, edition, category, size, site)


def _without_spread(
    case: Case[Value], edition: Mapping[str, Any], category: str, size: Fact[LesionSize], site: Fact[TumourSite]
) -> Results:
    grade, clear, nodes = _grade(case), _denied(case, nodes=False), _denied(case, nodes=True)
    missing = [name for name, fact in (("FNCLCC grade", grade), ("metastases", clear)) if fact is None]
    if grade is None or clear is None:
        reason = f"not reported: {', '.join(missing)}"
        yield NotComputable(name=edition["name"], reason=reason, evidence=evidence(size, site))
        return
    letters, assumption = _GRADES[grade.value.grade]
    found = [one["stage"] for one in edition["group"] if category in one["t"] and not set(letters).isdisjoint(one["g"])]
    if len(found) > 1:
        reason = (
            f"{grade.value.grade} grade may be G{' or G'.join(letters)}, which is {' or '.join(found)} of {category}"
        )
        yield NotComputable(name=edition["name"], reason=reason, evidence=evidence(size, grade))
        return
    assumed = [assumption] if assumption else []
    if grade.value.system is None and not assumption:
        assumed.append("the grade is that of FNCLCC")
    if nodes is None:
        assumed.append("the denial of metastases holds for lymph nodes too")
    behind = [size, grade, clear, *([nodes] if nodes and nodes is not clear else [])]
    yield _measure(edition, found[0], f"{category} N0 M0 G{'-'.join(letters)}", tuple(assumed), *behind)


def _measure(
    edition: Mapping[str, Any], stage: str, how: str, assumptions: tuple[str, ...], *behind: Fact[Value]
) -> Measure:
    return Measure(
        name=edition["name"],
        value=stage,
        how=how,
        source=edition["source"],
        assumptions=("size alone decides T", *assumptions),
        evidence=evidence(*behind),
    )


def _is_in_chart(site: str, edition: Mapping[str, Any]) -> bool:
    told = parameters("stage_group")["sites"]
    words = {*told["regions"], *edition["further"]}
    return not words.isdisjoint(site.split()) or any(wall in site for wall in told["walls"])


def _spread(case: Case[Value], *, nodes: bool) -> Fact[Value] | None:
    """A distant metastasis, or an involved node, at presentation, in words or as TNM."""
    letters = re.compile(r"N[1-3]" if nodes else r"M1")
    for tnm in _at_presentation(facts(case, Tnm)):
        if letters.search(tnm.value.code):
            return tnm
    found = (f for f in _at_presentation(facts(case, Metastasis)) if bool(_NODE.search(f.value.concept)) is nodes)
    return next(found, None)


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
