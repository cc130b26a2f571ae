"""`caselore table`: one review row per patient of many reports."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec
from rich import box
from rich.markup import escape
from rich.table import Table

from caselore.cli.console import ADVICE, end, out, read_all, say, write
from caselore.codec import encode_tables
from caselore.exchange.tables import SourceRows, summary, table_lines, to_csv, to_markdown
from caselore.model.row import COLUMNS, ReviewRow


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "style", type=click.Choice(["table", "json", "csv", "md"]), default="table", show_default=True
)
@click.option(
    "--columns",
    help="Columns to show, separated by commas (not for json); default: a summary on screen, all in files.",
)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that read side by side.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of stdout."
)
def table(paths: tuple[Path, ...], style: str, columns: str | None, jobs: int, output: Path | None) -> None:
    """Print the review rows of PATHS: reports, folders and archives (.zip, .tar.gz) of them, or - for standard input.

    Reports are plain text, PDF, JATS XML (.xml, .nxml), HTML, Word (.docx) and BioC JSON.

    Index patients come first, then patients retold from other publications. Empty means not reported, never "no".
    """
    chosen = _columns(columns)
    tables, failures = read_all(paths, jobs)
    if style == "table":
        _print(tables, chosen)
    elif style == "json":
        write(output, msgspec.json.format(encode_tables(tables), indent=1).decode())
    else:
        write(output, (to_csv if style == "csv" else to_markdown)(tables, chosen or COLUMNS))
    end(failures)


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
