"""JATS to Document: the XML of PubMed Central and of most publishers (.xml, .nxml).

Source: Journal Article Tag Suite 1.3 (ANSI/NISO Z39.96-2021), article authoring and archiving sets.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from caselore.model.text import Document, Metadata, SectionKind
from caselore.reading.blocks import Role
from caselore.reading.errors import UnreadableReport
from caselore.reading.format import Format, Match
from caselore.reading.headings import heading_of
from caselore.reading.outline import Cell, Outline, cited, raised, tidy

Element = Any
"""An lxml element; the library has no types of its own."""

K = SectionKind
_SECTION_TYPES = {
    "intro": K.INTRODUCTION,
    "cases": K.CASE,
    "case": K.CASE,
    "case-report": K.CASE,
    "discussion": K.DISCUSSION,
    "conclusion": K.CONCLUSION,
    "conclusions": K.CONCLUSION,
    "coi-statement": K.BACK_MATTER,
    "supplementary-material": K.BACK_MATTER,
    "data-availability": K.BACK_MATTER,
    "ethics-statement": K.BACK_MATTER,
    "author-contributions": K.BACK_MATTER,
    "funding-information": K.BACK_MATTER,
}
"""The `sec-type` attributes that tell the purpose of a section, JATS 1.3 and what publishers add."""

_FLOATS = {
    "fig",
    "fig-group",
    "table-wrap",
    "table-wrap-group",
    "boxed-text",
    "disp-quote",
    "list",
    "def-list",
    "media",
}
_SILENT = {"graphic", "inline-graphic", "tex-math", "object-id", "supplementary-material", "permissions", "fn", "label"}
_BLOCKS = {"p", "title", "caption", "td", "th", "list-item", "def", "break", "sec", "name", "string-name"}
_WHITE = b" \t\r\n\xef\xbb\xbf"


def load(data: bytes, source: str) -> Document:
    """The article of a JATS file; the first one of a set. No entity is expanded and nothing is fetched."""
    article, more = _article(data)
    outline = Outline()
    _add(outline, article.find("front/article-meta/title-group/article-title"), Role.BODY, K.TITLE)
    for abstract in article.iterfind("front/article-meta/abstract"):
        _section(outline, abstract, K.ABSTRACT)
    for part in (article.find("body"), article.find("floats-group"), article.find("back")):
        if part is not None:
            _section(outline, part, None if part.tag == "body" else K.BACK_MATTER)
    for references in article.iterfind("back//ref-list"):
        _references(outline, references)
    warnings = ("the file holds several articles; only the first was read",) if more else ()
    return outline.document(source, _metadata(article), warnings)


def _sniff(head: bytes) -> Match:
    start = head.lstrip(_WHITE)[:4096].lower()
    if not start.startswith(b"<") or b"<html" in start or b"<!doctype html" in start:
        return Match.NO
    return Match.YES if start.startswith(b"<?xml") or re.search(rb"<(?:\w+:)?article\b", start) else Match.NO


def _article(data: bytes) -> tuple[Element, bool]:
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableReport(f"the file is no well-formed XML ({error.msg})") from error
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    articles = [root] if root.tag == "article" else list(root.iter("article"))
    if not articles:
        raise UnreadableReport(f"the XML file holds no JATS <article> (its root is <{root.tag}>)")
    return articles[0], len(articles) > 1


def _section(outline: Outline, section: Element, kind: SectionKind | None) -> None:
    """The title and content of a section; `kind` is what sections without a known title of their own are for."""
    own = kind
    for child in section.iterchildren(etree.Element):
        if child.tag == "title":
            own = _kind(section, child, kind)
            _add(outline, child, Role.HEADING, own)
        elif child.tag in ("sec", "ack", "app", "app-group", "notes", "bio", "glossary", "fn-group"):
            _section(outline, child, own)
        elif child.tag == "p":
            _paragraph(outline, child, kind if kind in (K.ABSTRACT, K.BACK_MATTER) else None)
        elif child.tag in _FLOATS:
            _float(outline, child)
        elif child.tag == "fn":
            for paragraph in child.iterfind("p"):
                _paragraph(outline, paragraph, kind)


def _kind(section: Element, title: Element, inherited: SectionKind | None) -> SectionKind | None:
    """What a titled section is for: by its place, its title or its `sec-type`; None for a title of its own words."""
    if inherited in (K.ABSTRACT, K.BACK_MATTER):
        return inherited
    known = heading_of(tidy(_words(title)))
    if known is not None:
        return known.kind
    types = (section.get("sec-type") or "").lower().split("|")
    return next((_SECTION_TYPES[one] for one in types if one in _SECTION_TYPES), inherited)


def _add(outline: Outline, element: Element | None, role: Role, kind: SectionKind | None) -> None:
    if element is not None:
        outline.add(role, _words(element), kind)


def _paragraph(outline: Outline, paragraph: Element, kind: SectionKind | None) -> None:
    """A paragraph, and behind it the figures, tables and lists that stand in it."""
    outline.add(Role.BODY, _words(paragraph), kind)
    for child in _floats_in(paragraph):
        _float(outline, child)


def _floats_in(element: Element) -> Iterator[Element]:
    for child in element.iterchildren(etree.Element):
        if child.tag in _FLOATS:
            yield child
        else:
            yield from _floats_in(child)


def _float(outline: Outline, element: Element) -> None:
    if element.tag == "table-wrap":
        outline.table(_caption(element), [_row(row) for row in element.iter("tr")], _notes(element))
    elif element.tag in ("list", "def-list"):
        for item in element.iterchildren("list-item", "def-item"):
            _item(outline, item)
    elif element.tag in ("boxed-text", "disp-quote"):
        _section(outline, element, None)
    elif element.tag in ("fig-group", "table-wrap-group"):
        outline.add(Role.CAPTION, _caption(element))
        for child in _floats_in(element):
            _float(outline, child)
    else:
        outline.add(Role.CAPTION, _caption(element))


def _item(outline: Outline, item: Element) -> None:
    label = item.find("label")
    mark = f"{_words(label)} " if label is not None else ""
    outline.add(Role.BODY, mark + _words(item))
    for child in _floats_in(item):
        _float(outline, child)


def _caption(element: Element) -> str:
    """ "Figure 1. Title. Text" from label, title and paragraphs."""
    label = element.find("label")
    parts = [] if label is None else [tidy(_words(label)).rstrip(".:") + "."]
    for part in element.iterfind("caption/*"):
        text = tidy(_words(part))
        ended = text.endswith((".", "?", "!", ":", ";"))
        parts.append(text if ended or part.tag != "title" or not text else f"{text}.")
    return " ".join(parts)


def _row(row: Element) -> list[Cell]:
    return [
        Cell(_words(cell), _count(cell, "rowspan"), _count(cell, "colspan")) for cell in row.iterchildren("td", "th")
    ]


def _count(cell: Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _notes(table: Element) -> list[str]:
    return [_words(note) for foot in table.iterfind("table-wrap-foot") for note in foot.iter("p")]


def _references(outline: Outline, references: Element) -> None:
    """The reference list in numbered lines: [1] Authors. Title. Journal 2001;2:3. doi"""
    title = references.find("title")
    outline.add(Role.HEADING, "References" if title is None else _words(title), K.REFERENCES)
    for number, entry in enumerate(references.iter("ref"), 1):
        label = entry.find(".//label")
        found = re.search(r"\d+", _words(label)) if label is not None else None
        outline.add(Role.REFERENCE, f"[{found[0] if found else number}] {_reference(entry)}")


def _reference(entry: Element) -> str:
    """An entry as printed, or put together from its parts where it is only tagged."""
    citation = next((child for child in entry.iterchildren(etree.Element) if child.tag != "label"), None)
    if citation is None:
        return tidy(_words(entry))
    title = citation.find("article-title")
    if title is None or (citation.tag == "mixed-citation" and "." in "".join(citation.xpath("text()"))):
        return tidy(_words(citation))
    names = [_name(name) for name in citation.iter("name", "string-name", "collab")]
    names += ["et al"] if citation.find(".//etal") is not None else []
    first = (_text(citation, name) for name in ("source", "year"))
    place = " ".join(filter(None, first))
    volume, page, doi = (_text(citation, name) for name in ("volume", "fpage", "pub-id[@pub-id-type='doi']"))
    place += f";{volume}" if volume else ""
    place += f":{page}" if page else ""
    parts = [", ".join(filter(None, names)), tidy(_words(title)).rstrip("."), place, f"doi:{doi}" if doi else ""]
    return ". ".join(filter(None, parts))


def _name(name: Element) -> str:
    given = _text(name, "given-names")
    initials = given if given.isupper() else "".join(word[0] for word in re.split(r"[\s.-]+", given) if word)
    surname = _text(name, "surname")
    return f"{surname} {initials}".strip() if surname else tidy(_words(name))


def _words(element: Element) -> str:
    """The running text of an element, without what is set apart from it, its citations marked."""
    parts = [element.text or ""]
    for child in element:
        parts += [_inline(child), child.tail or ""]
    return "".join(parts)


def _inline(child: Element) -> str:
    if child.tag is etree.Entity:
        plain = html.unescape(child.text)
        return "" if plain == child.text else plain
    if not isinstance(child.tag, str) or child.tag in _FLOATS or child.tag in _SILENT:
        return ""
    text = _words(child)
    if child.tag == "xref" and child.get("ref-type") == "bibr":
        return cited(text)
    if child.tag == "sup":
        return raised(text)
    return f" {text} " if child.tag in _BLOCKS else text


def _text(element: Element, path: str) -> str:
    found = element.find(path)
    return "" if found is None else tidy(_words(found))


def _metadata(article: Element) -> Metadata:
    meta = article.find("front/article-meta")
    if meta is None:
        return Metadata()
    ids = {one.get("pub-id-type"): tidy(_words(one)) for one in meta.iterfind("article-id")}
    pmcid = ids.get("pmcid") or ids.get("pmc") or ids.get("pmcaid") or ""
    years = [year for one in meta.iterfind("pub-date") if re.fullmatch(r"\d{4}", year := _text(one, "year"))]
    authors = [_author(one) for one in meta.iterfind("contrib-group/contrib") if one.get("contrib-type") == "author"]
    return Metadata(
        title=_text(meta, "title-group/article-title") or None,
        authors=tuple(filter(None, authors)),
        journal=_text(article, "front/journal-meta//journal-title") or None,
        year=min(map(int, years)) if years else None,
        doi=ids.get("doi") or None,
        pmid=ids.get("pmid") or None,
        pmcid=(pmcid if pmcid.upper().startswith("PMC") else f"PMC{pmcid}") if pmcid else None,
        licence=_licence(meta),
    )


def _author(contributor: Element) -> str:
    name = contributor.find("name")
    if name is None:
        return _text(contributor, "collab") or _text(contributor, "string-name")
    return f"{_text(name, 'surname')} {_text(name, 'given-names')}".strip()


def _licence(meta: Element) -> str | None:
    """The address of the licence, or its kind, or what it says in words."""
    for licence in meta.iter("license"):
        address = next((value for key, value in licence.attrib.items() if key.endswith("href")), None)
        address = address or next((tidy(_words(one)) for one in licence.iter("license_ref")), None)
        return address or licence.get("license-type") or tidy(_words(licence))[:200] or None
    return None


FORMAT = Format(name="JATS", suffixes=(".xml", ".nxml"), sniff=_sniff, load=load, common_suffix=True)
