"""Opens the database of a casebook and brings its tables up to date."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from caselore.registry.errors import CasebookUnusable


def open_engine(url: str) -> Engine:
    """An engine on an up-to-date database; a new SQLite file is made where there is none. Raises CasebookUnusable."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise CasebookUnusable(f"{url} is no address of a database.") from error
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    shown = parsed.render_as_string(hide_password=True)
    try:
        engine = create_engine(parsed, pool_pre_ping=parsed.drivername.startswith("postgresql"))
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
        _upgrade(engine)
    except (ImportError, NoSuchModuleError) as error:
        raise CasebookUnusable(
            f"{shown} needs a driver that is not installed: pip install 'caselore[postgres]'."
        ) from error
    except CommandError as error:
        raise CasebookUnusable(f"{shown} was made by a newer caselore: {error}.") from error
    except DatabaseError as error:
        raise CasebookUnusable(f"{shown} cannot be opened as a casebook: {_first_line(error)}.") from error
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    """Readers do not wait for a writer; a writer waits for another one; foreign keys hold."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA busy_timeout=30000")


def _upgrade(engine: Engine) -> None:
    with as_file(files("caselore.registry") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder))
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def newest_revision() -> str:
    """The revision that `open_engine` brings a database to."""
    with as_file(files("caselore.registry") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder))
        return ScriptDirectory.from_config(config).get_current_head() or ""


def _first_line(error: DatabaseError) -> str:
    return str(error.orig or error).splitlines()[0].rstrip(".")
