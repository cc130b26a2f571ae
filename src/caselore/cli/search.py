"""`caselore search`: open-access articles for a query, the beginning of a review."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from caselore import service
from caselore.cli.console import FOUND_OR_FAILED, as_versioned_json, out, say, write
from caselore.cli.network import plain_errors, settings
from caselore.fetching.search import CATALOGUES, MOST, Findings, Found


@click.command()
@click.argument("query")
@click.option(
    "--in",
    "catalogue",
    type=click.Choice(CATALOGUES),
    default="pmc",
    show_default=True,
    help="The catalogue to ask: PubMed Central, Europe PMC, or both merged by PMCID and DOI.",
)
@click.option(
    "--max",
    "most",
    type=click.IntRange(1, MOST),
    default=100,
    show_default=True,
    help="Most articles to list, of each catalogue.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "json", "ids"]),
    default="table",
    show_default=True,
    help="ids: one PMCID a line, for `caselore fetch -`.",
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of stdout."
)
def search(query: str, catalogue: str, most: int, style: str, output: Path | None) -> None:
    """List open-access articles that PubMed Central or Europe PMC find for QUERY.

    QUERY goes to the catalogue as it is, so its field tags and operators work. Nothing is downloaded; the query is all
    that leaves this machine. The status is 1 when nothing is found.
    """
    with plain_errors():
        findings = service.search(query, settings(), catalogue=catalogue, most=most)
    for remark in findings.remarks:
        say(remark)
    if style == "json":
        write(output, as_versioned_json(findings.found) + "\n")
    elif style == "ids":
        write(output, "".join(f"{one.pmcid}\n" for one in findings.found if one.pmcid))
    else:
        _print(findings.found)
    _summarise(findings)


def _summarise(findings: Findings) -> None:
    listed = len(findings.found)
    if not listed:
        say("Nothing found.")
        sys.exit(FOUND_OR_FAILED)
    more = f" of {findings.total:,}; --max lists more" if findings.total > listed else ""
    say(f"{listed} {'article' if listed == 1 else 'articles'}{more}.")
    without = sum(one.pmcid is None for one in findings.found)
    if without:
        say(f"{without} of them without a PMCID cannot be fetched.")


def _print(found: tuple[Found, ...]) -> None:
    shown = Table(header_style="bold")
    shown.add_column("PMCID", no_wrap=True)
    for heading in ("year", "authors", "title", "journal"):
        shown.add_column(heading, overflow="fold")
    for one in found:
        cells = (one.pmcid or "", str(one.year or ""), one.authors or "", one.title or "", one.journal or "")
        shown.add_row(*map(escape, cells))
    out().print(shown)
