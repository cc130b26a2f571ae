"""Review rows as Apache Parquet, with typed columns: lists stay lists, stains a map."""

from __future__ import annotations

import io
from collections.abc import Iterable
from importlib import import_module
from typing import Any, get_type_hints

import msgspec

from caselore.exchange.export import FormatMissing
from caselore.exchange.tables import SourceRows
from caselore.model.row import COLUMNS, ReviewRow


def _arrow(name: str) -> Any:
    """`pyarrow` or a module of it, loaded when first needed."""
    try:
        return import_module(name)
    except ImportError as error:
        raise FormatMissing("Parquet needs pyarrow, which is not installed: pip install 'caselore[batch]'.") from error


def to_parquet(tables: Iterable[SourceRows]) -> bytes:
    """All rows with their source first, zstd. Raises FormatMissing."""
    arrow = _arrow("pyarrow")
    hints = {name: str(kind) for name, kind in get_type_hints(ReviewRow).items()}
    fields = [("source", arrow.string()), *((column, _kind(arrow, hints[column])) for column in COLUMNS)]
    rows = [
        {"source": table.source, **{column: _plain(getattr(row, column)) for column in COLUMNS}}
        for table in tables
        for row in table.patients
    ]
    out = io.BytesIO()
    _arrow("pyarrow.parquet").write_table(arrow.Table.from_pylist(rows, arrow.schema(fields)), out, compression="zstd")
    return out.getvalue()


def _kind(arrow: Any, hint: str) -> Any:
    if "tuple" in hint:
        return arrow.list_(arrow.string())
    if "dict" in hint:
        return arrow.map_(arrow.string(), arrow.string())
    return arrow.float64() if "float" in hint else arrow.string()


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return list(value.items()) if isinstance(value, dict) else value


def read_parquet(content: bytes) -> list[SourceRows]:
    """The rows again. Raises FormatMissing, or ValueError for anything else."""
    _arrow("pyarrow")
    read = _arrow("pyarrow.parquet").read_table(io.BytesIO(content)).to_pylist()
    found: dict[str, list[ReviewRow]] = {}
    for line in read:
        told = {k: dict(v) if k in ("ihc", "immune") else v for k, v in line.items() if v is not None and k != "source"}
        found.setdefault(line.get("source") or "parquet", []).append(msgspec.convert(told, ReviewRow))
    return [SourceRows(source=source, patients=tuple(rows)) for source, rows in found.items()]
