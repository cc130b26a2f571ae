"""Column laterality: the side of the tumour, never that of a symptom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set

from caselore.assembly.cell import CaseFacts, Cell
from caselore.assembly.columns.site_hints import places_named
from caselore.assembly.columns.sites import ROLES, chosen_sites, sites
from caselore.assembly.columns.tumour import in_title, primary_site
from caselore.assembly.organs import places_of_side
from caselore.model.fact import Fact, Phase, Value
from caselore.topics.ontology import within
from caselore.topics.organ_side import OrganSide
from caselore.topics.site import TumourSide, TumourSite

_SIDELESS = frozenset({"heart", "bile_duct"})
_CROSSED = frozenset({"cns"})
"""Organs whose signs are on the other side."""
_SIDED_WHOLES = frozenset({"cerebrum", "skin", "subcutis", "head", "soft_tissue", "extremity"})
"""Regions whose side is that of the tumour, though they are too general for a site."""


def laterality(facts: CaseFacts) -> Cell | None:
    """The side most often told of the tumour's sites; that of an operation only where nothing else has one."""
    chosen = chosen_sites(facts)
    lateral = [fact for fact in chosen if not _sideless(fact)]
    if chosen and (not lateral or (len(lateral) < len(chosen) and all(f.value.role == "extension" for f in lateral))):
        return None
    concepts = {fact.value.concept for fact in lateral}
    source = primary_site(facts)
    stated = [
        fact
        for fact in facts.of(TumourSite, phases=(Phase.FIRST,))
        if fact.value.role in ROLES and (fact.value.concept in concepts or within(fact.value.concept, _SIDED_WHOLES))
    ]
    if source is not None:
        stated = [fact for fact in stated if fact.value.site != source.value]
    votes: Counter[str] = Counter()
    for fact in (*stated, *(f for f in lateral if f not in stated)):
        if fact.value.side:
            share = 2 if fact.value.concept in concepts else 1
            votes[fact.value.side] += share * len(fact.evidence) + (3 if in_title(fact) else 0)
    sided = facts.of(TumourSide, phases=(Phase.FIRST,))
    beside: list[Fact[OrganSide]] = []
    for basis in ("tumour", "operation", "examination"):
        if basis == "tumour" or not votes:
            for side in sided:
                if side.value.basis == basis:
                    votes[side.value.side] += len(side.evidence)
    if not votes:
        # A tumour that came back mostly did so on its own side.
        later = [fact for fact in facts.of(TumourSide, phases=(Phase.LATER,)) if fact.value.basis != "examination"]
        votes = Counter(side.value.side for side in later)
        sided = [*sided, *later]
    if not votes:
        # Last, the side of a swelling in a region that is no site of its own.
        stated = [fact for fact in facts.of(TumourSite, phases=(Phase.FIRST,)) if fact.value.role == "presentation"]
        votes = Counter(fact.value.side for fact in stated if fact.value.side)
    if not votes:
        beside = _beside(facts, {fact.value.concept for fact in chosen} or _concepts_told(facts))
        votes = Counter(fact.value.side for fact in beside)
    if not votes:
        return None
    (best, most), *others = votes.most_common()
    if others and 2 * others[0][1] > most:
        return None  # foci on both sides, or the text contradicts itself
    told: list[Fact[Value]] = [
        *(f for f in stated if f.value.side == best),
        *(f for f in sided if f.value.side == best),
        *(f for f in beside if f.value.side == best),
    ]
    return Cell(value=best, facts=tuple(told))


def _concepts_told(facts: CaseFacts) -> Set[str]:
    """Those of the column of sites, where it has them from the report or from the name of the tumour."""
    cell = sites(facts)
    return places_named(cell) if cell else frozenset()


def _beside(facts: CaseFacts, concepts: Set[str]) -> list[Fact[OrganSide]]:
    """Where the tumour's own words have no side: what is told of its organ, of parts of it, and of places that show its side."""
    if any(within(concept, _CROSSED | _SIDELESS) for concept in concepts):
        return []
    places = set(concepts).union(*(places_of_side().get(concept, ()) for concept in concepts))
    return [
        fact
        for fact in facts.of(OrganSide, phases=(Phase.FIRST,))
        if within(fact.value.concept, places) and not within(fact.value.concept, _SIDELESS)
    ]


def _sideless(fact: Fact[TumourSite]) -> bool:
    """Heart chambers and bile ducts have left and right in their names, which is no side of the body."""
    return within(fact.value.concept, _SIDELESS)


COLUMNS = {"laterality": laterality}
