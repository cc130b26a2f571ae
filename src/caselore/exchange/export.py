"""What an export is: files, and an account of what they could not carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from caselore.assembly.cell import Cell
from caselore.assembly.row import cells
from caselore.model.case import Case, Report
from caselore.model.fact import Assertion, Fact, Phase, Value


class FormatMissing(RuntimeError):
    """A library that a format needs is not installed; the message says what to install."""


class Loss(msgspec.Struct, frozen=True, kw_only=True):
    """A statement, or a part of one, that a format has no place for, and why."""

    patient: str
    what: str
    reason: str
    fact: str = ""


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """The files of one report by name, and what they do not hold."""

    files: Mapping[str, bytes]
    losses: tuple[Loss, ...] = ()


class ExportFormat(msgspec.Struct, frozen=True, kw_only=True):
    """A format, declared as `EXPORT` in its module and found by discovery. `write` takes a report and the time of export."""

    name: str
    title: str
    write: Callable[[Report[Value], str], Export]


class Carried:
    """One patient while it is exported: the cells of its review row, its facts, and which of them found a place."""

    def __init__(self, case: Case[Value]) -> None:
        self.case = case
        self.cells: dict[str, Cell] = cells(case)
        self._done: set[str] = set()
        self._lost: list[Loss] = []

    def take(self, facts: Iterable[Fact[Value]]) -> None:
        """These facts stand in the export."""
        self._done.update(fact.id for fact in facts)

    def lose(self, what: str, reason: str, facts: Iterable[Fact[Value]] = ()) -> None:
        """A part of what is exported has no place; `facts` are told by it and need no line of their own."""
        self.take(facts)
        loss = Loss(patient=self.case.patient.label, what=what, reason=reason)
        if loss not in self._lost:
            self._lost.append(loss)

    def facts(self, kind: str) -> list[Fact[Value]]:
        """The affirmed facts of a kind, told of the reported tumour's time."""
        return [
            fact
            for fact in self.case.facts
            if kind_of(fact) == kind and fact.assertion is Assertion.AFFIRMED and fact.phase is not Phase.BEFORE
        ]

    def cell(self, column: str) -> Any:
        """The value of a column, whose facts now have a place; None where the report is silent."""
        cell = self.cells.get(column)
        if cell is None:
            return None
        self.take(cell.facts)
        return cell.value

    def losses(self, reasons: Mapping[str, str]) -> tuple[Loss, ...]:
        """Every fact without a place with its reason, then the parts. `reasons` are by kind of fact."""
        label = self.case.patient.label
        said = {_gist(fact) for fact in self.case.facts if fact.id in self._done}
        rest = [fact for fact in self.case.facts if fact.id not in self._done and _gist(fact) not in said]
        found = [Loss(patient=label, what=_told(fact), reason=_why(fact, reasons), fact=fact.id) for fact in rest]
        times = [
            Loss(patient=label, what=f"event: {event.description}", reason="the format has no time line of a case")
            for event in self.case.events
        ]
        return (*found, *self._lost, *times)


def kind_of(fact: Fact[Value]) -> str:
    """The tag of a fact's value: "stain", "symptom" ..."""
    return str(type(fact.value).__struct_config__.tag)


def _gist(fact: Fact[Value]) -> tuple[str, str, str]:
    """What a fact says first of all: two facts with one gist say the same in other words."""
    fields = fact.value.__struct_fields__
    return kind_of(fact), fact.assertion.value, str(getattr(fact.value, fields[0])) if fields else ""


def _told(fact: Fact[Value]) -> str:
    return f"{kind_of(fact).replace('_', ' ')}: {fact.value}"


def _why(fact: Fact[Value], reasons: Mapping[str, str]) -> str:
    if fact.assertion is not Assertion.AFFIRMED:
        return f"the format has no place for what is {fact.assertion.value.replace('_', ' ')} here"
    if fact.phase is Phase.BEFORE:
        return "told of the time before the reported tumour"
    return reasons.get(kind_of(fact), "said otherwise by the value that was chosen, or without a place in the format")


def loss_report(losses: Iterable[Loss]) -> str:
    """What is lost, by reason, for a person."""
    told = list(losses)
    if not told:
        return "Everything found a place.\n"
    lines = [f"{len(told)} statements or parts of them are not in the export; the sidecar keeps them."]
    for reason, count in Counter(one.reason for one in told).most_common():
        lines.append(f"{count}  {reason}")
        lines += [f"     {one.patient}: {one.what}" for one in told if one.reason == reason]
    return "\n".join(lines) + "\n"
