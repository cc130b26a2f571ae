"""T category of a soft-tissue sarcoma by size, in the 7th and 8th edition of the AJCC manual.

Trunk and extremity: 7th edition T1 to 5 cm, T2 above; 8th edition T1 to 5, T2 to 10, T3 to 15, T4 above. Head and neck:
8th edition T1 to 2 cm, T2 to 4, T3 above; invasion (T4) is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from caselore.measures.formula import Formula, Results, evidence, parameters
from caselore.measures.soft_tissue import is_head_and_neck, is_soft_tissue_sarcoma, largest, nearest_site
from caselore.model.case import Case, Report
from caselore.model.fact import Fact, Phase, Value
from caselore.model.measure import Measure
from caselore.topics.lesion_size import LesionSize


def compute(case: Case[Value], report: Report[Value]) -> Results:
    if not is_soft_tissue_sarcoma(case):
        return
    for size in _sizes(case):
        head = is_head_and_neck(nearest_site(case, size))
        for chart in parameters("t_category")["chart"]:
            if chart["head_and_neck"] is not head:
                continue
            longest = size.value.largest
            category = next(name for name, most in chart["up_to_mm"].items() if longest <= most)
            yield Measure(
                name=f"T category, AJCC {chart['edition']}th edition",
                value=category,
                how=f"{longest / 10:g} cm",
                source=chart["source"],
                assumptions=(chart["assumption"],),
                evidence=evidence(size),
            )


def _sizes(case: Case[Value]) -> Iterator[Fact[LesionSize]]:
    """The largest size of the tumour at first presentation and at recurrence."""
    for phase in (Phase.FIRST, Phase.LATER):
        if size := largest(case, phase):
            yield size


MEASURE = Formula(name="T category", compute=compute)
