"""Two readers of the same patients: who has read, where they differ, and what was settled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import distinct, func, select

from caselore.model.row import COLUMNS
from caselore.registry.agreement import ColumnAgreement, agreement, alike
from caselore.registry.casebook import Casebook, Entry
from caselore.registry.curation import CONSENSUS, Action
from caselore.registry.schema import decisions, reports


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A cell that two readers see differently: what each holds it to be, the words each gave, and what was settled, if it was."""

    report: str
    source: str
    patient: str
    label: str
    column: str
    values: tuple[Any, Any]
    quotes: tuple[tuple[str, ...], tuple[str, ...]]
    settled: bool
    value: Any


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """How far two readers agree, column by column, and where they do not."""

    patients: int
    columns: tuple[ColumnAgreement, ...]
    differences: tuple[Difference, ...]


def readers(book: Casebook) -> dict[str, int]:
    """Everybody who has decided, with the number of reports; programs are readers, the consensus is none."""
    count = func.count(distinct(decisions.c.report_id))
    query = select(decisions.c.reader, count).group_by(decisions.c.reader).order_by(decisions.c.reader)
    with book.engine.connect() as connection:
        return {reader: number for reader, number in connection.execute(query) if reader != CONSENSUS}


def rows_of_both(book: Casebook, one: str, other: str) -> Iterator[tuple[Entry, Entry]]:
    """The patients that two readers decided on, as each of them alone left them."""
    for report in _read_by_both(book, one, other):
        log = book.log(report)
        mine, theirs = ({decision.patient for decision in log if decision.reader == who} for who in (one, other))
        by_me, by_them = ({entry.patient: entry for entry in book.entries(report, who)} for who in (one, other))
        for patient in sorted(mine & theirs):
            if patient in by_me and patient in by_them:
                yield by_me[patient], by_them[patient]


def _read_by_both(book: Casebook, one: str, other: str) -> list[str]:
    query = (
        select(decisions.c.report_id)
        .join(reports, reports.c.id == decisions.c.report_id)
        .where(decisions.c.reader.in_((one, other)))
        .group_by(decisions.c.report_id, reports.c.source)
        .having(func.count(distinct(decisions.c.reader)) == len({one, other}))
        .order_by(reports.c.source, decisions.c.report_id)
    )
    with book.engine.connect() as connection:
        return list(connection.execute(query).scalars())


def compare(book: Casebook, one: str, other: str) -> Comparison:
    """The agreement of two readers, each blind to the other, and every cell in which they differ."""
    pairs = list(rows_of_both(book, one, other))
    found: list[Difference] = []
    now: dict[str, dict[str, Entry]] = {}
    for mine, theirs in pairs:
        if mine.report not in now:
            now[mine.report] = {entry.patient: entry for entry in book.entries(mine.report)}
        found += _differences(mine, theirs, now[mine.report][mine.patient])
    columns = agreement((mine.row, theirs.row) for mine, theirs in pairs) if pairs else ()
    return Comparison(patients=len(pairs), columns=columns, differences=tuple(found))


def _differences(mine: Entry, theirs: Entry, now: Entry) -> Iterator[Difference]:
    for column in COLUMNS:
        values = (mine.row.get(column), theirs.row.get(column))
        if column in ("role", "label") or alike(*values):
            continue
        yield Difference(
            report=mine.report,
            source=mine.source,
            patient=mine.patient,
            label=now.row["label"],
            column=column,
            values=values,
            quotes=(_quotes(mine, column), _quotes(theirs, column)),
            settled=any(one["reader"] == CONSENSUS for one in now.states.get(column, {}).get("readings", ())),
            value=now.row.get(column),
        )


def _quotes(entry: Entry, column: str) -> tuple[str, ...]:
    readings = entry.states.get(column, {}).get("readings", ())
    return tuple(one["quote"] for one in readings if one.get("quote"))


def settle(book: Casebook, report: str, patient: str, column: str, value: Any, by: str) -> Entry:
    """What two readers agreed a cell to be; None: the report does not say it. `by` stands in the log as who wrote it down.

    Raises DecisionRefused and NotInCasebook.
    """
    action = Action.REJECT if value is None else Action.CORRECT
    return book.decide(report, patient, CONSENSUS, action, column=column, value=value, note=f"written down by {by}")
