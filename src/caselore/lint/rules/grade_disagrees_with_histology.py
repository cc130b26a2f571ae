"""The grade does not fit what the pathologist describes.

What it finds: FNCLCC grade 1 of a leiomyosarcoma with necrosis (2 for differentiation, 1 for mitoses and 1 for necrosis
make 4, grade 2); "well differentiated" with a Ki-67 index of 50%; "high-grade" and grade II of one specimen.
Why it matters: the grade decides on adjuvant treatment.
Example: "The tumor was well differentiated ... the MIB-1 index was 50%."
What it leaves alone: components of different grade, other specimens, dedifferentiated tumours. Scores: Trojani 1984, Coindre 2006.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.lint.checked import Checked, facts, places
from caselore.lint.rule import Finding, Rule, found
from caselore.model.case import Case
from caselore.model.diagnostic import Severity
from caselore.model.fact import Value
from caselore.topics.diagnosis import Diagnosis
from caselore.topics.pathology import Ki67, Necrosis
from caselore.topics.staging import Grade

_HIGH_KI67 = 30.0
_WELL = re.compile(r"\bwell[- ]differentiated\b(?![- ]liposarcoma| component| areas?)", re.I)
_NEVER_WELL = re.compile(r"leiomyosarcoma|synovial|pleomorphic sarcoma|angiosarcoma", re.I)
"""Sarcomas whose usual form scores 2 or 3 for differentiation."""
_RANK = {"low": (1, 1), "high": (3, 4)}


def check(checked: Checked) -> Iterator[Finding]:
    for case in checked.own:
        yield from _necrosis(case)
        yield from _proliferation(checked, case)
        yield from _words(case)


def _necrosis(case: Case[Value]) -> Iterator[Finding]:
    names = " ".join(fact.value.label for fact in facts(case, Diagnosis) if fact.value.status in ("final", "named"))
    for grade in facts(case, Grade):
        if grade.value.system != "FNCLCC" or grade.value.grade != "1" or not _NEVER_WELL.search(names):
            continue
        seen = [fact for fact in facts(case, Necrosis) if fact.value.present and not fact.value.on_imaging]
        necrosis = [fact for fact in seen if fact.phase is grade.phase]
        if necrosis:
            yield found(
                "FNCLCC grade 1 with necrosis asks for a differentiation score of 1.", places([grade]), places(necrosis)
            )


def _proliferation(checked: Checked, case: Case[Value]) -> Iterator[Finding]:
    high = [fact for fact in facts(case, Ki67) if fact.value.percent >= _HIGH_KI67]
    owned = [segment.span for segment in checked.report.segments if segment.patient_ids == (case.patient.id,)]
    well = [
        checked.place(view.place(match))
        for view in checked.sentences
        if any(span.overlaps(view.span) for span in owned)
        for match in view.find(_WELL)
    ]
    if high and well:
        yield found(f"Well differentiated with a Ki-67 index of {high[0].value.percent:g}%.", well, places(high))


def _words(case: Case[Value]) -> Iterator[Finding]:
    told = list(facts(case, Grade))
    for worded in told:
        for numbered in told:
            if worded.value.grade in _RANK and numbered.value.grade.isdigit() and worded.phase is numbered.phase:
                low, high = _RANK[worded.value.grade]
                if not low <= int(numbered.value.grade) <= high + (worded.value.grade == "low"):
                    message = f"{worded.value.grade.capitalize()}-grade and grade {numbered.value.grade}."
                    yield found(message, places([worded]), places([numbered]))


RULE = Rule(code="CL307", severity=Severity.NOTE, check=check)
