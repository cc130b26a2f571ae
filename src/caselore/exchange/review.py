"""The review page: one HTML file with summary, table, charts, exclusions, and the quotes behind every number."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

import msgspec

from caselore.assembly.provenance import Quote, SourcedPatient, SourcedReport
from caselore.cohort.analysis import group_by
from caselore.cohort.endpoints import survival_times
from caselore.exchange.cohorts import percent
from caselore.exchange.literature import (
    JOURNAL_COLUMNS,
    UNCHECKED,
    LiteratureTable,
    heading,
    literature_table,
    number_references,
    printed_columns,
    reference_name,
)
from caselore.exchange.references import printed
from caselore.exchange.tables import cell_text
from caselore.model.cohort import CohortAnalysis, Endpoint, Exclusion, Member
from caselore.model.row import COLUMNS
from caselore.plots.lanes import patient_names
from caselore.plots.libraries import jinja2

_NO_CELLS = ("role", "label")


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A chart as SVG with the words for those who do not see it, or why there is none."""

    title: str
    words: str
    svg: bytes | None = None

    @property
    def address(self) -> str:
        """The drawing as a data URL: two drawings in one page would share the names of their parts."""
        return "data:image/svg+xml;base64," + b64encode(self.svg or b"").decode()


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence in parts, of which those that were quoted are marked, and where it stands."""

    parts: tuple[tuple[str, bool], ...]
    line: int
    page: int | None = None


class ShownCell(msgspec.Struct, frozen=True, kw_only=True):
    """A cell with what is behind it."""

    id: str
    heading: str
    text: str
    sentences: tuple[Sentence, ...]
    notes: tuple[str, ...]


class ShownPatient(msgspec.Struct, frozen=True, kw_only=True):
    """A patient with the cells that are told; `cells` by column."""

    id: str
    name: str
    role: str
    reference: int
    cells: dict[str, ShownCell]


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A patient's value and where its quotes stand."""

    name: str
    text: str
    place: str


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A number of the descriptive table and the patients it was made of."""

    words: str
    missing: int
    links: tuple[Link, ...]


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """What the page is made of. `reports` are those read; `unread` and `repeated` are sentences."""

    title: str
    analysis: CohortAnalysis
    reports: tuple[SourcedReport, ...]
    figures: tuple[Figure, ...]
    limits: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()


def to_html(review: Review) -> str:
    """The page. It loads nothing; every text of a report is escaped. Raises ChartsMissing where Jinja is not installed."""
    shown = _Shown(review)
    page: str = _template().render(
        review=review,
        analysis=review.analysis,
        unchecked=UNCHECKED,
        counts=list(shown.counts()),
        table=shown.table,
        rows=shown.rows(),
        descriptions=[
            (one.group, one.patients, list(shown.described(one.group))) for one in review.analysis.descriptions
        ],
        times=list(shown.times()),
        left_out=_reasons(review.analysis.cohort.excluded, shown),
        without_time=_reasons(review.analysis.survival.excluded if review.analysis.survival else (), shown),
        patients=list(shown.patients.values()),
        references=[(one.number, printed(one)) for one in shown.references.values()],
    )
    return page


@cache
def _template() -> Any:
    room = files("caselore.exchange") / "pages"
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["style"] = (room / "review.css").read_text(encoding="utf-8")
    return environment.from_string((room / "review.html.j2").read_text(encoding="utf-8"))


def _sentences(quotes: Iterable[Quote]) -> Iterator[Sentence]:
    """Each sentence once, with all that was quoted of it marked."""
    same: dict[str, list[Quote]] = {}
    for quote in quotes:
        same.setdefault(quote.before + quote.words + quote.after, []).append(quote)
    for text, group in same.items():
        marked = {at for one in group for at in range(len(one.before), len(one.before) + len(one.words))}
        letters = groupby(enumerate(text), key=lambda pair: pair[0] in marked)
        parts = tuple(("".join(letter for _, letter in run), is_marked) for is_marked, run in letters)
        yield Sentence(parts=parts, line=group[0].line, page=group[0].page)


def _reasons(excluded: Iterable[Exclusion], shown: _Shown) -> list[tuple[str, list[Link]]]:
    """Each reason with the patients it holds for, the most frequent first."""
    found: dict[str, list[Link]] = {}
    for one in excluded:
        found.setdefault(one.reason, []).append(shown.link(one.source, one.label, "", ""))
    return sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))


class _Shown:
    """The patients of a review by source and label, and the places of their quotes."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self.analysis = review.analysis
        self.references = number_references(review.reports)
        told = [(report.source, one.row.label) for report in review.reports for one in report.patients]
        self.names = dict(zip(told, patient_names(told), strict=True))
        self.patients: dict[tuple[str, str], ShownPatient] = {}
        for report in review.reports:
            for patient in report.patients:
                key = (report.source, patient.row.label)
                self.patients.setdefault(key, self._patient(report, patient))
        self.table = self._table()

    def _patient(self, report: SourcedReport, patient: SourcedPatient) -> ShownPatient:
        number = f"p{len(self.patients) + 1}"
        sources = {source.column: source for source in patient.sources}
        cells = {}
        for column in COLUMNS:
            text = cell_text(getattr(patient.row, column))
            if column in _NO_CELLS or not text:
                continue
            source = sources.get(column)
            notes = ["worked out from these words"] if source and source.worked_out else []
            notes += (
                [f"the report also gives {', '.join(map(cell_text, source.also))}"] if source and source.also else []
            )
            cells[column] = ShownCell(
                id=f"{number}-{column}",
                heading=heading(column),
                text=text,
                sentences=tuple(_sentences(source.quotes if source else ())),
                notes=tuple(notes),
            )
        return ShownPatient(
            id=number,
            name=self.names[report.source, patient.row.label],
            role=patient.row.role,
            reference=self.references[reference_name(report, patient)].number,
            cells=cells,
        )

    def _table(self) -> LiteratureTable:
        return literature_table(self._taken(), references=self.references)

    def _taken(self) -> Iterator[SourcedReport]:
        """The reports with those of their patients whom the selection takes, and all of them for the numbering."""
        included = {(member.source, member.row.label) for member in self.analysis.cohort.included}
        for report in self.review.reports:
            kept = tuple(one for one in report.patients if (report.source, one.row.label) in included)
            if kept:
                yield msgspec.structs.replace(report, patients=kept)

    def rows(self) -> list[tuple[ShownPatient, str, list[tuple[str, str, str]]]]:
        """For each patient of the table: who, the printed name, and each cell as text, marks and place of its quotes."""
        columns = printed_columns(self._taken(), JOURNAL_COLUMNS)
        taken = [self.patients[report.source, one.row.label] for report in self._taken() for one in report.patients]
        return [
            (
                patient,
                row.patient,
                [
                    (cell.text, cell.marks, patient.cells[column].id if column in patient.cells else "")
                    for column, cell in zip(columns, row.cells, strict=True)
                ],
            )
            for patient, row in zip(taken, self.table.rows, strict=True)
        ]

    def counts(self) -> Iterator[tuple[str, int]]:
        chosen = self.analysis.cohort
        included = [member.row.role for member in chosen.included]
        yield "reports read", len(self.review.reports)
        if self.review.unread:
            yield "reports that could not be read", len(self.review.unread)
        yield "patients whom the authors treated", included.count("index")
        yield "patients retold from other publications", included.count("cited")
        yield "patients left out", len(chosen.excluded)

    def link(self, source: str, label: str, column: str, text: str) -> Link:
        patient = self.patients[source, label]
        cell = patient.cells.get(column)
        return Link(name=patient.name, text=text, place=cell.id if cell else patient.id)

    def described(self, group: str) -> Iterator[Told]:
        """The numbers and shares of a group, each with its patients."""
        one = next(one for one in self.analysis.descriptions if one.group == group)
        grouping = group_by(self.analysis.by)
        members = [member for member in self.analysis.cohort.included if grouping(member.row) == group]
        for number in one.numbers:
            low, high = number.quartiles
            words = f"{heading(number.column)}: median {number.median:g} (quartiles {low:g} to {high:g}, range "
            words += f"{number.range[0]:g} to {number.range[1]:g}), reported for {number.of}"
            yield Told(words=words, missing=number.missing, links=tuple(self._links(members, number.column)))
        for share in one.proportions:
            if share.column == "role":
                continue  # counted above
            words = f"{heading(share.column)} {share.value}: {share.count} of {share.of}, {percent(share.share)}"
            links = tuple(self._links(members, share.column, share.value))
            yield Told(words=words, missing=share.missing, links=links)

    def _links(self, members: Sequence[Member], column: str, value: str | None = None) -> Iterator[Link]:
        for member in members:
            held = getattr(member.row, column)
            if held is not None and (value is None or str(held) == value):
                yield self.link(member.source, member.row.label, column, cell_text(held))

    def times(self) -> Iterator[tuple[str, Link, str, str]]:
        """For each patient behind the curves: group, months with their quotes, what ended the time, where that is told."""
        if (survival := self.analysis.survival) is None:
            return
        grouping = group_by(self.analysis.by)
        found, _ = survival_times(self.analysis.cohort.included, survival.endpoint, survival.time_zero, grouping)
        rows = {(member.source, member.row.label): member.row for member in self.analysis.cohort.included}
        for time in found:
            relapse = (
                survival.endpoint is Endpoint.RECURRENCE_FREE and rows[time.source, time.label].recurrence == "yes"
            )
            ends = ("months_to_recurrence", "recurrence") if relapse else ("follow_up_months", "status")
            months = self.link(time.source, time.label, ends[0], cell_text(time.months))
            told = self.link(time.source, time.label, ends[1], "")
            yield time.group, months, "event" if time.event else "censored", told.place
