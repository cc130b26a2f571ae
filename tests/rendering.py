"""Renders a report as text, JATS, HTML, Word or two-column PDF, for tests and for benchmarks/formats.py."""

from __future__ import annotations

import html
import io
import json
import random
import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from caselore.model.text import Document, SectionKind
from caselore.reading.headings import heading_of
from caselore.reading.text import load_bytes

WORDS = {"≥": ">=", "≤": "<=", "α": "alpha", "β": "beta", "γ": "gamma", "κ": "kappa", "→": "to", "~": "about "}


@dataclass(frozen=True)
class Part:
    """`role`: title, heading, paragraph, caption, table (lines are rows) or reference."""

    role: str
    text: str


def parts_of(document: Document) -> list[Part]:
    """The blocks of a report that was read from text, in the characters that standard PDF fonts have."""
    found: list[Part] = []
    places = {section.span.start: section.kind for section in document.sections}
    start, kind = 0, SectionKind.CASE
    for block in document.text.split("\n\n"):
        kind = places.get(start, kind)
        text = plain(block)
        start += len(block) + 2
        if not text.strip():
            continue
        if heading_of(text):
            role = "heading"
        elif kind is SectionKind.TITLE:
            role = "title"
        elif kind is SectionKind.CAPTION or re.match(r"(?:Table|Fig)\S*\s\d", text):
            role = "caption"
        elif kind is SectionKind.TABLE:
            role = "table"
        else:
            role = "reference" if kind is SectionKind.REFERENCES else "paragraph"
        found.append(Part(role, text))
    return found


def plain(text: str) -> str:
    """The text in Windows-1252, which the standard fonts of PDF cover."""
    out = []
    for char in text:
        try:
            char.encode("cp1252")
            out.append(char)
        except UnicodeEncodeError:
            out.append(WORDS.get(char) or unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode())
    return "".join(out)


def as_text(parts: list[Part]) -> bytes:
    return "\n\n".join(part.text for part in parts).encode()


def as_html(parts: list[Part]) -> bytes:
    out = ["<!doctype html><html><head><title>Journal</title></head><body><nav><a href='/'>Home</a></nav><article>"]
    if not any(part.role == "title" for part in parts):
        out.append("<h1>A case report</h1>")
    for part in parts:
        text = html.escape(part.text)
        if part.role == "table":
            rows = "".join(f"<tr><td>{row}</td></tr>" for row in text.split("\n"))
            out.append(f"<table>{rows}</table>")
        else:
            tag = {"title": "h1", "heading": "h2", "caption": "figcaption"}.get(part.role, "p")
            out.append(f"<{tag}>{text}</{tag}>")
    return ("\n".join(out) + "</article><footer>Imprint</footer></body></html>").encode()


def as_jats(parts: list[Part]) -> bytes:
    title = next((html.escape(part.text) for part in parts if part.role == "title"), "A case report")
    body, references, opened = [], [], False
    for part in parts:
        text = html.escape(part.text)
        if part.role == "heading":
            known = heading_of(part.text)
            if known and known.kind is SectionKind.REFERENCES:
                continue
            body.append(f"{'</sec>' if opened else ''}<sec><title>{text}</title>")
            opened = True
        elif part.role == "reference":
            entry = re.sub(r"^[\[(]?\d+[\]).]?\s*", "", text)
            references.append(f"<ref><mixed-citation>{entry}</mixed-citation></ref>")
        elif part.role == "caption":
            label = re.match(r"(?:Table|Fig\w*\.?)\s\d+", part.text)
            rest = text[label.end() :].lstrip(".: ") if label else text
            body.append(f"<fig><label>{label[0] if label else ''}</label><caption><p>{rest}</p></caption></fig>")
        elif part.role == "table":
            rows = "".join(f"<tr><td>{row}</td></tr>" for row in text.split("\n"))
            body.append(f"<table-wrap><table>{rows}</table></table-wrap>")
        elif part.role == "paragraph":
            body.append(f"<p>{text}</p>")
    return (
        f"<?xml version='1.0'?><article><front><article-meta><title-group><article-title>{title}</article-title>"
        f"</title-group></article-meta></front><body>{''.join(body)}{'</sec>' if opened else ''}</body>"
        f"<back><ref-list><title>References</title>{''.join(references)}</ref-list></back></article>"
    ).encode()


@dataclass(frozen=True)
class _Set:
    """A line as it is to be printed; `gap` above it in points."""

    words: tuple[str, ...]
    font: str
    size: float
    gap: float = 0.0
    indent: float = 0.0
    last: bool = False


WIDTH, HEIGHT, MARGIN, GUTTER = 595.0, 842.0, 54.0, 18.0
COLUMN = (WIDTH - 2 * MARGIN - GUTTER) / 2
FOOTNOTE = "* Correspondence: the authors at the address given."


def as_pdf(parts: list[Part], *, interleaved: bool = False) -> bytes:
    """Two justified columns with hyphens, running heads, page numbers and a footnote on each page.

    `interleaved` writes the lines of both columns in turns, as some producers do.
    """
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=True)
    pending = [line for part in parts for line in _set(part)]
    page = 0
    while pending:
        page += 1
        columns = [_column(pending, first) for first in (True, False)]
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(
            MARGIN, HEIGHT - 36, "Roe et al. A fictional report" if page % 2 else "Journal of Tests 2020;1:1"
        )
        placed = [
            (x, line, y)
            for x, column in zip((MARGIN, MARGIN + COLUMN + GUTTER), columns, strict=True)
            for line, y in column
        ]
        if interleaved:
            placed.sort(key=lambda one: (-one[2], one[0]))
        for x, line, y in placed:
            _draw(canvas, line, x, y)
        canvas.setFont("Times-Roman", 7)
        canvas.drawString(MARGIN, 58, FOOTNOTE)
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(WIDTH / 2, 36, str(page))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _column(pending: list[_Set], first: bool) -> list[tuple[_Set, float]]:
    """Takes what fits from the lines that are left."""
    y, found = HEIGHT - 60, []
    while pending:
        line = pending[0]
        y -= 1.2 * line.size + (line.gap if found else 0)
        if y < (76 if first else 62):
            break
        found.append((pending.pop(0), y))
    return found


def _set(part: Part) -> list[_Set]:
    font, size = {
        "title": ("Times-Bold", 15.0),
        "heading": ("Times-Bold", 10.5),
        "caption": ("Times-Roman", 8.5),
        "table": ("Times-Roman", 8.5),
        "reference": ("Times-Roman", 8.5),
    }.get(part.role, ("Times-Roman", 10.0))
    gap = {"heading": 8.0, "caption": 8.0, "title": 4.0}.get(part.role, 0.0)
    indent = 12.0 if part.role == "paragraph" else 0.0
    rows = part.text.split("\n") if part.role == "table" else [part.text.replace("\n", " ")]
    return [line for row in rows for line in _broken(row, font, size, gap, indent)]


def _broken(text: str, font: str, size: float, gap: float, indent: float) -> list[_Set]:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines: list[_Set] = []
    current: list[str] = []
    words = text.split()
    while words:
        word = words.pop(0)
        room = COLUMN - (0 if lines else indent)
        if stringWidth(" ".join([*current, word]), font, size) <= room:
            current.append(word)
            continue
        cut = _hyphenated(word, room - stringWidth(" ".join([*current, ""]), font, size), font, size)
        if cut:
            current.append(cut[0])
            words.insert(0, cut[1])
        elif current:
            words.insert(0, word)
        else:
            current.append(word)
        lines.append(_Set(tuple(current), font, size, 0 if lines else gap, 0 if lines else indent))
        current = []
    if current:
        lines.append(_Set(tuple(current), font, size, 0 if lines else gap, 0 if lines else indent, last=True))
    return lines


def _hyphenated(word: str, room: float, font: str, size: float) -> tuple[str, str] | None:
    """A long plain word, divided between a vowel and a consonant."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    if len(word) < 8 or not word.rstrip(".,;").isalpha():
        return None
    for cut in range(len(word) - 4, 2, -1):
        if word[cut - 1] in "aeiou" and word[cut] not in "aeiouy" and stringWidth(word[:cut] + "-", font, size) <= room:
            return word[:cut] + "-", word[cut:]
    return None


def _draw(canvas, line: _Set, x: float, y: float) -> None:  # type: ignore[no-untyped-def]
    from reportlab.pdfbase.pdfmetrics import stringWidth

    text = canvas.beginText(x + line.indent, y)
    text.setFont(line.font, line.size)
    room = COLUMN - line.indent - stringWidth(" ".join(line.words), line.font, line.size)
    justified = not line.last and line.font == "Times-Roman" and len(line.words) > 1
    text.setWordSpace(room / (len(line.words) - 1) if justified else 0)
    text.textOut(" ".join(line.words))
    canvas.drawText(text)


def as_docx(parts: list[Part]) -> bytes:
    import docx

    file = docx.Document()
    for part in parts:
        if part.role in ("title", "heading"):
            file.add_heading(part.text, 0 if part.role == "title" else 1)
        elif part.role == "table":
            rows = part.text.split("\n")
            table = file.add_table(len(rows), 1)
            for row, text in zip(table.rows, rows, strict=True):
                row.cells[0].text = text
        else:
            file.add_paragraph(part.text)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def as_bioc(parts: list[Part]) -> bytes:
    sections = {"title": ("TITLE", "front"), "heading": ("CASE", "title_1"), "reference": ("REF", "ref")}
    passages = []
    for part in parts:
        section, what = sections.get(part.role, ("CASE", "paragraph"))
        passages.append({"text": part.text, "infons": {"section_type": section, "type": what}})
    return json.dumps({"documents": [{"id": "1", "passages": passages}]}).encode()


RENDERERS: dict[str, Callable[[list[Part]], bytes]] = {
    "plain text": as_text,
    "HTML": as_html,
    "JATS": as_jats,
    "PDF": as_pdf,
    "Word": as_docx,
    "BioC JSON": as_bioc,
}
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def samples(name: str) -> list[bytes]:
    """Two examples in the format of this name."""
    texts = sorted(EXAMPLES.glob("*.txt"))[:2]
    return [RENDERERS[name](parts_of(load_bytes(path.read_bytes(), path.stem))) for path in texts]


def mutated(chance: random.Random, files: list[bytes]) -> bytes:
    """One of the files with a few things done to it that transport, editors and attackers do.

    Half of the zip files are damaged within one of their parts, since checksums hide the rest from a reader.
    """
    if files[0].startswith(b"PK") and chance.random() < 0.5:
        return _mutated_part(chance, files)
    data = bytearray(chance.choice(files))
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        a, b = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
        b = min(b, a + chance.choice((1, 4, 64, 4096)))
        match chance.randrange(6):
            case 0:
                data[a:b] = b""
            case 1:
                data[a:b] = chance.randbytes(b - a)
            case 2:
                data[a:a] = data[a:b] * chance.choice((1, 2, 50))
            case 3:
                other = chance.choice(files)
                data[a:b] = other[a : b + 64]
            case 4:
                data[a:a] = chance.choice(
                    (b"<", b">", b"&", b"]]>", b"\x00", b"\xff\xfe", b'"', b"{", b"9" * 40, b"obj")
                )
            case _:
                del data[chance.choice((a, len(data) // 2)) :]
    return bytes(data)


def _mutated_part(chance: random.Random, files: list[bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(chance.choice(files))) as archive, zipfile.ZipFile(out, "w") as copy:
        names = sorted(name for name in archive.namelist() if name.endswith((".xml", ".rels")))
        chosen = "word/document.xml" if chance.random() < 0.7 else chance.choice(names)
        for name in archive.namelist():
            data = archive.read(name)
            copy.writestr(name, mutated(chance, [data]) if name == chosen else data)
    return out.getvalue()
