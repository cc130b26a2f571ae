"""Said twice is one fact with two evidences."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from caselore.model.fact import Fact, Value


def merge(prefix: str, facts: Iterable[Fact[Value]]) -> tuple[Fact[Value], ...]:
    """Facts with equal value, assertion, phase and time become one, with all their evidences; ids are `prefix` and a number."""
    told: dict[object, list[Fact[Value]]] = {}
    for fact in facts:
        key = (fact.patient_id, fact.topic, msgspec.json.encode(fact.value), fact.assertion, fact.phase, fact.when)
        told.setdefault(key, []).append(fact)
    return tuple(_joined(same, f"{prefix}.f{number}") for number, same in enumerate(told.values(), 1))


def _joined(same: list[Fact[Value]], identifier: str) -> Fact[Value]:
    evidence = same[0].evidence
    if len(same) > 1:
        evidence = tuple(dict.fromkeys(one for fact in same for one in fact.evidence))
    return msgspec.structs.replace(same[0], id=identifier, evidence=evidence)
