"""What the AJCC charts of soft-tissue sarcoma need to know of a tumour: whether it is one, its size, and its region."""

from __future__ import annotations

import re

from caselore.measures.formula import facts, parameters
from caselore.model.case import Case
from caselore.model.fact import Fact, Phase, Value
from caselore.topics.diagnosis import Diagnosis
from caselore.topics.lesion_size import LesionSize
from caselore.topics.site import TumourSite

_SAME_SENTENCE = 120
_SARCOMA = re.compile(r"sarcoma|nerve sheath", re.IGNORECASE)
_OTHER_CHART = re.compile(r"osteosarcoma|chondrosarcoma|ewing|uter|gastrointestinal|kaposi|rhabdomyo", re.IGNORECASE)


def is_soft_tissue_sarcoma(case: Case[Value]) -> bool:
    """Whether the diagnosis is a sarcoma that the charts of soft tissue hold for."""
    names = " ".join(fact.value.label for fact in facts(case, Diagnosis) if fact.value.status in ("final", "named"))
    return bool(_SARCOMA.search(names)) and not _OTHER_CHART.search(names)


def largest(case: Case[Value], phase: Phase) -> Fact[LesionSize] | None:
    """The largest size of the tumour that is told of a phase."""
    told = [fact for fact in facts(case, LesionSize) if fact.value.of == "tumour" and fact.phase is phase]
    return max(told, key=lambda fact: fact.value.largest, default=None)


def nearest_site(case: Case[Value], size: Fact[LesionSize]) -> Fact[TumourSite] | None:
    """The site of the tumour that is told nearest to its size; words that name no region are passed over."""
    no_region = parameters("t_category")["no_region"]
    at = size.evidence[0].span.start
    near = [
        (abs(one.span.start - at), number, fact)
        for number, fact in enumerate(facts(case, TumourSite))
        for one in fact.evidence
        if fact.value.role == "tumour" and one.span.start <= at + _SAME_SENTENCE and fact.value.site not in no_region
    ]
    return min(near, key=lambda found: found[:2])[2] if near else None


def is_head_and_neck(site: Fact[TumourSite] | None) -> bool:
    """Whether a site is in head or neck."""
    return site is not None and not set(site.value.site.lower().split()).isdisjoint(
        parameters("t_category")["head_and_neck"]
    )
