"""HTML to Document: the main text of a saved web page, with its captions and tables."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from caselore.model.text import Document, Metadata, SectionKind
from caselore.reading.blocks import Role
from caselore.reading.errors import UnreadableReport
from caselore.reading.format import Format, Match
from caselore.reading.outline import Cell, Outline, cited, raised, tidy

LIMIT = 20_000_000
"""Largest page in bytes."""
DEEPEST = 150
"""Levels of nested elements that are told apart; what lies deeper is read as one paragraph."""

_DROPPED = {
    "script",
    "style",
    "nav",
    "footer",
    "form",
    "button",
    "select",
    "option",
    "noscript",
    "template",
    "svg",
    "iframe",
    "dialog",
    "input",
    "textarea",
    "label",
    "object",
    "embed",
    "video",
    "audio",
    "canvas",
    "map",
    "img",
    "picture",
    "source",
    "math",
    "head",
}
_DROPPED_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "menu"}
_FURNITURE = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|navigation|menu|sidebar|breadcrumbs?|cookies?|share|sharing|social|related|adverts?|"
    r"ads?|promo|footer|toolbar|newsletter|banner|skip|recommend\w*|metrics|masthead|subscribe|login)(?:$|[-_\s])",
    re.I,
)
_INLINE = {
    "a",
    "abbr",
    "acronym",
    "b",
    "bdi",
    "bdo",
    "big",
    "cite",
    "code",
    "data",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "ins",
    "kbd",
    "mark",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "time",
    "tt",
    "u",
    "var",
    "wbr",
}
_NO_REFERENCE = re.compile(r"fig|tab|sec|aff|fn|eq|supp|video|box|author|^[FTSfts]\d")
"""Places that a link within the page leads to and that are no entry of the reference list."""
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def load(data: bytes, source: str) -> Document:
    """The main text of a page; scripts, navigation and footers are left out, nothing is fetched or run."""
    if len(data) > LIMIT:
        raise UnreadableReport(f"the page has {len(data):,} bytes; the limit is {LIMIT:,}")
    tree = LexborHTMLParser(_decoded(data))
    if tree.body is None:
        raise UnreadableReport("the page has no body")
    metadata = _metadata(tree)
    writer = _Writer(tree.body)
    writer.walk(_main(tree), 0)
    writer.flush()
    return writer.outline.document(source, metadata)


def _decoded(data: bytes) -> str:
    """The text in the encoding that a byte order mark or the page itself tells, else UTF-8 or Windows-1252."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    told = re.search(rb"charset\s*=\s*[\"']?([\w-]{2,20})", data[:4096], re.I)
    for name in (told[1].decode("ascii", "replace") if told else "utf-8", "utf-8"):
        try:
            return data.decode(name)
        except (LookupError, UnicodeError):
            continue
    return data.decode("cp1252", "replace")


def _main(tree: LexborHTMLParser) -> LexborNode:
    """The element that holds the article: the largest <article> or <main> with most of the page's text, else the body."""
    body = tree.body
    assert body is not None
    whole = len(body.text())
    found = sorted(tree.css("article, main, [role=main]"), key=lambda node: len(node.text()))
    return found[-1] if found and len(found[-1].text()) > 0.4 * whole else body


class _Writer:
    """Walks over the elements; inline text gathers until a block begins or ends."""

    def __init__(self, body: LexborNode) -> None:
        self.outline = Outline()
        self._text: list[str] = []
        self._titled = False
        self._large = 0.3 * len(body.text())

    def flush(self, number: int | None = None) -> None:
        if self._text:
            self.outline.paragraph("".join(self._text), number=number)
            self._text = []

    def walk(self, parent: LexborNode, depth: int) -> None:
        number = 0
        node = parent.child
        while node is not None:
            tag = str(node.tag)
            if tag == "-text":
                self._text.append(node.text(deep=False))
            elif not tag.startswith(("-", "!")) and not self._is_furniture(node, tag):
                number += tag == "li"
                self._element(node, tag, depth, number if parent.tag == "ol" else None)
            node = node.next

    def _element(self, node: LexborNode, tag: str, depth: int, number: int | None) -> None:
        if tag in _INLINE or tag == "br":
            self._text.append(" " if tag == "br" else _inline(node, tag, depth))
            return
        self.flush()
        if tag in _HEADINGS:
            self._heading(_words(node, depth))
        elif tag == "table":
            self._table(node, depth)
        elif tag == "figcaption" and depth < DEEPEST:
            if not node.css("table"):
                self.outline.add(Role.CAPTION, _words(node, depth))
        elif depth < DEEPEST:
            self.walk(node, depth + 1)
            self.flush(number)
        else:
            self.outline.paragraph(node.text())

    def _heading(self, text: str) -> None:
        if not self._titled and tidy(text):
            self._titled = True
            self.outline.add(Role.BODY, text, SectionKind.TITLE)
        else:
            self.outline.heading(text)

    def _table(self, node: LexborNode, depth: int) -> None:
        if (
            node.css_first("td table, td h2, td h3") is not None and depth < DEEPEST
        ):  # a table for the layout of the page
            self.walk(node, depth + 1)
            self.flush()
            return
        caption = node.css_first("caption")
        rows = [[_cell(cell, depth) for cell in row.css("td, th")] for row in node.css("tr")]
        self.outline.table(_words(caption, depth) if caption is not None else "", rows)

    def _is_furniture(self, node: LexborNode, tag: str) -> bool:
        if tag in _DROPPED:
            return True
        attributes = node.attributes
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return True
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        page = tag in ("header", "aside") and node.css_first("h1, figure, table") is None
        marked = page or (attributes.get("role") or "") in _DROPPED_ROLES or bool(_FURNITURE.search(names))
        return marked and tag not in ("body", "main", "article") and len(node.text()) <= self._large


def _words(node: LexborNode, depth: int) -> str:
    """The running text of an element, its citations marked."""
    if depth > DEEPEST:
        return str(node.text())
    parts: list[str] = []
    child = node.child
    while child is not None:
        tag = str(child.tag)
        if tag == "-text":
            parts.append(child.text(deep=False))
        elif not tag.startswith(("-", "!")) and tag not in _DROPPED:
            parts.append(_inline(child, tag, depth + 1))
        child = child.next
    return "".join(parts)


def _inline(node: LexborNode, tag: str, depth: int) -> str:
    text = _words(node, depth + 1)
    if tag == "sup":
        return raised(text)
    _, mark, place = (node.attributes.get("href") or "").partition("#")
    if tag == "a" and mark and not _NO_REFERENCE.search(place):
        return cited(text)
    return text if tag in _INLINE else f" {text} "


def _cell(cell: LexborNode, depth: int) -> Cell:
    return Cell(_words(cell, depth), _count(cell, "rowspan"), _count(cell, "colspan"))


def _count(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _metadata(tree: LexborHTMLParser) -> Metadata:
    """What the page says for search engines: Highwire ("citation_doi") and Dublin Core tags."""
    told: dict[str, list[str]] = {}
    for meta in tree.css("meta[name][content]"):
        content = tidy(meta.attributes.get("content") or "")
        if content:
            told.setdefault((meta.attributes.get("name") or "").lower(), []).append(content)

    def first(*names: str) -> str | None:
        return next((told[name][0] for name in names if name in told), None)

    date = re.search(r"\b(?:19|20)\d\d\b", first("citation_publication_date", "citation_date", "dc.date") or "")
    pmcid = next((value for values in told.values() for value in values if re.fullmatch(r"PMC\d+", value)), None)
    licence = tree.css_first("a[rel=license], link[rel=license]")
    return Metadata(
        title=first("citation_title", "dc.title"),
        authors=tuple(told.get("citation_author") or told.get("dc.creator") or ()),
        journal=first("citation_journal_title", "prism.publicationname"),
        year=int(date[0]) if date else None,
        doi=re.sub(r"^(?:doi:|https?://(?:dx\.)?doi\.org/)", "", first("citation_doi", "prism.doi") or "") or None,
        pmid=first("citation_pmid"),
        pmcid=pmcid,
        licence=first("dc.rights") or (licence.attributes.get("href") if licence is not None else None),
    )


def _sniff(head: bytes) -> Match:
    start = head.lstrip(b" \t\r\n\xef\xbb\xbf").lower()
    if not start.startswith(b"<"):
        return Match.NO
    if re.search(rb"<(?:!doctype\s+html|html)\b", start[:4096]):
        return Match.YES
    return Match.MAYBE if re.search(rb"<(?:p|div|h[1-6]|table)\b", start[:4096]) else Match.NO


FORMAT = Format(name="HTML", suffixes=(".html", ".htm", ".xhtml"), sniff=_sniff, load=load)
