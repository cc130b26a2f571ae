"""The whole answer to "what happened to patients like this one?"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from caselore.cohort.endpoints import definition, survival_times
from caselore.cohort.survival import curve
from caselore.model.cohort import Curve, Endpoint, Exclusion, TimeZero
from caselore.model.row import ReviewRow
from caselore.model.similarity import Comparison, Hit, Similar, Verdict
from caselore.similarity.aspects import ASPECTS, in_words
from caselore.similarity.index import PatientIndex
from caselore.similarity.weights import Weights
from caselore.similarity.words import words_of

_FEW_TIMES = 10


class NothingToCompare(ValueError):
    """The patient asked for tells nothing that could be compared, or there is nobody to compare with."""


class Scored(msgspec.Struct, frozen=True):
    """A patient by the place in the collection, with the score and its two parts."""

    place: int
    score: float
    structure: float
    relevance: float


def similar(index: PatientIndex, query: ReviewRow, text: str, count: int, weights: Weights) -> Similar:
    """The `count` nearest patients to a row and the words that tell of it, with their survival.

    Raises NothingToCompare and StatisticsMissing.
    """
    hits = [_hit(index, query, scored, weights) for scored in rank(index, query, text, weights)[:count]]
    survival, excluded = _survival(hits)
    return Similar(
        query=query,
        of=len(index.members),
        hits=tuple(hits),
        survival=survival,
        definition=definition(Endpoint.OVERALL, TimeZero.REPORTED),
        without_time=excluded,
        notes=_notes(query, hits, survival),
    )


def rank(index: PatientIndex, query: ReviewRow, text: str, weights: Weights) -> list[Scored]:
    """The patients worth comparing, the nearest first. Raises NothingToCompare."""
    words = f"{text} {words_of(query)}"
    asked = {aspect: weights.weights[aspect] for aspect in ASPECTS if in_words(aspect, query)}
    if not asked and not words.strip():
        raise NothingToCompare("The patient asked for tells nothing to compare: no tumour, site, age, stain, or word.")
    if not index.members:
        raise NothingToCompare("There is nobody to compare with.")
    found = index.close(query, words)
    best = max((one.bm25 for one in found), default=0.0) or 1.0
    scored = []
    for one in found:
        structure = _structure(query, index.members[one.place].row, asked, weights)
        relevance = one.bm25 / best
        scored.append(Scored(one.place, structure + weights.text.weight * relevance, structure, relevance))
    return sorted(scored, key=lambda one: (-one.score, one.place))


def _structure(query: ReviewRow, row: ReviewRow, asked: Mapping[str, float], weights: Weights) -> float:
    """The weighted agreement over all aspects that the query tells; what the other does not tell adds nothing."""
    total = 0.0
    for aspect, weight in asked.items():
        agreement = ASPECTS[aspect](query, row, weights.scales)
        if agreement is not None:
            total += weight * agreement
    return total / (sum(asked.values()) or 1.0)


def compare(query: ReviewRow, row: ReviewRow, weights: Weights) -> tuple[Comparison, ...]:
    """Two patients in every aspect."""
    return tuple(_comparison(aspect, query, row, weights) for aspect in ASPECTS)


def _hit(index: PatientIndex, query: ReviewRow, scored: Scored, weights: Weights) -> Hit:
    member = index.members[scored.place]
    return Hit(
        member=member,
        score=scored.score,
        structure=scored.structure,
        relevance=scored.relevance,
        comparisons=compare(query, member.row, weights),
    )


def _comparison(aspect: str, query: ReviewRow, row: ReviewRow, weights: Weights) -> Comparison:
    agreement = ASPECTS[aspect](query, row, weights.scales)
    return Comparison(
        aspect=aspect,
        mine=in_words(aspect, query),
        theirs=in_words(aspect, row),
        agreement=agreement,
        verdict=_verdict(agreement, weights),
    )


def _verdict(agreement: float | None, weights: Weights) -> Verdict:
    if agreement is None:
        return Verdict.UNKNOWN
    if agreement >= weights.verdicts.agrees:
        return Verdict.AGREES
    return Verdict.DIFFERS if agreement < weights.verdicts.differs else Verdict.NEAR


def _survival(hits: Sequence[Hit]) -> tuple[Curve | None, tuple[Exclusion, ...]]:
    times, excluded = survival_times([hit.member for hit in hits], Endpoint.OVERALL, TimeZero.REPORTED)
    return (curve(times, group="nearest patients") if times else None), tuple(excluded)


def _notes(query: ReviewRow, hits: Sequence[Hit], survival: Curve | None) -> tuple[str, ...]:
    silent = [aspect for aspect in ASPECTS if not in_words(aspect, query)]
    notes = [f"Not told of the patient asked for, so not compared: {', '.join(silent)}."] if silent else []
    if query.diagnosis and not any(_same_kind(hit) for hit in hits):
        notes.append(f"No patient with {query.diagnosis} or a tumour near it was found: these are the least unlike.")
    if survival is None:
        notes.append("None of the nearest patients has a follow-up time with a status: there is no curve.")
    elif survival.patients < _FEW_TIMES:
        notes.append(f"The curve rests on {survival.patients} patients: read the interval, not the line.")
    return tuple(notes)


def _same_kind(hit: Hit) -> bool:
    return any(one.aspect == "tumour" and one.verdict in (Verdict.AGREES, Verdict.NEAR) for one in hit.comparisons)
