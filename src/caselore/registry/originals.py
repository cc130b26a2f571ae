"""The files that reports came from, where the reader shows their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, select

from caselore.registry.errors import NotInCasebook
from caselore.registry.schema import originals, reports

if TYPE_CHECKING:
    from caselore.registry.casebook import Casebook

_PDF = "application/pdf"
LARGEST = 30_000_000
"""Bytes of a file that is kept; of a larger one there is the text alone."""


def keep_original(connection: Connection, report: str, content: bytes | None) -> None:
    """Keeps the PDF of a report, once; one text may have several files, and the first of them is kept."""
    if content is None or len(content) > LARGEST or not content[:1024].count(b"%PDF-"):
        return
    known = select(originals.c.report_id).where(originals.c.report_id == report)
    if connection.execute(known).first() is None:
        connection.execute(insert(originals).values(report_id=report, media_type=_PDF, content=content))


def has_original(book: Casebook, report: str) -> bool:
    """Whether there are pages of a report, named by its whole id."""
    with book.engine.connect() as connection:
        query = select(originals.c.report_id).where(originals.c.report_id == report)
        return connection.execute(query).first() is not None


def original_of(book: Casebook, report: str) -> bytes:
    """The PDF of a report, named by its whole id or its source. Raises NotInCasebook where there is none."""
    query = (
        select(originals.c.content)
        .join(reports, reports.c.id == originals.c.report_id)
        .where((reports.c.id == report) | (reports.c.source == report))
        .limit(1)
    )
    with book.engine.connect() as connection:
        found = connection.execute(query).scalar_one_or_none()
    if found is None:
        raise NotInCasebook(
            "The casebook has no pages of that report: it did not come from a PDF, or from one that is too large."
        )
    return bytes(found)
