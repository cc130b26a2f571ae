"""Column kps."""

from __future__ import annotations

from caselore.assembly.cell import CaseFacts, Cell
from caselore.model.fact import Phase
from caselore.topics.performance import PerformanceStatus


def kps(facts: CaseFacts) -> Cell | None:
    """The first Karnofsky performance status at presentation; a range gives its middle."""
    for fact in facts.of(PerformanceStatus, phases=(Phase.FIRST,)):
        if fact.value.scale == "Karnofsky performance status":
            return Cell(value=fact.value.value, facts=(fact,))
    return None


COLUMNS = {"kps": kps}
