"""FNCLCC grade of each specimen, from mitoses, necrosis and the usual differentiation of the type.

Score = differentiation (1-3) + mitoses per 10 HPF (0-9: 1, 10-19: 2, 20 or more: 3) + necrosis (none 0, below half 1, half
or more 2); 2-3 is grade 1, 4-5 grade 2, 6-8 grade 3.
"""

from __future__ import annotations

import re

from caselore.measures.formula import Formula, Results, evidence, facts, parameters
from caselore.model.case import Case, Report
from caselore.model.fact import Fact, Value
from caselore.model.measure import Measure, NotComputable
from caselore.topics.diagnosis import Diagnosis
from caselore.topics.grade_component import GradeComponent
from caselore.topics.pathology import Mitoses, Necrosis

_SPECIMEN = 700
"""Characters within which mitoses and necrosis are of one specimen."""
_PERCENT = re.compile(
    r"(?P<bound>less than|below|<|under)?\s*(?:about|around|approximately|~)?\s*(?P<n>\d{1,3})\s?%", re.IGNORECASE
)
_LIMITS = ((20, 3), (10, 2), (0, 1))


def compute(case: Case[Value], report: Report[Value]) -> Results:
    kind = _type(case)
    if kind is None:
        return
    label, differentiation = kind
    counts = facts(case, Mitoses)
    for mitoses in counts:
        seen = (fact for fact in facts(case, Necrosis) if not fact.value.on_imaging)
        near = [fact for fact in seen if _is_beside(fact, mitoses, counts)]
        if not near:
            yield NotComputable(name="FNCLCC grade", reason="necrosis is not reported", evidence=evidence(mitoses))
            continue
        necrosis = min(near, key=lambda fact: _apart(fact, mitoses))
        yield _graded(report, label, differentiation, mitoses, necrosis, facts(case, GradeComponent))


def _type(case: Case[Value]) -> tuple[str, int] | None:
    """The type of sarcoma and its usual differentiation score."""
    names = [fact.value.label for fact in facts(case, Diagnosis) if fact.value.status in ("final", "named")]
    for score, types in parameters("fnclcc_grade")["differentiation"].items():
        for label in types:
            if any(re.search(rf"(?<!\w){label}\b", name) for name in names):
                return label, int(score)
    return None


def _is_beside(necrosis: Fact[Necrosis], mitoses: Fact[Mitoses], counts: list[Fact[Mitoses]]) -> bool:
    """Whether a statement on necrosis is of the specimen of a count: near it, and nearer than to any other count."""
    if necrosis.phase is not mitoses.phase:
        return False
    for one in necrosis.evidence:
        apart = {id(count): min(abs(e.span.start - one.span.start) for e in count.evidence) for count in counts}
        if apart[id(mitoses)] == min(apart.values()) <= _SPECIMEN:
            return True
    return False


def _apart(one: Fact[Value], other: Fact[Value]) -> int:
    return min(abs(a.span.start - b.span.start) for a in one.evidence for b in other.evidence)


def _graded(
    report: Report[Value],
    label: str,
    usual: int,
    mitoses: Fact[Mitoses],
    necrosis: Fact[Necrosis],
    told: list[Fact[GradeComponent]],
) -> Measure:
    stated = next((f for f in told if f.value.component == "differentiation" and _apart(f, mitoses) <= _SPECIMEN), None)
    differentiation = stated.value.score if stated else usual
    count = mitoses.value.per_10_hpf
    scores = differentiation, next(score for least, score in _LIMITS if count >= least), 0
    assumptions = [] if stated else [f"differentiation score {usual}, usual for {label}"]
    if necrosis.value.present:
        extent = _extent(report, necrosis)
        scores = (*scores[:2], 2 if extent is not None and extent >= 50 else 1)
        if extent is None:
            assumptions.append("necrosis below half of the tumour")
    total = sum(scores)
    grade = next(grade for most, grade in ((3, 1), (5, 2), (8, 3)) if total <= most)
    return Measure(
        name="FNCLCC grade",
        value=float(grade),
        how=f"differentiation {scores[0]} + mitoses {scores[1]} ({count:g} per 10 HPF) + necrosis {scores[2]} = {total}",
        source=parameters("fnclcc_grade")["source"],
        assumptions=tuple(assumptions),
        evidence=evidence(mitoses, necrosis, *([stated] if stated else [])),
    )


def _extent(report: Report[Value], necrosis: Fact[Necrosis]) -> float | None:
    """The share of necrosis in percent that the words around tell; just under the bound of "less than 50%"."""
    for one in necrosis.evidence:
        match = _PERCENT.search(report.document.raw, max(0, one.span.start - 90), one.span.end + 90)
        if match:
            return float(match["n"]) - (1 if match["bound"] else 0)
    return None


MEASURE = Formula(name="FNCLCC grade", compute=compute)
