"""The same stain of one specimen is told as positive and as negative.

What it finds: "SMA was diffusely positive" and "SMA and desmin were negative" of the same tumour.
Why it matters: the diagnosis of a rare tumour rests on a handful of stains.
Example: "The cells expressed SMA ... CD34, desmin and SMA were all negative."
What it leaves alone: two specimens or points in time, components of a biphasic tumour, equivocal, focal or patchy staining.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from caselore.language.verdict import Result
from caselore.lint.checked import Checked, facts, places
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity
from caselore.model.fact import Fact
from caselore.topics.ihc import Stain

_PARTLY = frozenset({"focal", "patchy", "scattered", "partial", "multifocal", "heterogeneous"})


def check(checked: Checked) -> Iterator[Finding]:
    for case in checked.own:
        groups: dict[tuple[object, ...], list[Fact[Stain]]] = {}
        for fact in facts(case, Stain):
            if fact.value.result is not Result.EQUIVOCAL and fact.value.extent not in _PARTLY:
                groups.setdefault((fact.value.marker, fact.phase), []).append(fact)
        for (marker, _), told in groups.items():
            conflicting = [
                pair
                for pair in product(told, told)
                if pair[0].value.result is Result.POSITIVE
                and pair[1].value.result is Result.NEGATIVE
                and _may_be_one(*pair)
            ]
            if conflicting:
                positive, negative = zip(*conflicting, strict=True)
                yield found(f"{marker} is positive and negative.", places(positive, 9), places(negative, 9))


def _may_be_one(one: Fact[Stain], other: Fact[Stain]) -> bool:
    """Whether two results can be of the same cells of the same specimen; a kind of cell is no other part of the tumour."""
    parts = {part for fact in (one, other) if (part := fact.value.component) and not part.endswith("cells")}
    cells = {fact.value.component for fact in (one, other) if fact.value.component}
    specimens = {fact.value.specimen for fact in (one, other) if fact.value.specimen}
    return not parts and len(cells) < 2 and len(specimens) < 2


RULE = Rule(code="CL101", severity=Severity.ERROR, check=check)
