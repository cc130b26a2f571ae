"""Columns age_years and sex."""

from __future__ import annotations

from collections import Counter

from caselore.assembly.cell import CaseFacts, Cell
from caselore.model.fact import Fact, Phase
from caselore.model.text import SectionKind
from caselore.topics.demographics import Age, Sex
from caselore.topics.ontology import within
from caselore.topics.site import TumourSite

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
    """The sex that nouns state most often; pronouns count where there is no noun, and last an organ that only one sex has."""
    stated = facts.of(Sex, phases=_ANY)
    nouns = [fact for fact in stated if fact.value.by == "noun"]
    nouns = [fact for fact in nouns if not _only_titled(fact)] or nouns  # a title may be about one of several
    pronouns = [fact for fact in stated if fact.value.by == "pronoun"]
    return _majority(nouns) or _majority(pronouns) or _by_organ(facts)


def _only_titled(fact: Fact[Sex]) -> bool:
    return all(evidence.section is SectionKind.TITLE for evidence in fact.evidence)


def _by_organ(facts: CaseFacts) -> Cell | None:
    """Female for a tumour of the ovary, male for a "prostatic leiomyosarcoma"; "adnexa" may be those of the skin."""
    told = [
        fact
        for fact in facts.of(TumourSite)
        if fact.value.role == "tumour" and (fact.value.named or not fact.value.implied)
    ]
    sexes = {
        sex: tuple(
            fact for fact in told if within(fact.value.concept, frozenset({organs})) and "adnex" not in fact.value.site
        )
        for sex, organs in (("female", "female_genital"), ("male", "male_genital"))
    }
    certain = [(sex, found) for sex, found in sexes.items() if found]
    return Cell(value=certain[0][0], facts=certain[0][1]) if len(certain) == 1 else None


def _majority(stated: list[Fact[Sex]]) -> Cell | None:
    votes = Counter(fact.value.sex for fact in stated for _ in fact.evidence)
    if not votes:
        return None
    winner, count = votes.most_common(1)[0]
    if list(votes.values()).count(count) > 1:
        winner = stated[0].value.sex
    return Cell(value=winner, facts=tuple(fact for fact in stated if fact.value.sex == winner))


COLUMNS = {"age_years": age_years, "sex": sex}
