"""The reports of chosen patients, as their readers left them."""

from __future__ import annotations

import msgspec

from caselore.model.case import Report
from caselore.model.fact import Value
from caselore.registry.casebook import Casebook
from caselore.registry.curated import curated
from caselore.registry.errors import NotInCasebook
from caselore.registry.find import Query, find

MOST_REPORTS = 1000
"""More are exported part by part, by filters: each is held in memory with its text."""
_PAGE = 1000


def chosen_reports(book: Casebook, query: Query) -> list[Report[Value]]:
    """The reports of the patients that a query of the grid lets in, with these patients only, decisions laid over them.

    Raises NotInCasebook where nobody is let in, and for more than MOST_REPORTS reports.
    """
    wanted: dict[str, set[str]] = {}
    asked = msgspec.structs.replace(query, page=1, size=_PAGE)
    while True:
        page = find(book.engine, asked, ())
        for line in page.lines:
            wanted.setdefault(line.report, set()).add(line.patient)
        if len(wanted) > MOST_REPORTS:
            raise NotInCasebook(f"More than {MOST_REPORTS} reports are too many at once; filter them into parts.")
        if asked.page * _PAGE >= page.total:
            break
        asked = msgspec.structs.replace(asked, page=asked.page + 1)
    if not wanted:
        raise NotInCasebook("No patient fits, so that there is nothing to export.")
    return [_report(book, key, patients) for key, patients in wanted.items()]


def _report(book: Casebook, key: str, patients: set[str]) -> Report[Value]:
    return curated(book.report(key), [entry for entry in book.entries(key) if entry.patient in patients])
