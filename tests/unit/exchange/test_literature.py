"""The table as journals print it, in each of its four dresses."""

from __future__ import annotations

import io

import docx
import openpyxl

from caselore.assembly.provenance import CellSource, SourcedPatient, SourcedReport
from caselore.exchange.literature import LiteratureTable, literature_table, to_latex, to_markdown
from caselore.exchange.office import to_docx, to_xlsx
from caselore.model.case import Citation
from caselore.model.row import ReviewRow
from caselore.model.text import Metadata

CITED = SourcedPatient(
    row=ReviewRow(role="cited", label="Osei [2]", age_years=29, status="dead"),
    sources=(),
    citation=Citation(label="Osei [2]", doi="10.5555/x"),
)
FIRST = SourcedPatient(
    row=ReviewRow(
        role="index", label="case 1", age_years=52, diagnosis="=schwannoma", disease="NED", follow_up_months=24,
        ki67_percent=5, ihc={"S100": "positive", "SMA": "conflict"},
    ),
    sources=(
        CellSource(column="follow_up_months", quotes=(), worked_out=True),
        CellSource(column="ki67_percent", quotes=(), also=(8.0,)),
        CellSource(column="ihc", quotes=()),
    ),
)  # fmt: skip
SECOND = SourcedPatient(row=ReviewRow(role="index", label="case 2", age_years=60.5), sources=())
REPORTS = [
    SourcedReport(source="a_b", metadata=Metadata(title="Two patients"), patients=(FIRST, SECOND, CITED)),
    SourcedReport(source="c", metadata=Metadata(title="One", authors=("Roe, J",), year=2001), patients=(SECOND, CITED)),
]
COLUMNS = ("age_years", "diagnosis", "ki67_percent", "ihc", "disease", "follow_up_months", "kps")


def table() -> LiteratureTable:
    return literature_table(REPORTS, COLUMNS)


def test_names_references_and_cells() -> None:
    told = table()
    assert told.headings == ("Age (years)", "Diagnosis", "Ki-67 (%)", "Immunostains", "State", "Follow-up (months)")
    assert [(row.patient, row.reference) for row in told.rows] == [
        ("a_b, case 1", 1),
        ("a_b, case 2", 1),
        ("Osei [2]", 2),
        ("Roe 2001", 3),
        ("Osei [2]", 2),
    ]
    assert [cell.text for cell in told.rows[1].cells] == ["60.5", "–", "–", "–", "–", "–"]
    assert [one.number for one in told.references] == [1, 2, 3]


def test_footnotes_have_letters_in_the_order_of_use() -> None:
    told = table()
    assert [cell.marks for cell in told.rows[0].cells] == ["", "", "a", "b", "", "c"]
    assert list(told.footnotes) == ["a", "b", "c"]
    assert told.footnotes["a"] == "The report gives another value as well (a_b, case 1, Ki-67 (%): 8)."
    assert "both ways" in told.footnotes["b"]
    assert "Worked out" in told.footnotes["c"]
    assert told.legend.startswith("–, not reported; NED, no evidence of disease.")
    assert "DOD" not in told.legend


def test_markdown_is_a_table_with_notes_and_references() -> None:
    lines = to_markdown(table()).splitlines()
    assert len({line.count(" | ") for line in lines[:7]}) == 1
    assert lines[2].startswith(r"| a\_b, case 1 | [1] | 52 | =schwannoma | 5<sup>a</sup> |")
    assert "1. Two patients." in lines
    assert "3. Roe J. One. 2001." in lines


def test_latex_escapes_what_is_its_own() -> None:
    told = to_latex(table())
    assert r"a\_b, case 1 & [1] & 52 & =schwannoma & 5\textsuperscript{a}" in told
    assert r"Ki-67 (\%)" in told
    rows = [line for line in told.splitlines() if line.endswith(r" \\")]
    assert {line.count(" & ") for line in rows} == {7}
    assert told.count("{") - told.count("}") == told.count(r"\{") - told.count(r"\}")


def test_word_document_reads_back() -> None:
    document = docx.Document(io.BytesIO(to_docx(table())))
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells[0][:3] == ["Patient", "Ref.", "Age (years)"]
    assert cells[1][-1] == "24c"
    assert document.tables[0].cell(1, 7).paragraphs[0].runs[1].font.superscript
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    assert "[1] Two patients." in paragraphs
    assert any(text.startswith("b The same specimen") for text in paragraphs)
    assert document.sections[0].page_width > document.sections[0].page_height


def test_workbook_reads_back_and_holds_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(table())))
    assert book.sheetnames == ["Patients", "Notes", "References"]
    sheet = book["Patients"]
    assert [cell.value for cell in sheet[1]][:3] == ["Patient", "Ref.", "Age (years)"]
    assert (sheet["C2"].value, sheet["C3"].value, sheet["H2"].value) == (52, 60.5, "24c")
    assert (sheet["D2"].value, sheet["D2"].data_type) == ("=schwannoma", "s")
    assert book["References"]["B1"].value == "Two patients."
    assert book["Notes"]["A2"].value == "a"


def test_files_are_the_same_each_time() -> None:
    assert to_xlsx(table()) == to_xlsx(table())


def test_nobody_is_an_empty_table() -> None:
    empty = literature_table([])
    assert empty.rows == ()
    assert to_markdown(empty).startswith("| Patient | Ref. |")
    assert to_docx(empty)
    assert to_xlsx(empty)
    assert r"\begin{longtable}" in to_latex(empty)
