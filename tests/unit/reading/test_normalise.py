"""What PDF extraction leaves, and what becomes of it; every artefact with a near miss."""

from __future__ import annotations

import pytest

from caselore.reading.text import document_from_text

LINES = [
    ("re-\nsection", "resection"),
    ("a tum-\n\norigenic virus", "a tumorigenic virus"),
    ("a case-\nbased review", "a case-based review"),
    ("intra- \nand extracranial", "intra- and extracranial"),
    ("EBV-\nassociated", "EBV-associated"),
    ("T1-\nweighted", "T1-weighted"),
    ("Lind-\nRoe", "Lind-Roe"),
    ("pages 116-\n22", "pages 116-22"),
    ("34-year-\nold", "34-year-old"),
    ("h-caldes-\nmon", "h-caldesmon"),
    ("a non-\ntender mass", "a non-tender mass"),
    ("hon\u00ad\neycomb", "honeycomb"),
    ("hon\ufffe\neycomb", "honeycomb"),
    ("hon\u00adeycomb", "honeycomb"),
    ("ﬁrst diﬃcult ﬂuid", "first difficult fluid"),
    ("3\u00a0cm\u2009×\u20092  cm", "3 cm × 2 cm"),
    ("desmin (−) and Ki‐67", "desmin (-) and Ki-67"),
    ("5–10 cells", "5–10 cells"),
    ("the patient’s “mass”", 'the patient\'s "mass"'),
    ("10 μm and 10 µm", "10 µm and 10 µm"),
    ("α-SMA", "α-SMA"),
    ("M e m o r i a l", "M e m o r i a l"),
    ("1.8 g/m² and 3 × 10⁹/L", "1.8 g/m2 and 3 × 10^9/L"),
    ("in the trunk².", "in the trunk [2]."),
    ("cafe\u0301", "café"),
]


@pytest.mark.parametrize(("raw", "text"), LINES, ids=[text for _, text in LINES])
def test_artefact(raw: str, text: str) -> None:
    assert document_from_text(raw, "any").text == text


def test_what_the_text_does_elsewhere_decides_about_a_hyphen() -> None:
    text = document_from_text(
        "The post-operative course was good. Another post-\noperative course was not.", "any"
    ).text
    assert text.endswith("Another post-operative course was not.")
    text = document_from_text("The postoperative course was good. Another post-\noperative course was not.", "any").text
    assert text.endswith("Another postoperative course was not.")


GLUED = (
    "Most arise in the limbs1. The trunk is next2,3. Roe et al4, Lind5 and Poe-Dover6 agree in 10–15%7. "
    "CD34, Bcl2, p53, T1 and H3K27me3 were tested in NF1. It was 5-10 cm2 with 3 mitoses per mm2 (5 m2)."
)


def test_glued_superscripts_become_citations_and_nothing_else_does() -> None:
    text = document_from_text(GLUED, "any").text
    assert "limbs [1]. The trunk is next [2,3]. Roe et al [4], Lind [5] and Poe-Dover [6] agree in 10–15% [7]." in text
    assert "CD34, Bcl2, p53, T1 and H3K27me3 were tested in NF1. It was 5-10 cm2 with 3 mitoses per mm2 (5 m2)." in text


def test_a_text_that_cites_in_brackets_has_no_glued_superscripts() -> None:
    raw = GLUED + " [8] Others [9] and [10], [11] or [12] too [13]."
    assert document_from_text(raw, "any").text == raw


def test_the_quote_of_a_joined_word_is_the_raw_text() -> None:
    document = document_from_text("The tumor was re-\nsected.", "any")
    span = document.offsets.to_raw(document.sentences[0].span)
    assert document.raw[span.start : span.end] == "The tumor was re-\nsected."
