"""`caselore batch`: any number of reports into a lake of Parquet files, with progress and a proof."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from caselore import service
from caselore.cli.console import ADVICE, FOUND_OR_FAILED, as_versioned_json, say, write

_BETWEEN_LINES = 10.0
"""Seconds between lines of progress where there is no terminal."""
_SHOWN = 20
"""Failures, faults and inputs set aside that are told one by one."""


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--out", "-o", type=click.Path(path_type=Path, file_okay=False), help="The folder of the lake.")
@click.option(
    "--resume", is_flag=True, help="Go on with a lake: what is finished stays, what is new or changed is read."
)
@click.option("--verify", "lake", type=click.Path(path_type=Path), help="Check a lake instead of filling one.")
@click.option("--articles", metavar="FOLDER|URL", help="Where the articles of an inventory are: a copy of the bucket.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that read side by side.")
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Processes of this machine, or a Dask cluster.",
)
@click.option("--scheduler", metavar="ADDRESS", help="A running Dask scheduler (with --engine dask).")
@click.option(
    "--shard-size", type=click.IntRange(1), default=service.SHARD_SIZE, show_default=True, help="Reports a shard."
)
@click.option(
    "--time-limit",
    type=click.FloatRange(1, 3600),
    default=service.SECONDS,
    show_default=True,
    help="Seconds for one report.",
)
@click.option(
    "--triage/--no-triage",
    default=None,
    help="Set aside what tells of no patient. A new lake does, unless told not to.",
)
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
def batch(
    path: Path | None,
    out: Path | None,
    resume: bool,
    lake: Path | None,
    articles: str | None,
    jobs: int,
    engine: str,
    scheduler: str | None,
    shard_size: int,
    time_limit: float,
    triage: bool | None,
    style: str,
) -> None:
    """Read all reports of PATH into a lake: Parquet files that DuckDB, pandas or Spark can open.

    PATH is a folder, an archive, a list of paths (.txt, or .csv with a column path), or the manifest.json of an
    inventory of the PMC open-access bucket.

    A report that cannot be read, or takes too long, becomes a line of the table failures. A run that was
    interrupted, in whatever way, goes on with --resume and ends with the same lake.
    """
    if lake is not None:
        if path is not None or out is not None:
            raise click.UsageError("--verify checks a lake; it goes with neither PATH nor --out.")
        _verify(lake, style)
        return
    if out is None:
        raise click.UsageError("Name the folder of the lake with --out.")
    if scheduler and engine != "dask":
        raise click.UsageError("--scheduler goes with --engine dask.")
    request = service.BatchRequest(
        out=out,
        path=path,
        articles=articles,
        engine=engine,
        scheduler=scheduler,
        resume=resume,
        jobs=jobs,
        shard_size=shard_size,
        seconds=time_limit,
        triage=triage,
    )
    with explained():
        _end(_run(request), out, style)


@contextmanager
def explained() -> Iterator[None]:
    """Wrong use ends with 2; what could not be done with 1."""
    try:
        yield
    except (service.NothingToRead, service.LakeUnusable) as error:
        raise click.UsageError(str(error)) from error
    except (service.BatchMissing, service.ShardFailed) as error:
        raise click.ClickException(str(error)) from error


def _run(request: service.BatchRequest) -> service.BatchProgress:
    """Runs it, with a bar on a terminal and with lines elsewhere."""
    terminal = sys.stderr.isatty()
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True, disable=not terminal)
    started = told = time.monotonic()
    with bar:
        task = bar.add_task("planning", total=None)
        for progress in service.batch(request):
            now = time.monotonic()
            words = _words(progress, now - started)
            bar.update(task, total=progress.inputs, completed=progress.before + progress.now, description=words)
            if not terminal and (progress.now == 0 or now - told >= _BETWEEN_LINES):
                told = now
                say(f"{progress.before + progress.now:,} of {progress.inputs:,}: {words}")
    if not terminal and progress.now:
        say(
            f"{progress.before + progress.now:,} of {progress.inputs:,}: {_words(progress, time.monotonic() - started)}"
        )
    return progress


def _words(progress: service.BatchProgress, seconds: float) -> str:
    rate = progress.now / seconds if seconds > 0 else 0.0
    left = progress.inputs - progress.before - progress.now
    remaining = f", {left / rate:,.0f} s left" if rate and left else ""
    return f"{rate:,.1f} reports/s, {progress.set_aside:,} set aside, {progress.failures:,} failed{remaining}"


def _end(progress: service.BatchProgress, out: Path, style: str) -> None:
    if style == "json":
        write(None, as_versioned_json(progress))
    else:
        click.echo(
            f"{out}: {progress.inputs:,} inputs; {progress.read:,} read now, {progress.set_aside:,} set aside, "
            f"{progress.failures:,} failed; {progress.before:,} were finished before"
        )
    failed = _tell("Not read", service.batch_failures(out), "the table failures") if progress.inputs else 0
    if progress.set_aside:
        _tell("Set aside", service.batch_set_aside(out), "the table reports; a lake with --no-triage reads all")
    say(ADVICE)
    if failed:
        sys.exit(FOUND_OR_FAILED)


def _tell(what: str, inputs: Iterator[tuple[str, ...]], where: str) -> int:
    """The first of them with their reasons, and where the others are; how many were told. There may be millions."""
    told = list(islice(inputs, _SHOWN))
    for name, reason in told:
        say(f"{what}: {name}: {reason}")
    if next(inputs, None):
        say(f"and more in {where}")
    return len(told)


def say_what_is_missing(lake: Path) -> None:
    """For commands that use a lake: one that is not finished does not tell of all its inputs."""
    with explained():
        missing = service.lake_missing(lake)
    if missing:
        say(f"{lake} is not finished: {missing:,} inputs are missing; caselore batch --out {lake} --resume reads them.")


def _verify(lake: Path, style: str) -> None:
    with explained():
        found = service.verify_lake(lake)
    if style == "json":
        write(None, as_versioned_json(found))
    else:
        click.echo(
            f"{lake}: {found.inputs:,} inputs in {found.shards:,} shards; {found.read:,} read, {found.set_aside:,} set aside, "
            f"{found.failures:,} failed; {found.patients:,} patients"
        )
        for fault in found.faults[:_SHOWN]:
            click.echo(f"Wrong: {fault}")
        if len(found.faults) > _SHOWN:
            click.echo(f"and {len(found.faults) - _SHOWN:,} more")
        if not found.faults:
            click.echo("Every input is accounted for exactly once.")
        else:
            say(f"caselore batch --out {lake} --resume reads again what is missing or damaged.")
    if found.faults:
        sys.exit(FOUND_OR_FAILED)
