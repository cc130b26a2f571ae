"""Column sites: where the reported tumour was, and what it grew into."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from caselore.assembly.cell import CaseFacts, Cell
from caselore.assembly.columns.site_hints import hinted_site, organ_of_report, places_named
from caselore.assembly.columns.tumour import (
    CONFIRMING,
    diagnosis,
    in_title,
    is_metastatic,
    is_told_in_case,
    primary_site,
)
from caselore.assembly.organs import groups_of_places
from caselore.language.patterns import Pattern
from caselore.language.site_names import LEVEL
from caselore.model.fact import Fact, Phase
from caselore.model.text import SectionKind
from caselore.topics.diagnosis import Diagnosis
from caselore.topics.disease_place import DiseasePlace
from caselore.topics.metastasis import Metastasis
from caselore.topics.ontology import concepts, wholes, within
from caselore.topics.site import TumourSite
from caselore.topics.subject import Subject

_TOO_GENERAL = groups_of_places()["too_general"]
_REGIONS_OF_THE_ABDOMEN = groups_of_places()["regions_of_the_abdomen"]
_OFTEN_METASTATIC = groups_of_places()["often_metastatic"]
_CONTAINERS = groups_of_places()["containers"]
_ONE_LEVEL = Pattern(r"(?:Th|[CTDLS])\d{1,2}")
ROLES: Mapping[str, float] = {"tumour": 2.0, "extension": 1.5, "presentation": 0.5}


def sites(facts: CaseFacts) -> Cell | None:
    """The sites of the reported tumour, without wholes of which a part is named too; without any, what hints at its site."""
    chosen = chosen_sites(facts)
    if not chosen:
        return hinted_site(facts)
    if all(fact.value.role == "presentation" for fact in chosen):
        told = organ_of_report(facts)
        if told and not any(_related(fact.value.concept, one) for fact in chosen for one in places_named(told)):
            return told
    names: dict[str, str] = {}
    several = not _is_one_level(fact.value.site for fact in chosen if _is_level(fact.value))
    for fact in sorted(chosen, key=lambda fact: (fact.value.implied, not _has_usual_name(fact.value))):
        name = _label(fact.value) if several else fact.value.site
        names.setdefault(name if _is_level(fact.value) else fact.value.concept, name)
    return Cell(value=tuple(dict.fromkeys(names.values())), facts=tuple(chosen))


def chosen_sites(facts: CaseFacts) -> list[Fact[TumourSite]]:
    """The sites with enough evidence: captions and the discussion confirm what the case tells, but add nothing to it."""
    metastatic = is_metastatic(facts)
    usable = _usable_sites(facts, metastatic=metastatic)
    weights: defaultdict[str, float] = defaultdict(float)
    for fact in usable:
        weights[fact.value.concept] += _site_weight(fact)
    spread = {fact.value.concept for fact in facts.of(TumourSite) if fact.value.role == "metastasis"}
    spread |= {fact.value.concept for fact in facts.of(Metastasis)}
    spread |= {fact.value.concept for fact in facts.of(DiseasePlace, phases=(Phase.FIRST,))}
    named = {fact.value.concept for fact in usable if fact.value.named and fact.value.role == "tumour"}
    titled = {fact.value.concept for fact in usable if in_title(fact)}
    usable = _without_levels(usable)
    told = {fact.value.concept for fact in usable}
    kept = (told - _TOO_GENERAL) or told
    in_name = kept - {fact.value.concept for fact in usable if not fact.value.in_name}
    seats = {fact.value.concept for fact in usable if fact.value.role == "tumour"} - _TOO_GENERAL - in_name
    seats -= _CONTAINERS | _REGIONS_OF_THE_ABDOMEN
    if seats & kept:
        kept -= in_name
    kept = (kept - _REGIONS_OF_THE_ABDOMEN) or kept
    doubtful = {c for c in kept if within(c, _OFTEN_METASTATIC) or (_is_spread(c, spread) and not metastatic)} - titled
    doubtful -= {
        fact.value.concept
        for fact in usable
        if (fact.value.named or (metastatic and any(_related(fact.value.concept, other) for other in titled)))
        and fact.phase is Phase.FIRST
        and not in_title(fact)
    }
    heaviest = max((weights[c] for c in kept - doubtful), default=0)
    if kept - doubtful:
        kept = {c for c in kept if c not in doubtful or (not metastatic and weights[c] > heaviest)}
    kept = {c for c in kept if not _outweighed_presentation(c, usable)}
    kept = {c for c in kept if not any(_is_whole(c, other, weights, named) for other in kept)}
    return _without_lobes_of_bone(fact for fact in usable if fact.value.concept in kept)


def _usable_sites(facts: CaseFacts, *, metastatic: bool) -> list[Fact[TumourSite]]:
    """What is told of the reported tumour at first, in the case itself; less where there is nothing better."""
    told = facts.of(TumourSite)
    source = primary_site(facts)
    usable = [fact for fact in told if fact.value.role in ROLES or (metastatic and in_title(fact))]
    if source is not None:
        usable = [fact for fact in usable if fact.value.site != source.value]
    first = [fact for fact in usable if fact.phase is Phase.FIRST or in_title(fact)]
    earlier = [fact for fact in facts.of(TumourSite, phases=(Phase.BEFORE,)) if fact.value.role in ROLES]
    in_case = [fact for fact in first if is_told_in_case(fact)]
    return _of_reported_tumour(facts, in_case or first or usable or earlier)


def _of_reported_tumour(facts: CaseFacts, usable: list[Fact[TumourSite]]) -> list[Fact[TumourSite]]:
    """Without places that are only told with the name of another tumour, if something is left: "at the same time she had
    breast cancer"."""
    told = diagnosis(facts)
    if told is None:
        return usable
    types = {fact.value.concept for fact in told.facts if isinstance(fact.value, Diagnosis | Subject)}

    def is_own(value: TumourSite) -> bool:
        return not value.tumour or any(_is_kind_of(value.tumour, kind) for kind in types)

    own = {fact.value.concept for fact in usable if is_own(fact.value)}
    kept = [fact for fact in usable if fact.value.concept in own]
    seated = any(fact.value.role == "tumour" and fact.value.concept not in _TOO_GENERAL for fact in kept)
    return kept if seated else usable


def _is_kind_of(one: str, other: str) -> bool:
    return one == other or one in wholes("tumours.csv", other) or other in wholes("tumours.csv", one)


def _outweighed_presentation(concept: str, usable: list[Fact[TumourSite]]) -> bool:
    """Whether a site is only that of a swelling while the text (not just the title) tells where the tumour was."""
    own = {fact.value.role for fact in usable if fact.value.concept == concept}
    told = any(
        fact.value.role == "tumour"
        and fact.value.concept not in _TOO_GENERAL | _CONTAINERS
        and any(evidence.section is not SectionKind.TITLE for evidence in fact.evidence)
        for fact in usable
    )
    return own == {"presentation"} and told


def _site_weight(fact: Fact[TumourSite]) -> float:
    """Grows with each telling; a site in the title or with the name of the tumour type counts more."""
    told = sum(0.3 if evidence.section in CONFIRMING else 1.0 for evidence in fact.evidence)
    named = 1.5 if fact.value.named else 1.0
    return ROLES.get(fact.value.role, 1.0) * named * told + (4.0 if in_title(fact) else 0.0)


def _is_whole(concept: str, part: str, weights: Mapping[str, float], named: Set[str]) -> bool:
    """Whether a site only holds another one that is told too; a whole told more often than its part, or in the name of the
    diagnosis, stays beside it."""
    if concept not in wholes("anatomy.csv", part):
        return False
    return concept in _CONTAINERS or (weights[concept] <= weights[part] and concept not in named)


def _related(concept: str, other: str) -> bool:
    return concept in wholes("anatomy.csv", other) or other in wholes("anatomy.csv", concept)


def _is_spread(concept: str, spread: Set[str]) -> bool:
    """Whether a site holds metastases, or the organ does that it is part of."""
    return concept in spread or not spread.isdisjoint(set(concepts("anatomy.csv")[concept].parents) - _TOO_GENERAL)


def _is_level(value: TumourSite) -> bool:
    return LEVEL.match(value.site) is not None


def _has_usual_name(value: TumourSite) -> bool:
    """Whether the organ itself was printed ("nasal cavity"), not a part that stands for it ("olfactory cleft")."""
    known = concepts("anatomy.csv").get(value.concept)
    return known is not None and value.site == known.label


def _is_one_level(levels: Iterable[str]) -> bool:
    """Whether one vertebra is meant, or the two that have names of their own; "T5-" opens a range."""
    told = set(levels)
    return told <= {"C1", "C2"} or (len(told) == 1 and all(_ONE_LEVEL.fullmatch(level) for level in told))


def _label(value: TumourSite) -> str:
    """The region of a vertebra told by number: "thoracic spine" for T5."""
    return concepts("anatomy.csv")[value.concept].label if _is_level(value) else value.site


def _without_levels(usable: list[Fact[TumourSite]]) -> list[Fact[TumourSite]]:
    """Of vertebrae that are told by number a single one stands, and instead of "spine"; several are their region. None
    stands beside the cord or the canal."""
    told = [fact for fact in usable if not _is_level(fact.value)]
    inner = frozenset({"spinal_cord", "meninges_spinal", "spinal_canal", "neural_foramen"})
    levels = {fact.value.site for fact in usable if _is_level(fact.value)}
    if not levels:
        return usable
    if any(within(fact.value.concept, inner) and fact.value.concept not in _TOO_GENERAL for fact in told):
        return told
    if _is_one_level(levels):
        spinal = frozenset({"vertebral_column"})
        return [fact for fact in usable if _is_level(fact.value) or not within(fact.value.concept, spinal)]
    if any(within(fact.value.concept, frozenset({"vertebral_column"})) for fact in told):
        return told
    return usable


def _without_lobes_of_bone(chosen: Iterable[Fact[TumourSite]]) -> list[Fact[TumourSite]]:
    """Drops the brain lobe of "left frontal mass" where frontal bone is named too, or where the tumour is one of the scalp."""
    found = list(chosen)
    first = {fact.value.site.split()[0] for fact in found if not fact.value.implied and " " in fact.value.site}
    outside = any(within(fact.value.concept, frozenset({"scalp"})) and not fact.value.implied for fact in found)
    lobes = frozenset({"cerebrum"})
    regions = frozenset({"frontal_region", "parietal_region", "temporal_region", "occipital_region"})

    def repeats(value: TumourSite) -> bool:
        if outside and value.concept in regions:
            return True
        return value.implied and (value.site.split()[0] in first or (outside and within(value.concept, lobes)))

    return [fact for fact in found if not repeats(fact.value)]


COLUMNS = {"sites": sites}
