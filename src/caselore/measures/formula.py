"""What a measure is: a name and a function over one patient, declared as `MEASURE` and found by discovery."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any, TypeVar

import msgspec

from caselore.model.case import Case, Report
from caselore.model.fact import Assertion, Fact, Value
from caselore.model.measure import Measure, NotComputable
from caselore.model.text import Evidence

V = TypeVar("V", bound=Value)

Results = Iterator[Measure | NotComputable]


class Formula(msgspec.Struct, frozen=True, kw_only=True):
    """A measure: `compute` takes a patient and the report, and yields what can be worked out, and why the rest cannot."""

    name: str
    compute: Callable[[Case[Value], Report[Value]], Results]

    @property
    def explanation(self) -> str:
        """The docstring of the module."""
        return (sys.modules[self.compute.__module__].__doc__ or "").strip()


def facts(case: Case[Value], kind: type[V], assertion: Assertion = Assertion.AFFIRMED) -> list[Fact[V]]:
    """The facts of one kind and one assertion."""
    return [f for f in case.facts if isinstance(f.value, kind) and f.assertion is assertion]  # type: ignore[misc]


def evidence(*groups: Fact[Value]) -> tuple[Evidence, ...]:
    """The words behind facts."""
    return tuple(one for fact in groups for one in fact.evidence[:2])


@cache
def parameters(name: str) -> dict[str, Any]:
    """The parameters of a measure: NAME.toml beside this module."""
    return loads((files("caselore.measures") / f"{name}.toml").read_text(encoding="utf-8"))
