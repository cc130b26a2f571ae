"""The grade is of a system that is not made for the tumour.

What it finds: a WHO grade III (a scale for tumours of the central nervous system) of a leiomyosarcoma.
Why it matters: WHO grade 3 and FNCLCC grade 3 are different things, and tables mix them.
Example: "Leiomyosarcoma (WHO grade III) was diagnosed."
What it leaves alone: tumours that the WHO classification of the central nervous system grades (meningioma, solitary fibrous tumour,
glioma, ependymoma and others), and neuroendocrine tumours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.lint.checked import Checked, facts, places
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity
from caselore.topics.diagnosis import Diagnosis
from caselore.topics.staging import Grade

_SOFT_TISSUE = re.compile(
    r"\b(?:leiomyosarcoma|rhabdomyosarcoma|synovial sarcoma|angiosarcoma|liposarcoma|osteosarcoma|chondrosarcoma|fibrosarcoma"
    r"|undifferentiated pleomorphic sarcoma|epithelioid sarcoma|ewing sarcoma)\b",
    re.I,
)
_NEURAL = re.compile(
    r"glio|mening|solitary fibrous|hemangiopericytoma|ependym|neuroendocrine|carcinoid|nerve sheath|schwann", re.I
)


def check(checked: Checked) -> Iterator[Finding]:
    for case in checked.own:
        named = [fact for fact in facts(case, Diagnosis) if fact.value.status in ("final", "named")]
        graded = [fact for fact in facts(case, Grade) if fact.value.system == "WHO" and fact.value.grade.isdigit()]
        sarcomas = [fact for fact in named if _SOFT_TISSUE.search(fact.value.label)]
        if graded and sarcomas and not any(_NEURAL.search(fact.value.label) for fact in named):
            message = f"WHO grade {graded[0].value.grade} is no grade of {sarcomas[0].value.label}; FNCLCC is in use."
            yield found(message, places(graded))


RULE = Rule(code="CL602", severity=Severity.NOTE, check=check)
