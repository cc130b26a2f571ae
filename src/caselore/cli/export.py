"""`caselore export`: reports in the formats of others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from caselore import service
from caselore.cli.console import ADVICE, end, say, write_bytes, wrong_use
from caselore.cli.patients import casebook_option, explained
from caselore.exchange.export import Export


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@casebook_option
@click.option("--to", "style", type=click.Choice(service.export_formats()), required=True, help="The format.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the files."
)
@click.option(
    "--created", help="Time that the files carry, for example 2026-01-31T12:00:00Z; the same time gives the same files."
)
def export(paths: tuple[Path, ...], address: str | None, style: str, output: Path, created: str | None) -> None:
    """Write the patients of PATHS (reports, folders, archives, or - for standard input) in another format.

    With --casebook instead of PATHS, the patients of a casebook as their readers left them.

    A .losses.txt beside the files says what the format has no place for, and a .sidecar.json keeps it: the same reports
    come back from it.
    """
    time = _time(created)
    if bool(paths) == bool(address):
        raise click.UsageError("Name reports to export, or a casebook with --casebook.")
    if address:
        with explained(), service.casebook_at(address) as book:
            _keep(_made(lambda: service.export_casebook(book, style, time)), style, output)
        return
    with wrong_use():
        places = service.report_files(paths)
    failures, reports = [], []
    for place in places:
        try:
            reports.append(service.read_place(place))
        except (service.UnreadableReport, service.NothingToRead) as error:
            failures.append(str(error))
    if reports:
        _keep(_made(lambda: service.export(reports, style, time)), style, output)
    end(failures)


def _made(work: Callable[[], Export]) -> Export:
    try:
        return work()
    except (service.FormatMissing, service.ChartsMissing) as error:
        raise click.ClickException(str(error)) from error
    except LookupError as error:
        if type(error).__name__ != "NotInCasebook":
            raise
        raise click.ClickException(str(error)) from error


def _keep(made: Export, style: str, output: Path) -> None:
    """All files, each whole or untouched, and in a sentence what is in them."""
    try:
        output.mkdir(parents=True, exist_ok=True)
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
