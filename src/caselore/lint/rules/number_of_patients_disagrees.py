"""The number of patients announced is not the number described.

What it finds: "We report three patients" above two cases; "both patients" among three.
Why it matters: a case that is missing or told twice changes every pooled figure.
Example: "We present two cases ... Case 1 ... Case 2 ... Case 3".
What it leaves alone: numbers of patients of the literature; reports whose cases were not told apart with certainty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.lint.checked import Checked
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Place, Severity
from caselore.model.text import SectionKind

_NUMBERS = {"one": 1, "a": 1, "two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_WORD = r"(?P<n>two|three|four|five|six|seven|eight|[2-8])"
_ANNOUNCED = re.compile(
    rf"\b(?:we|authors?)\s(?:hereby\s|herein\s|here\s|also\s)?(?:report|present|describe|treated|encountered|add)(?:ed)?\s(?:on\s)?(?:the\s)?(?:first\s)?"
    rf"{_WORD}\s(?:\w+[\s-]){{0,4}}?(?:patients?|cases?|children|women|men)\b",
    re.I,
)
_TITLE = re.compile(
    rf"\breport of {_WORD} cases\b|:\s?{_WORD.replace('<n>', '<m>')}\s(?:case reports|cases|patients)\b", re.I
)
_OURS = re.compile(r"\b(?P<n>both|all (?:two|three|four|five|six))\s(?:of\s)?our\s(?:\w+\s)?(?:patients|cases)\b", re.I)
_LABEL = re.compile(r"\b(?:case|patient)\s(?:no\.?\s?)?(?P<n>\d{1,2})\b", re.I)


def check(checked: Checked) -> Iterator[Finding]:
    count = len(checked.own)
    labelled = {
        int(m["n"])
        for view in checked.sentences
        if view.section is not SectionKind.TABLE
        for m in _LABEL.finditer(view.text[:60])
    }
    if count < 1 or (labelled and max(labelled) != count):
        return
    for told, place in _told(checked):
        if told != count and (count > 1 or not labelled):
            yield found(f"{told} patients are announced, {count} {'is' if count == 1 else 'are'} described.", (place,))


def _told(checked: Checked) -> Iterator[tuple[int, Place]]:
    for view in checked.sentences:
        patterns = (_ANNOUNCED, _TITLE, _OURS) if view.section is SectionKind.TITLE else (_ANNOUNCED, _OURS)
        for match in (m for pattern in patterns for m in pattern.finditer(view.text)):
            groups = match.groupdict()
            word = (groups.get("n") or groups.get("m") or "").lower().split()[-1]
            yield _NUMBERS.get(word) or int(word), checked.place(view.place(match))


RULE = Rule(code="CL402", severity=Severity.WARNING, check=check)
