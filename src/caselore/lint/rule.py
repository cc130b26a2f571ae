"""What a rule is. One file a rule, declared as `RULE`; its docstring says what it finds, why, and what it leaves alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator

import msgspec

from caselore.lint.checked import Checked
from caselore.model.diagnostic import Diagnostic, Place, Severity


class Finding(msgspec.Struct, frozen=True):
    """What conflicts, in one sentence, and where."""

    message: str
    places: tuple[Place, ...]


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule: its code ("CL101"), how grave its findings are, and the function that looks for them."""

    code: str
    severity: Severity
    check: Callable[[Checked], Iterator[Finding]]

    @property
    def name(self) -> str:
        """The name of the rule's module."""
        return self.check.__module__.rpartition(".")[2]

    @property
    def explanation(self) -> str:
        """The docstring of the rule's module."""
        return (sys.modules[self.check.__module__].__doc__ or "").strip()

    def diagnostics(self, checked: Checked) -> Iterator[Diagnostic]:
        """Everything the rule finds, each once, its places in the order of the text."""
        seen: set[tuple[Place, ...]] = set()
        for finding in self.check(checked):
            where = tuple(sorted(set(finding.places)))
            if where and where not in seen:
                seen.add(where)
                yield Diagnostic(
                    code=self.code, rule=self.name, severity=self.severity, message=finding.message, places=where
                )


def found(message: str, *places: Iterable[Place]) -> Finding:
    """A finding at all these places."""
    return Finding(message, tuple(place for group in places for place in group))
