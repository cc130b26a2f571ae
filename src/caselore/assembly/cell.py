"""One cell of the review row, and the facts of one patient as columns see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TypeVar, cast

import msgspec

from caselore.assembly.occurrences import Placed
from caselore.assembly.timeline import placed
from caselore.model.case import Case, Role
from caselore.model.fact import Assertion, Fact, Phase, Value

W = TypeVar("W", bound=Value)


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A value of the review row and the facts it was taken from; a cell without facts does not exist."""

    value: object
    facts: tuple[Fact[Value], ...]


class CaseFacts:
    """The facts of one patient, in the order of the report."""

    def __init__(self, case: Case[Value]) -> None:
        self.case = case
        self.facts = case.facts
        self._by_kind: dict[type[Value], list[Fact[Value]]] = {}
        for fact in self.facts:
            self._by_kind.setdefault(type(fact.value), []).append(fact)

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """The events whose time could be told, in the order of the report."""
        return tuple(placed(self.facts))

    @property
    def is_index(self) -> bool:
        return self.case.patient.role is Role.INDEX

    def of(
        self,
        kind: type[W],
        *assertions: Assertion,
        phases: tuple[Phase, ...] = (Phase.FIRST, Phase.LATER),
    ) -> list[Fact[W]]:
        """Facts whose value is of `kind` itself; without assertions given, the affirmed ones."""
        wanted = assertions or (Assertion.AFFIRMED,)
        told = self._by_kind.get(kind, ())
        found = [fact for fact in told if fact.assertion in wanted and fact.phase in phases]
        return cast("list[Fact[W]]", found)


Column = Callable[[CaseFacts], Cell | None]
"""Picks the value of one column; None where the report is silent."""

Columns = Mapping[str, Column]
