"""`caselore casebook`: what a review works with for weeks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caselore import service
from caselore.cli.batch import say_what_is_missing
from caselore.cli.console import ADVICE, as_json, as_versioned_json, end, out, say, write, write_bytes
from caselore.cli.patients import explained
from caselore.exchange.tables import cell_text

if TYPE_CHECKING:
    from caselore.registry.casebook import Casebook


_ACTIONS = ["accept", "correct", "reject", "add", "note", "split", "merge", "duplicate", "undo", "redo"]


@click.group()
@click.option(
    "--at", "url", metavar="FILE|URL", help="The casebook: a file, or a database URL. Default: that of the settings."
)
@click.pass_context
def casebook(context: click.Context, url: str | None) -> None:
    """Keep reports, patients and decisions in one place.

    A casebook is a file (SQLite) or a PostgreSQL database. Adding the same report again changes nothing; a newer reading
    keeps every decision that people made.
    """
    context.obj = url


@contextmanager
def opened(url: str | None) -> Iterator[Casebook]:
    """The casebook, closed at the end; whatever goes wrong with it is one sentence."""
    try:
        book = service.casebook(url)
    except service.CasebookMissing as error:
        raise click.ClickException(str(error)) from error
    except Exception as error:
        if type(error).__name__ == "CasebookUnusable":
            raise click.ClickException(str(error)) from error
        raise
    errors = import_module("caselore.registry.errors")
    try:
        yield book
    except (errors.NotInCasebook, errors.DecisionRefused) as error:
        raise click.UsageError(str(error)) from error
    finally:
        book.close()


@casebook.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--lake", type=click.Path(path_type=Path), help="Add reports of a lake that `caselore batch` has filled.")
@click.option(
    "--where", default="", help="Of the lake: reports that tell of a patient like this, as for `caselore cohort`."
)
@click.pass_obj
def add(url: str | None, paths: tuple[Path, ...], lake: Path | None, where: str) -> None:
    """Read PATHS (reports, folders, archives), or chosen reports of a lake, into the casebook."""
    if bool(paths) == bool(lake) or (where and not lake):
        raise click.UsageError("Name reports to read, or a lake with --lake and --where.")
    if lake:
        say_what_is_missing(lake)
    with explained():
        files = service.lake_locations(lake, where) if lake else service.report_files(paths)
    failures = []
    counts = {"new": 0, "unchanged": 0, "read again": 0}
    with opened(url) as book:
        for number, added in enumerate(service.add_files(book, files), 1):
            if added.failure:
                failures.append(added.failure)
                continue
            counts[added.what] += 1
            say(f"[{number}/{len(files)}] {added.path}: {added.what}, {added.patients} patients")
    click.echo(", ".join(f"{count} {what}" for what, count in counts.items()))
    say(ADVICE)
    end(failures)


@casebook.command()
@click.pass_obj
def reread(url: str | None) -> None:
    """Read the reports again that an older caselore has read; every decision stays."""
    with opened(url) as book:
        done = list(service.reread(book))
    for one in done:
        if one.failure is None:
            say(f"{one.path}: {one.what}, {one.patients} patients")
    click.echo(f"{sum(one.failure is None for one in done)} read again by rules {service.rules_version()}")
    end([one.failure for one in done if one.failure])


@casebook.command("list")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def list_reports(url: str | None, style: str) -> None:
    """The reports of the casebook."""
    with opened(url) as book:
        stored = book.reports()
    if style == "json":
        write(None, as_versioned_json(stored))
        return
    for one in stored:
        click.echo(f"{one.id[:8]}  {one.patients:3} patients  {one.source}: {one.title}")
    if not stored:
        say("The casebook is empty; `caselore casebook add PATHS` reads reports into it.")


@casebook.command()
@click.argument("report")
@click.option("--reader", help="Only this reader's decisions, as a blind reader sees them.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def show(url: str | None, report: str, reader: str | None, style: str) -> None:
    """The patients of REPORT (the beginning of its id, or its source name) with what was decided."""
    with opened(url) as book:
        entries = book.entries(report, reader)
    if style == "json":
        write(None, as_versioned_json(entries))
        return
    for entry in entries:
        out().print(f"{entry.source}, {entry.patient}{' (merged or duplicate)' if entry.hidden else ''}", style="bold")
        for column, value in entry.row.items():
            state = entry.states.get(column, {}).get("state", "proposed")
            click.echo(f"  {column:24} {state:10} {cell_text(value)}")
        for column, state in entry.states.items():
            if column not in entry.row:
                click.echo(f"  {column:24} {state['state']:10}")


@casebook.command()
@click.argument("report")
@click.argument("patient")
@click.argument("action", type=click.Choice(_ACTIONS))
@click.option("--column", default="", help="The column that is decided on.")
@click.option(
    "--value",
    help="The value as a table shows it (62, 'SMA+; desmin-'); for split the columns, for merge the patient.",
)
@click.option("--quote", help="The words of the report that say it.")
@click.option("--note", default="", help="Words of the reader, kept with the decision.")
@click.option("--reader", required=True, help="Who decides.")
@click.pass_obj
def decide(
    url: str | None,
    report: str,
    patient: str,
    action: str,
    column: str,
    value: str | None,
    quote: str | None,
    note: str,
    reader: str,
) -> None:
    """Add a decision on a cell of PATIENT of REPORT to the log."""
    with opened(url) as book:
        entry = book.decide(
            report,
            patient,
            reader,
            import_module("caselore.registry.curation").Action(action),
            column=column,
            value=_value(action, column, value),
            quote=quote,
            note=note,
        )
    state = entry.states.get(column, {}).get("state", action)
    click.echo(
        f"{entry.source}, {entry.patient}, {column or action}: {state} {cell_text(entry.row.get(column))}".rstrip()
    )


def _value(action: str, column: str, text: str | None) -> Any:
    if text is None:
        return None
    if action == "split":
        return [name.strip() for name in text.split(",")]
    if action in ("merge", "duplicate"):
        return text
    try:
        return service.cell_value(column, text)
    except service.WrongCell as error:
        raise click.UsageError(f"{error}.") from error


@casebook.command()
@click.argument("output", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def export(url: str | None, output: Path) -> None:
    """Write the patients to OUTPUT (.xlsx, .csv or .json) to be corrected or used elsewhere."""
    kind = output.suffix.lower()
    if kind not in (".xlsx", ".csv", ".json"):
        raise click.UsageError("The name of the output must end in .xlsx, .csv or .json.")
    sheet = import_module("caselore.registry.spreadsheet")
    with opened(url) as book:
        if kind == ".json":
            content = as_json(service.casebook_tables(book)).encode()
        else:
            content = (sheet.to_xlsx if kind == ".xlsx" else sheet.to_csv)(sheet.lines(book))
    write_bytes(output, content)


@casebook.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--reader", required=True, help="Whose corrections these are.")
@click.option("--apply", "really", is_flag=True, help="Save the changes; without it they are only shown.")
@click.pass_obj
def import_file(url: str | None, file: Path, reader: str, really: bool) -> None:
    """Take a corrected spreadsheet back, or (FILE.json) the rows of another program with their quotes."""
    with opened(url) as book:
        if file.suffix.lower() == ".json":
            _take_over(book, file, reader)
            return
        sheet = import_module("caselore.registry.spreadsheet")
        try:
            found = sheet.preview(book, sheet.read_lines(file.read_bytes()))
        except ValueError as error:
            raise click.UsageError(f"{file}: {error}.") from error
        for change in found.changes:
            click.echo(str(change))
        for problem in found.problems:
            say(problem)
        if really:
            say(f"{sheet.apply(book, found.changes, reader)} cells changed.")
        else:
            say(f"{len(found.changes)} cells would change; --apply saves them.")
        end([f"{file}: {len(found.problems)} problems"] if found.problems else [])


def _take_over(book: Casebook, file: Path, reader: str) -> None:
    try:
        taken = import_module("caselore.registry.readers").take_over(book, file.read_bytes(), reader)
    except ValueError as error:
        raise click.UsageError(f"{file}: {error}.") from error
    click.echo(f"{taken.accepted} cells taken over, {len(taken.refused)} refused.")
    end(list(taken.refused))


@casebook.command()
@click.argument("output", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup(url: str | None, output: Path) -> None:
    """Copy a casebook that is a file to OUTPUT, also while others work in it."""
    with opened(url) as book:
        try:
            service.back_up(book, output)
        except ValueError as error:
            raise click.UsageError(str(error)) from error


@casebook.command()
@click.argument("readers", nargs=2)
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def agreement(url: str | None, readers: tuple[str, str], style: str) -> None:
    """How far two READERS agree on the patients that both decided on: percent and Cohen's kappa by column."""
    with opened(url) as book:
        found = service.reader_agreement(book, *readers)
    if style == "json":
        write(None, as_versioned_json(found))
        return
    for one in found:
        kappa = "" if one.kappa is None else f"  kappa {one.kappa:.2f}"
        click.echo(f"{one.column:24} {one.agreed}/{one.cells} ({one.share:.0%}){kappa}")
    if not found:
        say("No patient was decided on by both.")
