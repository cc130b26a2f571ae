"""Columns ihc, ki67_percent, mitoses_per_10_hpf, necrosis, grade and grade_system."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from caselore.assembly.cell import CaseFacts, Cell
from caselore.language.verdict import Result
from caselore.model.fact import Fact, Phase, Value
from caselore.model.text import SectionKind
from caselore.topics.ihc import Stain
from caselore.topics.pathology import Ki67, Mitoses, Necrosis
from caselore.topics.staging import Grade

W = TypeVar("W", bound=Value)

NOT_IN_COLUMN = frozenset({"EBER", "HPV ISH", "MMR proteins"})
"""In situ hybridisation is no immunohistochemistry, and a group of proteins is no marker."""

_SENTENCE = 250
"""Characters within which two statements are taken for parts of one."""
_PARTIAL = frozenset({"focal", "patchy", "scattered", "multifocal", "partial", "heterogeneous"})
_RETOLD = (SectionKind.INTRODUCTION, SectionKind.DISCUSSION, SectionKind.CONCLUSION)


def ihc(facts: CaseFacts) -> Cell | None:
    """Marker to positive, negative or conflict, of the first specimen that tells the marker."""
    result: dict[str, str] = {}
    used: list[Fact[Value]] = []
    by_marker: dict[str, list[Fact[Stain]]] = {}
    for fact in facts.of(Stain):
        if fact.value.marker not in NOT_IN_COLUMN and fact.value.result is not Result.EQUIVOCAL:
            by_marker.setdefault(fact.value.marker, []).append(fact)
    for marker, stains in by_marker.items():
        chosen = _first_told(stains)
        result[marker] = _agreed(chosen)
        used += chosen
    return Cell(value=result, facts=tuple(used)) if result else None


def _agreed(stains: Sequence[Fact[Stain]]) -> str:
    """One result of one specimen; positive in one component is positive."""
    specimen = stains[0].value.specimen
    same = [fact for fact in stains if fact.value.specimen in (specimen, None) or specimen is None]
    results = {fact.value.result for fact in same}
    if len(results) == 1:
        return str(results.pop())
    if any(fact.value.component or fact.value.extent in _PARTIAL for fact in same):
        return str(Result.POSITIVE)
    return "conflict"


def _first_told(found: Sequence[Fact[W]]) -> list[Fact[W]]:
    """The facts told in the case itself, of the first presentation or else of later ones; else those of the discussion."""
    for tier in _tiers(found):
        if tier:
            return tier
    return []


def _tiers(found: Sequence[Fact[W]]) -> list[list[Fact[W]]]:
    return [
        [fact for fact in found if fact.phase is phase and _only_retold(fact) is retold]
        for retold in (False, True)
        for phase in (Phase.FIRST, Phase.LATER)
    ]


def _only_retold(fact: Fact[Value]) -> bool:
    return all(evidence.section in _RETOLD for evidence in fact.evidence)


def ki67_percent(facts: CaseFacts) -> Cell | None:
    """The first value of the first specimen; where several areas were counted, the first printed."""
    told = _first_told(facts.of(Ki67))
    return Cell(value=told[0].value.percent, facts=(told[0],)) if told else None


def mitoses_per_10_hpf(facts: CaseFacts) -> Cell | None:
    """The first count of the first specimen."""
    told = _first_told(facts.of(Mitoses))
    return Cell(value=told[0].value.per_10_hpf, facts=(told[0],)) if told else None


def necrosis(facts: CaseFacts) -> Cell | None:
    """Present where any statement on the first specimen says so: a biopsy can miss it. Scans count where no specimen is told."""
    stated = facts.of(Necrosis)
    told = _first_told([fact for fact in stated if not fact.value.on_imaging])
    told = told or [fact for fact in stated if fact.phase is Phase.FIRST and not _only_retold(fact)]
    if not told:
        return None
    present = [fact for fact in told if fact.value.present]
    return Cell(value="present" if present else "absent", facts=tuple(present or told))


def grade(facts: CaseFacts) -> Cell | None:
    """The first numeric grade, else high or low; intermediate has no place in the row.

    Of several word grades in one sentence ("low-grade areas beside high-grade sarcoma") the highest is the tumour's.
    """
    chosen = _grade(facts)
    return Cell(value=chosen.value.grade, facts=(chosen,)) if chosen else None


def grade_system(facts: CaseFacts) -> Cell | None:
    """FNCLCC or WHO where printed with the grade of the row, or with the same grade elsewhere."""
    chosen = _grade(facts)
    if chosen is None:
        return None
    same = [chosen, *(fact for fact in facts.of(Grade) if fact.value.grade == chosen.value.grade)]
    for fact in same:
        if fact.value.system in ("FNCLCC", "WHO"):
            return Cell(value=fact.value.system, facts=(fact,))
    return None


def _grade(facts: CaseFacts) -> Fact[Grade] | None:
    for tier in _tiers([fact for fact in facts.of(Grade) if fact.value.grade != "intermediate"]):
        numeric = [fact for fact in tier if fact.value.grade.isdigit()]
        if numeric:
            return numeric[0]
        if tier:
            same = [fact for fact in tier if fact.evidence[0].span.start - tier[0].evidence[0].span.start < _SENTENCE]
            return min(same, key=lambda fact: fact.value.grade)  # "high" before "low"
    return None


COLUMNS = {
    "ihc": ihc,
    "ki67_percent": ki67_percent,
    "mitoses_per_10_hpf": mitoses_per_10_hpf,
    "necrosis": necrosis,
    "grade": grade,
    "grade_system": grade_system,
}
