"""Charts of cohorts and of one patient, and the files they are written to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from caselore.cohort.analysis import group_by
from caselore.model.case import Case, Report
from caselore.model.cohort import CohortAnalysis
from caselore.model.fact import Value
from caselore.plots.files import WRITERS
from caselore.plots.forest import COLUMNS, forest
from caselore.plots.kaplan_meier import kaplan_meier
from caselore.plots.lanes import Courses, lanes
from caselore.plots.style import NothingToDraw
from caselore.plots.swimmer import swimmer
from caselore.plots.timeline import timeline

if TYPE_CHECKING:
    from altair import TopLevelMixin

CHART_FORMATS = tuple(WRITERS)
"""What a chart can be written as; "json" is its Vega-Lite specification."""


class UnknownPatient(ValueError):
    """The report has no patient of that label, or several and none was named; the message lists them."""


def survival_chart(analysis: CohortAnalysis) -> TopLevelMixin:
    """The Kaplan-Meier curves of an analysis with an endpoint. Raises NothingToDraw, TooManyGroups, ChartsMissing."""
    if analysis.survival is None:
        raise NothingToDraw("The analysis has no endpoint, so there is no curve to draw.")
    return kaplan_meier(analysis.survival, _about(analysis))


def swimmer_chart(analysis: CohortAnalysis, courses: Courses | None = None) -> TopLevelMixin:
    """A lane for each patient of a cohort, in its groups. Raises NothingToDraw, TooManyGroups, ChartsMissing."""
    return swimmer(*lanes(analysis.cohort.included, group_by(analysis.by), courses), _about(analysis))


def forest_chart(analysis: CohortAnalysis, columns: Sequence[str] = COLUMNS) -> TopLevelMixin:
    """The exact proportions of a cohort, without the column it is grouped by.

    Raises NothingToDraw, TooManyGroups, ChartsMissing.
    """
    return forest(analysis.descriptions, [one for one in columns if one != analysis.by], _about(analysis))


def timeline_chart(report: Report[Value], label: str | None = None) -> TopLevelMixin:
    """The events of one patient of a report. Raises UnknownPatient, NothingToDraw, ChartsMissing."""
    return timeline(_case(report, label), report.document.source)


def chart_file(chart: TopLevelMixin, style: str) -> bytes:
    """A chart in one of CHART_FORMATS. Raises ChartsMissing."""
    return WRITERS[style](chart)


def _about(analysis: CohortAnalysis) -> str:
    chosen = analysis.cohort
    if not chosen.where:
        return ""
    return f"{len(chosen.included)} of {len(chosen.included) + len(chosen.excluded)} patients, where {chosen.where}"


def _case(report: Report[Value], label: str | None) -> Case[Value]:
    """The case of that label; without one the only case, or the only one that the authors treated."""
    if label is None:
        index = [case for case in report.cases if case.patient.role == "index"]
        found = index if len(index) == 1 else list(report.cases)
    else:
        found = [case for case in report.cases if case.patient.label.casefold() == label.casefold()]
    if len(found) != 1:
        labels = ", ".join(case.patient.label for case in report.cases) or "nobody"
        wish = "no patient was named" if label is None else f"{label!r} is none of its patients"
        raise UnknownPatient(f"{report.document.source}: {wish}; it tells of {labels}.")
    return found[0]
