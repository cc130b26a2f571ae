"""How two patients compare in each aspect: agreement from -1 (opposite) to 1 (the same), None where either report is silent.

Tumours and sites are compared in their hierarchies by Lin's measure (Lin 1998, An information-theoretic definition of
similarity) with the information content of the place in the hierarchy (Seco 2004, An intrinsic information content metric).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from math import log2

from caselore.model.row import ReviewRow
from caselore.similarity.weights import Scales
from caselore.topics.ontology import likeness, named

Agreement = Callable[[ReviewRow, ReviewRow, Scales], float | None]
"""Compares two patients in one aspect."""

_LOW, _HIGH = frozenset({"1", "low"}), frozenset({"3", "4", "high"})


def tumour(mine: ReviewRow, theirs: ReviewRow, scales: Scales) -> float | None:
    """The final diagnoses, in the hierarchy of tumours; words outside it agree only with themselves."""
    if not mine.diagnosis or not theirs.diagnosis:
        return None
    return _centred(_alike("tumours.csv", mine.diagnosis, theirs.diagnosis))


def site(mine: ReviewRow, theirs: ReviewRow, scales: Scales) -> float | None:
    """The sites of the reported tumour: for each of mine the nearest of theirs, and the other way round."""
    return _nearest(mine.sites, theirs.sites)


def origin(mine: ReviewRow, theirs: ReviewRow, scales: Scales) -> float | None:
    """Primary or metastatic; two metastatic tumours also by the organ of origin."""
    if mine.origin is None or theirs.origin is None:
        return None
    if mine.origin != theirs.origin:
        return -1.0
    if mine.primary_site and theirs.primary_site:
        return (1.0 + _centred(_alike("anatomy.csv", mine.primary_site, theirs.primary_site))) / 2
    return 1.0


def age(mine: ReviewRow, theirs: ReviewRow, scales: Scales) -> float | None:
    """Years apart."""
    if mine.age_years is None or theirs.age_years is None:
        return None
    return max(-1.0, 1.0 - abs(mine.age_years - theirs.age_years) / scales.age_years)


def sex(mine: ReviewRow, theirs: ReviewRow, scales: Scales) -> float | None:
    return _same(mine.sex, theirs.sex)


def size(mine: ReviewRow, theirs: ReviewRow, scales: Scales) -> float | None:
    """Largest dimensions, in doublings."""
    if not mine.largest_dimension_mm or not theirs.largest_dimension_mm:
        return None
    apart = abs(log2(mine.largest_dimension_mm / theirs.largest_dimension_mm))
    return max(-1.0, 1.0 - apart / scales.size_doublings)


def immune(mine: ReviewRow, theirs: ReviewRow, scales: Scales) -> float | None:
    """Entries that both tell."""
    return _shared(mine.immune, theirs.immune)


def stains(mine: ReviewRow, theirs: ReviewRow, scales: Scales) -> float | None:
    """Results of stains done in both; one in common says less than three."""
    agreement = _shared(_told(mine.ihc), _told(theirs.ihc))
    if agreement is None:
        return None
    shared = len(_told(mine.ihc).keys() & _told(theirs.ihc).keys())
    return agreement * min(1.0, shared / scales.shared_stains)


def grade(mine: ReviewRow, theirs: ReviewRow, scales: Scales) -> float | None:
    """Low is 1, high is 3 or 4; 2 agrees only with itself."""
    if mine.grade is None or theirs.grade is None:
        return None
    together = {mine.grade, theirs.grade}
    return 1.0 if len(together) == 1 or together <= _LOW or together <= _HIGH else -1.0


def extent(mine: ReviewRow, theirs: ReviewRow, scales: Scales) -> float | None:
    """Distant metastases, where both tell them; silence is not "none"."""
    return _nearest(mine.metastases, theirs.metastases)


ASPECTS: Mapping[str, Agreement] = {
    "tumour": tumour,
    "site": site,
    "origin": origin,
    "age": age,
    "sex": sex,
    "size": size,
    "immune": immune,
    "stains": stains,
    "grade": grade,
    "extent": extent,
}


def in_words(aspect: str, row: ReviewRow) -> str:
    """What a row says of an aspect; empty where it is silent."""
    if aspect == "origin":
        return " from ".join(filter(None, (row.origin, row.primary_site)))
    value = {
        "tumour": row.diagnosis,
        "site": row.sites,
        "age": row.age_years,
        "sex": row.sex,
        "size": row.largest_dimension_mm,
        "immune": row.immune,
        "stains": _told(row.ihc),
        "grade": row.grade,
        "extent": row.metastases,
    }[aspect]
    return _written(value, {"age": " years", "size": " mm"}.get(aspect, ""))


def _written(value: object, unit: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        signs = {"positive": "+", "negative": "-"}
        return " ".join(f"{name}{signs.get(result, ' ' + result)}" for name, result in value.items())
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{value:g}{unit}" if isinstance(value, float | int) else f"{value}{unit}"


def _told(ihc: Mapping[str, str]) -> dict[str, str]:
    return {marker: result for marker, result in ihc.items() if result != "conflict"}


def _same(mine: str | None, theirs: str | None) -> float | None:
    if mine is None or theirs is None:
        return None
    return 1.0 if mine == theirs else -1.0


def _shared(mine: Mapping[str, str], theirs: Mapping[str, str]) -> float | None:
    both = mine.keys() & theirs.keys()
    if not both:
        return None
    return sum(1.0 if mine[name] == theirs[name] else -1.0 for name in both) / len(both)


def _nearest(mine: Sequence[str], theirs: Sequence[str]) -> float | None:
    if not mine or not theirs:
        return None
    return _centred((_one_way(mine, theirs) + _one_way(theirs, mine)) / 2)


def _one_way(places: Sequence[str], others: Iterable[str]) -> float:
    return sum(max(_alike("anatomy.csv", place, other) for other in others) for place in places) / len(places)


def _centred(likeness_of_two: float) -> float:
    """From 0 to 1, to -1 to 1."""
    return 2 * likeness_of_two - 1


@cache
def _alike(name: str, mine: str, theirs: str) -> float:
    one, other = named(name, mine), named(name, theirs)
    if one is None or other is None:
        return 1.0 if mine.casefold() == theirs.casefold() else 0.0
    return likeness(name, one.concept, other.concept)
