"""Columns immune and prior_radiation."""

from __future__ import annotations

from collections import Counter

from caselore.assembly.cell import CaseFacts, Cell
from caselore.assembly.columns.tumour import is_metastatic
from caselore.model.fact import Fact, Phase
from caselore.topics.history import ImmuneStatus, PriorRadiation

ASPECTS = ("hiv", "ebv", "transplant", "immunocompetent")
_EVER = (Phase.BEFORE, Phase.FIRST)


def immune(facts: CaseFacts) -> Cell | None:
    """What is stated of each aspect; where statements differ, the one told most often, then the one that names a disease."""
    found: dict[str, str] = {}
    used: list[Fact[ImmuneStatus]] = []
    for aspect in ASPECTS:
        told = [fact for fact in facts.of(ImmuneStatus, phases=_EVER) if fact.value.aspect == aspect]
        if not told:
            continue
        counts = Counter(fact.value.status for fact in told for _ in fact.evidence)
        status = max(counts, key=lambda s: (counts[s], s in ("positive", "yes")))
        found[aspect] = status
        used += [fact for fact in told if fact.value.status == status]
    return Cell(value=found, facts=tuple(used)) if found else None


def prior_radiation(facts: CaseFacts) -> Cell | None:
    """Given before this tumour wins over its denial: a denial may be about another site.

    Where the reported tumour is a metastasis, what had been irradiated is the primary tumour, not this site.
    """
    told = facts.of(PriorRadiation, phases=_EVER)
    if is_metastatic(facts):
        told = [fact for fact in told if fact.value.given == "no"]
    for given in ("yes", "no"):
        found = tuple(fact for fact in told if fact.value.given == given)
        if found:
            return Cell(value=given, facts=found)
    return None


COLUMNS = {"immune": immune, "prior_radiation": prior_radiation}
