"""Where a concept of a term file stands: what it is called, and what lies above it (ICD-O/NCIt for tumours, anatomy for sites)."""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cache
from math import log

from caselore.language.lexicon import Term, variants
from caselore.topics.catalogue import load_terms


@cache
def concepts(name: str) -> Mapping[str, Term]:
    """The terms of a file by concept."""
    return {term.concept: term for term in load_terms(name)}


@cache
def written(name: str) -> Mapping[str, Term]:
    """The terms of a file by every written form, folded; labels come before other forms."""
    found: dict[str, Term] = {}
    for labels_only in (True, False):
        for term in load_terms(name):
            for form in (term.label,) if labels_only else term.forms:
                for folded in variants(form):
                    found.setdefault(folded, term)
    return found


@cache
def named(name: str, words: str) -> Term | None:
    """The term of a file that words name, in any written form; None where they name none."""
    for folded in variants(words):
        if term := written(name).get(folded):
            return term
    return None


@cache
def ancestors(name: str, concept: str) -> Mapping[str, int]:
    """The concept itself and all above it, with the steps to each; the nearest way counts."""
    steps = {concept: 0}
    edge = [concept]
    while edge:
        edge = [parent for one in edge for parent in concepts(name)[one].parents if parent not in steps]
        for parent in edge:
            steps.setdefault(parent, max(steps.values()) + 1)
    return steps


@cache
def wholes(name: str, concept: str) -> frozenset[str]:
    """All that lies above a concept, without itself; nothing for words that are no concept."""
    return frozenset(ancestors(name, concept).keys() - {concept}) if concept in concepts(name) else frozenset()


def within(concept: str, places: Set[str]) -> bool:
    """Whether a place of anatomy.csv is one of the places or a part of one."""
    return not places.isdisjoint({concept, *wholes("anatomy.csv", concept)})


@cache
def information(name: str, concept: str) -> float:
    """How much a concept says by its place alone: 0 at the top, 1 where nothing lies below it (Seco 2004)."""
    return 1 - log(_below(name)[concept] + 1) / log(len(concepts(name)))


def likeness(name: str, one: str, other: str) -> float:
    """Lin's measure of two concepts, from 0 to 1: what they share against what each says (Lin 1998)."""
    if one == other:
        return 1.0
    shared = ancestors(name, one).keys() & ancestors(name, other).keys()
    most = max((information(name, concept) for concept in shared), default=0.0)
    return 2 * most / (information(name, one) + information(name, other)) if most else 0.0


@cache
def _below(name: str) -> Mapping[str, int]:
    """How many concepts lie below each."""
    counts = dict.fromkeys(concepts(name), 0)
    for concept in concepts(name):
        for above in ancestors(name, concept):
            counts[above] += above != concept
    return counts
