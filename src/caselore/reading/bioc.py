"""BioC JSON to Document: what PubMed Central's BioC service and its text mining collections deliver.

Source: Comeau 2013 (BioC), Comeau 2019 (PMC text mining subset in BioC; the `section_type` and `type` infons).
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from caselore.model.text import Document, Metadata, SectionKind
from caselore.reading.blocks import Role
from caselore.reading.errors import UnreadableReport
from caselore.reading.format import Format, Match
from caselore.reading.outline import Outline

K = SectionKind
_KINDS = {
    "TITLE": K.TITLE,
    "ABSTRACT": K.ABSTRACT,
    "INTRO": K.INTRODUCTION,
    "CASE": K.CASE,
    "DISCUSS": K.DISCUSSION,
    "CONCL": K.CONCLUSION,
    **dict.fromkeys(
        ("COMP_INT", "AUTH_CONT", "ACK_FUND", "SUPPL", "ABBR", "APPENDIX", "KEYWORD", "REVIEW_INFO"), K.BACK_MATTER
    ),
}
"""Section types that tell a purpose; METHODS and RESULTS do not in a case report."""


class _Passage(msgspec.Struct):
    text: str = ""
    infons: dict[str, Any] = {}


class _Article(msgspec.Struct):
    passages: list[_Passage]
    id: Any = ""


class _Collection(msgspec.Struct):
    documents: list[_Article]


def load(data: bytes, source: str) -> Document:
    """The first document of a BioC collection."""
    articles = _articles(data)
    outline = Outline()
    references, titled = 0, False
    for passage in articles[0].passages:
        kind = _KINDS.get(str(passage.infons.get("section_type", "")).upper())
        what = str(passage.infons.get("type", "")).lower()
        section = str(passage.infons.get("section_type", "")).upper()
        if what.startswith("title") and section == "REF":
            outline.add(Role.HEADING, passage.text, K.REFERENCES)
            titled = True
        elif section == "REF" or what == "ref":
            references += 1
            if not titled:
                titled = True
                outline.add(Role.HEADING, "References", K.REFERENCES)
            outline.add(Role.REFERENCE, f"[{references}] {_reference(passage)}")
        elif what == "front" or kind is K.TITLE:
            outline.add(Role.BODY, passage.text, K.TITLE)
        elif what == "table":
            outline.add(Role.TABLE, [line.replace("\t", " | ") for line in passage.text.splitlines()])
        elif section in ("FIG", "TABLE") or "caption" in what:
            outline.add(Role.TABLE if "foot" in what else Role.CAPTION, passage.text)
        elif what.startswith("title") or "title" in what:
            outline.add(Role.HEADING, passage.text, kind)
        else:
            outline.add(Role.BODY, passage.text, kind if kind in (K.ABSTRACT, K.BACK_MATTER) else None)
    warnings = ("the file holds several documents; only the first was read",) if len(articles) > 1 else ()
    return outline.document(source, _metadata(articles[0]), warnings)


def _articles(data: bytes) -> list[_Article]:
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_Collection | list[_Collection])
    except (ValueError, RecursionError) as error:
        raise UnreadableReport(f"the file is no BioC JSON ({error})") from error
    collections = found if isinstance(found, list) else [found]
    articles = [article for collection in collections for article in collection.documents]
    if not articles:
        raise UnreadableReport("the BioC file holds no document")
    return articles


def _reference(passage: _Passage) -> str:
    """An entry in one line; PMC delivers the title as text and everything else as infons."""
    told = passage.infons
    names = [str(told[key]) for key in sorted((k for k in told if re.fullmatch(r"name_\d+", k)), key=_number)]
    authors = ", ".join(
        " ".join(re.sub(r"(?:surname|given-names):", "", part) for part in name.split(";")) for name in names
    )
    place = " ".join(str(told[key]) for key in ("source", "year") if key in told)
    doi = f"doi:{told['pub-id_doi']}" if "pub-id_doi" in told else ""
    return ". ".join(filter(None, (authors, passage.text.rstrip("."), place, doi)))


def _number(key: str) -> int:
    return int(key.rsplit("_", 1)[1][:6])


def _metadata(article: _Article) -> Metadata:
    told = article.passages[0].infons if article.passages else {}
    pmcid = str(told.get("article-id_pmc") or "").removeprefix("PMC")
    year = str(told.get("year") or "")
    return Metadata(
        title=article.passages[0].text or None if article.passages else None,
        journal=str(told.get("journal-title") or "") or None,
        year=int(year) if re.fullmatch(r"(?:19|20)\d\d", year) else None,
        doi=str(told.get("article-id_doi") or "") or None,
        pmid=str(told.get("article-id_pmid") or "") or None,
        pmcid=f"PMC{pmcid}" if pmcid else None,
        licence=str(told.get("license") or "")[:200] or None,
    )


def _sniff(head: bytes) -> Match:
    if not head.lstrip(b" \t\r\n\xef\xbb\xbf").startswith((b"{", b"[")):
        return Match.NO
    return Match.YES if b'"passages"' in head or b'"documents"' in head else Match.NO


FORMAT = Format(name="BioC JSON", suffixes=(".json",), sniff=_sniff, load=load, common_suffix=True)
