"""A treatment that was only advised is later told as given.

What it finds: "we advised four cycles of doxorubicin" in the case, "chemotherapy was prescribed" in the discussion.
Why it matters: outcome is credited to a treatment that the patient may never have had.
Example: case "chemotherapy was planned", conclusion "surgery followed by chemotherapy led to a long survival".
What it leaves alone: treatments that the case itself tells as given; what the literature recommends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.lint.checked import Checked, places
from caselore.lint.rule import Finding, Rule, found
from caselore.lint.tellings import TELLINGS, told_in
from caselore.model.case import Case
from caselore.model.diagnostic import Severity
from caselore.model.fact import Assertion, Fact, Value
from caselore.topics.radiotherapy import RadiotherapyCourse
from caselore.topics.systemic_therapy import DrugLine

_KINDS: tuple[tuple[str, type[Value]], ...] = (("Chemotherapy", DrugLine), ("Radiotherapy", RadiotherapyCourse))
_TOLD = (Assertion.AFFIRMED, Assertion.PLANNED)
_ADVISED = re.compile(
    r"\b(?:advised|recommended|planned|proposed|suggested|offered|scheduled|considered)\b", re.IGNORECASE
)
_GIVEN = re.compile(
    r"\b(?:received|given|underwent|administered|started|completed|prescribed|treated|delivered|followed by|tolerated)\b",
    re.IGNORECASE,
)


def check(checked: Checked) -> Iterator[Finding]:
    for case in checked.own:
        told = told_in(case, TELLINGS["case"])
        later = told_in(case, TELLINGS["discussion"] | TELLINGS["abstract"])
        for name, kind in _KINDS:
            advised = _of(checked, told, kind, _ADVISED)
            given = any(fact not in advised and fact.assertion is Assertion.AFFIRMED for fact in _all(told, kind))
            claimed = _of(checked, later, kind, _GIVEN)
            if advised and claimed and not given:
                message = f"{name} was advised; that it was given is told elsewhere only."
                yield found(message, places(advised), places(claimed))


def _of(checked: Checked, case: Case[Value], kind: type[Value], words: re.Pattern[str]) -> list[Fact[Value]]:
    """The facts of a kind in sentences with these words."""
    return [
        fact
        for fact in _all(case, kind)
        if fact.assertion in _TOLD and any((view := checked.view(one)) and view.search(words) for one in fact.evidence)
    ]


def _all(case: Case[Value], kind: type[Value]) -> list[Fact[Value]]:
    return [fact for fact in case.facts if isinstance(fact.value, kind)]


RULE = Rule(code="CL502", severity=Severity.NOTE, check=check)
