"""The tellings of one story: the abstract, the case itself, and the discussion, each with the review row it would give."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from caselore.assembly.cell import Cell
from caselore.assembly.row import cells
from caselore.model.case import Case
from caselore.model.fact import Value
from caselore.model.text import SectionKind

TELLINGS: Mapping[str, frozenset[SectionKind]] = {
    "abstract": frozenset({SectionKind.ABSTRACT}),
    "case": frozenset(
        {
            SectionKind.CASE,
            SectionKind.IMAGING,
            SectionKind.OPERATION,
            SectionKind.PATHOLOGY,
            SectionKind.OUTCOME,
            SectionKind.TABLE,
        }
    ),
    "discussion": frozenset({SectionKind.DISCUSSION, SectionKind.CONCLUSION}),
}


def told_in(case: Case[Value], sections: frozenset[SectionKind]) -> Case[Value]:
    """The case with the facts, and of each fact the evidence, that stand in these sections."""
    kept = []
    for fact in case.facts:
        evidence = tuple(one for one in fact.evidence if one.section in sections)
        if evidence:
            kept.append(msgspec.structs.replace(fact, evidence=evidence))
    return Case(patient=case.patient, facts=tuple(kept), events=())


def tellings(case: Case[Value]) -> dict[str, tuple[Case[Value], dict[str, Cell]]]:
    """Each telling that has facts, with its columns."""
    parts = {name: told_in(case, sections) for name, sections in TELLINGS.items()}
    return {name: (part, cells(part)) for name, part in parts.items() if part.facts}
