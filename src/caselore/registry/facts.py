"""Facts beyond the review row, as decisions name them: by kind and place, which stay when a report is read again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from caselore.model.fact import Fact, Value

_KEY = re.compile(r"fact:[a-z_]{1,30}@\d{1,9}-\d{1,9}")


def keys_of_fact(fact: Fact[Value]) -> tuple[str, ...]:
    """What stands for a fact in the column of a decision, one name for each place that tells it.

    Ids of facts are counted anew at every reading; the raw text of a report never changes.
    """
    kind = type(fact.value).__struct_config__.tag
    return tuple(f"fact:{kind}@{one.span.start}-{one.span.end}" for one in fact.evidence)


def state_of_fact(fact: Fact[Value], states: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What was decided about a fact, under whichever of its names."""
    return next((states[key] for key in keys_of_fact(fact) if key in states), None)


def is_fact_key(column: str) -> bool:
    """Whether a decision is about a fact beyond the row."""
    return _KEY.fullmatch(column) is not None
