"""`caselore plot`: curves, lanes, shares and timelines as files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caselore import service
from caselore.cli.console import ADVICE, end, say, write, write_bytes
from caselore.cli.patients import explained, patients_of, patients_with_courses
from caselore.exchange.tables import SourceRows
from caselore.model.cohort import CohortAnalysis, Endpoint, TimeZero
from caselore.model.row import COLUMNS

if TYPE_CHECKING:
    from altair import TopLevelMixin

_AS_TEXT = ("svg", "html", "json")
_Command = Callable[..., Any]


@click.group()
def plot() -> None:
    """Draw patients: survival curves, lanes, shares, one patient's timeline.

    The suffix of the file says what is written: .svg, .png, .pdf, or .html, which works without a network. The same
    Vega-Lite specification is behind each; `--format json` prints it.
    """


def _selected(command: _Command) -> _Command:
    """The options that say which patients."""
    for option in (
        click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that read."),
        click.option("--by", default="", help='Groups: a column (sex), or an expression ("lung" in metastases).'),
        click.option("--where", default="", help='Which patients, for example: origin == "primary"'),
        click.option("--dataset", help=f"Patients of an embedded casebook: {', '.join(service.dataset_names())}."),
        click.argument("paths", nargs=-1, type=click.Path(path_type=Path)),
    ):
        command = option(command)
    return command


def _written(command: _Command) -> _Command:
    """The options that say what to write, and where."""
    styles = click.Choice(service.CHART_FORMATS)
    output = click.Path(path_type=Path, dir_okay=False)
    command = click.option("--output", "-o", type=output, help="The file; its suffix says the format.")(command)
    return click.option("--format", "style", type=styles, help="For stdout, or another format than the suffix.")(
        command
    )


@plot.command()
@_selected
@click.option(
    "--endpoint",
    type=click.Choice([one.value for one in Endpoint]),
    default=Endpoint.OVERALL.value,
    show_default=True,
    help="What is waited for.",
)
@click.option("--from", "start", type=click.Choice([one.value for one in TimeZero]), help="Time zero.")
@_written
def km(endpoint: str, start: str | None, style: str | None, output: Path | None, **chosen: Any) -> None:
    """Kaplan-Meier curves with intervals, and the numbers at risk, censored and with the event below."""
    style = _style(style, output)
    with explained():
        asked, zero = Endpoint(endpoint), TimeZero(start) if start else None
        analysis, failures = _analysis(**chosen, endpoint=asked, start=zero)
        _write(service.survival_chart(analysis), style, output)
    end(failures)


@plot.command()
@_selected
@_written
def swimmer(style: str | None, output: Path | None, **chosen: Any) -> None:
    """One lane a patient: how long the course is told, recurrence, death, and an arrow for the living.

    Of reports also further operations, treatments and metastases; tables and casebooks do not hold their times.
    """
    style = _style(style, output)
    with explained():
        tables, courses, failures = patients_with_courses(chosen["paths"], chosen["jobs"])
        analysis = _analysis_of(tables, **chosen)
        _write(service.swimmer_chart(analysis, courses), style, output)
    end(failures)


@plot.command()
@_selected
@click.option("--columns", help="Columns of text to show, separated by commas; default: those of most reviews.")
@_written
def forest(columns: str | None, style: str | None, output: Path | None, **chosen: Any) -> None:
    """Shares with exact intervals, and the counts they were made of."""
    style = _style(style, output)
    asked = tuple(name.strip() for name in columns.split(",")) if columns else None
    with explained():
        for name in asked or ():
            if name not in COLUMNS:
                raise click.BadParameter(f"{name!r} is no column.", param_hint="--columns")
        analysis, failures = _analysis(**chosen)
        _write(service.forest_chart(analysis, asked) if asked else service.forest_chart(analysis), style, output)
    end(failures)


@plot.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--patient", help='Whose: the label, as in "case 2"; needed where the report has several.')
@_written
def timeline(file: Path, patient: str | None, style: str | None, output: Path | None) -> None:
    """The events of one patient of the report FILE, each as the time within which it was."""
    style = _style(style, output)
    with explained():
        _write(service.timeline_chart(service.read(file), patient), style, output)
    say(ADVICE)


def _style(style: str | None, output: Path | None) -> str:
    """What to write: as asked for, else by the suffix."""
    if style is None and output is not None:
        style = output.suffix.lstrip(".").lower()
        if style not in service.CHART_FORMATS:
            known = ", ".join(f".{one}" for one in service.CHART_FORMATS)
            raise click.UsageError(f"{output}: the suffix names no format of a chart; there is {known}.")
    if style is None or (output is None and style not in _AS_TEXT):
        raise click.UsageError("Name a file with -o (its suffix says the format), or print one: --format json.")
    return style


def _analysis(paths: tuple[Path, ...], jobs: int, **chosen: Any) -> tuple[CohortAnalysis, list[str]]:
    """The patients asked for, and what could not be read."""
    tables, failures = patients_of(paths, jobs)
    return _analysis_of(tables, paths=paths, jobs=jobs, **chosen), failures


def _analysis_of(
    tables: list[SourceRows],
    paths: tuple[Path, ...],
    dataset: str | None,
    where: str,
    by: str,
    jobs: int,
    **endpoint: Any,
) -> CohortAnalysis:
    """The patients of tables and of the casebook asked for."""
    if not paths and not dataset:
        raise click.UsageError("Name reports to read, or a casebook with --dataset.")
    casebook = service.dataset(dataset) if dataset else None
    analysis = service.cohort(tables, casebook.members if casebook else (), where=where, by=by, **endpoint)
    for limit in casebook.limits if casebook else ():
        say(f"{dataset}: {limit}")
    if paths:
        say(ADVICE)
    return analysis


def _write(chart: TopLevelMixin, style: str, output: Path | None) -> None:
    content = service.chart_file(chart, style)
    if output is None:
        write(None, content.decode())
    else:
        write_bytes(output, content)
