"""Columns age_years and sex."""

from __future__ import annotations

from collections import Counter

from caselore.assembly.cell import CaseFacts, Cell
from caselore.topics.demographics import Age, Sex


def age_years(facts: CaseFacts) -> Cell | None:
    """The first stated age."""
    for fact in facts.of(Age):
        return Cell(value=fact.value.years, facts=(fact,))
    return None


def sex(facts: CaseFacts) -> Cell | None:
    """The sex that is stated most often."""
    stated = facts.of(Sex)
    if not stated:
        return None
    winner = Counter(fact.value.sex for fact in stated for _ in fact.evidence).most_common(1)[0][0]
    return Cell(value=winner, facts=tuple(fact for fact in stated if fact.value.sex == winner))


COLUMNS = {"age_years": age_years, "sex": sex}
