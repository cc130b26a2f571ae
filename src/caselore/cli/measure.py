"""`caselore measure`: harmonised numbers of the patients of a report, each with its sum and its words."""

from __future__ import annotations

from pathlib import Path

import click
from rich.markup import escape

from caselore import service
from caselore.cli.console import ADVICE, as_json, out, say, wrong_use
from caselore.model.measure import Measure, NotComputable


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
def measure(file: Path, style: str) -> None:
    """Work out grade, T category, EQD2, cumulative dose, volume and intervals for the patients of FILE.

    Each number comes with the sum that was done, what was taken for granted, and the words it came from; what cannot be
    worked out is named with the reason.
    """
    with wrong_use():
        report = service.read(file)
    measured = service.measure(report)
    if style == "json":
        click.echo(as_json(measured))
    for patient in measured if style == "text" else ():
        out().print(f"[bold]{escape(patient.patient)}[/bold]")
        for one in patient.measures:
            out().print(f"  {escape(str(one))}")
            for line in _details(one):
                out().print(f"      {escape(line)}", soft_wrap=True)
    say(ADVICE)


def _details(one: Measure | NotComputable) -> list[str]:
    lines = []
    if isinstance(one, Measure):
        lines += [one.how, *(f"assumed: {assumption}" for assumption in one.assumptions), f"source: {one.source}"]
    return [*lines, *(f"line {place.line}: “{' '.join(place.quote.split())}”" for place in one.evidence)]
