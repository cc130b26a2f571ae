"""From a query to articles."""

from __future__ import annotations

import pytest

from caselore.fetching.client import Client
from caselore.fetching.errors import FetchFailed
from caselore.fetching.search import Findings, Found, merge, search_articles
from fakes.library import Fault, Library, StoredArticle

ABOUT = {"tool": "tests", "email": "a@example.org"}


@pytest.fixture(autouse=True)
def shelf(books: Library) -> None:
    books.articles += [
        StoredArticle("PMC11", b"", title="Sarcoma of the elbow", pmid=5, doi="10.1000/a", year=2011),
        StoredArticle("PMC12", b"", title="Another sarcoma of the elbow"),
        StoredArticle("PMC13", b"", title="A broken elbow"),
    ]


def test_pubmed_central(books: Library, client: Client) -> None:
    findings = search_articles(client, "sarcoma elbow", "pmc", 10, ABOUT)
    assert [one.pmcid for one in findings.found] == ["PMC11", "PMC12"]
    assert findings.found[0] == Found(
        catalogues=("pmc",),
        pmcid="PMC11",
        pmid="5",
        doi="10.1000/a",
        title="Sarcoma of the elbow",
        authors="Okafor A et al.",
        journal="J Elbows",
        year=2011,
    )
    assert findings.found[1].pmid is None
    _, asked, _ = books.requests[0]
    assert asked["term"] == "(sarcoma elbow) AND (open_access[Filter] OR author_manuscript[Filter])"
    assert (asked["tool"], asked["email"]) == ("tests", "a@example.org")


def test_no_more_than_asked_for_but_the_total_is_told(client: Client) -> None:
    findings = search_articles(client, "elbow", "pmc", 2, ABOUT)
    assert (len(findings.found), findings.total) == (2, 3)


def test_long_lists_are_asked_for_in_batches(books: Library, client: Client) -> None:
    books.articles += [StoredArticle(f"PMC{number}", b"", title="wrist") for number in range(1000, 1450)]
    findings = search_articles(client, "wrist", "pmc", 9_999, ABOUT)
    assert len({one.pmcid for one in findings.found}) == 450
    assert books.asked("esummary") == 3


def test_words_that_were_not_searched_for_are_said(client: Client) -> None:
    assert search_articles(client, "xyzzy", "pmc", 10, ABOUT) == Findings(
        found=(), total=0, remarks=("PubMed Central did not search for 'xyzzy'.",)
    )


def test_query_that_is_not_understood(client: Client) -> None:
    with pytest.raises(FetchFailed, match="does not understand the query: Unbalanced"):
        search_articles(client, "[", "pmc", 10, ABOUT)


def test_error_instead_of_a_result(books: Library, client: Client) -> None:
    books.stumble("esearch", Fault(body=b'{"error": "API rate limit exceeded"}'))
    with pytest.raises(FetchFailed, match="API rate limit exceeded"):
        search_articles(client, "elbow", "pmc", 10, ABOUT)


def test_europe_pmc_page_by_page(books: Library, client: Client) -> None:
    books.articles += [StoredArticle(f"PMC{number}", b"", title="wrist") for number in range(1000, 3500)]
    findings = search_articles(client, "wrist", "europepmc", 9_999, ABOUT)
    assert len({one.pmcid for one in findings.found}) == 2500
    assert [query["cursorMark"] for _, query, _ in books.requests] == ["*", "1000", "2000"]
    assert findings.found[0].title == "wrist."
    assert books.requests[0][1]["query"] == "(wrist) AND OPEN_ACCESS:y"


def test_cursor_that_stands_still_ends_the_search(books: Library, client: Client) -> None:
    still = b'{"hitCount": 9, "nextCursorMark": "*", "resultList": {"result": [{"pmcid": "PMC11"}]}}'
    books.stumble("europepmc", Fault(body=still))
    findings = search_articles(client, "elbow", "europepmc", 50, ABOUT)
    assert (len(findings.found), findings.total) == (1, 9)


def test_both_catalogues_list_an_article_once(client: Client) -> None:
    findings = search_articles(client, "elbow", "both", 50, ABOUT)
    assert [one.pmcid for one in findings.found] == ["PMC11", "PMC12", "PMC13"]
    assert all(one.catalogues == ("pmc", "europepmc") for one in findings.found)


def test_merging_by_doi_fills_gaps_only() -> None:
    first = Findings(found=(Found(catalogues=("pmc",), pmcid="PMC1", doi="10.1/A", title="One"),), total=1)
    second = Findings(
        found=(
            Found(catalogues=("europepmc",), doi="10.1/a", title="Uno", year=1999),
            Found(catalogues=("europepmc",), doi="10.1/b", title="One"),
        ),
        total=7,
    )
    merged = merge(first, second)
    assert merged.found[0] == Found(catalogues=("pmc", "europepmc"), pmcid="PMC1", doi="10.1/A", title="One", year=1999)
    assert [one.doi for one in merged.found] == ["10.1/A", "10.1/b"]
    assert merged.total == 7
