"""Runs the rules over a report."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

import caselore.lint.rules as room
from caselore.lint.checked import Checked
from caselore.lint.rule import Rule
from caselore.model.case import Report
from caselore.model.diagnostic import Findings
from caselore.model.discover import discover
from caselore.model.fact import Value


class UnknownRule(ValueError):
    """A code or name that no rule has."""


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    return tuple(sorted(discover(room, "RULE", Rule), key=lambda rule: rule.code))


def chosen(select: Collection[str] = (), ignore: Collection[str] = ()) -> tuple[Rule, ...]:
    """The rules to run: all, or those selected, without those ignored; by code, beginning of a code, or name.

    Raises UnknownRule for a word that fits no rule.
    """
    for word in (*select, *ignore):
        if not any(_fits(rule, word) for rule in rules()):
            raise UnknownRule(f"{word!r} is no rule; `caselore lint --explain all` lists them")
    return tuple(
        rule
        for rule in rules()
        if (not select or any(_fits(rule, word) for word in select)) and not any(_fits(rule, word) for word in ignore)
    )


def _fits(rule: Rule, word: str) -> bool:
    return rule.code.startswith(word.upper()) or rule.name == word


def lint(report: Report[Value], select: Collection[str] = (), ignore: Collection[str] = ()) -> Findings:
    """What the rules find in a report, in the order of the text."""
    checked = Checked(report)
    found = [diagnostic for rule in chosen(select, ignore) for diagnostic in rule.diagnostics(checked)]
    found.sort(key=lambda diagnostic: (diagnostic.places[0], diagnostic.code))
    return Findings(source=report.document.source, findings=tuple(found))
