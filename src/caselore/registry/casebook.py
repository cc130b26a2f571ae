"""The casebook: what is stored, found and decided. One object for one database; safe to share between threads."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, delete, func, insert, literal, select, tuple_, update

from caselore.assembly.row import review_row
from caselore.codec import NotAReport, decode_report, encode_report
from caselore.model.case import Report
from caselore.model.fact import Value
from caselore.model.row import ReviewRow
from caselore.registry.checks import checked
from caselore.registry.curation import Action, Decision, Overlaid, Wanted, effective, in_order, people
from caselore.registry.database import one_at_a_time, open_engine, writing
from caselore.registry.errors import NotInCasebook
from caselore.registry.originals import keep_original
from caselore.registry.renaming import keys, renamed
from caselore.registry.schema import NUMBERS, TEXT_FACETS, changes, decisions, patients, reports
from caselore.registry.words import forget_words, index_words


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A report in the list of the casebook."""

    id: str
    source: str
    title: str
    rules_version: str
    added_at: str
    patients: int


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A patient with the current row and the state of each decided cell."""

    report: str
    source: str
    patient: str
    row: dict[str, Any]
    states: dict[str, Any]
    hidden: bool = False


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What `add` did: the report is "new", "unchanged", or "read again" by newer rules."""

    id: str
    what: str


def open_casebook(url: str) -> Casebook:
    """The casebook at a database URL ("sqlite:///casebook.db", "postgresql://..."). Raises CasebookUnusable."""
    return Casebook(open_engine(url))


def now() -> str:
    """The time as it stands in the casebook: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Casebook:
    """Reports, patients and decisions. Every method is one transaction: it is done whole or not at all."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def close(self) -> None:
        self.engine.dispose()

    def add(self, report: Report[Value], original: bytes | None = None) -> Added:
        """Stores a report under the hash of its text. Again with the same reading nothing happens; a new reading replaces
        the machine's rows and keeps every decision. `original` is the PDF that it came from, whose pages the reader shows."""
        payload = zlib.compress(encode_report(report), 6)
        key = report.document.id
        body = report.document.raw.replace("\0", "\N{REPLACEMENT CHARACTER}")  # PostgreSQL's text cannot hold a NUL
        with writing(self.engine) as connection:
            one_at_a_time(connection, _JOURNAL)
            known = connection.execute(select(reports.c.payload).where(reports.c.id == key)).scalar_one_or_none()
            if known is not None and known != payload:
                report = self._with_kept_keys(connection, report, known)
                payload = zlib.compress(encode_report(report), 6)
            if known == payload:
                keep_original(connection, key, original)
                return Added(id=key, what="unchanged")
            values = {
                "source": report.document.source,
                "title": report.document.metadata.title or report.document.source,
                "body": body,
                "payload": payload,
                "rules_version": report.rules_version,
                "read_at": now(),
            }
            if known is None:
                connection.execute(insert(reports).values(id=key, added_at=now(), **values))
            else:
                connection.execute(update(reports).where(reports.c.id == key).values(**values))
            keep_original(connection, key, original)
            index_words(connection, key, body)
            self._write_patients(connection, report)
        return Added(id=key, what="new" if known is None else "read again")

    def _with_kept_keys(self, connection: Connection, report: Report[Value], known: bytes) -> Report[Value]:
        """A newer reading whose patients have the keys that they had before."""
        try:
            old = decode_report(zlib.decompress(known))
        except NotAReport:  # a reading of a version whose values this one does not know
            return report
        decided = {decision.patient for decision in self._log(connection, report.document.id)}
        return renamed(report, keys(old, report, decided))

    def _write_patients(self, connection: Connection, report: Report[Value]) -> None:
        key = report.document.id
        rows = {case.patient.id: msgspec.to_builtins(review_row(case)) for case in report.cases}
        connection.execute(delete(patients).where(patients.c.report_id == key))
        self._store(connection, key, rows, {})

    def _store(
        self, connection: Connection, report: str, machines: Mapping[str, Mapping[str, Any]], known: Mapping[str, Any]
    ) -> None:
        """Writes the rows of a report as the log leaves them; `known` are the patients that the table holds."""
        _note_change(connection, report)
        found = people(machines, effective(self._log(connection, report)))
        for gone in set(known) - set(found):
            connection.execute(delete(patients).where(patients.c.report_id == report, patients.c.key == gone))
        for position, (key, overlaid) in enumerate(found.items()):
            values = _current(overlaid)
            if key in known:
                connection.execute(
                    update(patients).where(patients.c.report_id == report, patients.c.key == key).values(**values)
                )
            else:
                machine = _json(machines[key]) if key in machines else None
                connection.execute(
                    insert(patients).values(report_id=report, key=key, position=position, machine=machine, **values)
                )

    def reports(self, first: int = 0, most: int | None = None) -> list[Stored]:
        """The reports in the order of their source names: `most` of them (all) from the place `first`, counted from 0."""
        count = select(func.count()).where(patients.c.report_id == reports.c.id).scalar_subquery()
        query = select(
            reports.c.id, reports.c.source, reports.c.title, reports.c.rules_version, reports.c.added_at, count
        ).order_by(reports.c.source, reports.c.id)
        if most is not None:
            query = query.offset(first).limit(most)
        with self.engine.connect() as connection:
            return [
                Stored(id=row[0], source=row[1], title=row[2], rules_version=row[3], added_at=row[4], patients=row[5])
                for row in connection.execute(query)
            ]

    def count(self) -> int:
        """How many reports there are."""
        with self.engine.connect() as connection:
            return int(connection.execute(select(func.count()).select_from(reports)).scalar_one())

    def neighbours(self, key: str) -> tuple[str | None, str | None]:
        """The reports before and behind one in the order of `reports`."""
        place = tuple_(reports.c.source, reports.c.id)
        with self.engine.connect() as connection:
            report = self._id(connection, key)
            source = connection.execute(select(reports.c.source).where(reports.c.id == report)).scalar_one()
            here, ids = tuple_(literal(source), literal(report)), select(reports.c.id)
            before = ids.where(place < here).order_by(reports.c.source.desc(), reports.c.id.desc()).limit(1)
            after = ids.where(place > here).order_by(reports.c.source, reports.c.id).limit(1)
            found = [connection.execute(one).scalar_one_or_none() for one in (before, after)]
        return found[0], found[1]

    def report(self, key: str) -> Report[Value]:
        """A report as it was read; `key` is its id or enough of its beginning. Raises NotInCasebook."""
        with self.engine.connect() as connection:
            found = connection.execute(select(reports.c.payload).where(reports.c.id == self._id(connection, key)))
            return decode_report(zlib.decompress(found.scalar_one()))

    def _id(self, connection: Connection, key: str) -> str:
        if connection.execute(select(reports.c.id).where(reports.c.id == key)).first():
            return key
        found = connection.execute(
            select(reports.c.id).where(reports.c.id.startswith(key, autoescape=True) | (reports.c.source == key))
        ).scalars()
        ids = list(found.fetchmany(2))
        if len(ids) != 1:
            raise NotInCasebook(
                f"The casebook holds {'several reports' if ids else 'no report'} that {key!r} could mean."
            )
        return str(ids[0])

    def remove(self, key: str) -> None:
        """Takes a report with its patients and decisions out. Raises NotInCasebook."""
        with writing(self.engine) as connection:
            one_at_a_time(connection, _JOURNAL)
            report = self._id(connection, key)
            _note_change(connection, report)
            forget_words(connection, report)
            connection.execute(delete(reports).where(reports.c.id == report))

    def entries(self, key: str, reader: str | None = None) -> list[Entry]:
        """The patients of a report, hidden ones too; for a `reader` with only that reader's own decisions (blind)."""
        with self.engine.connect() as connection:
            report = self._id(connection, key)
            source = connection.execute(select(reports.c.source).where(reports.c.id == report)).scalar_one()
            found = connection.execute(
                select(patients).where(patients.c.report_id == report).order_by(patients.c.position)
            ).all()
            log = [one for one in self._log(connection, report) if reader is None or one.reader == reader]
        machines = {row.key: _read(row.machine) for row in found if row.machine}
        return [_entry(report, source, key, one) for key, one in people(machines, effective(log)).items()]

    def rows(self, keys: Collection[int] | None = None) -> Iterator[tuple[str, ReviewRow]]:
        """Source and current row of every patient that is not hidden, for tables and cohorts."""
        query = (
            select(reports.c.source, patients.c.current)
            .join(reports, reports.c.id == patients.c.report_id)
            .where(patients.c.hidden.is_(False))
            .order_by(reports.c.source, reports.c.id, patients.c.position)
        )
        if keys is not None:
            query = query.where(patients.c.id.in_(keys))
        with self.engine.connect() as connection:
            for source, current in connection.execute(query):
                yield source, msgspec.convert(_read(current), ReviewRow)

    def log(self, key: str) -> list[Decision]:
        """Every decision on a report, the oldest first, those that were taken back too."""
        with self.engine.connect() as connection:
            return self._log(connection, self._id(connection, key))

    def _log(self, connection: Connection, report: str) -> list[Decision]:
        rows = connection.execute(select(decisions).where(decisions.c.report_id == report).order_by(decisions.c.id))
        return [
            Decision(
                id=row.id,
                report=row.report_id,
                patient=row.patient,
                reader=row.reader,
                at=row.at,
                action=Action(row.action),
                column=row.column,
                value=_read(row.value),
                quote=row.quote,
                note=row.note,
            )
            for row in rows
        ]

    def decide(
        self,
        key: str,
        patient: str,
        reader: str,
        action: Action,
        *,
        column: str = "",
        value: Any = None,
        quote: str | None = None,
        note: str = "",
        seen: int | None = None,
    ) -> Entry:
        """Adds a line to the log and gives the patient's row as it is then.

        `seen` is the id of the newest decision that the reader had before him: if another reader has decided on the same cell
        since, nothing is saved and Outdated tells what. Raises NotInCasebook, DecisionRefused, Outdated.
        """
        wanted = Wanted(
            report=key, patient=patient, action=action, column=column, value=value, quote=quote, note=note, seen=seen
        )
        report = self.decide_all([wanted], reader)[0]
        return next(entry for entry in self.entries(report) if entry.patient == patient)

    def decide_all(self, wanted: Iterable[Wanted], reader: str) -> list[str]:
        """Takes many decisions of one reader, all of them or, where one is refused, none; the reports that they are on."""
        by_report: dict[str, list[Wanted]] = {}
        with writing(self.engine) as connection:
            one_at_a_time(connection, _JOURNAL)
            for one in wanted:
                by_report.setdefault(self._id(connection, one.report), []).append(one)
            for report, decided in by_report.items():
                for one in decided:
                    self._append(connection, report, one, reader)
                known = connection.execute(select(patients).where(patients.c.report_id == report)).all()
                machines = {row.key: _read(row.machine) for row in known if row.machine}
                self._store(connection, report, machines, {row.key: row for row in known})
        return list(by_report)

    def _append(self, connection: Connection, report: str, wanted: Wanted, reader: str) -> None:
        """One line of the log, after it was looked at. Raises NotInCasebook, DecisionRefused, Outdated."""
        body = connection.execute(select(reports.c.body).where(reports.c.id == report)).scalar_one()
        log = self._log(connection, report)
        keys = {row.key for row in self._keys(connection, report)}
        if wanted.patient not in keys:
            raise NotInCasebook(f"The report has no patient {wanted.patient!r}.")
        value = checked(wanted, self._machine(connection, report, wanted.patient), keys, log, reader, body)
        connection.execute(
            insert(decisions).values(
                report_id=report,
                patient=wanted.patient,
                reader=reader,
                at=now(),
                action=wanted.action.value,
                column=wanted.column,
                value=_json(value),
                quote=wanted.quote,
                note=wanted.note,
            )
        )

    def _keys(self, connection: Connection, report: str) -> Sequence[Any]:
        return connection.execute(select(patients.c.key).where(patients.c.report_id == report)).all()

    def _machine(self, connection: Connection, report: str, patient: str) -> dict[str, Any]:
        found = connection.execute(
            select(patients.c.machine).where(patients.c.report_id == report, patients.c.key == patient)
        ).scalar_one_or_none()
        return dict(_read(found)) if found else {}


_JOURNAL = "caselore journal"
"""Writers on a server wait for each other here, so that the numbers of changes become visible in their order."""


def _note_change(connection: Connection, report: str) -> None:
    """Tells the grids of all processes to load a report again."""
    connection.execute(insert(changes).values(report_id=report))


def _entry(report: str, source: str, patient: str, found: Overlaid) -> Entry:
    return Entry(
        report=report,
        source=source,
        patient=patient,
        row=in_order(found.row),
        states=msgspec.to_builtins(found.states),
        hidden=found.hidden,
    )


def _current(found: Overlaid) -> dict[str, Any]:
    """The columns of the table `patients` that follow from the current row."""
    row = found.row
    return {
        "current": _json(in_order(row)),
        "states": _json(found.states),
        "hidden": found.hidden,
        "sites": "; ".join(row.get("sites", ())),
        **{name: row.get(name) for name in (*TEXT_FACETS, *NUMBERS)},
    }


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _read(text: str) -> Any:
    return msgspec.json.decode(text)
