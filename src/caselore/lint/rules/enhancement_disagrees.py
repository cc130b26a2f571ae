"""The enhancement of the tumour is told in ways that exclude each other.

What it finds: homogeneous here and heterogeneous there; uneven enhancement in the text and ring enhancement in the legend.
Why it matters: the pattern of enhancement is what differential diagnosis on imaging goes by.
Example: "MRI showed a homogeneously enhancing mass. ... Figure 1: heterogeneous enhancement."
What it leaves alone: other lesions, recurrences, CT against MRI.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from caselore.lint.checked import Checked, facts, places
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity
from caselore.topics.imaging import ImagingFinding

_PATTERNS = ("homogeneous enhancement", "heterogeneous enhancement", "ring enhancement", "no enhancement")


def check(checked: Checked) -> Iterator[Finding]:
    for case in checked.own:
        told = [fact for fact in facts(case, ImagingFinding) if any(name in str(fact.value) for name in _PATTERNS)]
        seen: set[frozenset[str]] = set()
        for one, other in combinations(told, 2):
            mine, theirs = (next(name for name in _PATTERNS if name in str(fact.value)) for fact in (one, other))
            modalities = {fact.value.modality for fact in (one, other) if fact.value.modality}
            if (
                mine != theirs
                and one.phase is other.phase
                and len(modalities) < 2
                and not {frozenset((mine, theirs))} & seen
            ):
                seen.add(frozenset((mine, theirs)))
                yield found(f"{mine.capitalize()} and {theirs}.", places([one]), places([other]))


RULE = Rule(code="CL106", severity=Severity.NOTE, check=check)
