"""T category of a soft-tissue sarcoma by size, in the 7th and 8th edition of the AJCC manual.

Trunk and extremity: 7th edition T1 to 5 cm, T2 above; 8th edition T1 to 5, T2 to 10, T3 to 15, T4 above. Head and neck:
8th edition T1 to 2 cm, T2 to 4, T3 above; invasion (T4) is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.measures.formula import Formula, Results, evidence, facts, parameters
from caselore.model.case import Case, Report
from caselore.model.fact import Fact, Phase, Value
from caselore.model.measure import Measure
from caselore.topics.diagnosis import Diagnosis
from caselore.topics.lesion_size import LesionSize
from caselore.topics.site import TumourSite

_SAME_SENTENCE = 120
_SARCOMA = re.compile(r"sarcoma|nerve sheath", re.IGNORECASE)
_OTHER_CHART = re.compile(r"osteosarcoma|chondrosarcoma|ewing|uter|gastrointestinal|kaposi|rhabdomyo", re.IGNORECASE)


def compute(case: Case[Value], report: Report[Value]) -> Results:
    names = " ".join(fact.value.label for fact in facts(case, Diagnosis) if fact.value.status in ("final", "named"))
    if not _SARCOMA.search(names) or _OTHER_CHART.search(names):
        return
    for size in _sizes(case):
        charts = parameters("t_category")["chart"]
        head = _is_head_and_neck(case, size)
        for chart in charts:
            if chart["head_and_neck"] is not head:
                continue
            largest = size.value.largest
            category = next(name for name, most in chart["up_to_mm"].items() if largest <= most)
            yield Measure(
                name=f"T category, AJCC {chart['edition']}th edition",
                value=category,
                how=f"{largest / 10:g} cm",
                source=chart["source"],
                assumptions=(chart["assumption"],),
                evidence=evidence(size),
            )


def _sizes(case: Case[Value]) -> Iterator[Fact[LesionSize]]:
    """The largest size of the tumour at first presentation and at recurrence."""
    for phase in (Phase.FIRST, Phase.LATER):
        told = [fact for fact in facts(case, LesionSize) if fact.value.of == "tumour" and fact.phase is phase]
        if told:
            yield max(told, key=lambda fact: fact.value.largest)


def _is_head_and_neck(case: Case[Value], size: Fact[LesionSize]) -> bool:
    """Whether the site of the tumour that is told nearest to its size is in head or neck."""
    told = parameters("t_category")
    at = size.evidence[0].span.start
    near = [
        (abs(one.span.start - at), fact.value.site)
        for fact in facts(case, TumourSite)
        for one in fact.evidence
        if fact.value.role == "tumour"
        and one.span.start <= at + _SAME_SENTENCE
        and fact.value.site not in told["no_region"]
    ]
    return bool(near) and not set(min(near)[1].split()).isdisjoint(told["head_and_neck"])


MEASURE = Formula(name="T category", compute=compute)
