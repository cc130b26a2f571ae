"""`caselore read`: one report for a person, patient by patient, topic by topic, with the words behind each value."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from caselore import service
from caselore.cli.accounts import print_segments, print_timeline
from caselore.cli.console import ADVICE, out, say, write, wrong_use
from caselore.codec import encode_report
from caselore.model.case import Case, Report, Role
from caselore.model.fact import Assertion, Fact, Phase, Value
from caselore.model.measure import Measure, NotComputable

_PHASES = {Phase.BEFORE: "earlier", Phase.LATER: "later course"}
_LONGEST_QUOTE = 160
_ORDER = (
    *("subject", "demographics", "presentation", "performance", "history", "imaging", "lesion_size"),
    *("diagnosis", "site", "origin", "pathology", "ihc", "molecular", "staging"),
    *("surgery", "margins", "radiotherapy", "systemic_therapy", "recurrence", "metastasis", "outcome"),
)
"""Topics in the order of a case history; others come after them, by name."""
_NOT_SHOWN = frozenset({"course"})
"""Milestones are for the timeline."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--segments", is_flag=True, help="Show whom each stretch of the text is about, and the shares.")
@click.option("--timeline", is_flag=True, help="Show the events of each patient in the order of time.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of stdout."
)
def read(file: Path, style: str, segments: bool, timeline: bool, output: Path | None) -> None:
    """Show what FILE says of each patient: value, certainty, and the quoted words with their line; then the measures.

    FILE is plain text, PDF, JATS XML, HTML, Word (.docx) or BioC JSON; - is standard input.

    `--format json` prints the whole report: text, patients, facts, events, measures and the place of every quote.
    """
    with wrong_use():
        report = service.read(file)
    for warning in report.warnings:
        say(f"{file}: {warning}")
    if style == "json":
        write(output, msgspec.json.format(encode_report(report, service.measure(report)), indent=1).decode())
        return
    text = io.StringIO()
    console = out() if output is None else Console(file=text, width=120, highlight=False)
    if segments:
        print_segments(report, console)
    elif timeline:
        print_timeline(report, console)
    else:
        _print(report, console)
    if output is None:
        say(ADVICE)
    else:
        write(output, text.getvalue())


def _print(report: Report[Value], console: Console) -> None:
    title = report.document.metadata.title
    console.print(f"[bold]{escape(title or report.document.source)}[/bold]")
    measured = {one.patient: one.measures for one in service.measure(report)}
    for case in report.cases:
        _print_case(case, console)
        if case.patient.role is Role.INDEX:
            _print_measures(measured.get(case.patient.label, ()), console)


def _print_measures(measures: Sequence[Measure | NotComputable], console: Console) -> None:
    """What was worked out and how; `caselore measure` shows assumptions, sources and quotes."""
    if measures:
        console.print("  [bold]worked out from these[/bold]")
    for one in measures:
        how = f" [italic]({escape(one.how)})[/italic]" if isinstance(one, Measure) else ""
        console.print(f"    {escape(str(one))}{how}")


def _print_case(case: Case[Value], console: Console) -> None:
    retold = " (retold from another publication)" if case.patient.role is Role.CITED else ""
    console.print(f"\n[bold underline]{escape(case.patient.label)}[/bold underline]{retold}")
    shown = [fact for fact in case.facts if fact.topic not in _NOT_SHOWN]
    for topic, facts in groupby(sorted(shown, key=_order), key=lambda fact: fact.topic):
        console.print(f"  [bold]{topic.replace('_', ' ')}[/bold]")
        for fact in facts:
            _print_fact(fact, console)


def _order(fact: Fact[Value]) -> tuple[int, str]:
    return (_ORDER.index(fact.topic) if fact.topic in _ORDER else len(_ORDER), fact.topic)


def _print_fact(fact: Fact[Value], console: Console) -> None:
    notes = [] if fact.assertion is Assertion.AFFIRMED else [fact.assertion.value.replace("_", " ")]
    notes += [_PHASES[fact.phase]] if fact.phase in _PHASES else []
    notes += [f"{fact.confidence:.0%} of such values were right"] if fact.confidence is not None else []
    note = f" [italic]({', '.join(notes)})[/italic]" if notes else ""
    codes = f" [dim]{', '.join(map(str, fact.codes))}[/dim]" if fact.codes else ""
    console.print(f"    {escape(str(fact.value))}{note}{codes}")
    for line, quote in _quotes(fact):
        console.print(Padding(f"[dim]line {line}: “{escape(quote)}”[/dim]", (0, 0, 0, 6), expand=False))


def _quotes(fact: Fact[Value]) -> list[tuple[int, str]]:
    """Each place once, in the order of the text, on one line and not too long."""
    quotes = []
    for evidence in sorted(fact.evidence, key=lambda evidence: evidence.span):
        words = " ".join(evidence.quote.split())
        quotes.append((evidence.line, words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE] + " ..."))
    return quotes
