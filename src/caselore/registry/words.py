"""Full-text search over the reports: SQLite's FTS5, or PostgreSQL's text search; both stem English words."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, literal_column, select, text
from sqlalchemy import column as name_of
from sqlalchemy import table as table_of

from caselore.registry.schema import reports

_WORDS = table_of("report_words", name_of("rowid"), name_of("body"))
_PART = re.compile(r'"([^"]*)"|(\S+)')
_SEARCHED = 500_000
"""Characters of a report that PostgreSQL searches."""


def number_of(report: str) -> int:
    """The number under which the words of a report stand: the first 60 bits of its id."""
    return int(report[:15], 16)


def index_words(connection: Connection, report: str, body: str) -> None:
    """Keeps the full-text index of SQLite up to date; PostgreSQL's follows the table by itself."""
    forget_words(connection, report)
    if connection.dialect.name == "sqlite":
        connection.execute(insert(_WORDS).values(rowid=number_of(report), body=body))


def forget_words(connection: Connection, report: str) -> None:
    """Takes a report out of the full-text index."""
    if connection.dialect.name == "sqlite":
        connection.execute(delete(_WORDS).where(_WORDS.c.rowid == number_of(report)))


def reports_with(connection: Connection, words: str) -> list[int]:
    """The numbers of the reports that hold all the words; "quoted words" stand together. Without a word, none.

    A word is a run of letters and figures, never an operator of the search language.
    """
    parts = [runs for one, other in _PART.findall(words) if (runs := re.findall(r"[^\W_]+", one or other))]
    if not parts:
        return []
    if connection.dialect.name == "sqlite":
        every = " ".join(f'"{" ".join(part)}"' for part in parts)
        match = text("report_words MATCH :every").bindparams(every=every)
        return list(connection.execute(select(_WORDS.c.rowid).where(match)).scalars())
    english: ColumnElement[Any] = literal_column("'english'")
    vector = func.to_tsvector(english, func.left(reports.c.body, literal_column(str(_SEARCHED))))
    phrases = ("(" + " <-> ".join(f"'{word}'" for word in part) + ")" for part in parts)
    match_all = vector.op("@@")(func.to_tsquery(english, " & ".join(phrases)))
    return [number_of(id) for id in connection.execute(select(reports.c.id).where(match_all)).scalars()]
