"""`caselore export`: reports in the formats of others."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from caselore import service
from caselore.cli.console import ADVICE, end, say, write_bytes, wrong_use
from caselore.model.case import Report
from caselore.model.fact import Value


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--to", "style", type=click.Choice(service.export_formats()), required=True, help="The format.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the files."
)
@click.option(
    "--created", help="Time that the files carry, for example 2026-01-31T12:00:00Z; the same time gives the same files."
)
def export(paths: tuple[Path, ...], style: str, output: Path, created: str | None) -> None:
    """Write the patients of PATHS (reports, folders, archives, or - for standard input) in another format.

    A .losses.txt beside the files says what the format has no place for, and a .sidecar.json keeps it: the same reports
    come back from it.
    """
    time = _time(created)
    with wrong_use():
        places = service.report_files(paths)
    failures, reports = [], []
    for place in places:
        try:
            reports.append(service.read_place(place))
        except (service.UnreadableReport, service.NothingToRead) as error:
            failures.append(str(error))
    if reports:
        _write(reports, style, time, output)
    end(failures)


def _write(reports: list[Report[Value]], style: str, time: str, output: Path) -> None:
    """All files, each whole or untouched, and in a sentence what is in them."""
    try:
        made = service.export(reports, style, time)
        output.mkdir(parents=True, exist_ok=True)
    except (service.ParquetMissing, service.ChartsMissing) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{output} cannot be made: {(error.strerror or str(error)).lower()}.") from error
    for name, content in made.files.items():
        write_bytes(output / name, content)
    lost = len(made.losses)
    say(f"{output} holds {len(made.files)} files; {lost} statements found no place in {style}: see the .losses.txt.")
    say(ADVICE)


def _time(created: str | None) -> str:
    if created is None:
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        return datetime.fromisoformat(created).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError as error:
        raise click.BadParameter(
            f"{created!r} is no time like 2026-01-31T12:00:00Z.", param_hint="--created"
        ) from error
