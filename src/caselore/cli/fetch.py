"""`caselore fetch`: brings open-access articles into a folder that `caselore table` reads."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from caselore import service
from caselore.cli.console import FOUND_OR_FAILED, as_versioned_json, out, say, write
from caselore.cli.network import plain_errors, settings
from caselore.fetching.articles import Ending, Fetched
from caselore.fetching.metadata import KINDS, LICENCE_CHOICES, Wish


@click.command()
@click.argument("articles", nargs=-1, required=True)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("articles"),
    show_default=True,
    help="The folder for the files; made if need be.",
)
@click.option(
    "--as", "kind", type=click.Choice(list(KINDS)), default="xml", show_default=True, help="The file to take."
)
@click.option(
    "--licence",
    type=click.Choice(LICENCE_CHOICES),
    default="cc",
    show_default=True,
    help="Take articles under any Creative Commons licence, under one that allows commercial use, or under any terms.",
)
@click.option("--allow-retracted", is_flag=True, help="Take retracted articles too.")
@click.option("--allow-ocr", is_flag=True, help="Take articles whose text was recognised from scanned pages too.")
@click.option("--max", "most", type=click.IntRange(1), help="Most articles to fetch of those given.")
@click.option("--cache", type=click.Path(path_type=Path, file_okay=False), help="Keep downloads in this folder.")
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True)
def fetch(
    articles: tuple[str, ...],
    output: Path,
    kind: str,
    licence: str,
    allow_retracted: bool,
    allow_ocr: bool,
    most: int | None,
    cache: Path | None,
    style: str,
) -> None:
    """Bring ARTICLES from the open-access bucket of PubMed Central.

    ARTICLES are PMCIDs (PMC1779506, or a version: PMC1779506.1), PMIDs or DOIs; - takes them from standard input, one a
    line or as the JSON of `caselore search`. What is there already is not fetched again.

    The status is 1 when an article could not be fetched, or when all were skipped.
    """
    wish = Wish(kind=kind, licence=licence, allow_retracted=allow_retracted, allow_ocr=allow_ocr)
    done: list[Fetched] = []
    with plain_errors():
        wanted = list(dict.fromkeys(_identifiers(articles)))[:most]
        if not wanted:
            raise click.UsageError("No article was named.")
        for one in service.fetch(wanted, output, settings(cache), wish=wish):
            done.append(one)
            say(_line(one, len(done), len(wanted)))
    if style == "json":
        write(None, as_versioned_json(done) + "\n")
    else:
        _print(done)
    endings = Counter(one.ending for one in done)
    say("; ".join(f"{endings[ending]} {ending}" for ending in Ending if endings[ending]) + ".")
    there = endings[Ending.FETCHED] + endings[Ending.ALREADY_THERE]
    if endings[Ending.FAILED] or not there:
        sys.exit(FOUND_OR_FAILED)


def _identifiers(given: Iterable[str]) -> Iterator[str]:
    for words in given:
        if words == "-":
            yield from _from_stdin(sys.stdin.read())
        else:
            yield words


def _from_stdin(text: str) -> Iterator[str]:
    """Identifiers one a line, or the articles with a PMCID of a search in JSON."""
    if not text.lstrip().startswith("["):
        yield from (line.strip() for line in text.splitlines() if line.strip())
        return
    try:
        found = json.loads(text)
    except ValueError as error:
        raise click.UsageError(f"Standard input is no JSON of `caselore search`: {error}.") from error
    yield from (one["pmcid"] for one in found if isinstance(one, dict) and one.get("pmcid"))


def _line(one: Fetched, number: int, total: int) -> str:
    told = f": {one.reason}" if one.reason else ""
    return f"[{number}/{total}] {one.pmcid or one.asked} {one.ending}{told}"


def _print(done: list[Fetched]) -> None:
    shown = Table("article", "", "file", "licence", header_style="bold")
    shown.add_column("title", overflow="fold")
    for one in done:
        cells = (one.pmcid or one.asked, one.ending.value, one.path or "", one.licence or "", one.title or "")
        shown.add_row(*map(escape, cells))
    out().print(shown)
