"""The cumulative dose of a drug does not follow from its cycles, or is above the lifetime limit.

What it finds: "six cycles of doxorubicin 75 mg/m2 (cumulative dose 550 mg/m2)"; eight cycles of 75 mg/m2.
Why it matters: the heart bears so much anthracycline in a lifetime; a slip here is repeated in the next line of treatment.
Example: "He received doxorubicin 60 mg/m2 for 6 cycles, a cumulative dose of 460 mg/m2."
What it leaves alone: planned cycles, doses reduced on the way, drugs without a limit. Limits are those of `caselore measure`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.view import SentenceView
from caselore.lint.checked import Checked
from caselore.lint.rule import Finding, Rule, found
from caselore.measures.formula import parameters
from caselore.model.diagnostic import Severity

_DOSE = re.compile(r"(?<![\d.])(?P<dose>\d{1,4}(?:\.\d)?)\s?mg\s?/\s?m(?:2|²)", re.IGNORECASE)
_CYCLES = re.compile(
    r"\b(?P<n>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s(?:\w+\s){0,2}?(?:cycles|courses)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(?:cumulative|total)(?:\s\w+)?\s(?:doses?)\b[^.;\d]{0,25}(?P<total>\d{2,4})\s?mg\s?/\s?m(?:2|²)", re.IGNORECASE
)
_CHANGED = re.compile(r"\b(?:reduc\w+|escalat\w+|planned|per cycle were|advised|recommended)\b", re.IGNORECASE)
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_WORDS, 1)}
_SLACK = 0.05


def _limits() -> dict[str, float]:
    limits: dict[str, float] = parameters("drug_exposure")["limit_mg_per_m2"]
    return limits


def check(checked: Checked) -> Iterator[Finding]:
    for view in checked.sentences:
        drugs = [mention for mention in view.of("drug") if mention.concept in _limits()]
        doses, cycles = list(view.find(_DOSE)), list(view.find(_CYCLES))
        if len({drug.concept for drug in drugs}) != 1 or not cycles or _CHANGED.search(view.text):
            continue
        yield from _checked(checked, view, drugs[0].concept, doses, cycles[0])


def _checked(
    checked: Checked, view: SentenceView, drug: str, doses: list[re.Match[str]], cycles: re.Match[str]
) -> Iterator[Finding]:
    stated = view.search(_TOTAL)
    singles = [m for m in doses if stated is None or not stated.start() <= m.start() < stated.end()]
    if len(singles) != 1:
        return
    single = singles[0]
    word = cycles["n"].lower()
    product = float(single["dose"]) * (_NUMBERS.get(word) or int(word))
    where = [checked.place(view.place(match)) for match in (single, cycles, stated) if match]
    if stated and abs(product - float(stated["total"])) > _SLACK * product:
        yield found(
            f"{cycles['n']} cycles of {single['dose']} mg/m2 are {product:g} mg/m2, not {stated['total']}.", where
        )
    elif product > _limits()[drug] and checked.is_of_own(view):
        yield found(f"{product:g} mg/m2 of {drug} is above the lifetime limit of {_limits()[drug]:g} mg/m2.", where)


RULE = Rule(code="CL310", severity=Severity.WARNING, check=check)
