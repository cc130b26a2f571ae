"""The casebook: add, list, show, decide, export, import, back up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from caselore.assembly.report import assemble
from caselore.assembly.rules_version import rules_version
from caselore.exchange.tables import SourceRows
from caselore.exchange.unsourced import IMPORTED, report_of_rows
from caselore.reading.errors import NothingToRead, UnreadableReport
from caselore.reading.sources import Location, content_of, load_location, report_files
from caselore.registry.agreement import ColumnAgreement, agreement
from caselore.registry.errors import CasebookUnusable
from caselore.settings import load_settings

if TYPE_CHECKING:
    from caselore.registry.casebook import Casebook


class CasebookMissing(RuntimeError):
    """The libraries of the casebook are not installed; the message says what to install."""


class AddedFile(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file: its report is "new", "unchanged" or "read again"; or it could not be read."""

    path: str
    what: str = ""
    report: str = ""
    patients: int = 0
    failure: str | None = None


def casebook(url: str | None = None) -> Casebook:
    """The casebook at a database URL or a file; without one, that of the settings. Raises CasebookUnusable, CasebookMissing."""
    try:
        # SQLAlchemy takes most of a second, so that only the commands of the casebook load it.
        room = import_module("caselore.registry.casebook")
    except ImportError as error:
        raise CasebookMissing(
            f"The casebook needs {error.name}, which is not installed: pip install 'caselore[web]'."
        ) from error
    address = url or load_settings().casebook
    if "://" not in address:
        address = f"sqlite:///{Path(address).expanduser().resolve()}"
    if address.startswith("sqlite:///"):
        Path(address.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    opened: Casebook = room.open_casebook(address)
    return opened


def add_files(book: Casebook, locations: Iterable[Location], source: str | None = None) -> Iterator[AddedFile]:
    """Reads files into a casebook, one after the other; each is stored whole before the next is begun.

    `source` is the name that the report goes by where that of the file says nothing.
    """
    for location in locations:
        path = str(location)
        try:
            document = load_location(location)
            report = assemble(msgspec.structs.replace(document, source=source) if source else document)
        except (UnreadableReport, NothingToRead) as error:
            yield AddedFile(path=path, failure=str(error))
            continue
        except Exception as error:  # one broken report must not lose the other ninety-nine
            yield AddedFile(path=path, failure=f"{path} broke the reader ({type(error).__name__}: {error}).")
            continue
        added = book.add(report, content_of(location) if report.document.pages else None)
        yield AddedFile(path=path, what=added.what, report=added.id, patients=len(report.cases))


def add_content(book: Casebook, name: str, content: bytes) -> AddedFile:
    """Reads the content of one file of that name into a casebook; it touches no other file."""
    with TemporaryDirectory() as folder:
        # The name is only shown; a file of our own holds the content, so that no path of a request reaches the disk.
        path = Path(folder) / f"report{Path(name).suffix.lower()[:12]}"
        path.write_bytes(content)
        try:
            locations = report_files([path])
        except NothingToRead:
            return AddedFile(path=name, failure=f"{name} is no report that can be read.")
        found = list(add_files(book, locations, source=Path(name).stem))
    first = found[0] if found else AddedFile(path=name, failure=f"{name} holds no report.")
    failure = first.failure.replace(str(path), name) if first.failure else None
    return msgspec.structs.replace(first, path=name, failure=failure)


def add_rows(book: Casebook, tables: Iterable[SourceRows]) -> Iterator[AddedFile]:
    """Takes patients without a report into a casebook, those of each source as one report whose text is the record itself."""
    for table in tables:
        report = report_of_rows(table)
        if not report.cases:
            yield AddedFile(
                path=table.source, failure=f"{table.source} holds no value that the review row has a place for."
            )
            continue
        added = book.add(report)
        yield AddedFile(path=table.source, what=added.what, report=added.id, patients=len(report.cases))


def reread(book: Casebook) -> Iterator[AddedFile]:
    """Reads every report again that other rules have read, from the text that the casebook holds; decisions stay.

    What was imported as values is left alone. A report that breaks the reader stays as it was, with the reason in `failure`.
    """
    for stored in book.reports():
        if stored.rules_version in (rules_version(), IMPORTED):
            continue
        try:
            report = assemble(book.report(stored.id).document)
        except Exception as error:  # one broken report must not lose the other ninety-nine
            why = f"{stored.source} broke the reader ({type(error).__name__}: {error})."
            yield AddedFile(path=stored.source, report=stored.id, failure=why)
            continue
        added = book.add(report)
        yield AddedFile(path=stored.source, what=added.what, report=added.id, patients=len(report.cases))


def tables_at(address: str) -> list[SourceRows]:
    """The current rows of the casebook at a file or URL, which must be there. Raises NothingToRead, CasebookMissing."""
    with casebook_at(address) as book:
        return casebook_tables(book)


@contextmanager
def casebook_at(address: str) -> Iterator[Casebook]:
    """The casebook at a file or URL, which must be there; closed at the end. Raises NothingToRead, CasebookMissing."""
    if "://" not in address and not Path(address).expanduser().is_file():
        raise NothingToRead(f"There is no casebook at {address}; `caselore casebook --at {address} add` makes one.")
    try:
        book = casebook(address)
    except CasebookUnusable as error:
        raise NothingToRead(str(error)) from error
    try:
        yield book
    finally:
        book.close()


def casebook_tables(book: Casebook) -> list[SourceRows]:
    """The current rows of every patient, report by report, for tables and cohorts."""
    grouped = groupby(book.rows(), key=lambda pair: pair[0])
    return [SourceRows(source=source, patients=tuple(row for _, row in rows)) for source, rows in grouped]


def reader_agreement(book: Casebook, one: str, other: str) -> tuple[ColumnAgreement, ...]:
    """The agreement of two readers on the patients that both of them decided on, each blind to the other."""
    pairs = list(import_module("caselore.registry.consensus").rows_of_both(book, one, other))
    return agreement((mine.row, theirs.row) for mine, theirs in pairs) if pairs else ()


def page_picture(book: Casebook, report: str, number: int) -> bytes:
    """A page (from 1) of the PDF that a report came from, as PNG. Raises NotInCasebook, and NothingToRead for a page that cannot
    be shown."""
    original = import_module("caselore.registry.originals").original_of(book, report)
    try:
        # pdfium is loaded by the child that draws, not by who asks.
        picture: bytes = import_module("caselore.reading.pdf_pages").page_picture(original, number)
    except UnreadableReport as error:
        raise NothingToRead(f"Page {number} of the report: {error}.") from error
    return picture


def back_up(book: Casebook, path: Path) -> None:
    """A consistent copy of a casebook in SQLite while others go on working. Raises ValueError for another database."""
    if book.engine.dialect.name != "sqlite":
        raise ValueError("Only a casebook in a file is backed up so; for PostgreSQL use pg_dump.")
    aside = path.with_name(f".{path.name}.part")
    with book.engine.connect() as connection, sqlite3.connect(aside) as copy:
        source = connection.connection.driver_connection
        assert source is not None
        source.backup(copy)
    copy.close()
    aside.replace(path)
