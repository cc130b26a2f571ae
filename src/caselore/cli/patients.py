"""What commands on cohorts share: the patients they are given, and how they end when something is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from caselore import service
from caselore.cli.console import read_outcomes
from caselore.exchange.tables import SourceRows


@contextmanager
def explained() -> Iterator[None]:
    """Wrong use ends with 2; a library that is not installed, and a chart of nothing, with 1."""
    try:
        yield
    except (
        service.UnknownDataset,
        service.UnknownPatient,
        service.WrongExpression,
        service.WrongEndpoint,
        service.NothingToRead,
        service.LakeUnusable,
        service.TooManyGroups,
    ) as error:
        raise click.UsageError(str(error)) from error
    except (
        service.CasebookMissing,
        service.StatisticsMissing,
        service.ChartsMissing,
        service.BatchMissing,
        service.BrokenDataset,
        service.NothingToDraw,
    ) as error:
        raise click.ClickException(str(error)) from error


casebook_option = click.option(
    "--casebook", "address", metavar="FILE|URL", help="Take the patients of a casebook too, as people corrected them."
)


def patients_of(paths: tuple[Path, ...], jobs: int, casebook: str | None = None) -> tuple[list[SourceRows], list[str]]:
    """Saved tables are taken as they are; everything else is read. With the rows, what could not be read."""
    kept = service.tables_at(casebook) if casebook else []
    tables, _, failures = patients_with_courses(paths, jobs, with_sources=False)
    return [*kept, *tables], failures


def patients_with_courses(
    paths: tuple[Path, ...], jobs: int, with_sources: bool = True
) -> tuple[list[SourceRows], service.Courses, list[str]]:
    """The rows, the told events of each patient whose report was read, and what could not be read."""
    saved = [path for path in paths if path.suffix == ".json" and path.is_file()]
    reports = [path for path in paths if path not in saved]
    outcomes, failures = read_outcomes(reports, jobs, with_sources) if reports else ([], [])
    read = [outcome.rows for outcome in outcomes if outcome.rows is not None]
    tables = [*read, *(table for path in saved for table in service.load_table(path))]
    return tables, service.courses(outcome.sourced for outcome in outcomes if outcome.sourced is not None), failures
