"""The outcome is told in two ways that cannot both be.

What it finds: no recurrence in the abstract and a recurrence in the case; alive here and dead there; no metastases and metastases.
Why it matters: outcome is what cases are pooled for.
Example: "He remains free of disease. ... The patient died of disease at 14 months."
What it leaves alone: what was true until something changed ("no recurrence until August", "alive at 6 months, died at 12").
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from caselore.lint.checked import Checked, facts, places
from caselore.lint.rule import Finding, Rule, found
from caselore.lint.tellings import tellings
from caselore.model.case import Case
from caselore.model.diagnostic import Severity
from caselore.model.fact import Assertion, Fact, Phase, Value
from caselore.topics.death import Death
from caselore.topics.metastasis import Metastasis
from caselore.topics.outcome import Alive, DiseaseStatus
from caselore.topics.recurrence import Recurrence


def check(checked: Checked) -> Iterator[Finding]:
    for case in checked.own:
        parts = {name: part for name, (part, _) in tellings(case).items()}
        for (one, mine), (other, theirs) in permutations(parts.items(), 2):
            if (lived := _last_alive(mine)) and (died := list(facts(theirs, Death))) and not list(facts(mine, Death)):
                yield found(f"Alive in the {one}, dead in the {other}.", places(lived), places(died))
            for kind, name in ((Recurrence, "recurrence"), (Metastasis, "metastasis")):
                denied, happened = _denied(mine, kind), _happened(theirs, kind)
                if denied and happened and not _happened(mine, kind) and _denied_alone(theirs, kind):
                    yield found(f"No {name} in the {one}, but one in the {other}.", places(denied), places(happened))


def _last_alive(case: Case[Value]) -> list[Fact[Value]]:
    """Statements that the patient lives, where nothing says that this was only so up to some point."""
    told: list[Fact[Value]] = [*facts(case, Alive), *facts(case, DiseaseStatus)]
    return [fact for fact in told if fact.when is None or fact.when.latest_days == 0] or told


def _denied(case: Case[Value], kind: type[Value]) -> list[Fact[Value]]:
    """Denials of any recurrence or metastasis; one of a single organ denies no other."""
    denied = facts(case, kind, Assertion.NEGATED)
    return [fact for fact in denied if not (isinstance(fact.value, Metastasis) and fact.value.concept)]


def _happened(case: Case[Value], kind: type[Value]) -> list[Fact[Value]]:
    return [fact for fact in facts(case, kind) if fact.phase is not Phase.BEFORE]


def _denied_alone(case: Case[Value], kind: type[Value]) -> bool:
    """A telling that itself denies it once tells of a change; only one that never does contradicts the other."""
    return not _denied(case, kind)


RULE = Rule(code="CL501", severity=Severity.ERROR, check=check)
