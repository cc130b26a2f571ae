"""The process that reads: one report of a shard after the other, and at the end it writes the shard's tables.

It is asked by `run`, which outlives it when a report makes it hang or crash.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from caselore.assembly.report import assemble
from caselore.batch.gates import Gate
from caselore.batch.inputs import read_bytes
from caselore.batch.lake import Done, Input, Lake, PlannedShard, TableFile, digest, write_whole
from caselore.batch.libraries import library
from caselore.batch.tables import (
    READ,
    SET_ASIDE,
    TABLES,
    Lines,
    lines_of_failure,
    lines_of_report,
    lines_set_aside,
    no_lines,
    schema,
)
from caselore.language.kept import keep_in, keep_now
from caselore.reading.child import answer_requests
from caselore.reading.errors import UnreadableReport
from caselore.reading.formats import load


class Begin(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A shard; `failed` are the places of inputs that made an earlier try hang or crash, with the reason.

    `answers` is the folder of what readers need not work out anew at each start.
    """

    lake: str
    shard: PlannedShard
    root: str
    triage: bool
    failed: dict[int, str]
    answers: str | None = None


class Read(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The input at a place of the shard."""

    place: int


class Finish(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The tables are to be written."""


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`done` answers a Finish; `failure` is why the shard cannot be done at all."""

    done: Done | None = None
    failure: str | None = None


Request = Begin | Read | Finish


def serve() -> None:
    """What the process does."""
    reader = _Reader()
    answer_requests(lambda message: msgspec.msgpack.encode(reader.answer(message)))


@cache
def _get_ready(answers: str | None) -> None:
    """Formats, terms and patterns are loaded before the clock of the first report starts."""
    keep_in(Path(answers) if answers else None)
    assemble(load(b"A 40-year-old man was treated.", "none", ".txt"))
    keep_now()


class _Reader:
    def __init__(self) -> None:
        self._begun: Begin | None = None
        self._inputs: tuple[Input, ...] = ()
        self._lines: dict[int, Lines] = {}

    def answer(self, message: bytes) -> Answer:
        request: Request = msgspec.msgpack.decode(message, type=Request)
        try:
            match request:
                case Begin():
                    self._begin(request)
                case Read(place=place):
                    self._lines[place] = self._read(self._inputs[place])
                case Finish():
                    return Answer(done=self._finish())
        except Exception as error:  # a folder that cannot be written, a library that is missing
            return Answer(failure=f"{type(error).__name__}: {error}")
        return Answer()

    def _begin(self, begun: Begin) -> None:
        _get_ready(begun.answers)
        self._begun = begun
        self._inputs = Lake.at(begun.lake).inputs(begun.shard.number)
        self._lines = {
            place: lines_of_failure(self._inputs[place], None, reason) for place, reason in begun.failed.items()
        }

    def _read(self, one: Input) -> Lines:
        assert self._begun is not None
        sha256 = None
        try:
            gate = Gate(self._begun.root, triage=self._begun.triage)
            if reason := gate.before(one):
                return lines_set_aside(one, None, reason)
            data = read_bytes(self._begun.root, one)
            sha256 = digest(data)
            document = load(data, one.stem, one.suffix)
            if reason := gate.after(document):
                return lines_set_aside(one, sha256, reason)
            return lines_of_report(one, sha256, assemble(document))
        except UnreadableReport as error:
            return lines_of_failure(one, sha256, str(error))
        except Exception as error:  # one broken report must not lose the other ninety-nine
            return lines_of_failure(one, sha256, f"it broke the reader ({type(error).__name__}: {error})")

    def _finish(self) -> Done:
        assert self._begun is not None
        lake, shard = Lake.at(self._begun.lake), self._begun.shard
        lines = no_lines()
        for place in sorted(self._lines):
            for table, more in self._lines[place].items():
                lines[table] += more
        files = {table: _write(lake, table, shard.number, lines[table]) for table in TABLES}
        outcomes = [line["outcome"] for line in lines["reports"]]
        done = Done(
            shard=shard.digest,
            read=outcomes.count(READ),
            set_aside=outcomes.count(SET_ASIDE),
            failures=len(lines["failures"]),
            files=files,
        )
        write_whole(lake.done_file(shard.number), msgspec.json.encode(done))
        self._lines = {}
        keep_now()
        return done


def _write(lake: Lake, table: str, number: int, lines: list[dict[str, Any]]) -> TableFile:
    """One Parquet file. The same lines always give the same bytes."""
    arrow, parquet = library("pyarrow"), library("pyarrow.parquet")
    sink = arrow.BufferOutputStream()
    parquet.write_table(arrow.Table.from_pylist(lines, schema=schema(table)), sink, compression="zstd")
    data = sink.getvalue().to_pybytes()
    write_whole(lake.table_file(table, number), data)
    return TableFile(rows=len(lines), digest=digest(data))
