"""`caselore care`: a reporting or appraisal checklist, prefilled with quotes."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from caselore import service
from caselore.cli.console import ADVICE, say, write, wrong_use

_NOT_DONE = '"Not found" means that nothing was recognised, not that it was not done.'


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--checklist", type=click.Choice(service.CHECKLISTS), default="care", show_default=True)
@click.option("--format", "style", type=click.Choice(["text", "json", "md"]), default="text", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
def care(file: Path, checklist: str, style: str, output: Path | None) -> None:
    """Prefill a checklist for FILE: each item with the words that speak to it, or "not found".

    "Not found" means that nothing was recognised, not that it was not done. What takes judgement is left to you.
    """
    with wrong_use():
        report = service.read(file)
    filled = service.checklist(report, checklist)
    if style == "json":
        write(output, msgspec.json.format(msgspec.json.encode(filled), indent=1).decode())
    else:
        write(output, _markdown(filled) if style == "md" else _text(filled))
    say(_NOT_DONE)
    say(ADVICE)


def _text(filled: service.Filled) -> str:
    lines = [f"{filled.name}: {filled.report}", filled.source]
    for answer in filled.answers:
        lines.append(f"{answer.number:>4}  {answer.asks}: {answer.status}")
        lines += [f"      line {place.line}: “{_one_line(place.quote)}”" for place in answer.places]
    return "\n".join(lines)


def _markdown(filled: service.Filled) -> str:
    lines = [f"# {filled.name}: {filled.report}", "", f"{filled.source}. {_NOT_DONE}", ""]
    lines += ["| item | asks for | answer | quotes |", "| --- | --- | --- | --- |"]
    for answer in filled.answers:
        quotes = "; ".join(f"line {place.line}: “{_one_line(place.quote)}”" for place in answer.places)
        cells = (answer.number, answer.asks, answer.note or answer.status.value, quotes)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)


def _one_line(quote: str) -> str:
    return " ".join(quote.split())
