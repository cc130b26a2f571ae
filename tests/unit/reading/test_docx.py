"""Word files: styles, tables, superscripts; and what is refused."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from caselore.model.text import Document
from caselore.reading.docx import load
from caselore.reading.errors import UnreadableReport


def saved(build) -> Document:  # type: ignore[no-untyped-def]
    file = docx.Document()
    build(file)
    out = io.BytesIO()
    file.save(out)
    return load(out.getvalue(), "any")


def report(file) -> None:  # type: ignore[no-untyped-def]
    file.add_heading("A tumour of the dura", 0)
    file.add_heading("Case report", 1)
    paragraph = file.add_paragraph("A 44-year-old woman came as before.")
    paragraph.add_run("2,3").font.superscript = True
    file.add_paragraph("Figure 1. MRI of the head.")
    file.add_paragraph("Table 1. Cases")
    table = file.add_table(2, 2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("Age", "Sex", "3", "M"), strict=True):
        cell.text = text
    file.add_heading("References", 1)
    file.add_paragraph("1. Poe E. A tale. J Tale 2001;2:3.")


def test_styles_tables_and_superscripts() -> None:
    document = saved(report)
    assert [s.kind.value for s in document.sections] == ["title", "case", "caption", "table", "references"]
    assert "came as before. [2,3]\n\n" in document.text
    assert "Age | Sex\n3 | M" in document.text


def test_merged_cells_stand_once_a_row() -> None:
    def build(file) -> None:  # type: ignore[no-untyped-def]
        table = file.add_table(2, 2)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Age and sex"
        table.cell(1, 0).text, table.cell(1, 1).text = "3", "M"

    assert saved(build).text == "Age and sex\n3 | M"


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 and no more", "damaged"),
        (zipped(other_xml=b"<a/>"), "no Word document"),
        (zipped(word__document_xml=b"<a/>"), "no readable Word"),
        (zipped(word__document_xml=b" " * 100_000_001), "unpacks to more"),
    ],
    ids=["truncated", "other", "broken", "bomb"],
)
def test_what_is_no_word_file_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableReport, match=reason):
        load(data, "any")


def test_a_broken_part_is_refused_when_it_is_first_used() -> None:
    whole = io.BytesIO()
    file = docx.Document()
    report(file)
    file.save(whole)
    out = io.BytesIO()
    with zipfile.ZipFile(whole) as read, zipfile.ZipFile(out, "w") as written:
        for name in read.namelist():
            data = read.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(b"wordprocessingml.styles+xml", b"wordprocessingml.stiles+xml")
            written.writestr(name, data)
    with pytest.raises(UnreadableReport, match="save it as"):
        load(out.getvalue(), "any")
