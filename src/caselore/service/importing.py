"""Patients from the formats of others: review rows, as `table` makes them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Any

import msgspec

from caselore.assembly.row import review_rows
from caselore.exchange.cells import cell_value
from caselore.exchange.parquet import read_parquet
from caselore.exchange.phenopacket_reading import read_packet
from caselore.exchange.redcap import read_records
from caselore.exchange.tables import SourceRows
from caselore.model.case import Report
from caselore.model.fact import Value
from caselore.model.row import COLUMNS, ReviewRow
from caselore.reading.errors import NothingToRead
from caselore.service.exporting import SIDECAR, restore, restored


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds, and what is worth knowing of it."""

    tables: tuple[SourceRows, ...]
    warnings: tuple[str, ...] = ()


def import_file(path: Path) -> Imported:
    """The patients of a phenopacket, a review table (JSON, CSV, Parquet), a REDCap CSV or a sidecar.

    Raises NothingToRead, with file and reason, for anything else.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NothingToRead(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.") from error
    if path.name.endswith(SIDECAR):
        reports, changed = restore(path)
        warnings = [
            f"{path.parent / name} was changed or taken away since; the sidecar still has what was there."
            for name in changed
        ]
        return Imported(tables=_rows(reports), warnings=tuple(warnings))
    return import_content(str(path), content)


def import_content(name: str, content: bytes) -> Imported:
    """The patients of the content of a file of that name, as `import_file`; no other file is looked at."""
    try:
        if name.endswith(SIDECAR):
            return Imported(tables=_rows(restored(content)))
        return Imported(tables=tuple(_tables(PurePath(name), content)))
    except (ValueError, KeyError, UnicodeDecodeError) as error:
        raise NothingToRead(f"{name} cannot be imported: {error}.") from error


def _rows(reports: Iterable[Report[Value]]) -> tuple[SourceRows, ...]:
    return tuple(SourceRows(source=report.document.source, patients=review_rows(report)) for report in reports)


def _tables(path: PurePath, content: bytes) -> list[SourceRows]:
    if path.suffix == ".parquet":
        return read_parquet(content)
    if path.suffix == ".csv":
        text = content.decode("utf-8-sig")
        return read_records(text) if text.startswith("record_id") else _review_table(text)
    if path.suffix == ".json":
        if content.lstrip()[:1] == b"[":
            return msgspec.json.decode(content, type=list[SourceRows])
        return [read_packet(content, path.name.removesuffix(".json").removesuffix(".phenopacket"))]
    raise ValueError("phenopackets are .json, review tables .json, .csv or .parquet, REDCap .csv")


def _review_table(text: str) -> list[SourceRows]:
    """What `caselore table --format csv` wrote, corrected by people or not."""
    reader = csv.DictReader(io.StringIO(text))
    missing = {"role", "label"} - set(reader.fieldnames or ())
    if missing:
        raise ValueError(f"it has no column {sorted(missing)[0]!r}")
    found: dict[str, list[ReviewRow]] = {}
    for line in reader:
        told: dict[str, Any] = {}
        for column in COLUMNS:
            value = cell_value(column, line.get(column) or "")
            if value is not None:
                told[column] = value
        found.setdefault(line.get("source") or "table", []).append(msgspec.convert(told, ReviewRow))
    return [SourceRows(source=source, patients=tuple(rows)) for source, rows in found.items()]
