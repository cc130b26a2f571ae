"""What the bucket tells about one version of an article, and whether it may be taken."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from caselore.fetching.errors import FetchFailed
from caselore.fetching.sources import load_licences

KINDS = {"xml": "xml_url", "txt": "text_url", "pdf": "pdf_url"}
"""The files of an article, and where their addresses stand in the metadata."""
LICENCE_CHOICES = ("cc", "commercial", "any")
_MD5 = re.compile(r"[?&]md5=([0-9a-fA-F]{32})\b")
_TRUE = {"yes", "true", "1", "y"}


class StoredFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the bucket, and the MD5 that the metadata promise."""

    key: str
    md5: str | None = None


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One version of an article as the metadata of the bucket describe it."""

    pmcid: str
    version: int
    title: str | None = None
    doi: str | None = None
    pmid: str | None = None
    citation: str | None = None
    licence: str | None = None
    is_retracted: bool = False
    is_historical_ocr: bool = False
    files: dict[str, StoredFile] = {}


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """Which file of an article is wanted, and which articles pass although they are retracted, scanned or unlicensed."""

    kind: str = "xml"
    licence: str = "cc"
    allow_retracted: bool = False
    allow_ocr: bool = False


def read_article(content: dict[str, Any], pmcid: str, version: int) -> Article:
    """The metadata, whose flags come as booleans and as "yes"/"no". Raises FetchFailed when they are of another article."""
    told = str(content.get("pmcid") or "")
    if told.upper() != pmcid:
        raise FetchFailed(f"The metadata of {pmcid} are those of {told or 'no article'}.")
    return Article(
        pmcid=pmcid,
        version=version,
        title=_text(content.get("title")),
        doi=_text(content.get("doi")),
        pmid=_text(content.get("pmid")),
        citation=_text(content.get("citation")),
        licence=_text(content.get("license_code")),
        is_retracted=_flag(content.get("is_retracted")),
        is_historical_ocr=_flag(content.get("is_historical_ocr")),
        files={
            kind: _stored(address, f"{pmcid}.{version}", kind)
            for kind, field in KINDS.items()
            if (address := _text(content.get(field)))
        },
    )


def reason_to_skip(article: Article, wish: Wish) -> str | None:
    """Why the article is not taken, as a sentence; None where nothing speaks against it."""
    if article.is_retracted and not wish.allow_retracted:
        return "it is retracted (--allow-retracted takes it)."
    if article.is_historical_ocr and not wish.allow_ocr:
        return "its text was recognised from scanned pages (--allow-ocr takes it)."
    if wish.licence != "any" and _code(article.licence) not in {_code(code) for code in load_licences()[wish.licence]}:
        return f"its licence is {article.licence or 'not told'} (--licence any takes it)."
    return None


def _code(licence: str | None) -> str:
    """CC BY-NC 4.0, cc_by_nc and CC-BY-NC are one licence."""
    words = re.sub(r"[^a-z0-9]+", " ", (licence or "").lower())
    return re.sub(r"\s+\d( \d)?( \w+)?$", "", words).strip()


def _stored(address: str, folder: str, kind: str) -> StoredFile:
    # Only the MD5 is taken from the address: the place follows from the identifier, so that no metadata, wrong or
    # hostile, can send a request elsewhere.
    match = _MD5.search(address)
    return StoredFile(key=f"{folder}/{folder}.{kind}", md5=match[1].lower() if match else None)


def _flag(value: Any) -> bool:
    return value is True or str(value).strip().lower() in _TRUE


def _text(value: Any) -> str | None:
    return str(value).strip() or None if value is not None else None
