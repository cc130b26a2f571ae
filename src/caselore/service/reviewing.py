"""The review page of reports, tables and casebooks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from caselore.assembly.provenance import SourcedPatient, SourcedReport
from caselore.cohort.datasets import Dataset
from caselore.exchange.review import Figure, Review, to_html
from caselore.exchange.tables import SourceRows
from caselore.model.cohort import CohortAnalysis, Endpoint, Member, TimeZero
from caselore.model.same import SameAs
from caselore.model.text import Metadata
from caselore.plots.lanes import Courses
from caselore.plots.style import NothingToDraw, TooManyGroups
from caselore.service.charts import chart_file, forest_chart, survival_chart, swimmer_chart
from caselore.service.cohorts import cohort
from caselore.service.tables import Outcome

if TYPE_CHECKING:
    from altair import TopLevelMixin


def review(
    outcomes: Sequence[Outcome],
    saved: Sequence[SourceRows] = (),
    casebook: Dataset | None = None,
    *,
    title: str | None = None,
    where: str = "",
    by: str = "",
    endpoint: Endpoint = Endpoint.OVERALL,
    start: TimeZero | None = None,
) -> str:
    """One HTML page about the patients of outcomes that were read with their sources, of saved tables, and of a casebook.

    Raises WrongExpression, WrongEndpoint, StatisticsMissing, ChartsMissing.
    """
    read = [(outcome.sourced, outcome.rows.same_as) for outcome in outcomes if outcome.sourced and outcome.rows]
    given = [*read, *((_of_table(table), table.same_as) for table in saved)]
    told = _told_apart([report for report, _ in given])
    tables = [
        SourceRows(source=report.source, patients=tuple(one.row for one in report.patients), same_as=same)
        for report, (_, same) in zip(told, given, strict=True)
    ]
    members = casebook.members if casebook else ()
    reports = (*told, *map(_of_member, members))
    analysis = cohort(tables, members, where=where, by=by, endpoint=endpoint, start=start)
    return to_html(
        Review(
            title=title or _title(len(reports), len(analysis.cohort.included)),
            analysis=analysis,
            reports=reports,
            figures=tuple(_figures(analysis, courses(told))),
            limits=casebook.limits if casebook else (),
            unread=tuple(outcome.failure for outcome in outcomes if outcome.failure is not None),
            repeated=tuple(words for table in tables for same in table.same_as for words in [_repeated(table, same)]),
        )
    )


def _told_apart(reports: Iterable[SourcedReport]) -> list[SourcedReport]:
    """The reports with a number behind a label that the same source has twice: two patients retold from one publication."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for report in reports:
        patients = []
        for patient in report.patients:
            label = patient.row.label
            seen[report.source, label] += 1
            if (again := seen[report.source, label]) > 1:
                row = msgspec.structs.replace(patient.row, label=f"{label} ({again})")
                patient = msgspec.structs.replace(patient, row=row)
            patients.append(patient)
        found.append(msgspec.structs.replace(report, patients=tuple(patients)))
    return found


def _title(reports: int, patients: int) -> str:
    counts = [
        f"{reports} {'report' if reports == 1 else 'reports'}",
        f"{patients} {'patient' if patients == 1 else 'patients'}",
    ]
    return f"Review of {counts[0]} with {counts[1]}"


def _of_table(table: SourceRows) -> SourcedReport:
    """A saved table holds no quotes."""
    patients = tuple(SourcedPatient(row=row, sources=()) for row in table.patients)
    return SourcedReport(source=table.source, metadata=Metadata(), patients=patients)


def _of_member(member: Member) -> SourcedReport:
    """A patient of a casebook stands for a report of its own, named by its reference."""
    told = Metadata(title=f"{member.row.label}. {member.reference}" if member.reference else None)
    return SourcedReport(source=member.source, metadata=told, patients=(SourcedPatient(row=member.row, sources=()),))


def courses(reports: Iterable[SourcedReport]) -> Courses:
    """The told events of each patient, for the lanes of a swimmer chart."""
    return {(report.source, one.row.label): one.events for report in reports for one in report.patients}


def _repeated(table: SourceRows, same: SameAs) -> str:
    told = ", ".join(same.reasons)
    if same.patient is None:
        return f"{table.source} seems to be the same report as {same.source} ({told})."
    return f"{same.patient} of {table.source} seems to be {same.other_patient} of {same.source} ({told})."


def _figures(analysis: CohortAnalysis, told: Courses) -> Iterator[Figure]:
    definition = analysis.survival.definition if analysis.survival else ""
    yield _figure(
        "Survival",
        f"Kaplan-Meier curve, {definition}. The times are listed below it.",
        lambda: survival_chart(analysis),
    )
    yield _figure(
        "Courses",
        "One lane a patient with recurrence, death and last contact. The times are in the table of patients.",
        lambda: swimmer_chart(analysis, told),
    )
    yield _figure(
        "Shares",
        "Shares with exact intervals. The same figures are in the summary, with the patients behind each.",
        lambda: forest_chart(analysis),
    )


def _figure(title: str, words: str, draw: Callable[[], TopLevelMixin]) -> Figure:
    """A chart, or the reason why there is none."""
    try:
        return Figure(title=title, words=words, svg=chart_file(draw(), "svg"))
    except (NothingToDraw, TooManyGroups) as error:
        return Figure(title=title, words=str(error))
