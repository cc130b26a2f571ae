"""What the case report itself tells, as against what its authors say of their patient among others in the discussion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from caselore.model.fact import Fact, Value
from caselore.model.text import SectionKind

W = TypeVar("W", bound=Value)

_REFLECTION = (SectionKind.INTRODUCTION, SectionKind.DISCUSSION, SectionKind.CONCLUSION)


def is_narrated(fact: Fact[Value]) -> bool:
    """Whether a fact is told anywhere outside of introduction, discussion and conclusion."""
    return any(evidence.section not in _REFLECTION for evidence in fact.evidence)


def narrated(facts: Sequence[Fact[W]]) -> list[Fact[W]]:
    """The narrated facts, or all where none is: cited patients, and whatever is only told in the discussion."""
    return [fact for fact in facts if is_narrated(fact)] or list(facts)
