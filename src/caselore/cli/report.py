"""`caselore report`: one page about a collection of reports."""

from __future__ import annotations

from pathlib import Path

import click

from caselore import service
from caselore.cli.console import end, read_outcomes, say, write
from caselore.cli.patients import explained
from caselore.model.cohort import Endpoint, TimeZero


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dataset", help=f"Add the patients of an embedded casebook: {', '.join(service.dataset_names())}.")
@click.option("--where", default="", help='Which patients, for example: origin == "primary" and age_years >= 18')
@click.option("--by", default="", help='Compare groups: a column (sex), or an expression ("lung" in metastases).')
@click.option(
    "--endpoint",
    type=click.Choice([one.value for one in Endpoint]),
    default=Endpoint.OVERALL.value,
    show_default=True,
    help="What the curve waits for.",
)
@click.option("--from", "start", type=click.Choice([one.value for one in TimeZero]), help="Time zero of the curve.")
@click.option("--title", help="Of the page; default: how many reports and patients it is about.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that read side by side.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The page, an .html file."
)
def report(
    paths: tuple[Path, ...],
    dataset: str | None,
    where: str,
    by: str,
    endpoint: str,
    start: str | None,
    title: str | None,
    jobs: int,
    output: Path,
) -> None:
    """Write one self-contained page about PATHS (reports, folders, archives, or a saved table.json).

    The page holds the summary, the table, curves, lanes and shares, who was left out and why, and the quotes behind every
    number. It needs no network and runs no script.
    """
    if not paths and not dataset:
        raise click.UsageError("Name reports to read, or a casebook with --dataset.")
    with explained():
        casebook = service.dataset(dataset) if dataset else None
        saved = [path for path in paths if path.suffix == ".json" and path.is_file()]
        tables = [table for path in saved for table in service.load_table(path)]
        files = [path for path in paths if path not in saved]
        outcomes, failures = read_outcomes(files, jobs, with_sources=True) if files else ([], [])
        page = service.review(
            outcomes,
            tables,
            casebook,
            title=title,
            where=where,
            by=by,
            endpoint=Endpoint(endpoint),
            start=TimeZero(start) if start else None,
        )
    write(output, page)
    say(f"{output} holds the review.")
    end(failures)
