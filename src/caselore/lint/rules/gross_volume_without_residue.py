"""A gross tumour volume is drawn although nothing was left after surgery.

What it finds: a GTV for radiotherapy after a complete resection without residue.
Why it matters: ICRU 50 and 62 define the gross tumour volume by what can be seen or felt; after complete resection there is none.
Example: "There was no residue on MRI after surgery. ... 1.5 cm were added to the GTV."
What it leaves alone: radiotherapy before surgery, at recurrence, or after a partial resection or a biopsy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.lint.checked import Checked, facts, places
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity
from caselore.topics.recurrence import Recurrence
from caselore.topics.surgery import Operation

_GROSS_VOLUME = re.compile(r"\bGTV\b|\bgross tumou?r volume\b", re.IGNORECASE)


def check(checked: Checked) -> Iterator[Finding]:
    for case in checked.own:
        complete = [fact for fact in facts(case, Operation) if fact.value.extent == "gross total"]
        partial = any(fact.value.extent in ("subtotal", "biopsy") for fact in facts(case, Operation))
        if not complete or partial or list(facts(case, Recurrence)):
            continue
        spans = [segment.span for segment in checked.report.segments if case.patient.id in segment.patient_ids]
        drawn = [
            checked.place(view.place(match))
            for view in checked.sentences
            if any(span.overlaps(view.span) for span in spans)
            for match in view.find(_GROSS_VOLUME)
        ]
        if drawn:
            yield found("A gross tumour volume is drawn after complete resection.", places(complete), drawn)


RULE = Rule(code="CL305", severity=Severity.NOTE, check=check)
