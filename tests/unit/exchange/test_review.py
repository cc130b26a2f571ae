"""The review page: every link leads somewhere, every number has its patients, every text is escaped."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from caselore import service
from caselore.exchange.tables import SourceRows
from caselore.model.cohort import CAVEAT, Endpoint
from caselore.model.row import ReviewRow
from caselore.reading.sources import report_files

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
ODD = SourceRows(
    source="a <b> & 'c'",
    patients=(
        ReviewRow(
            role="index", label="case 1", age_years=40, sex="male", status="dead", follow_up_months=5, recurrence="yes",
            months_to_recurrence=2, surgery="resection", diagnosis='<script>alert("1")</script>',
        ),
        ReviewRow(role="index", label="case 2", sex="female"),
    ),
)  # fmt: skip


class Page(HTMLParser):
    """The ids, links, addresses and open elements of a page."""

    void = frozenset({"meta", "img", "br", "link", "input"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append(tag)
        if tag not in self.void:
            self.open.append(tag)
        self.ids += [told["id"]] if told.get("id") else []
        self.links += [told["href"]] if tag == "a" and told.get("href") else []
        self.loaded += [told["src"]] if told.get("src") else []
        assert not any(name.startswith("on") for name in told), "no script in attributes"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def html() -> str:
    files = report_files(
        [EXAMPLES / "02_solitary_fibrous_tumor_pleura_series.txt", EXAMPLES / "05_gist_stomach_letter.txt"]
    )
    return service.review(list(service.table(files, with_sources=True)), [ODD], by="sex")


def test_page_is_well_formed_and_loads_nothing(html: str) -> None:
    page = Page(html)
    assert page.open == []
    assert all(address.startswith("data:image/svg+xml;base64,") for address in page.loaded)
    assert len(page.loaded) == 3
    assert not {"script", "link", "iframe"} & set(page.tags)
    assert "default-src 'none'" in html


def test_every_link_leads_to_one_place(html: str) -> None:
    page = Page(html)
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert all(link.startswith("#") for link in page.links)


def test_texts_of_reports_are_escaped(html: str) -> None:
    assert "&lt;script&gt;alert" in html
    assert "<script" not in html
    assert "a &lt;b&gt; &amp; &#39;c&#39;" in html


def test_numbers_have_their_patients_and_quotes(html: str) -> None:
    age = re.search(r"<details><summary>Age \(years\): median 58.*?</details>", html, re.S) or re.search(
        r"<details><summary>Age \(years\).*?</details>", html, re.S
    )
    assert age is not None
    places = re.findall(r'href="#(p\d+-age_years)"', age[0])
    assert places
    for place in places:
        cell = re.search(rf'<div class="cell" id="{place}">.*?</div>\n</div>', html, re.S)
        assert cell is not None
        assert "<blockquote>" in cell[0] or "No quote is at hand" in cell[0]
    assert "<mark>" in html


def test_caveat_counts_exclusions_and_references_are_told(html: str) -> None:
    assert CAVEAT in html
    assert "<strong>3</strong> reports read" in html
    assert "Review of 3 reports with 5 patients" in html
    assert re.search(r"status not reported: 1</summary>\s*<ul><li><a href=\"#p\d\">a &lt;b&gt;", html)
    assert html.count('<li id="reference-') == 3


def test_times_of_recurrence_free_survival_lead_to_the_recurrence() -> None:
    html = service.review([], [ODD], endpoint=Endpoint.RECURRENCE_FREE)
    assert re.search(r'<a href="#p1-months_to_recurrence">a &lt;b&gt;[^<]*: 2</a>', html)
    assert '<a href="#p1-recurrence">event</a>' in html
    assert "surgery not reported: 1" in html


def test_selection_and_nothing_to_draw_are_told() -> None:
    html = service.review([], [ODD], where="age_years > 120")
    assert "<code>age_years &gt; 120</code>" in html
    assert "No patient has a usable time, so there is no curve to draw." in html
    assert "not: age_years &gt; 120: 1" in html
    assert Page(html).open == []


def test_title_is_escaped_too() -> None:
    assert "<title>&lt;i&gt;</title>" in service.review([], [ODD], title="<i>")


def test_two_patients_of_one_label_keep_their_own_cells() -> None:
    rows = [ReviewRow(role="cited", label="Roe [3]", age_years=age) for age in (30, 50)]
    html = service.review([], [SourceRows(source="a", patients=tuple(rows))])
    page = Page(html)
    assert len(page.ids) == len(set(page.ids))
    assert re.search(r'<a href="#p2-age_years">50</a>', html)
    assert "Roe [3] (2)" in html
