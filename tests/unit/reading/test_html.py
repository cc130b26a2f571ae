"""HTML: the main text with captions, tables and references, without what surrounds it."""

from __future__ import annotations

import pytest

from caselore.model.text import Document, SectionKind
from caselore.reading.html import load
from caselore.reading.references import read_references

PAGE = """<!doctype html><html><head><title>Site</title><meta name="citation_doi" content="10.5555/abc">
<meta name="citation_author" content="Roe A"><meta name="citation_publication_date" content="2020/05/01">
<style>p {}</style></head><body><nav><a href="/">Home</a></nav><div class="cookie-banner">We use cookies.</div>
<header>Journal of Tests</header><article><h1>A tumour of the dura</h1>%s</article>
<div id="related-articles">Others read this.</div><footer>Imprint</footer></body></html>"""
REFERENCES = (
    "<h2>References</h2><ol><li>Poe E. A tale. J Tale 2001;2:3.</li><li>Doe J. A song. J Song 2002;1:1.</li></ol>"
)


def page(body: str) -> Document:
    return load((PAGE % body).encode(), "any")


def test_only_the_article_is_read() -> None:
    document = page("<h2>Case report</h2><p>A 44-year-old woman came.</p><script>alert('x')</script>")
    assert document.text == "A tumour of the dura\n\nCase report\n\nA 44-year-old woman came."
    assert [section.kind.value for section in document.sections] == ["title", "case"]


def test_metadata_of_the_head() -> None:
    told = page("<p>A woman.</p>").metadata
    assert (told.doi, told.authors, told.year) == ("10.5555/abc", ("Roe A",), 2020)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a <b>firm</b>&nbsp;mass", "a firm mass"),
        ('seen <a href="#B1">1</a> and', "seen [1] and"),
        ('seen [<a href="#ref-2">2</a>].', "seen [2]."),
        ('seen in Figure <a href="#fig1">1</a>.', "seen in Figure 1."),
        ("seen before.<sup>2,3</sup> So", "seen before. [2,3] So"),
        ("10<sup>9</sup>/L", "10^9/L"),
        ("one<br>two", "one two"),
    ],
)
def test_inline(html: str, text: str) -> None:
    assert page(f"<h2>Case report</h2><p>{html}</p>").text.endswith(f"\n\n{text}")


def test_captions_and_tables_are_kept() -> None:
    document = page(
        "<h2>Case report</h2><p>A woman came.</p><figure><img src=x><figcaption>Figure 1. MRI.</figcaption></figure>"
        "<table><caption>Table 1. Cases</caption><tr><th>Age<th>Sex<tr><td>3<td>M</table>"
    )
    assert document.text.endswith("Figure 1. MRI.\n\nTable 1. Cases\n\nAge | Sex\n3 | M")
    assert [section.kind for section in document.sections][-2:] == [SectionKind.CAPTION, SectionKind.TABLE]


def test_list_items_of_the_references_are_numbered() -> None:
    found = read_references(page("<h2>Discussion</h2><p>It is rare.</p>" + REFERENCES))
    assert [(one.number, one.first_author, one.year) for one in found] == [(1, "Poe", 2001), (2, "Doe", 2002)]


def test_encoding_of_the_page_is_followed() -> None:
    data = '<html><head><meta charset="iso-8859-1"></head><body><p>Müller</p></body></html>'.encode("latin-1")
    assert load(data, "any").raw == "Müller"


def test_a_page_in_a_frame_of_furniture_classes_is_still_read() -> None:
    assert (
        load(b"<html><body><div class='related'><p>A woman came.</p></div></body></html>", "any").raw == "A woman came."
    )
