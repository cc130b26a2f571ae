"""Column largest_dimension_mm."""

from __future__ import annotations

from caselore.assembly.cell import CaseFacts, Cell
from caselore.model.fact import Fact, Phase
from caselore.topics.lesion_size import LesionSize

_NEAR = 600
"""Characters within which measurements belong to one description of the findings."""


def largest_dimension_mm(facts: CaseFacts) -> Cell | None:
    """The largest dimension of the largest tumour at first presentation: imaging before palpation before specimen."""
    sizes = [fact for fact in facts.of(LesionSize, phases=(Phase.FIRST,)) if fact.value.of == "tumour"]
    sizes = [fact for fact in sizes if not fact.value.grown] or sizes
    for methods in (("imaging",), ("unknown", "palpation"), ("specimen",)):
        measured = [fact for fact in sizes if fact.value.by in methods]
        if measured:
            best = max(_together(measured), key=lambda fact: fact.value.largest)
            return Cell(value=best.value.largest, facts=(best,))
    return None


def _together(measured: list[Fact[LesionSize]]) -> list[Fact[LesionSize]]:
    """The first measurement and those printed close to it; later ones may be of other lesions or other days."""
    start = measured[0].evidence[0].span.start
    return [fact for fact in measured if abs(fact.evidence[0].span.start - start) <= _NEAR]


COLUMNS = {"largest_dimension_mm": largest_dimension_mm}
