"""Patients of tables and datasets as one cohort."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from caselore.cohort.analysis import analyse
from caselore.exchange.tables import SourceRows
from caselore.model.cohort import CohortAnalysis, Endpoint, Member, TimeZero
from caselore.model.same import Repeated


def cohort(
    tables: Iterable[SourceRows],
    extra: Iterable[Member] = (),
    *,
    where: str = "",
    by: str = "",
    endpoint: Endpoint | None = None,
    start: TimeZero | None = None,
    covariates: Sequence[str] = (),
) -> CohortAnalysis:
    """The patients of review tables, and `extra` ones of a dataset: selected, described, and their survival estimated.

    A patient or report that a table says is in an earlier one too is marked as repeated; the sensitivity analysis leaves it out.
    `covariates` are columns of numbers for the Cox model. Raises WrongExpression, WrongEndpoint, StatisticsMissing.
    """
    return analyse([*members_of(tables), *extra], where, by, endpoint, start, covariates)


def members_of(tables: Iterable[SourceRows]) -> Iterator[Member]:
    """The patients of review tables; one whom a table says is in an earlier one too is marked as repeated."""
    earlier: set[str] = set()
    for table in tables:
        again = [same for same in table.same_as if same.source in earlier]
        whole = any(same.what is Repeated.REPORT for same in again)
        labels = {same.patient for same in again}
        for row in table.patients:
            yield Member(source=table.source, row=row, repeated=whole or row.label in labels)
        earlier.add(table.source)
