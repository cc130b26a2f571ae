"""A statistic of one publication is told twice, differently.

What it finds: a five-year survival of 64% [12] in the introduction and of 46% [12] in the discussion.
Why it matters: one of the two is not what the cited paper says.
Example: "The recurrence rate was 30% [4]. ... Recurrence rates of 50% were reported [4]."
What it leaves alone: different measures, subgroups told with other words, ranges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.lint.checked import Checked
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Place, Severity

_MEASURE = re.compile(
    r"\b(?P<measure>(?:\d{1,2}|one|two|three|five|ten)[- ]year (?:overall |disease-free |disease-specific )?survival"
    r"|(?:local )?recurrence rate|metastasis rate|metastatic rate|mortality)\b(?P<between>[^.;%]{0,45}?)"
    r"(?<![\d.–-])(?P<percent>\d{1,3}(?:\.\d+)?)\s?%(?!\s?(?:-|–|to|and|or|vs|versus))",
    re.IGNORECASE,
)
_SUBGROUP = re.compile(
    r"\b(?:with|without|after|for|in (?:patients|those|cases|grade|stage)|grade|stage|low|high|complete|incomplete|versus"
    r"|of those)\b",
    re.IGNORECASE,
)


def check(checked: Checked) -> Iterator[Finding]:
    told: dict[tuple[int, str], list[tuple[float, Place]]] = {}
    for view in checked.sentences:
        numbers = {number for mark in view.citations for number in mark.numbers}
        matches = [match for match in view.find(_MEASURE) if not _SUBGROUP.search(match["between"])]
        if len(numbers) == 1 and len(matches) == 1 and not _SUBGROUP.search(view.text):
            key = numbers.pop(), " ".join(matches[0]["measure"].lower().replace("-", " ").split())
            told.setdefault(key, []).append((float(matches[0]["percent"]), checked.place(view.place(matches[0]))))
    for (number, measure), values in told.items():
        if len({percent for percent, _ in values}) > 1:
            printed = " and ".join(f"{percent:g}%" for percent in dict.fromkeys(percent for percent, _ in values))
            yield found(f"Reference {number} is told with a {measure} of {printed}.", [place for _, place in values])


RULE = Rule(code="CL407", severity=Severity.WARNING, check=check)
