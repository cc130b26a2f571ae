"""The literature table as a Word document and as a workbook."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from caselore.exchange.literature import TITLE, LiteratureTable
from caselore.exchange.references import printed
from caselore.plots.libraries import xlsxwriter

if TYPE_CHECKING:
    from docx.document import Document

_LETTER_POINTS = 8
_WIDEST = 40
_THEN = datetime(2000, 1, 1, tzinfo=UTC)
"""The time in the file's properties, so that the same table makes the same file."""


def to_docx(table: LiteratureTable) -> bytes:
    """A Word document in landscape: the table, its footnotes, the references as a numbered list."""
    import docx  # slow to load, and no other table needs it
    from docx.enum.section import WD_ORIENT
    from docx.shared import Pt

    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = _THEN
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    document.styles["Normal"].font.size = Pt(_LETTER_POINTS)
    document.add_heading(TITLE, 1)
    _fill(document, table)
    document.add_paragraph(table.legend)
    for mark, note in table.footnotes.items():
        paragraph = document.add_paragraph()
        paragraph.add_run(mark).font.superscript = True
        paragraph.add_run(f" {note}")
    document.add_heading("References", 2)
    for reference in table.references:
        document.add_paragraph(f"[{reference.number}] {printed(reference)}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fill(document: Document, table: LiteratureTable) -> None:
    grid = document.add_table(rows=1, cols=len(table.headings) + 2, style="Light List")
    for cell, words in zip(grid.rows[0].cells, ("Patient", "Ref.", *table.headings), strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    for row in table.rows:
        cells = grid.add_row().cells
        cells[0].text, cells[1].text = row.patient, f"[{row.reference}]"
        for place, cell in zip(cells[2:], row.cells, strict=True):
            paragraph = place.paragraphs[0]
            paragraph.add_run(cell.text)
            if cell.marks:
                paragraph.add_run(cell.marks).font.superscript = True


def to_xlsx(table: LiteratureTable) -> bytes:
    """A workbook of three sheets: the table, notes, references. Texts are never formulas. Raises ChartsMissing."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _THEN.replace(tzinfo=None)})
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"valign": "top", "text_wrap": True})
    raised = book.add_format({"font_script": 1})
    sheet = book.add_worksheet("Patients")
    headings = ("Patient", "Ref.", *table.headings)
    sheet.write_row(0, 0, headings, bold)
    for number, row in enumerate(table.rows, 1):
        sheet.write_string(number, 0, row.patient, plain)
        sheet.write_number(number, 1, row.reference, plain)
        for column, cell in enumerate(row.cells, 2):
            if cell.marks:
                sheet.write_rich_string(number, column, cell.text, raised, cell.marks, plain)
            elif _is_number(cell.text):
                sheet.write_number(number, column, float(cell.text), plain)
            else:
                sheet.write_string(number, column, cell.text, plain)
    for column, words in enumerate(headings):
        longest = max([len(words) // 2, *(len(text) for text in _texts(table, column))])
        sheet.set_column(column, column, min(_WIDEST, longest + 2))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(headings) - 1)
    notes = book.add_worksheet("Notes")
    for number, (mark, note) in enumerate([("", table.legend), *table.footnotes.items()]):
        notes.write_string(number, 0, mark)
        notes.write_string(number, 1, note)
    references = book.add_worksheet("References")
    for number, reference in enumerate(table.references):
        references.write_number(number, 0, reference.number)
        references.write_string(number, 1, printed(reference))
    book.close()
    return out.getvalue()


def _texts(table: LiteratureTable, column: int) -> list[str]:
    if column == 0:
        return [row.patient for row in table.rows]
    return [row.cells[column - 2].text for row in table.rows] if column > 1 else []


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()
