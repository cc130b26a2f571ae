"""The stains that are told do not carry the diagnosis.

What it finds: a leiomyosarcoma with one muscle marker or none among several stains; a typical marker that is negative.
Why it matters: diagnoses of old reports have often been revised; the reader needs to see on what they rest.
Example: "The tumor was positive for vimentin and CD34. Leiomyosarcoma was diagnosed."
What it leaves alone: reports with few stains; diagnoses by fusion gene; tumours without a typical profile. Profiles: WHO
Classification of Tumours, Soft Tissue and Bone, 5th edition (2020).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from tomllib import loads

import msgspec

from caselore.language.verdict import Result
from caselore.lint.checked import Checked, facts, places
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity
from caselore.model.fact import Fact, Value
from caselore.topics.diagnosis import Diagnosis
from caselore.topics.ihc import Stain

_FEWEST_STAINS = 4
"""Fewer are a selection, from which nothing follows."""


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`any_of`: markers of which at least `least` are positive in the tumour; `nearly_always`: positive in over 90%."""

    tumour: str
    any_of: tuple[str, ...]
    least: int
    nearly_always: tuple[str, ...] = ()


@cache
def _profiles() -> tuple[tuple[re.Pattern[str], Profile], ...]:
    table = loads((files(__package__) / "diagnosis_without_its_markers.toml").read_text(encoding="utf-8"))
    return tuple(
        (re.compile(rf"\b{one.tumour}\b", re.I), one) for one in msgspec.convert(table["profile"], list[Profile])
    )


def check(checked: Checked) -> Iterator[Finding]:
    for case in checked.own:
        stains = list(facts(case, Stain))
        final = [fact for fact in facts(case, Diagnosis) if fact.value.status == "final"]
        final = final or [fact for fact in facts(case, Diagnosis) if fact.value.status == "named"]
        if len({fact.value.marker for fact in stains}) < _FEWEST_STAINS or not final:
            continue
        for pattern, profile in _profiles():
            named = [fact for fact in final if pattern.search(fact.value.label)]
            if named:
                yield from _against(profile, stains, named[0])
                break


def _against(profile: Profile, stains: list[Fact[Stain]], diagnosis: Fact[Value]) -> Iterator[Finding]:
    typical = [fact for fact in stains if fact.value.marker in profile.any_of]
    positive = {fact.value.marker for fact in typical if fact.value.result is Result.POSITIVE}
    if len(positive) < profile.least:
        told = f"only {positive.pop()} is" if positive else "none is"
        message = f"Of the markers of {diagnosis.value.label} ({', '.join(profile.any_of)}) {told} told as positive."  # type: ignore[attr-defined]
        yield found(message, places([diagnosis], 1), places(typical or stains, 1))
    for marker in profile.nearly_always:
        negative = [f for f in stains if f.value.marker == marker and f.value.result is Result.NEGATIVE]
        if negative and marker not in positive:
            message = f"{marker} is negative; in {diagnosis.value.label} it is nearly always positive."  # type: ignore[attr-defined]
            yield found(message, places(negative), places([diagnosis], 1))


RULE = Rule(code="CL601", severity=Severity.NOTE, check=check)
