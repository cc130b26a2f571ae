"""Questions to a lake, answered in place by DuckDB over its Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec

from caselore.batch.lake import Input, Lake, LakeUnusable
from caselore.batch.libraries import library
from caselore.exchange.tables import SourceRows
from caselore.model.row import COLUMNS, ReviewRow

_AT_ONCE = 2_000


def ask(lake: Lake, sql: str, values: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The lines that a SELECT gives; each table of the lake is there under its name.

    Raises LakeUnusable for a query that cannot be run, BatchMissing.
    """
    duckdb = library("duckdb")
    connection = duckdb.connect()
    try:
        for table in ("reports", "patients", "facts", "events", "rows", "failures"):
            if any((lake.folder / table).glob("*.parquet")):
                files = str(lake.folder / table / "*.parquet").replace("'", "''")
                connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{files}')")
        connection.execute(sql, values)
        while lines := connection.fetchmany(_AT_ONCE):
            yield from lines
    except duckdb.Error as error:
        raise LakeUnusable(
            f"{lake.folder} cannot be read ({str(error).splitlines()[0]}); caselore batch --verify tells what is damaged, "
            "and --resume reads it again."
        ) from error
    finally:
        connection.close()


def tables_of(lake: Lake) -> Iterator[SourceRows]:
    """The review rows of a lake, report by report. The whole of them is never in memory."""
    columns = ", ".join(f'"{name}"' for name in COLUMNS)
    lines = ask(lake, f"SELECT input, {columns} FROM rows ORDER BY input, role DESC, patient")
    for name, group in groupby(lines, key=itemgetter(0)):
        yield SourceRows(source=name, patients=tuple(_row(line[1:]) for line in group))


def inputs_of(lake: Lake, names: set[str]) -> Iterator[Input]:
    """The inputs with these names, to be read again."""
    for shard in lake.plan().shards:
        yield from (one for one in lake.inputs(shard.number) if one.name in names)


def _row(cells: tuple[Any, ...]) -> ReviewRow:
    told = {name: cell for name, cell in zip(COLUMNS, cells, strict=True) if cell is not None}
    return msgspec.convert(told, ReviewRow)
