"""The verbs of caselore: command line, web and notebooks call these."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import msgspec

from caselore.assembly.patients import SegmentShares, segment_shares
from caselore.assembly.report import assemble
from caselore.assembly.row import review_rows
from caselore.evaluation.agreement import Agreement, agreement
from caselore.exchange.tables import SourceRows
from caselore.model.case import Report
from caselore.model.fact import Value
from caselore.model.row import ReviewRow
from caselore.reading.errors import UnreadableReport
from caselore.reading.text import document_from_text, load_bytes

__all__ = ["SegmentShares", "segment_shares"]

REPORT_SUFFIXES = (".txt",)
"""Files that are taken from a folder; a file that is named is read whatever its suffix."""


class NothingToRead(ValueError):
    """A path does not exist or holds no report; the message is a sentence for the user."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file of a batch: its rows, or the reason why there are none."""

    path: str
    rows: SourceRows | None = None
    failure: str | None = None
    warnings: tuple[str, ...] = ()


def read(path: str | Path) -> Report[Value]:
    """The Report of one file. Raises UnreadableReport, or NothingToRead for a path that is no file."""
    path = Path(path)
    if not path.is_file():
        kind = "is a folder; use `caselore table` for folders" if path.is_dir() else "does not exist"
        raise NothingToRead(f"{path} {kind}.")
    try:
        return assemble(load_bytes(path.read_bytes(), path.stem))
    except OSError as error:
        raise UnreadableReport(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.") from error
    except UnreadableReport as error:
        raise UnreadableReport(f"{path}: {error}") from error


def read_text(text: str, source: str = "text") -> Report[Value]:
    """The Report of a text; `source` names it in outputs."""
    return assemble(document_from_text(text, source))


def rows(report: Report[Value]) -> tuple[ReviewRow, ...]:
    """The review rows of a report's patients, index patients first."""
    return review_rows(report)


def report_files(paths: Iterable[str | Path]) -> list[Path]:
    """The reports among files and folders (searched to any depth), each once, folders in name order.

    Raises NothingToRead for a path that does not exist or a folder without reports.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in REPORT_SUFFIXES and not p.is_dir())
            if not inside:
                raise NothingToRead(f"{path} holds no reports (files ending in {', '.join(REPORT_SUFFIXES)}).")
            found.update(dict.fromkeys(inside))
        elif path.exists() or path.is_symlink():
            found[path] = None
        else:
            raise NothingToRead(f"{path} does not exist.")
    return list(found)


def table(files: Iterable[Path], jobs: int = 1) -> Iterator[Outcome]:
    """The review rows of each file, in the order given. A file that cannot be read is an Outcome with its reason.

    `jobs` processes work side by side; the order stays.
    """
    if jobs == 1:
        yield from map(_table_of_file, files)
        return
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        yield from pool.map(_table_of_file, files, chunksize=4)


def _table_of_file(path: Path) -> Outcome:
    return _outcome(path, lambda: read(path))


def _outcome(path: Path, load: Callable[[], Report[Value]]) -> Outcome:
    try:
        report = load()
        result = SourceRows(source=report.document.source, patients=review_rows(report))
    except (UnreadableReport, NothingToRead) as error:
        return Outcome(path=str(path), failure=str(error))
    except Exception as error:  # one broken report must not lose the other ninety-nine
        return Outcome(
            path=str(path), failure=f"{path} broke the reader ({type(error).__name__}: {error}); please report it."
        )
    return Outcome(path=str(path), rows=result, warnings=report.warnings)


def evaluate(gold: Path, tables: Iterable[SourceRows], patients: str = "all") -> Agreement:
    """Agreement of review rows with the curated rows in the `*.json` files of a folder.

    Raises NothingToRead when the folder holds none or one of them is no curated report.
    """
    curated = load_curated(gold)
    return agreement(curated, [as_builtins(one) for one in tables], patients)


def as_builtins(table: SourceRows) -> dict[str, Any]:
    """The rows of a report as plain dicts and lists, as in the JSON of the output contract."""
    rows: dict[str, Any] = msgspec.to_builtins(table)
    return rows


def load_curated(folder: Path) -> list[dict[str, Any]]:
    """The curated reports of a folder: one JSON object with "source" and "patients" a file, in name order."""
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not files:
        raise NothingToRead(f"{folder} holds no curated rows (*.json).")
    curated = []
    for path in files:
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise NothingToRead(f"{path} is not readable JSON: {error}.") from error
        if not isinstance(content, dict) or not isinstance(content.get("patients"), list) or "source" not in content:
            raise NothingToRead(
                f'{path} is no curated report: an object with "source" and a list "patients" is expected.'
            )
        curated.append(content)
    return curated


def load_table(path: Path) -> list[SourceRows]:
    """A table that `caselore table --format json` wrote; raises NothingToRead for anything else."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[SourceRows])
    except (OSError, msgspec.DecodeError) as error:
        raise NothingToRead(f"{path} is no review table: {error}.") from error
