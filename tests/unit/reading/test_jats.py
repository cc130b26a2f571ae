"""JATS: sections, captions, tables, citations, references and metadata; and what a hostile file may not do."""

from __future__ import annotations

import pytest

from caselore.model.text import Document, SectionKind
from caselore.reading.errors import UnreadableReport
from caselore.reading.jats import load
from caselore.reading.references import read_references

ARTICLE = """<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS-archivearticle1.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink"><front>
<journal-meta><journal-title-group><journal-title>Journal of Tests</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="pmid">123</article-id><article-id pub-id-type="pmc">77</article-id>
<article-id pub-id-type="doi">10.5555/test.1</article-id>
<title-group><article-title>A tumour of the <italic>dura</italic></article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Roe</surname><given-names>Ann</given-names></name></contrib>
</contrib-group><pub-date><year>2021</year></pub-date><pub-date><year>2020</year></pub-date>
<permissions><license xlink:href="https://creativecommons.org/licenses/by/4.0/"><license-p>Open</license-p></license>
</permissions><abstract><p>A rare tumour.</p></abstract></article-meta></front>
<body>%s</body>
<back><ref-list><title>References</title><ref id="r1"><label>1.</label><element-citation>
<person-group><name><surname>Poe</surname><given-names>Edgar Al</given-names></name></person-group>
<article-title>A tale.</article-title><source>J Tale</source><year>2001</year><volume>2</volume><fpage>3</fpage>
<pub-id pub-id-type="doi">10.5555/tale</pub-id></element-citation></ref></ref-list></back></article>"""
TABLE = """<table-wrap><label>Table 1</label><caption><p>Published cases.</p></caption><table>
<tr><th>Author</th><th>Age</th></tr><tr><td rowspan="2">Poe <xref ref-type="bibr" rid="r1">1</xref></td><td>45</td></tr>
<tr><td>50</td></tr></table><table-wrap-foot><p>Age in years.</p></table-wrap-foot></table-wrap>"""


def article(body: str) -> Document:
    return load((ARTICLE % body).encode(), "any")


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(section.kind.value, section.heading) for section in document.sections]


def test_metadata_is_taken_from_the_tags() -> None:
    told = article("<p>A woman.</p>").metadata
    assert told.title == "A tumour of the dura"
    assert (told.authors, told.journal, told.year) == (("Roe Ann",), "Journal of Tests", 2020)
    assert (told.doi, told.pmid, told.pmcid) == ("10.5555/test.1", "123", "PMC77")
    assert told.licence == "https://creativecommons.org/licenses/by/4.0/"


def test_sections_follow_titles_and_types_also_in_words_of_their_own() -> None:
    document = article(
        '<sec sec-type="intro"><title>Why this matters</title><p>It is rare.</p></sec>'
        "<sec><title>A woman with headache</title><p>A 44-year-old woman.</p></sec>"
        "<sec><title>Discussion</title><p>Done.</p></sec>"
    )
    assert kinds(document) == [
        ("title", ""),
        ("abstract", ""),
        ("introduction", "Why this matters"),
        ("case", ""),
        ("discussion", "Discussion"),
        ("references", "References"),
    ]


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('seen <xref ref-type="bibr">1</xref>,<xref ref-type="bibr">2</xref>.', "seen [1,2]."),
        ('seen [<xref ref-type="bibr">1</xref>] and', "seen [1] and"),
        ('seen <xref ref-type="bibr">1</xref> and', "seen [1] and"),
        ('seen (<xref ref-type="bibr">3</xref>).', "seen [3]."),
        ('seen.<sup><xref ref-type="bibr">1</xref>–<xref ref-type="bibr">3</xref></sup> So', "seen. [1–3] So"),
        ('by <xref ref-type="bibr">Poe (2001)</xref> and', "by Poe (2001) and"),
        ('shown (<xref ref-type="fig">1</xref>)', "shown (1)"),
        ("10<sup>9</sup>/L and 3 cm<sup>2</sup>", "10^9/L and 3 cm2"),
        ("12&nbsp;mm", "12 mm"),
    ],
)
def test_inline(xml: str, text: str) -> None:
    document = article(f"<sec><title>Case report</title><p>{xml}</p></sec>")
    assert f"Case report\n\n{text}\n\n" in document.text


def test_a_figure_inside_a_sentence_stands_behind_it() -> None:
    document = article(
        "<p>The mass was <fig><label>Figure 1</label><caption><title>MRI</title><p>Axial.</p></caption></fig>3 cm wide.</p>"
    )
    assert "The mass was 3 cm wide.\n\nFigure 1. MRI. Axial." in document.text


def test_tables_are_rows_with_cells_and_cells_of_several_rows_stand_in_each() -> None:
    document = article(f"<sec><title>Discussion</title><p>See Table 1.</p>{TABLE}</sec>")
    rows = [document.text[s.span.start : s.span.end] for s in document.sentences if s.section is SectionKind.TABLE]
    assert rows == ["Table 1. Published cases.", "Author | Age", "Poe [1] | 45", "Poe [1] | 50", "Age in years."]


def test_tagged_references_are_resolved() -> None:
    (reference,) = read_references(article("<p>A woman.</p>"))
    assert (reference.number, reference.first_author, reference.year) == (1, "Poe", 2001)
    assert (reference.doi, reference.title) == ("10.5555/tale", "A tale")


def test_quotes_are_the_raw_text() -> None:
    document = article("<p>A 44-year-old woman had a 3\u00a0cm mass.</p>")
    for sentence in document.sentences:
        span = document.offsets.to_raw(sentence.span)
        words = document.text[sentence.span.start : sentence.span.end]
        assert document.raw[span.start : span.end].split() == words.split()


def test_external_entities_are_not_read(tmp_path) -> None:  # type: ignore[no-untyped-def]
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    xml = f'<!DOCTYPE article [<!ENTITY x SYSTEM "{secret.as_uri()}">]><article><body><p>A woman &x; came.</p></body></article>'
    document = load(xml.encode(), "any")
    assert "secret words" not in document.raw
    assert "A woman" in document.raw


def test_entities_are_not_expanded() -> None:
    xml = '<!DOCTYPE article [<!ENTITY x "lol">]><article><body><p>A woman &x; came.</p></body></article>'
    assert "lol" not in load(xml.encode(), "any").raw


def test_a_billion_laughs_are_refused() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    xml = f'<!DOCTYPE article [<!ENTITY l0 "lol">{laughs}]><article><body><p>A woman &l11; came.</p></body></article>'
    with pytest.raises(UnreadableReport, match="amplification"):
        load(xml.encode(), "any")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<article><body><p>A wom", "no well-formed XML"),
        (b"<?xml version='1.0'?><TEI><p>A woman</p></TEI>", "no JATS"),
        (b"<article><body></body></article>", "no text"),
        (b"<article>" + b"<sec>" * 5000 + b"</sec>" * 5000 + b"</article>", "no well-formed XML"),
    ],
)
def test_what_is_no_article_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableReport, match=reason):
        load(data, "any")
