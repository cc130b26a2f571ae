"""A literature table of a JATS article becomes cited patients with their publications."""

from __future__ import annotations

from pathlib import Path

import caselore

ARTICLE = """<?xml version="1.0"?>
<article><front><article-meta><title-group><article-title>Chordoma of the nasal septum: a case report</article-title></title-group>
</article-meta></front>
<body><sec><title>Case report</title><p>A 37-year-old man presented with nasal obstruction.</p></sec>
<sec><title>Discussion</title><p>Published patients are listed in <xref ref-type="table" rid="t1">Table 1</xref>.</p>
<table-wrap id="t1"><label>Table 1</label><caption><p>Published cases of septal chordoma.</p></caption>
<table><thead><tr>
<th>Authors</th>
<th>Age (years)</th>
<th>Sex</th>
<th>Treatment</th>
<th>Follow-up (months)</th>
<th>Status</th></tr></thead>

<tbody><tr><td>Lindqvist <xref ref-type="bibr" rid="r1">1</xref></td><td>52</td>
<td>F</td><td>Total resection</td><td>18</td><td>NED</td></tr>
<tr><td>Osei et al. <xref ref-type="bibr" rid="r2">2</xref></td><td>29</td>
<td>M</td><td>Biopsy + RT</td><td>NR</td><td>Dead</td></tr></tbody>
</table></table-wrap></sec></body>
<back><ref-list><title>References</title>
<ref id="r1"><label>1</label>
<mixed-citation>Lindqvist A. A chordoma of the nose. Rhinol Stories 1991;3:4-6. doi:10.5555/septum.1</mixed-citation></ref>
<ref id="r2"><label>2</label>
<mixed-citation>Osei K, Brandt L. Nasal chordoma. Skull Tales 2008;1:9.</mixed-citation></ref>
</ref-list></back></article>
"""


def test_rows_are_cited_patients_with_author_year_and_doi(tmp_path: Path) -> None:
    path = tmp_path / "article.nxml"
    path.write_text(ARTICLE, encoding="utf-8")
    report = caselore.read(path)
    cited = [case.patient.citation for case in report.cases if case.patient.role == "cited"]
    assert [(one.author, one.year, one.doi) for one in cited if one] == [
        ("Lindqvist", 1991, "10.5555/septum.1"),
        ("Osei", 2008, None),
    ]
    rows = {row.age_years: row for row in caselore.rows(report)}
    assert (rows[52].sex, rows[52].disease, rows[52].follow_up_months) == ("female", "NED", 18)
    assert (rows[29].radiotherapy, rows[29].status, rows[29].follow_up_months) == ("yes", "dead", None)
    for case in report.cases:
        for fact in case.facts:
            assert all(e.quote == report.document.raw[e.span.start : e.span.end] for e in fact.evidence)
