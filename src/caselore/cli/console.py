"""Where the command line writes: results to stdout, everything else to stderr; and how it ends."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from caselore import service
from caselore.exchange.tables import SourceRows
from caselore.model.version import SCHEMA_VERSION

FOUND_OR_FAILED = 1
WRONG_USE = 2

ADVICE = "Read from published reports by rules, not checked by a person: information, not medical advice."


def out() -> Console:
    """For results. Wide when piped, so that no line is broken for a screen that is not there."""
    return Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else 200)


def say(message: str) -> None:
    """A line for the person at the terminal, not part of the result."""
    click.echo(message, err=True)


def as_json(value: object) -> str:
    """As JSON with one field a line."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode()


def as_versioned_json(value: object) -> str:
    """`as_json` of an answer that does not say itself by which schema it is written, or of a list of such answers."""
    plain = msgspec.to_builtins(value)
    if isinstance(plain, list | tuple):
        return as_json([{**one, "schema_version": SCHEMA_VERSION} for one in plain])
    return as_json({**plain, "schema_version": SCHEMA_VERSION})


def write(path: Path | None, content: str) -> None:
    """To stdout, or to a file that is either whole or untouched."""
    if path is None:
        click.echo(content, nl=not content.endswith("\n"))
        return
    write_bytes(path, content.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """To a file that is either whole or untouched."""
    aside = path.with_name(f".{path.name}.part")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise click.ClickException(f"{path} cannot be written: {(error.strerror or str(error)).lower()}.") from error


@contextmanager
def wrong_use() -> Iterator[None]:
    """Turns what a user got wrong into one sentence and exit status 2."""
    try:
        yield
    except service.NothingToRead as error:
        raise click.UsageError(str(error)) from error


def read_all(paths: Iterable[Path], jobs: int) -> tuple[list[SourceRows], list[str]]:
    """Rows and failures of all reports, with a progress bar on a terminal.

    Warnings go to stderr as they come, then which reports and patients are there twice.
    """
    outcomes, failures = read_outcomes(paths, jobs)
    return [outcome.rows for outcome in outcomes if outcome.rows is not None], failures


def read_outcomes(
    paths: Iterable[Path], jobs: int, with_sources: bool = False
) -> tuple[list[service.Outcome], list[str]]:
    """What became of each report, as for `read_all`; `with_sources` adds where each cell is from."""
    with wrong_use():
        files = service.report_files(paths)
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    outcomes: list[service.Outcome] = []
    bar = Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
    with bar:
        task = bar.add_task("", total=len(files))
        for outcome in service.table(files, jobs, with_sources):
            bar.advance(task)
            for warning in outcome.warnings:
                say(f"{outcome.path}: {warning}")
            outcomes.append(outcome)
    outcomes, repeated = service.repetitions(outcomes)
    for repetition in repeated:
        say(f"Counted twice? {repetition}")
    return outcomes, [outcome.failure for outcome in outcomes if outcome.failure is not None]


def end(failures: list[str]) -> None:
    """Lists what could not be read, and exits with 1 if anything."""
    for failure in failures:
        say(f"Not read: {failure}")
    if failures:
        sys.exit(FOUND_OR_FAILED)
