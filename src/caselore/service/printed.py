"""The table of many reports as journals print it, and its references."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from caselore.exchange.literature import JOURNAL_COLUMNS, LiteratureTable, to_latex, to_markdown
from caselore.exchange.literature import literature_table as table_of
from caselore.exchange.office import to_docx, to_xlsx
from caselore.exchange.references import Reference, to_bibtex, to_ris
from caselore.service.tables import Outcome

TABLE_FORMATS: dict[str, Callable[[LiteratureTable], str | bytes]] = {
    "md": to_markdown,
    "latex": to_latex,
    "docx": to_docx,
    "xlsx": to_xlsx,
}
REFERENCE_FORMATS: dict[str, Callable[[Iterable[Reference]], str]] = {"bib": to_bibtex, "ris": to_ris}


def literature_table(outcomes: Iterable[Outcome], columns: Sequence[str] | None = None) -> LiteratureTable:
    """The table of outcomes that were read with their sources; without `columns` those that journals usually print."""
    reports = [outcome.sourced for outcome in outcomes if outcome.sourced is not None]
    return table_of(reports, columns or JOURNAL_COLUMNS)
