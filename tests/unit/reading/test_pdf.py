"""PDF: order, hyphens, what interrupts a sentence, places on the page; and what is refused within the bounds."""

from __future__ import annotations

import io
import random
import zlib
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from caselore.assembly.report import assemble
from caselore.model.page import Box, Page, PageLine, Places
from caselore.model.text import SectionKind
from caselore.reading import pdf
from caselore.reading.bounded import load_bounded
from caselore.reading.errors import UnreadableReport
from caselore.reading.formats import format_of
from caselore.reading.text import load_bytes
from rendering import FOOTNOTE, Part, as_pdf, parts_of

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
PARTS = parts_of(load_bytes((EXAMPLES / "02_solitary_fibrous_tumor_pleura_series.txt").read_bytes(), "any"))
WORDS = sorted({word for part in PARTS for word in part.text.split() if word.isalpha() and word.islower()})


def story(paragraphs: int) -> list[Part]:
    """A title, a heading and paragraphs of three sentences; no two lines are alike."""
    chance = random.Random(7)

    def sentence() -> str:
        return " ".join(chance.choices(WORDS, k=14)).capitalize() + "."

    body = [Part("paragraph", " ".join(sentence() for _ in range(3))) for _ in range(paragraphs)]
    return [Part("title", "Leiomyosarcoma of the dura after transplantation"), Part("heading", "Case report"), *body]


STORY = story(59)


@pytest.mark.parametrize("interleaved", [False, True])
def test_two_columns_read_like_their_text(interleaved: bool) -> None:
    document = pdf.load(as_pdf(STORY, interleaved=interleaved), "any")
    assert len(document.pages) > 1
    paragraphs = document.text.split("\n\n")
    for part in STORY:
        assert part.text in paragraphs
    assert "Journal of Tests" not in document.text
    assert "Roe et al" not in document.text


def test_a_caption_does_not_interrupt_the_sentence() -> None:
    split = STORY[10].text.index(" ", 150) + 1
    parts = [
        *STORY[:10],
        Part("paragraph", STORY[10].text[:split]),
        Part("caption", "Figure 1. Axial image after contrast medium, with a dural tail."),
        Part("continued", STORY[10].text[split:]),
        *STORY[11:20],
    ]
    document = pdf.load(as_pdf(parts), "any")
    assert f"{STORY[10].text}\n\nFigure 1. Axial image after contrast medium, with a dural tail." in document.text
    assert SectionKind.CAPTION in [section.kind for section in document.sections]


def test_footnotes_are_set_apart() -> None:
    document = pdf.load(as_pdf(STORY), "any")
    notes = [s for s in document.sections if FOOTNOTE in document.text[s.span.start : s.span.end]]
    assert all(section.kind is SectionKind.BACK_MATTER for section in notes)


def test_headings_and_title_are_told_by_their_font() -> None:
    document = pdf.load(as_pdf([STORY[0], Part("heading", "A remarkable woman"), *STORY[2:12]]), "any")
    assert document.sections[0].kind is SectionKind.TITLE
    assert "\n\nA remarkable woman\n\n" in document.text


def test_evidence_tells_page_and_boxes() -> None:
    report = assemble(pdf.load(as_pdf(PARTS), "any"))
    found = [evidence for case in report.cases for fact in case.facts for evidence in fact.evidence]
    assert found
    for evidence in found:
        assert evidence.quote == report.document.raw[evidence.span.start : evidence.span.end]
        assert evidence.page is not None
        assert evidence.boxes
        assert all(40 < box.left < box.right < 560 and 50 < box.bottom < box.top < 800 for box in evidence.boxes)


def test_boxes_are_those_of_the_words() -> None:
    line = PageLine(10, 30, Box(50, 100, 150, 110), (0, 50.0, 6, 80.0, 12, 120.0))
    places = Places([Page(number=3, width=600, height=800, lines=(line,))])
    assert places.at(16, 21) == (3, (Box(80.0, 100, 120.0, 110),))
    assert places.at(22, 30) == (3, (Box(120.0, 100, 150, 110),))
    assert places.at(40, 50) == (None, ())
    assert Places([]).at(0, 5) == (None, ())


def drawn(pages: int = 1, text: str = "", encrypt: str | None = None) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(encrypt) if encrypt else None)
    for _ in range(pages):
        canvas.drawString(72, 700, text)
        canvas.rect(100, 100, 200, 200, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (drawn(), "no text layer"),
        (drawn(text="A woman came.", encrypt="secret"), "encrypted"),
        (drawn(pages=301), "301 pages; the limit is 300"),
        (b"%PDF-1.7\nand no more", "damaged"),
    ],
    ids=["scan", "encrypted", "long", "damaged"],
)
def test_what_cannot_be_read_is_one_sentence(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableReport, match=reason):
        pdf.load(data, "any")


def test_a_content_stream_that_unpacks_to_gigabytes_ends_within_the_bounds() -> None:
    packer = zlib.compressobj(9)
    stream = b"".join(packer.compress(b"BT (a) Tj ET\n" * 100_000) for _ in range(150)) + packer.flush()
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length "
        + str(len(stream)).encode()
        + b">>stream\n"
        + stream
        + b"\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>\n"
    )
    with pytest.raises(UnreadableReport):
        load_bounded("caselore.reading.pdf", body, "any", seconds=2)


def test_the_content_tells_a_pdf() -> None:
    assert format_of(as_pdf(PARTS), ".txt").name == "PDF"
