"""Opens the database of a casebook and brings its tables up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib.resources import as_file, files
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, func, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from caselore.registry.errors import CasebookUnusable

_WRITES = "caselore_writes"
_WAIT_SECONDS = 60
"""How long a writer waits for another one before it gives up."""


def open_engine(url: str) -> Engine:
    """An engine on an up-to-date database; a new SQLite file is made where there is none. Raises CasebookUnusable."""
    with _explained(url) as address:
        server = address.drivername.startswith("postgresql")
        pool = {"pool_size": 10, "max_overflow": 30} if server or address.database else {}
        engine = create_engine(address, pool_pre_ping=server, **pool)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin)
        _upgrade(engine)
    return engine


class State(StrEnum):
    """How the tables of a database stand to this version."""

    CURRENT = "current"
    OLDER = "older"
    """brought up to date when it is next opened"""
    EMPTY = "empty"
    """no casebook yet; one is made when it is next opened"""


def state_of(url: str) -> State:
    """How a database is, without changing it. Raises CasebookUnusable, also for one that a newer version made."""
    with _explained(url) as address:
        engine = create_engine(address)
        try:
            revision = _revision(engine)
        finally:
            engine.dispose()
        if revision is None:
            return State.EMPTY
        known = [one.revision for one in _scripts().walk_revisions()]
        if revision not in known:
            raise CommandError(f"revision {revision} is not known here")
        return State.CURRENT if revision == newest_revision() else State.OLDER


@contextmanager
def _explained(url: str) -> Iterator[URL]:
    """The address of a database; whatever goes wrong with it is one sentence that shows no password."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise CasebookUnusable(f"{url} is no address of a database.") from error
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")
    shown = address.render_as_string(hide_password=True)
    try:
        yield address
    except (ImportError, NoSuchModuleError) as error:
        raise CasebookUnusable(
            f"{shown} needs a driver that is not installed: pip install 'caselore[postgres]'."
        ) from error
    except CommandError as error:
        raise CasebookUnusable(f"{shown} was made by a newer caselore: {error}.") from error
    except DatabaseError as error:
        raise CasebookUnusable(f"{shown} cannot be opened as a casebook: {_first_line(error)}.") from error


def _prepare_sqlite(connection: Any, _: Any) -> None:
    """Readers do not wait for a writer; a writer waits for another one; foreign keys hold; what is saved survives a power cut.

    Transactions are begun by `_begin`: the driver would leave reads outside of them, and end them before tables are changed.
    """
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA busy_timeout={_WAIT_SECONDS * 1000}")


def _begin(connection: Connection) -> None:
    """A writer takes its lock at once: one that reads first and locks later would be refused half way."""
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that changes something: all of it is kept, or nothing. One after the other on SQLite."""
    with engine.connect() as plain:
        connection = plain.execution_options(**{_WRITES: True})
        with connection.begin():
            yield connection


def one_at_a_time(connection: Connection, what: str) -> None:
    """Lets a transaction on PostgreSQL wait until no other one is at work on the same thing; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(what))))


def _upgrade(engine: Engine) -> None:
    if _revision(engine) == newest_revision():
        return
    with as_file(files("caselore.registry") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder))
        with writing(engine) as connection:
            one_at_a_time(connection, "caselore migration")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def newest_revision() -> str:
    """The revision that `open_engine` brings a database to."""
    return _scripts().get_current_head() or ""


def _scripts() -> ScriptDirectory:
    with as_file(files("caselore.registry") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder))
        return ScriptDirectory.from_config(config)


def _first_line(error: DatabaseError) -> str:
    return str(error.orig or error).splitlines()[0].rstrip(".")
