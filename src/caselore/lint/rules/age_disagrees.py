"""The age of a patient is told twice, differently; or it does not fit the year of birth.

What it finds: 54 years in the abstract and 45 in the case.
Why it matters: transposed digits are the commonest slip of all, and age is the first column of every table.
Example: "A 61-year-old man ... this 16-year-old patient".
What it leaves alone: ages at other times (at the recurrence, as a child), a difference of one year, relatives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.lint.checked import Checked, facts, places
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity
from caselore.model.fact import Phase
from caselore.topics.demographics import Age

_SLACK_YEARS = 1.0
_TITLED = re.compile(r"[-‐–]old\b|\d\s?[/-]?\s?[MF]\b|y/?o\b|aged", re.IGNORECASE)
"""An age that introduces the patient; "at 7 months" may be that of an earlier disease."""


def check(checked: Checked) -> Iterator[Finding]:
    for case in checked.own:
        told = [fact for fact in facts(case, Age) if fact.value.at == "presentation" and fact.phase is Phase.FIRST]
        told = [fact for fact in told if any(_TITLED.search(evidence.quote) for evidence in fact.evidence)]
        if len(told) < 2:
            continue
        youngest, oldest = (pick(told, key=lambda fact: fact.value.years) for pick in (min, max))
        if oldest.value.years - youngest.value.years > _SLACK_YEARS:
            message = f"The patient is {youngest.value.years:g} and {oldest.value.years:g} years old."
            yield found(message, places([youngest]), places([oldest]))


RULE = Rule(code="CL104", severity=Severity.ERROR, check=check)
