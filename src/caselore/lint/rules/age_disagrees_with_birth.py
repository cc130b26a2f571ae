"""The age does not follow from the date of birth, or from the time that has passed.

What it finds: a 45-year-old man born in 1970 who was admitted in 2003.
Why it matters: one of the three numbers is wrong, and two of them are in every table.
Example: "This 38-year-old woman, born in 1951, was seen in 1999."
What it leaves alone: a year of slack; births of relatives; reports without a date of admission.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.lint.checked import Checked, facts, places
from caselore.lint.rule import Finding, Rule, found
from caselore.lint.tellings import TELLINGS
from caselore.model.diagnostic import Place, Severity
from caselore.topics.demographics import Age

_BORN = re.compile(r"\b(?:born|date of birth|DOB|birth date)\b[^.;]{0,30}?\b(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:son|daughter|child|children|baby|twin|mother|father|brother|sister)\b", re.IGNORECASE)
_SLACK_YEARS = 1.5


def check(checked: Checked) -> Iterator[Finding]:
    births = [
        (int(match["year"]), checked.place(view.place(match)))
        for view in checked.sentences
        for match in view.find(_BORN)
        if not _RELATIVE.search(view.text)
    ]
    if len(births) != 1 or len(checked.own) != 1:
        return
    (year, born), case = births[0], checked.own[0]
    ages = [fact for fact in facts(case, Age) if fact.value.at == "presentation"]
    seen = _first_date(checked, year)
    if ages and seen:
        when, place = seen
        if abs(when - year - ages[0].value.years) > _SLACK_YEARS:
            message = f"Born in {year} and seen in {when} makes {when - year}, not {ages[0].value.years:g} years."
            yield found(message, [born, place], places(ages[:1]))


def _first_date(checked: Checked, birth: int) -> tuple[int, Place] | None:
    """The first date after the birth in the story of the case: when the patient came."""
    for view in checked.sentences:
        if view.section in TELLINGS["case"]:
            for time in view.times:
                if time.date is not None and time.date.year > birth:
                    return time.date.year, checked.place(time.span)
    return None


RULE = Rule(code="CL107", severity=Severity.ERROR, check=check)
