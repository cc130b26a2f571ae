"""Columns diagnosis, origin and primary_site."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping

from caselore.assembly.cell import CaseFacts, Cell
from caselore.model.fact import Fact, Phase
from caselore.model.text import SectionKind
from caselore.topics.diagnosis import Diagnosis, Status
from caselore.topics.ontology import wholes
from caselore.topics.origin import TumourOrigin
from caselore.topics.site import TumourSite
from caselore.topics.subject import Subject

_STATUS: Mapping[Status, float] = {"final": 4.0, "named": 1.5, "frozen": 1.0}
_TITLE = 8.0
_SUBJECT = {"opening": 5.0, "keywords": 2.0}
"""What the opening of a report is about outweighs one mistaken first diagnosis, but not the title."""
_ALL_PHASES = (Phase.BEFORE, Phase.FIRST, Phase.LATER)


def diagnosis(facts: CaseFacts) -> Cell | None:
    """The tumour type with the most weight: title and explicit diagnostic statements before mere names.

    A subtype inherits the weight of its parents, so that "pleomorphic leiomyosarcoma" wins over "leiomyosarcoma"; classes
    of tumours ("sarcoma") stand only where nothing more specific is told.
    """
    stated, subjects = facts.of(Diagnosis), facts.of(Subject)
    for rank in ("", "generic"):
        weights: defaultdict[str, float] = defaultdict(float)
        labels: defaultdict[tuple[str, str], float] = defaultdict(float)
        for subject in subjects if rank == "" else ():
            weights[subject.value.concept] += _SUBJECT[subject.value.by]
            labels[subject.value.concept, subject.value.label] += 0.1
        for fact in stated:
            if fact.value.rank == rank and _weight(fact) > 0:
                weights[_key(fact.value)] += _weight(fact)
                labels[_key(fact.value), fact.value.label] += _weight(fact)
        if weights:
            # of equals the one told last: a first impression is corrected later, not the other way round
            last_first = reversed(weights)
            best = max(last_first, key=lambda key: (weights[key] + _inherited(key, weights), weights[key]))
            label = max((pair for pair in labels if pair[0] == best), key=lambda pair: (labels[pair], len(pair[1])))[1]
            chosen = tuple(fact for fact in stated if _key(fact.value) == best and _weight(fact) > 0)
            return Cell(value=label, facts=(*chosen, *(fact for fact in subjects if fact.value.concept == best)))
    return None


def _key(value: Diagnosis) -> str:
    return value.concept or value.label


def _weight(fact: Fact[Diagnosis]) -> float:
    each = _STATUS.get(fact.value.status, 0.0)
    if not each:
        return 0.0
    title = fact.value.status in ("final", "named") and in_title(fact)
    away = all(evidence.section in CONFIRMING for evidence in fact.evidence)
    return each * math.sqrt(_times(fact)) * (0.4 if away else 1.0) + (_TITLE if title else 0.0)


def _times(fact: Fact[Diagnosis]) -> float:
    """How often the fact is told; where a cue stands with the name, each telling has two places."""
    return len(fact.evidence) / (1 if fact.value.status == "named" else 2)


def in_title(fact: Fact[Diagnosis] | Fact[TumourSite] | Fact[TumourOrigin]) -> bool:
    return any(evidence.section is SectionKind.TITLE for evidence in fact.evidence)


def _inherited(key: str, weights: Mapping[str, float]) -> float:
    """The weight of the concepts above, for a subtype that is more than a passing word."""
    above = sum(weights[parent] for parent in wholes("tumours.csv", key) if parent in weights)
    return above if weights[key] >= 0.15 * above else 0.0


def origin(facts: CaseFacts) -> Cell | None:
    """Primary or metastatic; the title counts most, statements after the first treatment not at all."""
    stated = [fact for fact in facts.of(TumourOrigin, phases=(Phase.BEFORE, Phase.FIRST)) if fact.value.direct]
    if any(fact.value.origin == "metastatic" for fact in stated):
        # "after hysterectomy for a primary leiomyosarcoma": what came before a metastasis was primary of course
        stated = [fact for fact in stated if fact.value.origin != "primary" or fact.phase is not Phase.BEFORE]
    votes: Counter[str] = Counter()
    for fact in stated:
        weighs = in_title(fact) and (fact.value.definite or fact.value.origin == "primary")
        votes[fact.value.origin] += 5 if weighs else len(fact.evidence)
    if not votes:
        return None
    primary, metastatic = votes["primary"], votes["metastatic"]
    sourced = any(fact.value.definite for fact in stated)
    told_often = metastatic >= 2 and (sourced or not _holds_its_source(facts))
    if metastatic > primary and (told_often or (sourced and not _is_titled_by_own_site(facts))):
        chosen = "metastatic"
    elif primary:
        chosen = "primary"
    else:
        return None
    return Cell(value=chosen, facts=tuple(fact for fact in stated if fact.value.origin == chosen))


def _holds_its_source(facts: CaseFacts) -> bool:
    """Whether the tumour of the organ that it came from is there too: "metastatic" then tells the stage of that tumour."""
    source = _primary_site(facts)
    return source is not None and any(
        fact.value.site == source.value and fact.value.role == "tumour" and is_told_in_case(fact)
        for fact in facts.of(TumourSite, phases=(Phase.FIRST,))
    )


def _is_titled_by_own_site(facts: CaseFacts) -> bool:
    """Whether the title is about the tumour at one site ("chordoma of the clivus") and of no metastasis."""
    titled = [fact.value for fact in facts.of(TumourSite) if in_title(fact)]
    return any(site.named for site in titled) and all(site.role != "metastasis" for site in titled)


CONFIRMING = frozenset({SectionKind.CAPTION, SectionKind.TABLE, SectionKind.DISCUSSION, SectionKind.CONCLUSION})


def is_told_in_case(fact: Fact[TumourSite]) -> bool:
    return any(evidence.section not in CONFIRMING for evidence in fact.evidence)


def is_metastatic(facts: CaseFacts) -> bool:
    """Whether the reported tumour is a metastasis."""
    told = origin(facts)
    return told is not None and told.value == "metastatic"


def primary_site(facts: CaseFacts) -> Cell | None:
    """The organ that a metastatic tumour came from."""
    return _primary_site(facts) if is_metastatic(facts) else None


def _primary_site(facts: CaseFacts) -> Cell | None:
    """Named as the source first; then the site of an earlier tumour; last a site that stands with the tumour's name."""
    votes: defaultdict[str, float] = defaultdict(float)
    stated = [fact for fact in facts.of(TumourOrigin, phases=_ALL_PHASES) if fact.value.primary_site]
    for fact in stated:
        site = fact.value.primary_site or ""
        earlier = 2.0 if fact.phase is Phase.BEFORE else 1.0
        votes[site] += 3.0 if fact.value.direct else 0.6 * earlier if fact.value.by_operation else earlier
    if not votes:
        return None
    best = max(votes, key=lambda site: votes[site] - (2.5 if site in _WEAK_SOURCES else 0.0))
    return Cell(value=best, facts=tuple(fact for fact in stated if fact.value.primary_site == best))


_WEAK_SOURCES = frozenset(
    {"subcutaneous tissue", "skin", "soft tissue", "brain", "lung", "liver", "bone", "cerebellum", "spine"}
)
"""More often the seat of a metastasis than its source, or no organ."""


COLUMNS = {
    "diagnosis": diagnosis,
    "origin": origin,
    "primary_site": primary_site,
}
