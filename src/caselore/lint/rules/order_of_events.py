"""Events stand in an order that cannot be.

What it finds: a recurrence dated before the operation, a contact after death, an operation before the patient came.
Why it matters: survival is counted between these dates.
Example: "The tumour was resected in May 2015. ... It recurred in March 2014."
What it leaves alone: earlier tumours, dates within one month of each other, dates of years only.
"""

from __future__ import annotations

from collections.abc import Iterator

from caselore.assembly.occurrences import CONTACT, DEATH, RECURRENCE, kind_of
from caselore.lint.checked import Checked
from caselore.lint.rule import Finding, Rule, found
from caselore.model.case import Case
from caselore.model.diagnostic import Severity
from caselore.model.fact import Fact, Phase, Value
from caselore.model.time import PartialDate

_AFTER_OPERATION = frozenset({RECURRENCE, DEATH})


def check(checked: Checked) -> Iterator[Finding]:
    for case in checked.own:
        dated = _dated(case)
        operations = [pair for pair in dated if kind_of(pair[0]) == "operation" and pair[0].phase is Phase.FIRST]
        deaths = [pair for pair in dated if kind_of(pair[0]) == DEATH]
        if operations:
            first, when = min(operations, key=lambda pair: pair[1].latest)
            for fact, other in dated:
                if kind_of(fact) in _AFTER_OPERATION and other.latest < when.earliest:
                    yield found(
                        f"{fact.value} in {other}, before the operation in {when}.",
                        checked.times(fact),
                        checked.times(first),
                    )
        if deaths:
            died, when = deaths[0]
            for fact, other in dated:
                if kind_of(fact) in (CONTACT, "operation", RECURRENCE) and other.earliest > when.latest:
                    yield found(
                        f"{fact.value} in {other}, after death in {when}.", checked.times(fact), checked.times(died)
                    )


def _dated(case: Case[Value]) -> list[tuple[Fact[Value], PartialDate]]:
    """The events with a printed date of a month at least."""
    return [
        (fact, fact.when.date)
        for fact in case.facts
        if fact.phase is not Phase.BEFORE and kind_of(fact) and fact.when and fact.when.date and fact.when.date.month
    ]


RULE = Rule(code="CL202", severity=Severity.ERROR, check=check)
