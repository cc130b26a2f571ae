"""`caselore cohort`: who is in, what they are like, and how they fare."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import click

from caselore import service
from caselore.cli.batch import say_what_is_missing
from caselore.cli.console import ADVICE, as_json, end, say, write
from caselore.cli.patients import casebook_option, explained, patients_of
from caselore.exchange.cohorts import to_csv, to_text
from caselore.model.cohort import Endpoint, TimeZero


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@casebook_option
@click.option("--dataset", help=f"Take the patients of an embedded casebook: {', '.join(service.dataset_names())}.")
@click.option(
    "--lake", type=click.Path(path_type=Path), help="Take the patients of a lake that `caselore batch` has filled."
)
@click.option("--where", default="", help='Which patients, for example: origin == "primary" and age_years >= 18')
@click.option("--by", default="", help='Compare groups: a column (sex), or an expression ("lung" in metastases).')
@click.option("--endpoint", type=click.Choice([one.value for one in Endpoint]), help="Estimate survival to this.")
@click.option(
    "--from",
    "start",
    type=click.Choice([one.value for one in TimeZero]),
    help="Time zero. Default: where the report counts from; for recurrence-free survival the operation.",
)
@click.option("--covariates", help="Columns of numbers for the Cox model, separated by commas: age_years,ki67_percent.")
@click.option("--format", "style", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that read side by side.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of stdout."
)
def cohort(
    paths: tuple[Path, ...],
    address: str | None,
    dataset: str | None,
    lake: Path | None,
    where: str,
    by: str,
    endpoint: str | None,
    start: str | None,
    covariates: str | None,
    style: str,
    jobs: int,
    output: Path | None,
) -> None:
    """Select patients of PATHS (reports, folders, archives, or a saved table.json), describe them and estimate survival.

    Every patient who is left out is listed with the reason. What a report does not tell is neither true nor false: a
    patient whose age is not reported is left out by any condition on it, and by its opposite.
    """
    if not paths and not dataset and not lake and not address:
        raise click.UsageError("Name reports to read, a lake with --lake, or a casebook with --casebook or --dataset.")
    if start and not endpoint:
        raise click.UsageError("--from needs --endpoint: it says where the clock of an endpoint starts.")
    if covariates and not endpoint:
        raise click.UsageError("--covariates needs --endpoint: they are covariates of a survival model.")
    if lake:
        say_what_is_missing(lake)
    with explained():
        casebook = service.dataset(dataset) if dataset else None
        tables, failures = patients_of(paths, jobs, address)
        analysis = service.cohort(
            chain(tables, service.lake_tables(lake) if lake else ()),
            casebook.members if casebook else (),
            where=where,
            by=by,
            endpoint=Endpoint(endpoint) if endpoint else None,
            start=TimeZero(start) if start else None,
            covariates=tuple(name.strip() for name in (covariates or "").split(",") if name.strip()),
        )
    if style == "json":
        write(output, as_json(analysis))
    else:
        write(output, (to_csv if style == "csv" else to_text)(analysis))
    for limit in casebook.limits if casebook else ():
        say(f"{dataset}: {limit}")
    if paths or lake or address:
        say(ADVICE)
    end(failures)
