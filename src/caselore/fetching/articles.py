"""Brings articles from the open-access bucket of PubMed Central into a folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path

import msgspec

from caselore.fetching.cache import Cache, deliver
from caselore.fetching.client import Client
from caselore.fetching.errors import FetchFailed, NotThere
from caselore.fetching.identifiers import Asked, PmcId, Resolved, resolve
from caselore.fetching.metadata import Article, Wish, read_article, reason_to_skip


class Ending(StrEnum):
    """What became of an article."""

    FETCHED = "fetched"
    ALREADY_THERE = "already there"
    SKIPPED = "skipped"
    FAILED = "failed"


class Fetched(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One article that was asked for: where its file is, or why there is none."""

    asked: str
    ending: Ending
    pmcid: str | None = None
    version: int | None = None
    path: str | None = None
    title: str | None = None
    doi: str | None = None
    pmid: str | None = None
    citation: str | None = None
    licence: str | None = None
    retracted: bool = False
    reason: str | None = None


class Errand(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that stays the same from article to article."""

    client: Client
    cache: Cache
    output: Path
    wish: Wish


def fetch_articles(
    errand: Errand, asked: Iterable[Asked], about: dict[str, str], threads: int = 4
) -> Iterator[Fetched]:
    """One Fetched for each article in the order asked, each article once. Whatever fails is told, never raised."""
    once: dict[str, Resolved] = {}
    for one in resolve(errand.client, asked, about):
        once.setdefault(str(one.pmcid) if one.pmcid else one.words, one)
    pool = ThreadPoolExecutor(max_workers=threads)
    try:
        yield from pool.map(lambda one: _fetch(errand, one), once.values())
    finally:
        pool.shutdown(cancel_futures=True)


def _fetch(errand: Errand, one: Resolved) -> Fetched:
    if one.pmcid is None:
        return Fetched(asked=one.words, ending=Ending.FAILED, reason=one.failure)
    try:
        article = _describe(errand.client, one.pmcid)
    except FetchFailed as error:
        return Fetched(asked=one.words, ending=Ending.FAILED, pmcid=str(one.pmcid), reason=str(error))
    told = _telling(one.words, article)
    target = errand.output / f"{article.pmcid}.{errand.wish.kind}"
    if why := reason_to_skip(article, errand.wish):
        there = f" {target} is from an earlier time and was left as it is." if target.exists() else ""
        return told(Ending.SKIPPED, None, f"{why}{there}")
    try:
        kept = _keep(errand, article)
        new = deliver(kept, target)
    except FetchFailed as error:
        return told(Ending.FAILED, None, str(error))
    except OSError as error:
        place, why = error.filename or target, error.strerror or str(error)
        return told(Ending.FAILED, None, f"{place} cannot be written: {why.lower()}.")
    return told(Ending.FETCHED if new else Ending.ALREADY_THERE, target, None)


def _telling(words: str, article: Article) -> Callable[[Ending, Path | None, str | None], Fetched]:
    def told(ending: Ending, path: Path | None, reason: str | None) -> Fetched:
        return Fetched(
            asked=words,
            ending=ending,
            pmcid=article.pmcid,
            version=article.version,
            path=str(path) if path else None,
            title=article.title,
            doi=article.doi,
            pmid=article.pmid,
            citation=article.citation,
            licence=article.licence,
            retracted=article.is_retracted,
            reason=reason,
        )

    return told


def _describe(client: Client, pmcid: PmcId) -> Article:
    """The metadata of the version asked for, or of the latest."""
    version = pmcid.version or _latest_version(client, pmcid)
    return read_article(client.get_json("articles", f"metadata/{pmcid}.{version}.json"), str(pmcid), version)


def _latest_version(client: Client, pmcid: PmcId) -> int:
    listing = client.get("articles", "", {"list-type": 2, "prefix": f"{pmcid}.", "delimiter": "/"})
    # A pattern instead of a parser: nothing in an XML answer can then expand, include or fetch anything.
    versions = re.findall(rf"<Prefix>{pmcid}\.(\d{{1,4}})/</Prefix>", listing.decode("utf-8", "replace"))
    if not versions:
        raise NotThere(f"{pmcid} is not in the open-access bucket.")
    return max(map(int, versions))


def _keep(errand: Errand, article: Article) -> Path:
    """The file in the cache, downloaded unless it is there."""
    kind = errand.wish.kind
    stored = article.files.get(kind)
    if stored is None:
        raise FetchFailed(f"{article.pmcid} has no {kind} in the open-access bucket.")
    name = f"{article.pmcid}.{article.version}.{kind}"
    if errand.cache.holds(name, stored.md5):
        return errand.cache.place(name)
    errand.client.download("articles", stored.key, errand.cache.part(name), stored.md5)
    return errand.cache.keep(name)
