"""A grade could be given, but is not.

What it finds: a soft-tissue sarcoma with mitotic count and necrosis told, and no grade of any system.
Why it matters: grade is the strongest prognostic factor of soft-tissue sarcoma; readers cannot see the slides.
Example: "Mitoses were 10 per 10 HPF, necrosis was below 50%. Leiomyosarcoma was diagnosed."
What it leaves alone: tumours that FNCLCC does not grade; reports that leave out mitoses or necrosis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.lint.checked import Checked, facts, places
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity
from caselore.topics.diagnosis import Diagnosis
from caselore.topics.pathology import Mitoses, Necrosis
from caselore.topics.staging import Grade

_GRADED = re.compile(
    r"\b(?:leiomyosarcoma|undifferentiated pleomorphic sarcoma|myxofibrosarcoma|fibrosarcoma)\b", re.IGNORECASE
)
_GRADE_WORD = re.compile(r"\b(?:high|low|intermediate)[- ]grade\b|\bgrade [1-4I]", re.IGNORECASE)


def check(checked: Checked) -> Iterator[Finding]:
    for case in checked.own:
        named = [f for f in facts(case, Diagnosis) if f.value.status == "final" and _GRADED.search(f.value.label)]
        mitoses, necrosis = (
            list(facts(case, Mitoses)),
            [f for f in facts(case, Necrosis) if f.value.present and not f.value.on_imaging],
        )
        graded = list(facts(case, Grade)) or any(view.search(_GRADE_WORD) for view in checked.sentences)
        if named and mitoses and necrosis and not graded:
            message = f"Mitoses and necrosis of the {named[0].value.label} are told, but no grade."
            yield found(message, places(mitoses, 1), places(necrosis, 1))


RULE = Rule(code="CL308", severity=Severity.NOTE, check=check)
