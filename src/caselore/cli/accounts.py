"""`caselore read --segments` and `--timeline`: whom the text is about, and what happened when."""

from __future__ import annotations

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from caselore import service
from caselore.model.case import Event, Report
from caselore.model.fact import Value
from caselore.model.time import DAYS_PER_MONTH

_LONGEST = 110


def print_segments(report: Report[Value], console: Console) -> None:
    """The share of the text that is about each kind of owner, then the stretches one by one."""
    for owner, share in msgspec.to_builtins(service.segment_shares(report.segments)).items():
        console.print(f"{owner:<11}{share:>5.0%}")
    labels = {case.patient.id: case.patient.label for case in report.cases}
    shown = Table("about", "words", show_edge=False, header_style="bold")
    for segment in report.segments:
        words = " ".join(report.document.text[segment.span.start : segment.span.end].split())
        whom = ", ".join(labels.get(patient, patient) for patient in segment.patient_ids) or segment.owner.value
        shown.add_row(escape(whom), escape(words if len(words) <= _LONGEST else words[:_LONGEST] + " ..."))
    console.print()
    console.print(shown)


def print_timeline(report: Report[Value], console: Console) -> None:
    """The events of each patient with their distance from the anchor, in months, and the words that tell the time."""
    for case in report.cases:
        console.print(f"\n[bold underline]{escape(case.patient.label)}[/bold underline]")
        if not case.events:
            console.print("  no event could be placed in time")
            continue
        shown = Table("months", "from", "event", "told by", show_edge=False, header_style="bold")
        for event in case.events:
            shown.add_row(*_line(event))
        console.print(shown)


def _line(event: Event) -> tuple[str, str, str, str]:
    quote = " ".join(event.evidence[0].quote.split()) if event.evidence else ""
    if event.when is None:
        return "", "", event.kind, escape(quote)
    low, high = event.when.earliest_days / DAYS_PER_MONTH, event.when.latest_days / DAYS_PER_MONTH
    months = f"{low:.1f}" if high - low < 0.05 else f"{low:.1f} to {high:.1f}"
    told = f"{event.when.words or quote}"
    return months, event.when.anchor, event.kind.replace("_", " "), escape(" ".join(told.split()))
