"""Finding patients: words of the reports, values of the columns, facets with their counts."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Engine, Select, delete, func, insert, literal_column, select, text
from sqlalchemy import column as name_of
from sqlalchemy import table as table_of

from caselore.registry.schema import NUMBERS, TEXT_FACETS, patients, reports

_WORDS = table_of("report_words", name_of("id"), name_of("body"))
NOT_REPORTED = "not reported"
"""The value of a facet that stands for an empty cell."""


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What the grid shows: words that the report holds, wanted values by column, order and page (from 1)."""

    words: str = ""
    facets: dict[str, tuple[str, ...]] = {}
    site: str = ""
    report: str = ""
    sort: str = ""
    descending: bool = False
    page: int = 1
    size: int = 50


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A patient in the grid."""

    report: str
    source: str
    patient: str
    row: dict[str, Any]
    states: dict[str, Any]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page of the grid; `facets` counts, for each column, the values among patients that all other filters let in."""

    total: int
    lines: tuple[Line, ...]
    facets: dict[str, dict[str, int]]


def index_words(connection: Connection, report: str, body: str) -> None:
    """Keeps the full-text index of SQLite up to date; PostgreSQL's follows the table by itself."""
    forget_words(connection, report)
    if connection.dialect.name == "sqlite":
        connection.execute(insert(_WORDS).values(id=report, body=body))


def forget_words(connection: Connection, report: str) -> None:
    """Takes a report out of the full-text index."""
    if connection.dialect.name == "sqlite":
        connection.execute(delete(_WORDS).where(_WORDS.c.id == report))


def find(engine: Engine, query: Query, facets: tuple[str, ...] = TEXT_FACETS) -> Page:
    """The patients that a query lets in; patients merged away and duplicates are never there."""
    with engine.connect() as connection:
        conditions = _conditions(connection, query)
        every = [condition for _, condition in conditions]
        total = connection.execute(select(func.count()).select_from(patients).where(*every)).scalar_one()
        chosen = (
            select(patients.c.report_id, patients.c.key, patients.c.current, patients.c.states, reports.c.source)
            .join(reports, reports.c.id == patients.c.report_id)
            .where(*every)
        )
        lines = connection.execute(
            _ordered(chosen, query).limit(query.size).offset(max(0, query.page - 1) * query.size)
        ).all()
        counts = {name: _counts(connection, name, conditions) for name in facets}
    return Page(
        total=total,
        lines=tuple(
            Line(
                report=row.report_id,
                source=row.source,
                patient=row.key,
                row=msgspec.json.decode(row.current),
                states=msgspec.json.decode(row.states),
            )
            for row in lines
        ),
        facets=counts,
    )


def _conditions(connection: Connection, query: Query) -> list[tuple[str, ColumnElement[bool]]]:
    """Each condition with the column it is about, "" for those that hold for every facet."""
    found: list[tuple[str, ColumnElement[bool]]] = [("", patients.c.hidden.is_(False))]
    if query.words.strip():
        found.append(("", patients.c.report_id.in_(_reports_with(connection, query.words))))
    if query.report:
        found.append(("", patients.c.report_id == query.report))
    if query.site:
        found.append(("", patients.c.sites.icontains(query.site, autoescape=True)))
    for name, values in query.facets.items():
        if name in TEXT_FACETS and values:
            wanted = [value for value in values if value != NOT_REPORTED]
            condition: ColumnElement[bool] = patients.c[name].in_(wanted)
            if NOT_REPORTED in values:
                condition = condition | patients.c[name].is_(None)
            found.append((name, condition))
    return found


def _reports_with(connection: Connection, words: str) -> Select[Any]:
    """The ids of reports that hold all the words; a word is any run of letters and figures, never an operator."""
    if connection.dialect.name == "sqlite":
        every = " ".join(f'"{word}"' for word in words.replace('"', " ").split())
        return select(_WORDS.c.id).where(text("report_words MATCH :every").bindparams(every=every))
    vector = func.to_tsvector(literal_column("'english'"), reports.c.body)
    return select(reports.c.id).where(vector.op("@@")(func.plainto_tsquery(literal_column("'english'"), words)))


def _ordered(query: Select[Any], asked: Query) -> Select[Any]:
    usual = (reports.c.source, patients.c.report_id, patients.c.position)
    if asked.sort not in (*TEXT_FACETS, *NUMBERS):
        return query.order_by(*usual)
    by = patients.c[asked.sort]
    return query.order_by(by.is_(None), by.desc() if asked.descending else by, *usual)


def _counts(connection: Connection, name: str, conditions: list[tuple[str, ColumnElement[bool]]]) -> dict[str, int]:
    others = [condition for about, condition in conditions if about != name]
    column = patients.c[name]
    rows = connection.execute(
        select(column, func.count()).where(*others).group_by(column).order_by(func.count().desc(), column).limit(30)
    )
    return {NOT_REPORTED if value is None else value: count for value, count in rows}
