"""`caselore similar`: what happened to patients like this one."""

from __future__ import annotations

from pathlib import Path

import click

from caselore import service
from caselore.cli.console import ADVICE, as_json, end, say, write
from caselore.cli.patients import explained, patients_of
from caselore.exchange.similar import to_text


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--like", required=True, help="The patient asked for: a report, a row or table as JSON, or a description in words."
)
@click.option("--dataset", help=f"Search an embedded casebook: {', '.join(service.dataset_names())}.")
@click.option("--count", "-n", type=click.IntRange(1, 200), default=10, show_default=True, help="How many to show.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that read side by side.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of stdout."
)
def similar(
    paths: tuple[Path, ...], like: str, dataset: str | None, count: int, style: str, jobs: int, output: Path | None
) -> None:
    """Find the patients of PATHS (reports, folders, archives, or a saved table.json) most like the one of --like.

    Each comes with what agrees, what differs and what is not known, with treatment and outcome; above them stands how the
    nearest fared. What a report does not tell counts neither for nor against.
    """
    if not paths and not dataset:
        raise click.UsageError("Name reports to search, or a casebook with --dataset.")
    try:
        with explained():
            asked = service.asked_for(like)
            casebook = service.dataset(dataset) if dataset else None
            tables, failures = patients_of(paths, jobs)
            found = service.similar(asked, tables, casebook.members if casebook else (), count=count)
    except service.NothingToCompare as error:
        raise click.UsageError(str(error)) from error
    except (service.SearchMissing, service.WrongWeights) as error:
        raise click.ClickException(str(error)) from error
    if style == "json":
        write(output, as_json(found))
    else:
        write(output, to_text(found))
    for limit in casebook.limits if casebook else ():
        say(f"{dataset}: {limit}")
    if paths:
        say(ADVICE)
    end(failures)
