"""`caselore care`: a reporting or appraisal checklist, prefilled with quotes."""

from __future__ import annotations

from pathlib import Path

import click

from caselore import service
from caselore.cli.console import ADVICE, as_json, say, write, write_bytes, wrong_use
from caselore.exchange.checklist import NOT_DONE, to_docx, to_markdown, to_text


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--checklist", type=click.Choice(service.CHECKLISTS), default="care", show_default=True, help="Which checklist."
)
@click.option("--format", "style", type=click.Choice(["text", "json", "md", "docx"]), default="text", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
def care(file: Path, checklist: str, style: str, output: Path | None) -> None:
    """Prefill a checklist for FILE: each item with the words that speak to it, or "not found".

    "Not found" means that nothing was recognised, not that it was not done. What takes judgement is left to you.
    """
    with wrong_use():
        report = service.read(file)
    filled = service.checklist(report, checklist)
    if style == "docx":
        if output is None:
            raise click.UsageError("A Word file needs a name: --output FILE.docx.")
        write_bytes(output, to_docx(filled))
    elif style == "json":
        write(output, as_json(filled))
    else:
        write(output, to_markdown(filled) if style == "md" else to_text(filled))
    say(NOT_DONE)
    say(ADVICE)
