"""Finding patients: words of the reports, values of the columns, facets with their counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import Connection, Engine, func, select

from caselore.registry.grid import Asked, GridIndex
from caselore.registry.schema import TEXT_FACETS, changes, patients, reports

NOT_REPORTED = "not reported"
"""The value of a facet that stands for an empty cell."""

_SHOWN = 30
"""Values of a facet that are counted."""
_MANY = 500
_INDEXES: WeakKeyDictionary[Engine, GridIndex] = WeakKeyDictionary()
"""One for each casebook that this process has open."""


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What the grid shows: words that the report holds ("quoted words" stand together), wanted values by column, order and page.

    Pages count from 1.
    """

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


def find(engine: Engine, query: Query, facets: tuple[str, ...] = TEXT_FACETS) -> Page:
    """The patients that a query lets in; patients merged away and duplicates are never there."""
    index = _INDEXES.setdefault(engine, GridIndex())
    with engine.connect() as connection:
        found = index.ask(connection, _asked(query), facets)
        lines = _lines(connection, found.ids)
    counts = {
        name: {NOT_REPORTED if value is None else value: count for value, count in found.counts[name][:_SHOWN]}
        for name in facets
    }
    return Page(total=found.total, lines=lines, facets=counts)


def _asked(query: Query) -> Asked:
    wanted = {name: values for name, values in query.facets.items() if name in TEXT_FACETS and values}
    return Asked(
        words=query.words,
        facets={
            name: frozenset(None if value == NOT_REPORTED else value for value in values)
            for name, values in wanted.items()
        },
        site=query.site,
        report=query.report,
        sort=query.sort,
        descending=query.descending,
        offset=max(0, query.page - 1) * query.size,
        limit=query.size,
    )


def _lines(connection: Connection, ids: Sequence[int]) -> tuple[Line, ...]:
    """The patients of these ids, in this order."""
    found: dict[int, Line] = {}
    for start in range(0, len(ids), _MANY):
        query = (
            select(patients.c.id, patients.c.report_id, patients.c.key, patients.c.current, patients.c.states)
            .add_columns(reports.c.source)
            .join(reports, reports.c.id == patients.c.report_id)
            .where(patients.c.id.in_(ids[start : start + _MANY]))
        )
        for id, report, key, current, states, source in connection.execute(query):
            found[id] = Line(
                report=report,
                source=source,
                patient=key,
                row=msgspec.json.decode(current),
                states=msgspec.json.decode(states),
            )
    return tuple(found[id] for id in ids if id in found)


def everybody(engine: Engine) -> Iterator[Line]:
    """Every patient who is not hidden, by source, report and place in the report."""
    query = (
        select(patients.c.report_id, patients.c.key, patients.c.current, patients.c.states, reports.c.source)
        .join(reports, reports.c.id == patients.c.report_id)
        .where(patients.c.hidden.is_(False))
        .order_by(reports.c.source, reports.c.id, patients.c.position)
    )
    with engine.connect() as connection:
        for report, key, current, states, source in connection.execute(query):
            row, told = msgspec.json.decode(current), msgspec.json.decode(states)
            yield Line(report=report, source=source, patient=key, row=row, states=told)


def newest_change(engine: Engine) -> int:
    """A number that grows with everything that is added, decided and removed: what was made from all patients holds as long
    as it stays."""
    with engine.connect() as connection:
        return connection.execute(select(func.max(changes.c.id))).scalar_one() or 0
