"""Stains as a person types them, or as a report tells them, to what the differential weighs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

import msgspec

from caselore.differential.panel import Parameters
from caselore.language.lexicon import fold, variants
from caselore.language.verdict import Result
from caselore.model.differential import ObservedStain
from caselore.topics.catalogue import load_terms
from caselore.topics.ihc import Stain

_TYPED = re.compile(
    r"\s*(?P<name>[^\s,;+?(][^,;+?(]*?)\s*(?P<sign>\+{1,3}|-|−|–|\?|(?<=\s)(?:pos(?:itive)?|neg(?:ative)?))"
    r"\s*(?:\((?P<extent>[a-z ]+)\))?(?:\s*[,;]\s*|\s+|$)",
    re.IGNORECASE,
)


class WrongStains(ValueError):
    """What was typed cannot be read; the message says where."""


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What a person typed: results, and the markers whose result is not known."""

    stains: tuple[ObservedStain, ...]
    unknown: tuple[str, ...]


def typed_stains(text: str, parameters: Parameters) -> Typed:
    """The stains of "SMA+ desmin- S100- CD34+ (focal) STAT6?".

    Raises WrongStains for a name that is no marker, a missing sign, or a marker that is both positive and negative.
    """
    found: dict[str, ObservedStain] = {}
    unknown: dict[str, None] = {}
    place = 0
    while place < len(text.rstrip()):
        match = _TYPED.match(text, place)
        if match is None:
            rest = text[place:].strip()
            raise WrongStains(f"{rest!r} cannot be read; write each stain with + - or ?, as in 'SMA+ desmin- STAT6?'.")
        place = match.end()
        label = marker_label(match["name"])
        if label is None:
            raise WrongStains(f"{match['name']!r} is no marker that caselore knows.")
        if match["sign"] == "?":
            unknown[label] = None
            continue
        stain = _observed(label, match["sign"][0] in "+pP", (match["extent"] or "").split(), parameters)
        if found.setdefault(label, stain).positive != stain.positive:
            raise WrongStains(f"{label} is both positive and negative.")
    if not found:
        raise WrongStains("No stain is positive or negative: there is nothing to weigh.")
    return Typed(stains=tuple(found.values()), unknown=tuple(label for label in unknown if label not in found))


def reported_stains(
    results: Mapping[str, str], told: Iterable[Stain], parameters: Parameters
) -> tuple[ObservedStain, ...]:
    """The stains of a review row, weighed by the extent and intensity that the facts tell; conflicts are left out."""
    words: dict[str, list[str]] = {}
    for stain in told:
        if stain.result is Result.POSITIVE:
            words.setdefault(stain.marker, []).extend(word for word in (stain.extent, stain.intensity) if word)
    return tuple(
        _observed(label, result == Result.POSITIVE, words.get(label, ()), parameters)
        for label, result in ((marker_label(marker) or marker, result) for marker, result in results.items())
        if result in (Result.POSITIVE, Result.NEGATIVE)
    )


def _observed(marker: str, positive: bool, words: Iterable[str], parameters: Parameters) -> ObservedStain:
    """A positive stain has the least weight that a word of extent or intensity gives it; a negative one has full weight."""
    known = {
        word.casefold(): parameters.weight[word.casefold()] for word in words if word.casefold() in parameters.weight
    }
    if not positive or not known:
        return ObservedStain(marker=marker, positive=positive)
    word = min(known, key=lambda one: known[one])
    return ObservedStain(marker=marker, positive=True, weight=known[word], extent=word)


def marker_label(name: str) -> str | None:
    """The label of a marker in any of its written forms."""
    return _labels().get(re.sub(r"\s+", " ", fold(name)).strip())


@cache
def _labels() -> dict[str, str]:
    labels: dict[str, str] = {}
    for term in load_terms("markers.csv"):
        for form in (term.label, *term.forms):
            for folded in variants(form):
                labels.setdefault(folded, term.label)
    return labels
