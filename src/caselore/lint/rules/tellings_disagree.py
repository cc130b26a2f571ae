"""Abstract, case and discussion tell a number or a side differently.

What it finds: 54 Gy in the abstract and 45 Gy in the case; a follow-up of 12 months here and 21 there; left here and right there.
Why it matters: most readers see the abstract only, and most tables are filled from it.
Example: abstract "a Ki-67 index of 40%", case "the Ki-67 index was 14%".
What it leaves alone: rounding, values that one telling leaves out, later follow-up told in the discussion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from caselore.assembly.cell import Cell
from caselore.lint.checked import Checked, facts
from caselore.lint.rule import Finding, Rule, found
from caselore.lint.tellings import tellings
from caselore.model.case import Case
from caselore.model.diagnostic import Severity
from caselore.model.fact import Fact, Value
from caselore.model.time import DAYS_PER_MONTH
from caselore.topics.follow_up import FollowUp

_NUMBERS = {
    "ki67_percent": ("Ki-67 index", 1.0, "%"),
    "mitoses_per_10_hpf": ("mitotic count", 1.0, " per 10 HPF"),
    "rt_dose_gy": ("radiation dose", 0.5, " Gy"),
    "rt_fractions": ("number of fractions", 0.5, ""),
    "cycles": ("number of cycles", 0.5, ""),
    "symptom_duration_months": ("duration of symptoms", 0.6, " months"),
    "largest_dimension_mm": ("size", 6.0, " mm"),
}
_WORDS = {"laterality": "side", "grade": "grade"}
_IN_DISCUSSION = frozenset({"ki67_percent", "laterality"})
_TIMES = frozenset({"months_to_recurrence"})
_SAME_MONTHS = 0.6
_A_YEAR = 11.5
_RELATIVE = 0.06
"""Differences below this share are rounding ("about two years" for 23 months)."""


def check(checked: Checked) -> Iterator[Finding]:
    for case in checked.own:
        told = {name: columns for name, (_, columns) in tellings(case).items()}
        yield from _follow_up(checked, {name: part for name, (part, _) in tellings(case).items()})
        for (one, mine), (other, theirs) in combinations(told.items(), 2):
            fields = mine.keys() & theirs.keys() & (_NUMBERS.keys() | _WORDS.keys())
            if "discussion" in (one, other):
                fields &= _IN_DISCUSSION
            for field in sorted(fields):
                message = _difference(field, mine[field], theirs[field])
                if message:
                    where = (checked.times(fact) for cell in (mine[field], theirs[field]) for fact in cell.facts)
                    yield found(f"The {message} in the {one} and in the {other}.", *where)


def _follow_up(checked: Checked, parts: Mapping[str, Case[Value]]) -> Iterator[Finding]:
    """The longest follow-up that each telling states, where it is a year at least."""
    longest: dict[str, Fact[FollowUp]] = {}
    for name, part in parts.items():
        stated = [fact for fact in facts(part, FollowUp) if fact.value.months >= _A_YEAR and not _is_range(fact)]
        if stated:
            longest[name] = max(stated, key=lambda fact: fact.value.months)
    for one, other in combinations(longest, 2):
        mine, theirs = longest[one], longest[other]
        if abs(mine.value.months - theirs.value.months) > max(
            1.5, _RELATIVE * max(mine.value.months, theirs.value.months)
        ):
            message = f"The follow-up is {mine.value.months:.3g} months in the {one} and {theirs.value.months:.3g} in the {other}."
            yield found(message, checked.times(mine), checked.times(theirs))


def _is_range(fact: Fact[FollowUp]) -> bool:
    return fact.when is not None and fact.when.latest_days - fact.when.earliest_days > _SAME_MONTHS * DAYS_PER_MONTH


def _difference(field: str, mine: Cell, theirs: Cell) -> str | None:
    if field in _WORDS:
        differ = mine.value != theirs.value and {mine.value, theirs.value} <= {"left", "right", "1", "2", "3", "4"}
        return f"{_WORDS[field]} is {mine.value} and {theirs.value}" if differ else None
    name, slack, unit = _NUMBERS[field]
    if not isinstance(mine.value, int | float) or not isinstance(theirs.value, int | float):
        return None
    if abs(mine.value - theirs.value) <= max(slack, _RELATIVE * max(mine.value, theirs.value)):
        return None
    return f"{name} is {mine.value:.3g}{unit} and {theirs.value:.3g}{unit}"


RULE = Rule(code="CL403", severity=Severity.WARNING, check=check)
