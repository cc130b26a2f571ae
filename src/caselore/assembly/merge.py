"""Said twice is one fact with two evidences."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from caselore.model.fact import Fact, Value


def merge(prefix: str, facts: Iterable[Fact[Value]]) -> tuple[Fact[Value], ...]:
    """Facts with equal value, assertion, phase and time become one, with all their evidences; ids are `prefix` and a number."""
    merged: dict[object, Fact[Value]] = {}
    for fact in facts:
        key = (fact.patient_id, fact.topic, msgspec.json.encode(fact.value), fact.assertion, fact.phase, fact.when)
        if key in merged:
            first = merged[key]
            evidence = tuple(dict.fromkeys((*first.evidence, *fact.evidence)))
            merged[key] = msgspec.structs.replace(first, evidence=evidence)
        else:
            merged[key] = fact
    return tuple(msgspec.structs.replace(fact, id=f"{prefix}.f{n}") for n, fact in enumerate(merged.values(), 1))
