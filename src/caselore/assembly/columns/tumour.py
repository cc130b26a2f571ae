"""Columns diagnosis, origin, primary_site and sites."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set

from caselore.assembly.cell import CaseFacts, Cell
from caselore.assembly.organs import implied_organs
from caselore.model.fact import Fact, Phase
from caselore.model.text import SectionKind
from caselore.topics.diagnosis import Diagnosis, Status
from caselore.topics.disease_place import DiseasePlace
from caselore.topics.metastasis import Metastasis
from caselore.topics.ontology import concepts, wholes, within
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
    away = all(evidence.section in _CONFIRMING for evidence in fact.evidence)
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
        fact.value.site == source.value and fact.value.role == "tumour" and _is_told_in_case(fact)
        for fact in facts.of(TumourSite, phases=(Phase.FIRST,))
    )


def _is_titled_by_own_site(facts: CaseFacts) -> bool:
    """Whether the title is about the tumour at one site ("chordoma of the clivus") and of no metastasis."""
    titled = [fact.value for fact in facts.of(TumourSite) if in_title(fact)]
    return any(site.named for site in titled) and all(site.role != "metastasis" for site in titled)


def primary_site(facts: CaseFacts) -> Cell | None:
    """The organ that a metastatic tumour came from."""
    kind = origin(facts)
    found = _primary_site(facts)
    return found if kind is not None and kind.value == "metastatic" else None


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


_TOO_GENERAL = frozenset(
    [
        *("body", "nervous_system", "cns", "intracranial_space", "supratentorial", "infratentorial", "head", "trunk"),
        *("soft_tissue", "bone", "skeletal_muscle", "adipose_tissue", "extremity", "upper_limb", "lower_limb", "blood"),
        *("lymphatic_system", "lymph_node", "surgical_cavity", "unknown_site", "joint", "long_bone", "cartilage"),
        *(
            "blood_vessel",
            "artery",
            "vein",
            "cerebrospinal_fluid",
            "bone_marrow",
            "digestive_tract",
            "fascia",
            "tendon",
        ),
        *(
            "synovium",
            "periosteum",
            "cranial_nerve",
            "peripheral_nerve",
            "nerve_root",
            "intramedullary",
            "facial_bones",
        ),
        *(
            "ventricular_system",
            "epidural_space",
            "subdural_space",
            "subarachnoid_space",
            "subcutis",
            "skin",
            "meninges",
        ),
        *("breast_upper_outer", "breast_upper_inner", "breast_lower_outer", "breast_lower_inner"),
        *("blood", "parasagittal_region", "vertex", "spinal_epidural", "intradural_extramedullary", "skeleton"),
    ]
)
"""Named beside almost any tumour; a site only where nothing more specific is told."""
_REGIONS_OF_THE_ABDOMEN = frozenset(
    {"abdomen", "hypochondrium", "epigastrium", "flank", "iliac_fossa", "abdominal_quadrant"}
)
"""Where a mass is felt from without; a site only where no organ is told."""
_OFTEN_METASTATIC = frozenset({"lung", "liver", "peritoneum", "pleura", "spleen", "artery"})
ROLES: Mapping[str, float] = {"tumour": 2.0, "extension": 1.5, "presentation": 0.5}


def sites(facts: CaseFacts) -> Cell | None:
    """The sites of the reported tumour, without wholes of which a part is named too; last, the organ its name implies."""
    chosen = chosen_sites(facts)
    if not chosen:
        return _implied_site(facts)
    names: dict[str, str] = {}
    for fact in sorted(chosen, key=lambda fact: fact.value.implied):
        names.setdefault(fact.value.site if _is_level(fact.value) else fact.value.concept, fact.value.site)
    return Cell(value=tuple(dict.fromkeys(names.values())), facts=tuple(chosen))


def _implied_site(facts: CaseFacts) -> Cell | None:
    told, source = diagnosis(facts), origin(facts)
    if told is None or (source is not None and source.value == "metastatic"):
        return None
    organs = {implied_organs().get(fact.value.concept) for fact in told.facts if isinstance(fact.value, Diagnosis)}
    organ = organs.pop() if len(organs) == 1 else None
    return Cell(value=(organ,), facts=told.facts) if organ else None


def chosen_sites(facts: CaseFacts) -> list[Fact[TumourSite]]:
    """The sites with enough evidence: captions and the discussion confirm what the case tells, but add nothing to it."""
    away = origin(facts)
    metastatic = away is not None and away.value == "metastatic"
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
    kept = {concept for concept in weights if concept not in _TOO_GENERAL} or set(weights)
    in_name = kept - {fact.value.concept for fact in usable if not fact.value.in_name}
    kept -= {c for c in in_name if any(_related(c, other) for other in kept - in_name)}
    kept = (kept - _REGIONS_OF_THE_ABDOMEN) or kept
    doubtful = {c for c in kept if within(c, _OFTEN_METASTATIC) or (_is_spread(c, spread) and not metastatic)} - titled
    doubtful -= {
        fact.value.concept for fact in usable if fact.value.named and fact.phase is Phase.FIRST and not in_title(fact)
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
    in_case = [fact for fact in first if _is_told_in_case(fact)]
    return in_case or first or usable or earlier


_CONFIRMING = frozenset({SectionKind.CAPTION, SectionKind.TABLE, SectionKind.DISCUSSION, SectionKind.CONCLUSION})


def _is_told_in_case(fact: Fact[TumourSite]) -> bool:
    return any(evidence.section not in _CONFIRMING for evidence in fact.evidence)


def _outweighed_presentation(concept: str, usable: list[Fact[TumourSite]]) -> bool:
    """Whether a site is only that of a swelling while the text (not just the title) tells where the tumour was."""
    own = {fact.value.role for fact in usable if fact.value.concept == concept}
    told = any(
        fact.value.role == "tumour"
        and fact.value.concept not in _TOO_GENERAL
        and any(evidence.section is not SectionKind.TITLE for evidence in fact.evidence)
        for fact in usable
    )
    return own == {"presentation"} and told


def _site_weight(fact: Fact[TumourSite]) -> float:
    """Grows with each telling; a site in the title or with the name of the tumour type counts more."""
    told = sum(0.3 if evidence.section in _CONFIRMING else 1.0 for evidence in fact.evidence)
    named = 1.5 if fact.value.named else 1.0
    return ROLES.get(fact.value.role, 1.0) * named * told + (4.0 if in_title(fact) else 0.0)


_CONTAINERS = frozenset(
    [
        "brain",
        "cerebrum",
        "skull",
        "vertebral_column",
        "spinal_cord",
        "heart",
        "abdomen",
        "thorax",
        "neck",
        "face",
        "pelvis",
        "female_genital",
        "male_genital",
    ]
)


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
    return value.site[:1].isupper() and value.site[-1:].isdigit()


def _without_levels(usable: list[Fact[TumourSite]]) -> list[Fact[TumourSite]]:
    """Vertebral levels stand only where nothing else of the spine or the cord is named."""
    spinal = frozenset({"vertebral_column", "spinal_cord", "meninges_spinal"})
    told = (fact.value for fact in usable if fact.value.concept not in _TOO_GENERAL)
    if any(within(value.concept, spinal) and not _is_level(value) for value in told):
        return [fact for fact in usable if not _is_level(fact.value)]
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


COLUMNS = {
    "diagnosis": diagnosis,
    "origin": origin,
    "primary_site": primary_site,
    "sites": sites,
}
