"""Lines to blocks: paragraphs, headings, captions and tables, in the order in which they are to be read."""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum

import msgspec

from caselore.model.text import SectionKind
from caselore.reading.captions import caption_lines, is_table, starts_caption, table_end
from caselore.reading.headings import heading_of, run_in_heading
from caselore.reading.lines import Layout, Line, breaks_off


class Role(StrEnum):
    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    TABLE = "table"
    REFERENCE = "reference"


class Block(msgspec.Struct, frozen=True):
    """Lines that are read on as one paragraph, except those of a TABLE, which stand each for itself.

    `kind` is set where the format tells the section: of the block itself, or of what follows for a heading.
    """

    role: Role
    lines: tuple[Line, ...]
    kind: SectionKind | None = None


_ITEM = re.compile(r"(?:[•●▪■◦‣∙*]|[-–—]\s|\(?\d{1,2}[.)]\s|\(?[a-h]\)\s)")
ENTRY = re.compile(r"(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}\.?)\s*[A-ZÀ-Þ]")
"""How an entry of a numbered reference list begins."""
_NAMES = re.compile(r"[^\W\d_][\w'’.-]+\s?\d(?:\s?,\s?\d)*\s?[*†‡§#]?(?=\s?,|\s+(?:and|&)\s|$)")
_TAIL = re.compile(
    r"\b(?:a|an|the|of|and|or|in|on|with|by|for|to|from|was|were|is|are|at|as|that|which|[A-Z]\.|et al\.|vs\.|Fig\.|Dr\.)$|[,;(/-]$"
)


def split_blocks(lines: tuple[Line, ...], layout: Layout, words: Counter[str]) -> tuple[Block, ...]:
    """The blocks of a report; a caption or table that interrupts a paragraph comes behind it. `words`: its vocabulary."""
    blocks: list[Block] = []
    paragraph: list[Line] = []
    aside: list[Block] = []
    references = False

    def close() -> None:
        if paragraph:
            role = Role.HEADING if len(paragraph) == 1 and heading_of(paragraph[0].text) else Role.BODY
            blocks.append(Block(Role.REFERENCE if references and role is Role.BODY else role, tuple(paragraph)))
            paragraph.clear()
        blocks.extend(aside)
        aside.clear()

    taken: set[int] = set()
    for index, line in enumerate(lines):
        if index in taken:
            continue
        before = lines[index - 1] if index else None
        if starts_caption(line, before):
            caption = caption_lines(lines, index, layout, words)
            taken.update(caption)
            aside.append(Block(Role.CAPTION, tuple(lines[i] for i in caption)))
            if is_table(line):
                end = table_end(lines, caption[-1] + 1, layout)
                rows = tuple(lines[i] for i in range(caption[-1] + 1, end))
                taken.update(range(caption[-1] + 1, end))
                if rows:
                    aside.append(Block(Role.TABLE, rows))
            continue
        last = paragraph[-1] if paragraph else None
        entry = references and bool(ENTRY.match(line.text))
        authors = (
            not any(block.lines[-1].finished for block in blocks) and last is not None and _begins_authors(last, line)
        )
        if (
            last is None
            or entry
            or authors
            or _new_paragraph(last, line, layout, interrupted=bool(aside), references=references)
        ):
            close()
            heading = heading_of(line.text)
            if heading:
                references = heading.kind == "references"
        paragraph.append(line)
    close()
    return tuple(blocks)


def _new_paragraph(last: Line, line: Line, layout: Layout, *, interrupted: bool, references: bool) -> bool:
    """Whether a paragraph begins with `line`, `last` being the last line of the one before."""
    if heading_of(last.text) or (heading_of(line.text) and (last.finished or line.gap or references)):
        return True
    if breaks_off(last, line):
        return False
    if references:
        return not layout.wrapped or bool(line.gap and not layout.spaced and last.finished)
    if not layout.wrapped:
        return not (last.text.endswith("-") and last.text[-2:-1].isalnum())
    if _TAIL.search(last.text) and not (line.gap and not layout.spaced and line.text[0].isupper() and last.finished):
        return False
    if line.gap and not layout.spaced:
        return last.finished or (line.text[0].isupper() and not interrupted)
    if line.gap > 2 and layout.spaced and last.finished:
        return True
    run_in = run_in_heading(line.text)
    if last.finished and (run_in or _ITEM.match(line.text)):
        return True
    if len(last.text) < 0.8 * layout.width:
        return last.finished or _looks_like_heading(last, line, layout)
    return False


def _begins_authors(last: Line, line: Line) -> bool:
    """The first line of authors, told from the title before it by the marks of their addresses."""
    return len(_NAMES.findall(line.text)) >= 2 and not _NAMES.search(last.text)


def _looks_like_heading(line: Line, following: Line, layout: Layout) -> bool:
    """A short unfinished line before a line that begins anew."""
    short = len(line.text) < 0.75 * layout.width and len(line.text) <= 80
    return short and line.text[0].isalnum() and not line.text[0].islower() and following.text[0].isupper()
