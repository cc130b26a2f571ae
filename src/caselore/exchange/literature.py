"""The literature table as journals print it: chosen columns, footnotes for what was worked out, numbered references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from caselore.assembly.provenance import CellSource, SourcedPatient, SourcedReport
from caselore.exchange.references import Reference, of_citation, printed, tex
from caselore.exchange.tables import cell_text
from caselore.model.text import Metadata

JOURNAL_COLUMNS = (
    "age_years", "sex", "diagnosis", "sites", "laterality", "largest_dimension_mm", "surgery", "margin", "radiotherapy",
    "rt_dose_gy", "agents", "recurrence", "months_to_recurrence", "metastases", "status", "disease", "follow_up_months",
)  # fmt: skip
"""What is printed where no columns are chosen."""
SILENT = "–"
TITLE = "Published patients"

_HEADINGS = {
    "age_years": "Age (years)",
    "laterality": "Side",
    "symptom_duration_months": "Symptoms (months)",
    "largest_dimension_mm": "Size (mm)",
    "immune": "Immune status",
    "ihc": "Immunostains",
    "ki67_percent": "Ki-67 (%)",
    "mitoses_per_10_hpf": "Mitoses per 10 HPF",
    "kps": "KPS",
    "rt_dose_gy": "Dose (Gy)",
    "rt_fractions": "Fractions",
    "rt_technique": "Technique",
    "agents": "Drugs",
    "months_to_recurrence": "Recurrence after (months)",
    "disease": "State",
    "follow_up_months": "Follow-up (months)",
}
_ABBREVIATIONS = {
    "NED": "no evidence of disease",
    "AWD": "alive with disease",
    "DOD": "dead of disease",
    "DOC": "dead of another cause",
}
_PAGE_CM, _NAME_CM, _NUMBER_CM = 20.0, 2.4, 0.8
WORKED_OUT = "Worked out from what the report prints: other units, dates, a range or a bound."
CONFLICT = "The same specimen is told both ways."
UNCHECKED = "Read from the reports by rules; not checked by a person."
ALSO = "The report gives another value as well"


class PrintedCell(msgspec.Struct, frozen=True, kw_only=True):
    """A cell and the letters of its footnotes."""

    text: str
    marks: str = ""


class PrintedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One patient: the name, the number of the reference, and a cell for each column."""

    patient: str
    reference: int
    cells: tuple[PrintedCell, ...]


class LiteratureTable(msgspec.Struct, frozen=True, kw_only=True):
    """Headings and rows of equal length, footnotes by letter, what else stands below, and the references."""

    headings: tuple[str, ...]
    rows: tuple[PrintedRow, ...]
    footnotes: dict[str, str]
    legend: str
    references: tuple[Reference, ...]


def heading(column: str) -> str:
    """The heading of a column as a journal prints it."""
    return _HEADINGS.get(column, column.replace("_", " ").capitalize())


def printed_columns(reports: Iterable[SourcedReport], columns: Sequence[str]) -> tuple[str, ...]:
    """Those of the columns that hold something for somebody."""
    rows = [patient.row for report in reports for patient in report.patients]
    return tuple(column for column in columns if any(cell_text(getattr(row, column)) for row in rows))


def literature_table(
    reports: Iterable[SourcedReport],
    columns: Sequence[str] = JOURNAL_COLUMNS,
    references: Mapping[str, Reference] | None = None,
) -> LiteratureTable:
    """The table of these reports; a column that is empty for everybody is left out.

    `references` are those of a larger collection, when the table is a part of it.
    """
    reports = list(reports)
    references = references or number_references(reports)
    kept = printed_columns(reports, columns)
    footnotes = _Footnotes()
    rows = []
    for report in reports:
        for patient in report.patients:
            number = references[reference_name(report, patient)].number
            sources = {source.column: source for source in patient.sources}
            who = patient.row.label if patient.row.role == "cited" else _name(report, patient)
            cells = tuple(_cell(patient, column, sources.get(column), who, footnotes) for column in kept)
            rows.append(PrintedRow(patient=who, reference=number, cells=cells))
    return LiteratureTable(
        headings=tuple(heading(column) for column in kept),
        rows=tuple(rows),
        footnotes=footnotes.told(),
        legend=_legend(rows),
        references=tuple(references.values()),
    )


def number_references(reports: Sequence[SourcedReport]) -> dict[str, Reference]:
    """A reference for each report and each publication it retells patients of, numbered as they come in the table."""
    found: dict[str, Reference] = {}
    for report in reports:
        own = Reference(number=len(found) + 1, name=report.source, metadata=report.metadata)
        own = found.setdefault(report.source, own)
        for patient in report.patients:
            name = reference_name(report, patient)
            told = of_citation(patient.citation) if patient.citation else Metadata()
            cited = Reference(number=len(found) + 1, name=_cited_as(patient), metadata=told, cited_in=own.number)
            found.setdefault(name, cited)
    return found


def reference_name(report: SourcedReport, patient: SourcedPatient) -> str:
    """What a patient's publication is told apart by: the report, or for a cited patient DOI or citation within it."""
    if patient.row.role == "index":
        return report.source
    doi = patient.citation.doi if patient.citation else None
    return doi or f"{report.source}: {_cited_as(patient)}"


def _cited_as(patient: SourcedPatient) -> str:
    return patient.citation.label if patient.citation else patient.row.label


def _name(report: SourcedReport, patient: SourcedPatient) -> str:
    """Author and year where the file tells them, else its name; with the label where it tells of several patients."""
    told = report.metadata
    name = f"{told.authors[0].split(',')[0]} {told.year}" if told.authors and told.year else report.source
    several = sum(one.row.role == "index" for one in report.patients) > 1
    return f"{name}, {patient.row.label}" if several else name


def _cell(
    patient: SourcedPatient, column: str, source: CellSource | None, who: str, footnotes: _Footnotes
) -> PrintedCell:
    value = getattr(patient.row, column)
    text = cell_text(value)
    if not text:
        return PrintedCell(text=SILENT)
    marks = []
    if source and source.worked_out:
        marks.append(footnotes.mark(WORKED_OUT))
    if source and source.also:
        marks.append(footnotes.mark(ALSO, f"{who}, {heading(column)}: {', '.join(map(cell_text, source.also))}"))
    if isinstance(value, dict) and "conflict" in value.values():
        marks.append(footnotes.mark(CONFLICT))
    return PrintedCell(text=text, marks="".join(sorted(marks)))


class _Footnotes:
    """Letters in the order of their first use; what a footnote says of single cells is gathered behind it."""

    def __init__(self) -> None:
        self._details: dict[str, list[str]] = {}

    def mark(self, note: str, detail: str = "") -> str:
        details = self._details.setdefault(note, [])
        if detail:
            details.append(detail)
        return self._letter(note)

    def _letter(self, note: str) -> str:
        return "abc"[list(self._details).index(note)]

    def told(self) -> dict[str, str]:
        return {
            self._letter(note): f"{note} ({'; '.join(details)})." if details else note
            for note, details in self._details.items()
        }


def _legend(rows: Sequence[PrintedRow]) -> str:
    texts = {cell.text for row in rows for cell in row.cells}
    told = [f"{short}, {words}" for short, words in _ABBREVIATIONS.items() if short in texts]
    return "; ".join([f"{SILENT}, not reported", *told]) + f". {UNCHECKED}"


def to_markdown(table: LiteratureTable) -> str:
    """GitHub-flavoured Markdown, the references as a numbered list."""
    lines = [_line(("Patient", "Ref.", *table.headings)), _line(["---"] * (len(table.headings) + 2))]
    for row in table.rows:
        cells = [_markdown(cell.text) + (f"<sup>{cell.marks}</sup>" if cell.marks else "") for cell in row.cells]
        lines.append(_line((_markdown(row.patient), f"[{row.reference}]", *cells)))
    notes = [table.legend, *(f"<sup>{mark}</sup> {_markdown(note)}" for mark, note in table.footnotes.items())]
    references = [f"{one.number}. {_markdown(printed(one))}" for one in table.references]
    return "\n".join([*lines, "", "  \n".join(notes), "", *references]) + "\n"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _markdown(text: str) -> str:
    """Signs that Markdown or HTML in it would take for their own."""
    text = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"\\{sign}" if sign in "|*_`[]\\" else sign for sign in text)


def to_latex(table: LiteratureTable) -> str:
    """A longtable for a page in landscape, to be put into a document that loads the packages array and longtable."""
    header = " & ".join(rf"\textbf{{{tex(one)}}}" for one in ("Patient", "Ref.", *table.headings))
    return "\n".join(
        [
            "% \\usepackage{array,longtable}; for a wide table also \\usepackage{pdflscape} and \\begin{landscape}",
            r"{\footnotesize\setlength{\tabcolsep}{2pt}",
            rf"\begin{{longtable}}{{{_latex_columns(table)}}}",
            r"\hline",
            rf"{header} \\ \hline \endhead",
            *_latex_rows(table),
            r"\hline",
            r"\end{longtable}}",
            r"\noindent " + tex(table.legend).replace(SILENT, "--"),
            *(rf"\\ \textsuperscript{{{mark}}} {tex(note)}" for mark, note in table.footnotes.items()),
            r"\begin{enumerate}",
            *(rf"\item {tex(printed(one))}" for one in table.references),
            r"\end{enumerate}",
            "",
        ]
    )


def _latex_columns(table: LiteratureTable) -> str:
    """Widths in cm that fill a page in landscape, wider where the longest word or the average text is longer."""
    texts = [[row.cells[number].text for row in table.rows] for number in range(len(table.headings))]
    wishes = [_wish(heading, column) for heading, column in zip(table.headings, texts, strict=True)]
    scale = _PAGE_CM / (sum(wishes) or 1)
    widths = [_NAME_CM, _NUMBER_CM, *(wish * scale for wish in wishes)]
    return "".join(rf">{{\raggedright\arraybackslash}}p{{{width:.1f}cm}}" for width in widths)


def _wish(heading: str, texts: Sequence[str]) -> float:
    words = [len(word) for text in (heading, *texts) for word in text.split()]
    return max(words) + sum(map(len, texts)) / max(1, len(texts))


def _latex_rows(table: LiteratureTable) -> Iterator[str]:
    for row in table.rows:
        cells = [tex(cell.text).replace(SILENT, "--") for cell in row.cells]
        marked = [
            text + (rf"\textsuperscript{{{cell.marks}}}" if cell.marks else "")
            for text, cell in zip(cells, row.cells, strict=True)
        ]
        yield " & ".join([tex(row.patient), f"[{row.reference}]", *marked]) + r" \\"
