"""Column metastases: distant sites rolled up to organs."""

from __future__ import annotations

from collections.abc import Iterator

from caselore.assembly.cell import CaseFacts, Cell
from caselore.assembly.columns.sites import sites
from caselore.language.lexicon import Term
from caselore.model.fact import Assertion, Fact, Phase, Value
from caselore.topics.disease_place import DiseasePlace
from caselore.topics.metastasis import Metastasis
from caselore.topics.ontology import concepts, named
from caselore.topics.site import TumourSite

_ORGANS = frozenset(
    [
        "brain",
        "lung",
        "liver",
        "pleura",
        "peritoneum",
        "omentum",
        "mesentery",
        "retroperitoneum",
        "mediastinum",
        "leptomeninges",
        "dura",
        "spinal_cord",
        "skin",
        "subcutis",
        "scalp",
        "soft_tissue",
        "muscle",
        "adrenal",
        "kidney",
        "pancreas",
        "spleen",
        "stomach",
        "small_intestine",
        "large_intestine",
        "colon",
        "rectum",
        "heart",
        "pericardium",
        "breast",
        "thyroid",
        "ovary",
        "uterus",
        "prostate",
        "testis",
        "urinary_bladder",
        "ureter",
        "orbit",
        "bone_marrow",
        "hip",
        "vertebral_column",
        "skull",
        "bone",
        "esophagus",
        "diaphragm",
        "thymus",
        "pituitary",
        "parotid",
        "abdominal_wall",
        "chest_wall",
        "gallbladder",
        "tongue",
        "eye",
        "choroid",
        "placenta",
        "meninges",
        "duodenum",
        "jejunum",
        "ileum",
        "bronchus",
    ]
)
_INSTEAD = {
    "intracranial_space": "brain",
    "supratentorial": "brain",
    "infratentorial": "brain",
    "posterior_fossa": "brain",
    "spinal_cord": "spine",
}
_LABELS = {
    "vertebral_column": "spine",
    "subcutis": "subcutaneous tissue",
    "adrenal": "adrenal gland",
    "ilium": "iliac bone",
}
_NOT_DISTANT = frozenset({"lymph_node_group", "vessel", "region", "system", "space", "compartment", "nerve", "fluid"})
_LIMBS = frozenset({"upper_limb", "lower_limb"})
_TRUNK = frozenset({"back", "buttock"})
"""Regions where a metastasis lies in the soft tissue, and no organ names it better; those with nodes (groin, axilla, neck) are
left out."""
_WITH_NODES = frozenset({"axilla", "groin", "inguinal_region", "popliteal_fossa", "elbow", "cubital_fossa"})
_JAWS = frozenset({"mandible", "maxilla"})
_THEMSELVES = frozenset({"sacrum", "coccyx", "sacrococcygeal_region", "pelvis"})
"""Places that are printed under their own name, while their parts are not rolled up to them."""


_SEATS_OF_SPREAD = frozenset(
    [
        "lung",
        "liver",
        "brain",
        "bone",
        "spine",
        "skull",
        "peritoneum",
        "pleura",
        "omentum",
        "leptomeninges",
        "dura",
        "adrenal gland",
        "kidney",
        "spleen",
        "pancreas",
        "bone marrow",
        "skin",
        "subcutaneous tissue",
        "heart",
        "mediastinum",
        "pericardium",
        "ovary",
        "breast",
        "small intestine",
    ]
)
"""Where disease that is told without the word is taken for a metastasis."""


def metastases(facts: CaseFacts) -> Cell | None:
    """Distant organs, in the order of the report; unnamed lesions too, once disease came back or spread elsewhere."""
    excluded = {_organ(fact.value.concept) for fact in facts.of(Metastasis, Assertion.NEGATED)}
    organs: dict[str, list[Fact[Metastasis]]] = {}
    spread = any(_organ(fact.value.concept) for fact in facts.of(Metastasis))
    for fact in facts.of(Metastasis, Assertion.AFFIRMED, Assertion.POSSIBLE, phases=tuple(Phase)):
        organ = _organ(fact.value.concept)
        borne_out = organ not in excluded and (spread or fact.phase is Phase.LATER)
        if organ and (fact.assertion is Assertion.AFFIRMED or borne_out):
            organs.setdefault(organ, []).append(fact)
    told: dict[str, list[Fact[Value]]] = {organ: [*facts_of] for organ, facts_of in organs.items()}
    for organ, place in _elsewhere(facts):
        if organ not in excluded:
            told.setdefault(organ, []).append(place)
    if "bone" in told:
        told = {organ: found for organ, found in told.items() if not _is_part_of_skeleton(organ)}
    if "scalp" in told:
        told.pop("skin", None)  # "cutaneous metastases of the scalp"
    used = tuple(dict.fromkeys(fact for found in told.values() for fact in found))
    return Cell(value=tuple(told), facts=used) if told else None


def _is_part_of_skeleton(organ: str) -> bool:
    """Whether an organ is a bone other than a vertebra or the skull: "bone metastases" holds it already."""
    term = named("anatomy.csv", organ)
    return term is not None and term.attributes.get("part") == "bone" and organ not in ("bone", "spine", "skull")


def _elsewhere(facts: CaseFacts) -> Iterator[tuple[str, Fact[Value]]]:
    """Disease that nobody calls metastatic, in organs that often hold metastases and are not where the tumour began."""
    places = facts.of(DiseasePlace, phases=tuple(Phase))
    if not places:
        return
    begun = sites(facts)
    own = {_organ(fact.value.concept) for fact in begun.facts if isinstance(fact.value, TumourSite)} if begun else set()
    for fact in places:
        organ = _organ(fact.value.concept)
        if organ in _SEATS_OF_SPREAD and organ not in own:
            yield organ, fact


def _organ(concept: str) -> str | None:
    """The organ noun that a place belongs to; None for regional nodes, vessels and mere regions."""
    terms = concepts("anatomy.csv")
    if concept in _INSTEAD:
        return _INSTEAD[concept]
    term = terms.get(concept)
    if term is None:
        return None
    if concept in _THEMSELVES or concept in _ORGANS:
        return _LABELS.get(concept, term.label)
    line = list(_line(term))
    if any(ancestor.concept in _JAWS for ancestor in line):
        return term.label
    for whole in ("vertebral_column", "skull"):
        if any(ancestor.concept == whole for ancestor in line):
            return _LABELS.get(whole, whole)
    for ancestor in line:
        if ancestor.concept in _INSTEAD:
            return _INSTEAD[ancestor.concept]
        if ancestor.concept in _ORGANS:
            return _LABELS.get(ancestor.concept, ancestor.label)
        if ancestor.attributes.get("part") == "bone":
            return _LABELS.get(ancestor.concept, ancestor.label)
    if concept in _TRUNK or (concept not in _WITH_NODES and any(ancestor.concept in _LIMBS for ancestor in line)):
        return term.label
    return None if term.attributes.get("part") in _NOT_DISTANT else term.label


def _line(term: Term) -> Iterator[Term]:
    """The term, its first parent, and so on up to the body."""
    terms = concepts("anatomy.csv")
    current: Term | None = term
    while current is not None:
        yield current
        current = terms.get(current.parents[0]) if current.parents else None


COLUMNS = {"metastases": metastases}
