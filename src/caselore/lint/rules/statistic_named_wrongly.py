"""A figure is called by the name of another statistic, or its groups leave a value out.

What it finds: a "prevalence" per year (an incidence), a "mean" that is given as a range, groups "> 60" and "< 60"
that leave out 60, "less than 1%, 3 of 25,000" (a hundredth of it).
Why it matters: such figures are copied into introductions for decades.
Example: "The prevalence is four in 100,000 people per year."
What it leaves alone: means with a range beside them; cut-offs with "or more" or "at least".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.lint.checked import Checked
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity

_PREVALENCE = re.compile(
    r"\bprevalence\b[^.;]{0,80}?\b(?:per|in|of)\s(?:1?\d{1,2},?000|1 million|million|a million)\b[^.;]{0,30}?"
    r"\b(?:per|a|each|every)\s(?:year|annum)\b|\bprevalence\b[^.;]{0,80}?/\s?year",
    re.I,
)
_MEAN_RANGE = re.compile(
    r"\b(?:mean|median)\s(?:overall\s|disease-free\s)?(?:survival|age|follow-up|size|duration|interval)\b[^.;\d()]{0,90}?\b(?:is|was|of|be)\s"
    r"(?P<low>\d{1,3})\s?(?:-|–|—|to)\s?(?P<high>\d{1,3})\s?(?:months|years|cm|mm)\b",
    re.I,
)
_GAP = re.compile(r"(?<![≥≤])>\s?(?P<one>\d{1,3})\b(?P<between>[^<>≥≤]{0,60})<\s?(?P<other>\d{1,3})\b(?!\s?%)")
_FAR_BELOW = re.compile(
    r"\bless than (?P<percent>\d(?:\.\d)?)\s?%[^.;]{0,60}?(?P<part>\d{1,4}) (?:out )?of (?:the )?"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d{3,6})\b",
    re.I,
)
_FAR = 10


def check(checked: Checked) -> Iterator[Finding]:
    for view in checked.sentences:
        for match in view.find(_PREVALENCE):
            yield found("A rate per year is an incidence, not a prevalence.", (checked.place(view.place(match)),))
        for match in view.find(_MEAN_RANGE):
            if int(match["low"]) < int(match["high"]):
                yield found("A mean is one number, not a range.", (checked.place(view.place(match)),))
        for match in view.find(_GAP):
            if match["one"] == match["other"]:
                yield found(
                    f"A value of exactly {match['one']} is in neither group.", (checked.place(view.place(match)),)
                )
        for match in view.find(_FAR_BELOW):
            real = 100 * int(match["part"]) / int(match["whole"].replace(",", ""))
            if real * _FAR < float(match["percent"]):
                yield found(
                    f"{match['part']} of {match['whole']} is {real:.2g}%, far below {match['percent']}%.",
                    (checked.place(view.place(match)),),
                )


RULE = Rule(code="CL406", severity=Severity.NOTE, check=check)
