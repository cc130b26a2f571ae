"""Where a concept of a term file stands: what it is called, and what lies above it (ICD-O/NCIt for tumours, anatomy for sites)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

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
