"""Patients of a casebook in the formats of others, as their readers left them; and any export as one archive."""

from __future__ import annotations

import io
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from caselore.exchange.export import Export
from caselore.service.exporting import export

if TYPE_CHECKING:
    from caselore.registry.casebook import Casebook
    from caselore.registry.find import Query


def export_casebook(book: Casebook, to: str, created: str, query: Query | None = None) -> Export:
    """The patients that a query of the grid lets in (all without one), decisions laid over what was read.

    The files, the loss report and the sidecar are those of `export`. Raises NotInCasebook where nobody is let in, and where
    it would be too many reports at once.
    """
    asked = query or import_module("caselore.registry.find").Query()
    return export(import_module("caselore.registry.chosen").chosen_reports(book, asked), to, created)


def zipped(made: Export, created: str) -> bytes:
    """The files of an export in one archive; the same time gives the same bytes. `created` is RFC 3339."""
    time = datetime.fromisoformat(created)
    stamp = (time.year, time.month, time.day, time.hour, time.minute, time.second)
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in sorted(made.files.items()):
            archive.writestr(ZipInfo(name, date_time=stamp), content, ZIP_DEFLATED)
    return buffer.getvalue()
