"""The cellularity of a specimen is told in two ways.

What it finds: "moderate cell density" in the text, "high cell density" in the legend of the same picture.
Why it matters: the legend is what most readers look at, and cellularity enters the impression of grade.
Example: "The metastasis was moderately cellular. ... Figure 2. Metastasis with high cellularity."
What it leaves alone: tumours with areas of both ("alternating", "hypocellular areas").
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from caselore.lint.checked import Checked, facts, places
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity
from caselore.model.text import SectionKind
from caselore.topics.histology import HistologyFeature


def check(checked: Checked) -> Iterator[Finding]:
    for case in checked.own:
        told = [fact for fact in facts(case, HistologyFeature) if fact.value.aspect == "cellularity"]
        for one, other in combinations(told, 2):
            in_legend = [any(e.section is SectionKind.CAPTION for e in fact.evidence) for fact in (one, other)]
            if one.value.feature != other.value.feature and in_legend in ([True, False], [False, True]):
                message = f"{one.value.feature.capitalize()} and {other.value.feature}, in text and legend."
                yield found(message, places([one]), places([other]))


RULE = Rule(code="CL309", severity=Severity.NOTE, check=check)
