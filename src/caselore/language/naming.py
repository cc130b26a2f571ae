"""The name of a concept in the words of the text: American spelling, singular, as the term table writes it."""

from __future__ import annotations

import re
from functools import cache

from caselore.language.lexicon import Mention, Term, fold, looks_like_abbreviation, variants


def printed_name(mention: Mention) -> str:
    """The form of the mention's term that was printed; the label for abbreviations and adjectives.

    "superficial femoral veins" gives "superficial femoral vein" although the concept is the femoral vein: review
    tables keep the authors' name for a thing.
    """
    words = " ".join(fold(mention.words).split())
    return _forms(mention.term).get(words, mention.label)


def is_printed_in_full(mention: Mention) -> bool:
    """Whether the text has the name itself, not an adjective or an abbreviation of it."""
    return " ".join(fold(mention.words).split()) in _forms(mention.term)


@cache
def _forms_of(forms: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for form in forms:
        for variant in variants(form):
            found.setdefault(variant, _usual(form, forms))
    return found


def _usual(form: str, forms: tuple[str, ...]) -> str:
    """ "Merkel cell carcinoma" for "Merkel cell cancer", the singular for "sinuses"."""
    if form.endswith(" cell cancer") and (proper := form.removesuffix("cancer") + "carcinoma") in forms:
        return proper
    return form.removesuffix("es") if form.endswith(" sinuses") else form


def _forms(term: Term) -> dict[str, str]:
    """Full names only, the preferred (first) spelling of each."""
    return _full_forms(term.label, term.forms, term.adjectives)


@cache
def _full_forms(label: str, forms: tuple[str, ...], adjectives: frozenset[str]) -> dict[str, str]:
    return _forms_of(tuple(f for f in forms if f == label or not (f in adjectives or _abbreviated(f))))


@cache
def _abbreviated(form: str) -> bool:
    """Whether a form is, or has in it, an abbreviation: "GBM", "giant cell GBM", "EBV-SMT"."""
    return looks_like_abbreviation(form) or re.search(r"\b[A-Z]{2,5}\b", form) is not None
