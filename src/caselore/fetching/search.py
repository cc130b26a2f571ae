"""Finds open-access articles in PubMed Central (E-utilities) and Europe PMC."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any

import msgspec

from caselore.fetching.client import Client, batches
from caselore.fetching.errors import FetchFailed

CATALOGUES = ("pmc", "europepmc", "both")
MOST = 9_999
"""ESearch gives at most 9,999 identifiers of one query."""
_SUMMARY_BATCH = 200
_PAGE = 1_000
_OPEN_IN_PMC = "(open_access[Filter] OR author_manuscript[Filter])"
_OPEN_IN_EUROPE = "OPEN_ACCESS:y"


class Found(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One article of a search. `catalogues` tells who found it; without a `pmcid` it cannot be fetched."""

    catalogues: tuple[str, ...]
    pmcid: str | None = None
    pmid: str | None = None
    doi: str | None = None
    title: str | None = None
    authors: str | None = None
    journal: str | None = None
    year: int | None = None


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """The articles in the order of the catalogue, how many there are in all, and what the catalogue remarked."""

    found: tuple[Found, ...]
    total: int
    remarks: tuple[str, ...] = ()


def search_articles(client: Client, query: str, catalogue: str, most: int, about: dict[str, str]) -> Findings:
    """At most `most` articles of each catalogue asked. Raises FetchFailed."""
    if catalogue == "pmc":
        return search_pmc(client, query, most, about)
    if catalogue == "europepmc":
        return search_europepmc(client, query, most)
    return merge(search_pmc(client, query, most, about), search_europepmc(client, query, most))


def search_pmc(client: Client, query: str, most: int, about: dict[str, str]) -> Findings:
    """ESearch for the identifiers, ESummary for what they are."""
    common: dict[str, str | int] = {"db": "pmc", "retmode": "json", **about}
    asked = {**common, "term": f"({query}) AND {_OPEN_IN_PMC}", "retmax": min(most, MOST), "sort": "relevance"}
    result = _part(client.get_json("pmc", "esearch.fcgi", asked), "esearchresult")
    if "ERROR" in result:
        raise FetchFailed(f"PubMed Central does not understand the query: {result['ERROR']}")
    numbers = [str(number) for number in _list(result.get("idlist")) if str(number).isdecimal()][:most]
    found: list[Found] = []
    for batch in batches(numbers, _SUMMARY_BATCH):
        summaries = _part(client.get_json("pmc", "esummary.fcgi", {**common, "id": ",".join(batch)}), "result")
        found += [_of_summary(number, summaries.get(number)) for number in batch]
    return Findings(found=tuple(found), total=_number(result.get("count")) or len(found), remarks=_remarks(result))


def _of_summary(number: str, summary: Any) -> Found:
    summary = summary if isinstance(summary, dict) else {}
    names = [str(author.get("name")) for author in _list(summary.get("authors")) if isinstance(author, dict)]
    others = {
        str(one.get("idtype")): str(one.get("value") or "") or None
        for one in _list(summary.get("articleids"))
        if isinstance(one, dict)
    }
    return Found(
        catalogues=("pmc",),
        pmcid=f"PMC{number}",
        pmid=others["pmid"] if others.get("pmid") not in (None, "0") else None,
        doi=others.get("doi"),
        title=_words(summary.get("title")),
        authors=_authors(names),
        journal=_words(summary.get("source")),
        year=_year(summary.get("pubdate") or summary.get("epubdate")),
    )


def _remarks(result: dict[str, Any]) -> tuple[str, ...]:
    """Words that the catalogue left out of the query: the answer is then to another question."""
    lists = [one for one in (result.get("errorlist"), result.get("warninglist")) if isinstance(one, dict)]
    left_out = [
        str(phrase)
        for one in lists
        for key in ("phrasesnotfound", "phrasesignored", "quotedphrasesnotfound")
        for phrase in _list(one.get(key))
    ]
    return tuple(f"PubMed Central did not search for {phrase!r}." for phrase in left_out)


def search_europepmc(client: Client, query: str, most: int) -> Findings:
    """Page by page with a cursor, until enough have come or the cursor ends."""
    found: list[Found] = []
    cursor, total = "*", 0
    while len(found) < most:
        asked: dict[str, str | int] = {
            "query": f"({query}) AND {_OPEN_IN_EUROPE}",
            "resultType": "lite",
            "format": "json",
            "pageSize": min(_PAGE, most - len(found)),
            "cursorMark": cursor,
        }
        answer = client.get_json("europepmc", "search", asked)
        if answer.get("errMsg"):
            raise FetchFailed(f"Europe PMC does not understand the query: {answer['errMsg']}")
        total = _number(answer.get("hitCount")) or total
        page = _list(_part(answer, "resultList").get("result"))
        found += [_of_result(one) for one in page if isinstance(one, dict)]
        following = str(answer.get("nextCursorMark") or "")
        if not page or following in ("", cursor):
            break
        cursor = following
    return Findings(found=tuple(found[:most]), total=max(total, len(found)))


def _of_result(result: dict[str, Any]) -> Found:
    pmcid = str(result.get("pmcid") or "").upper()
    return Found(
        catalogues=("europepmc",),
        pmcid=pmcid if re.fullmatch(r"PMC\d+", pmcid) else None,
        pmid=_words(result.get("pmid")),
        doi=_words(result.get("doi")),
        title=_words(result.get("title")),
        authors=_authors([name for name in str(result.get("authorString") or "").rstrip(".").split(", ") if name]),
        journal=_words(result.get("journalTitle")),
        year=_year(result.get("pubYear")),
    )


def merge(first: Findings, second: Findings) -> Findings:
    """Articles of both, each once: first those of the first. The same PMCID or DOI is the same article."""
    merged: list[Found] = []
    places: dict[str, int] = {}
    for one in (*first.found, *second.found):
        keys = [key.lower() for key in (one.pmcid, one.doi) if key]
        known = next((places[key] for key in keys if key in places), None)
        if known is None:
            known = len(merged)
            merged.append(one)
        else:
            merged[known] = _joined(merged[known], one)
        places.update(dict.fromkeys(keys, known))
    return Findings(
        found=tuple(merged), total=max(first.total, second.total, len(merged)), remarks=first.remarks + second.remarks
    )


def _joined(one: Found, other: Found) -> Found:
    """What `one` does not tell is taken from `other`."""
    gaps = {name: getattr(other, name) for name in Found.__struct_fields__ if getattr(one, name) is None}
    catalogues = tuple(dict.fromkeys((*one.catalogues, *other.catalogues)))
    return msgspec.structs.replace(one, **{**gaps, "catalogues": catalogues})


def _part(answer: dict[str, Any], key: str) -> dict[str, Any]:
    part = answer.get(key)
    if not isinstance(part, dict):
        error = answer.get("error") or answer.get("esummaryresult")
        raise FetchFailed(f"The catalogue answers without {key!r}{f': {error}' if error else ''}.")
    return part


def _list(value: Any) -> list[Any]:
    """A list that the catalogue left out, or gave in another shape, is empty."""
    return value if isinstance(value, list) else []


def _authors(names: Sequence[str]) -> str | None:
    if not names:
        return None
    return names[0] if len(names) == 1 else f"{names[0]} et al."


def _words(value: Any) -> str | None:
    """Text without the markup that titles carry."""
    return " ".join(html.unescape(re.sub(r"</?\w+[^<>]*>", "", str(value or ""))).split()) or None


def _year(value: Any) -> int | None:
    match = re.search(r"\b(1[89]|20)\d\d\b", str(value or ""))
    return int(match[0]) if match else None


def _number(value: Any) -> int:
    return int(value) if str(value or "").isdecimal() else 0
