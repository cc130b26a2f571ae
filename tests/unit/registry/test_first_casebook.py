"""A casebook of the first migration is brought up to date when it is opened, with everything that people did in it."""

from __future__ import annotations

import json
import zlib
from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text

from caselore.codec import decode_report
from caselore.registry.casebook import open_casebook
from caselore.registry.database import State, newest_revision, state_of
from caselore.registry.find import Query, find
from caselore.registry.people import People

STORED = (Path(__file__).parents[1] / "stability" / "report_of_schema_1.json").read_bytes()
WHEN = "2026-01-31T12:00:00+00:00"
ROW = {"role": "index", "label": "case 1", "age_years": 44.0, "sex": "female", "sites": ["wrist"]}
CORRECTED = {**ROW, "age_years": 45.0}
TABLES = {
    "accounts": [{"name": "ann", "role": "curator", "password": "no hash", "disabled": False, "created_at": WHEN}],
    "audit": [{"id": 1, "at": WHEN, "account": "ann", "what": "made the account ann"}],
    "saved_filters": [{"id": 1, "owner": "ann", "name": "wrists", "query": "site=wrist"}],
    "decisions": [
        {"id": 1, "patient": "p1", "reader": "ann", "at": WHEN, "action": "correct", "column": "age_years"}
        | {"value": "45.0", "quote": "44-year-old", "note": "a misprint, the author says"}
    ],
    "patients": [
        {"id": 1, "key": "p1", "position": 0, "machine": json.dumps(ROW), "current": json.dumps(CORRECTED)}
        | {"states": json.dumps({"age_years": {"state": "corrected"}}), "hidden": False, "sites": "wrist"}
        | {"role": "index", "sex": "female", "age_years": 45.0}
    ],
}


def first_casebook(address: str) -> None:
    """A database as the first version left it."""
    report = decode_report(STORED)
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:", 1))
    config = Config()
    config.set_main_option("script_location", str(files("caselore.registry") / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        stored = {"id": report.document.id, "source": "wrist", "title": "Leiomyosarcoma of the wrist"}
        stored |= {"body": report.document.raw, "payload": zlib.compress(STORED), "rules_version": ""}
        put(connection, "reports", {**stored, "added_at": WHEN, "read_at": WHEN})
        for table, rows in TABLES.items():
            of_report = {"report_id": report.document.id} if table in ("decisions", "patients") else {}
            for row in rows:
                put(connection, table, {**row, **of_report})
        if engine.dialect.name == "sqlite":
            put(connection, "report_words", {"id": report.document.id, "body": report.document.raw})
    engine.dispose()


def put(connection: Connection, table: str, row: dict[str, object]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)


def test_it_is_upgraded_with_its_content(address: str) -> None:
    first_casebook(address)
    assert state_of(address) is State.OLDER
    book = open_casebook(address)
    try:
        assert state_of(address) is State.CURRENT
        with book.engine.connect() as connection:
            assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == newest_revision()
        (stored,) = book.reports()
        assert (stored.source, stored.added_at, stored.patients) == ("wrist", WHEN, 1)
        assert book.report("wrist") == decode_report(STORED)
        (entry,) = [one for one in book.entries("wrist") if one.patient == "p1"]
        assert entry.row["age_years"] == 45.0
        assert entry.states["age_years"]["state"] == "corrected"
        (decision,) = book.log("wrist")
        assert (decision.reader, decision.at, decision.note) == ("ann", WHEN, "a misprint, the author says")
        found = find(book.engine, Query(words="leiomyosarcoma wrist"))
        assert [line.row["age_years"] for line in found.lines] == [45.0]
        people = People(book.engine)
        assert [one.name for one in people.accounts()] == ["ann"]
        assert [line.what for line in people.recorded()] == ["made the account ann"]
        with book.engine.connect() as connection:
            assert connection.execute(text("SELECT name FROM saved_filters")).scalars().all() == ["wrists"]
    finally:
        book.close()
    open_casebook(address).close()


def test_looking_at_it_changes_nothing(address: str) -> None:
    first_casebook(address)
    assert [state_of(address), state_of(address)] == [State.OLDER, State.OLDER]
