"""What else it could be: the differential of typed stains, and of the patients of a report."""

from __future__ import annotations

from collections.abc import Sequence

from caselore.differential.answer import Circumstances, NothingToWeigh, is_index, of_case, of_typed
from caselore.differential.panel import load_panel
from caselore.model.case import Report
from caselore.model.differential import Differential
from caselore.model.fact import Value


def differential(
    stains: str, *, age: float | None = None, sites: Sequence[str] = (), with_prior: bool = False
) -> Differential:
    """The diagnoses that fit stains such as "SMA+ desmin- S100- CD34+ (focal) STAT6?", and the next stain worth doing.

    Age and sites count only with a prior, which is on when any of the three is given. Raises WrongStains, WrongSite,
    NothingToWeigh, BrokenPanel.
    """
    used = with_prior or age is not None or bool(sites)
    return of_typed(stains, load_panel(), Circumstances(used=used, age=age, sites=tuple(sites)))


def differential_of(report: Report[Value], *, with_prior: bool = False) -> tuple[Differential, ...]:
    """For each of the authors' own patients with stains to weigh: the differential, against the stated diagnosis.

    Raises NothingToWeigh where no patient has any.
    """
    found = []
    for case in filter(is_index, report.cases):
        try:
            found.append(of_case(case, report.document.source, load_panel(), with_prior))
        except NothingToWeigh:
            continue
    if not found:
        raise NothingToWeigh(
            f"{report.document.source} tells no stain of the authors' own patients that the panel knows."
        )
    return tuple(found)
