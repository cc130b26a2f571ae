"""Columns age_years and sex."""

from __future__ import annotations

from collections import Counter

from caselore.assembly.cell import CaseFacts, Cell
from caselore.model.fact import Fact, Phase
from caselore.topics.demographics import Age, Sex

_ANY = tuple(Phase)


def age_years(facts: CaseFacts) -> Cell | None:
    """The first age at presentation; where only another age is printed, that one."""
    stated = facts.of(Age, phases=_ANY)
    for at in ("presentation", "earlier", "later"):
        for fact in stated:
            if fact.value.at == at:
                return Cell(value=fact.value.years, facts=(fact,))
    return None


def sex(facts: CaseFacts) -> Cell | None:
    """The sex that nouns state most often; pronouns count where there is no noun."""
    stated = facts.of(Sex, phases=_ANY)
    nouns = [fact for fact in stated if fact.value.by == "noun"]
    return _majority(nouns) or _majority([fact for fact in stated if fact.value.by == "pronoun"])


def _majority(stated: list[Fact[Sex]]) -> Cell | None:
    votes = Counter(fact.value.sex for fact in stated for _ in fact.evidence)
    if not votes:
        return None
    winner, count = votes.most_common(1)[0]
    if list(votes.values()).count(count) > 1:
        winner = stated[0].value.sex
    return Cell(value=winner, facts=tuple(fact for fact in stated if fact.value.sex == winner))


COLUMNS = {"age_years": age_years, "sex": sex}
