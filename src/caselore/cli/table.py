"""`caselore table`: one review row per patient of many reports."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec
from rich import box
from rich.markup import escape
from rich.table import Table

from caselore import service
from caselore.cli.console import ADVICE, end, out, read_outcomes, say, write, write_bytes
from caselore.cli.patients import casebook_option, explained
from caselore.codec import encode_tables
from caselore.exchange.tables import SourceRows, summary, table_lines, to_csv
from caselore.model.row import COLUMNS, ReviewRow

_DATA = ("json", "csv")
_JOURNAL = tuple(service.TABLE_FORMATS)
_REFERENCES = tuple(service.REFERENCE_FORMATS)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@casebook_option
@click.option("--format", "style", type=click.Choice(["table", *_DATA, *_JOURNAL]), default="table", show_default=True)
@click.option(
    "--columns",
    help="Columns to show, separated by commas (not for json); default: a summary on screen, all in csv, the usual ones in print.",
)
@click.option(
    "--references",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"Write the references of the reports to this file too ({', '.join(f'.{one}' for one in _REFERENCES)}).",
)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that read side by side.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of stdout."
)
def table(
    paths: tuple[Path, ...],
    address: str | None,
    style: str,
    columns: str | None,
    references: Path | None,
    jobs: int,
    output: Path | None,
) -> None:
    """Print the review rows of PATHS: reports, folders and archives (.zip, .tar.gz) of them, or - for standard input.

    Reports are plain text, PDF, JATS XML (.xml, .nxml), HTML, Word (.docx) and BioC JSON.

    Index patients come first, then patients retold from other publications. Empty means not reported, never "no".

    md, docx, latex and xlsx are tables as journals print them: footnotes for what was worked out or is told in two ways,
    and numbered references.
    """
    chosen = _columns(columns)
    _check(style, references, output)
    if not paths and not address:
        raise click.UsageError("Name reports to read, or a casebook with --casebook.")
    if address and (style in _JOURNAL or references is not None):
        raise click.UsageError(f"A casebook is written as table, {' or '.join(_DATA)}.")
    with explained():
        kept = service.tables_at(address) if address else []
    printed = style in _JOURNAL or references is not None
    outcomes, failures = read_outcomes(paths, jobs, with_sources=printed) if paths else ([], [])
    tables = kept + [outcome.rows for outcome in outcomes if outcome.rows is not None]
    if style == "table":
        _print(tables, chosen)
    elif style == "json":
        write(output, msgspec.json.format(encode_tables(tables), indent=1).decode())
    elif style == "csv":
        write(output, to_csv(tables, chosen or COLUMNS))
    if printed:
        _print_literature(outcomes, style, chosen, references, output)
    end(failures)


def _check(style: str, references: Path | None, output: Path | None) -> None:
    """Wrong use is told before a hundred reports are read."""
    if style in ("docx", "xlsx") and output is None:
        raise click.UsageError(f"{style} is no text: name the file with -o.")
    if references is not None and references.suffix.lstrip(".").lower() not in _REFERENCES:
        raise click.UsageError(
            f"{references}: references are written as {' or '.join(f'.{one}' for one in _REFERENCES)}."
        )


def _print_literature(
    outcomes: list[service.Outcome],
    style: str,
    columns: tuple[str, ...] | None,
    references: Path | None,
    output: Path | None,
) -> None:
    """The table as journals print it, and its references."""
    made = service.literature_table(outcomes, columns)
    if references is not None:
        write(references, service.REFERENCE_FORMATS[references.suffix.lstrip(".").lower()](made.references))
    if style not in _JOURNAL:
        return
    try:
        content = service.TABLE_FORMATS[style](made)
    except service.ChartsMissing as error:
        raise click.ClickException(str(error)) from error
    if isinstance(content, bytes) and output is not None:
        write_bytes(output, content)
    elif isinstance(content, str):
        write(output, content)
    say(ADVICE)


def _columns(asked: str | None) -> tuple[str, ...] | None:
    if asked is None:
        return None
    names = tuple(name.strip() for name in asked.split(",") if name.strip())
    unknown = [name for name in names if name not in COLUMNS]
    if unknown:
        raise click.BadParameter(
            f"{unknown[0]!r} is no column; the columns are {', '.join(COLUMNS)}.", param_hint="--columns"
        )
    return names


def _print(tables: list[SourceRows], columns: tuple[str, ...] | None) -> None:
    """The chosen columns, or a summary; the source stands once, in front of its first patient."""
    shown = Table(header_style="bold", box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    shown.add_column("report", overflow="ellipsis", no_wrap=True, max_width=22)
    for heading in columns or _HEADINGS:
        shown.add_column(heading.replace("_", " "), overflow="fold")
    for table in tables:
        lines = table_lines([table], columns) if columns else [["", *summary(row).values()] for row in table.patients]
        for number, line in enumerate(lines):
            shown.add_row(*map(escape, ("" if number else table.source, *line[1:])))
        shown.add_section()
    out().print(shown)
    say(ADVICE)


_HEADINGS = tuple(summary(ReviewRow(role="", label="")))
