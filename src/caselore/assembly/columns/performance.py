"""Column kps."""

from __future__ import annotations

from caselore.assembly.cell import CaseFacts, Cell
from caselore.model.fact import Phase
from caselore.topics.performance import PerformanceStatus


def kps(facts: CaseFacts) -> Cell | None:
    """The first Karnofsky performance status at presentation; a range gives its middle.

    Where none stands at the first presentation, the first one that is not told as a result of treatment.
    """
    for phases in ((Phase.FIRST,), (Phase.LATER,)):
        for fact in facts.of(PerformanceStatus, phases=phases):
            if fact.value.scale == "Karnofsky performance status" and not fact.value.after:
                return Cell(value=fact.value.value, facts=(fact,))
    return None


COLUMNS = {"kps": kps}
