"""Agreement with curated rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from caselore.evaluation.agreement import Agreement, agreement
from caselore.exchange.tables import SourceRows
from caselore.reading.errors import NothingToRead


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
