"""The tumour is told on both sides.

What it finds: "a mass of the left frontal lobe" in the case and "right frontal" in a legend or the abstract.
Why it matters: the wrong side is the classic error of records and of operations.
Example: "MRI showed a tumour of the left kidney. ... A right nephrectomy was done."
What it leaves alone: bilateral and midline tumours, several tumours at different sites, metastases, sites of later recurrences.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from caselore.lint.checked import Checked, facts
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Place, Severity
from caselore.model.fact import Fact, Phase
from caselore.topics.site import TumourSite

_SIDES = ("left", "right")
_LATER = re.compile(r"\b(?:recurr\w+|relaps\w+|metasta\w+|later|spread|new)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:lesions|masses|nodules|tumou?rs|metastases|deposits|foci)\b", re.IGNORECASE)


def check(checked: Checked) -> Iterator[Finding]:
    for case in checked.own:
        sided: dict[tuple[str, Phase], list[Fact[TumourSite]]] = defaultdict(list)
        for fact in facts(case, TumourSite):
            if fact.value.role in ("tumour", "presentation") and not _of_another_time(checked, fact):
                sided[fact.value.concept, fact.phase].append(fact)
        for told in sided.values():
            by_side = {side: [fact for fact in told if fact.value.side == side] for side in _SIDES}
            if any(_SEVERAL.search(evidence.quote) for fact in told for evidence in fact.evidence):
                continue
            if all(by_side.values()) and not any(fact.value.side == "bilateral" for fact in told):
                message = f"The tumour of the {told[0].value.site} is told on the left and on the right."
                yield found(message, *(_places(checked, one) for one in (*by_side["left"], *by_side["right"])))


def _places(checked: Checked, fact: Fact[TumourSite]) -> tuple[Place, ...]:
    return checked.words(fact, re.compile(rf"\b{fact.value.side}\b", re.IGNORECASE))


def _of_another_time(checked: Checked, fact: Fact[TumourSite]) -> bool:
    """Whether every statement is of an earlier disease, a recurrence or spread."""
    return fact.phase is Phase.BEFORE or all(
        (view := checked.view(one)) and _LATER.search(view.text) for one in fact.evidence
    )


RULE = Rule(code="CL102", severity=Severity.ERROR, check=check)
