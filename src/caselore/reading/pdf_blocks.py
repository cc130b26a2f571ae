"""The lines of a PDF to blocks: paragraphs over columns and pages, headings by their font, captions and tables apart."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import msgspec

from caselore.model.text import SectionKind
from caselore.reading.blocks import ENTRY, Role
from caselore.reading.captions import is_table, starts_caption
from caselore.reading.headings import heading_of
from caselore.reading.lines import Line
from caselore.reading.pdf_layout import PrintedLine


class Group(msgspec.Struct):
    """Lines that are one block of the report."""

    role: Role
    lines: list[PrintedLine]
    kind: SectionKind | None = None


class Style(msgspec.Struct, frozen=True):
    """Of running text: the size of its font, and the distance from line to line."""

    size: float
    leading: float
    bold: bool


def style_of(lines: list[PrintedLine]) -> Style:
    """The style that most characters have."""
    sizes: Counter[float] = Counter()
    bold = 0
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
        bold += len(line.text) if line.bold else 0
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    steps = Counter(
        round((a.bottom - b.bottom) * 2) / 2
        for a, b in pairwise(lines)
        if a.page == b.page and a.column == b.column and 0 < a.bottom - b.bottom < 3 * size
    )
    leading = steps.most_common(1)[0][0] if steps else 1.2 * size
    return Style(size, leading, bold > 0.5 * sum(sizes.values()))


def groups_of(lines: list[PrintedLine]) -> list[Group]:
    """The blocks in reading order; captions, tables and footnotes that interrupt a paragraph come behind it."""
    style = style_of(lines)
    edges = _edges(lines)
    found: list[Group] = []
    asides: list[Group] = []
    paragraph: list[PrintedLine] = []
    references = False

    def close() -> None:
        if paragraph:
            found.append(Group(Role.REFERENCE if references else Role.BODY, list(paragraph)))
            paragraph.clear()
        found.extend(asides)
        asides.clear()

    index = 0
    titled = False
    while index < len(lines):
        line = lines[index]
        before = lines[index - 1] if index else None
        if _caption_begins(line, before, style):
            end = _caption_end(lines, index, style)
            asides.append(Group(Role.CAPTION, lines[index:end]))
            if is_table(_as_line(line)):
                stop = _table_end(lines, end, style)
                if stop > end:
                    asides.append(Group(Role.TABLE, lines[end:stop]))
                end = stop
            index = end
            continue
        if _is_footnote(lines, index, style, references):
            asides.append(Group(Role.BODY, [line], SectionKind.BACK_MATTER))
            index += 1
            continue
        end = _heading_end(lines, index, style)
        if end > index:
            close()
            text = " ".join(one.text for one in lines[index:end])
            known = heading_of(text)
            if not titled and line.page == 1 and known is None and line.size > 1.2 * style.size:
                titled = True
                found.append(Group(Role.BODY, lines[index:end], SectionKind.TITLE))
            else:
                references = known is not None and known.kind is SectionKind.REFERENCES
                found.append(Group(Role.HEADING, lines[index:end]))
            index = end
            continue
        if paragraph and _paragraph_begins(paragraph, line, style, edges[line.page, line.column], references):
            close()
        paragraph.append(line)
        index += 1
    close()
    return found


def _as_line(line: PrintedLine) -> Line:
    text = line.text
    return Line(0, len(text), text)


def _gap(before: PrintedLine, line: PrintedLine) -> float | None:
    """The distance of two lines of one column, or None across columns and pages."""
    if before.page != line.page or before.column != line.column or line.bottom >= before.bottom:
        return None
    return before.bottom - line.bottom


def _set_apart(line: PrintedLine, style: Style) -> bool:
    return abs(line.size - style.size) > 0.07 * style.size


def _caption_begins(line: PrintedLine, before: PrintedLine | None, style: Style) -> bool:
    if not starts_caption(_as_line(line), _as_line(before) if before else None):
        return False
    gap = _gap(before, line) if before else None
    own = _set_apart(line, style) or line.pieces[0].bold != style.bold
    return own or gap is None or gap > 1.2 * style.leading or (before is not None and _as_line(before).finished)


def _caption_end(lines: list[PrintedLine], first: int, style: Style) -> int:
    """Behind the last line of a caption: the next one stands apart, or in another font."""
    end = first + 1
    table = is_table(_as_line(lines[first]))
    column = [one for one in lines if one.page == lines[first].page and one.column == lines[first].column]
    edge = max(one.right for one in column)
    while end < len(lines):
        gap = _gap(lines[end - 1], lines[end])
        same = abs(lines[end].size - lines[first].size) <= 0.05 * style.size
        if gap is None or gap > 1.25 * style.leading or not same or lines[end].cells > 2:
            break
        if starts_caption(_as_line(lines[end]), _as_line(lines[end - 1])):
            break
        if table and (_as_line(lines[end - 1]).finished or lines[end - 1].right < 0.8 * edge):
            break
        end += 1
    return end


def _table_end(lines: list[PrintedLine], first: int, style: Style) -> int:
    """Behind the last row of the table whose caption ends before `first`: where running text or another block begins."""
    end = first
    while end < len(lines) and lines[end].page == lines[first].page:
        line = lines[end]
        known = heading_of(line.text)
        if starts_caption(_as_line(line), None) or (known and not known.weak and line.cells == 1):
            break
        prose = line.cells == 1 and len(line.text) > 45 and not _set_apart(line, style)
        gap = _gap(lines[end - 1], line)
        if prose or (line.cells == 1 and (gap is None or gap > 2 * style.leading) and not _set_apart(line, style)):
            break
        end += 1
    return end


def _is_footnote(lines: list[PrintedLine], index: int, style: Style, references: bool) -> bool:
    """Small print at the foot of a column."""
    line = lines[index]
    if references or line.size > 0.93 * style.size or line.bottom > 0.3 * 792:
        return False
    rest = [one for one in lines[index:] if one.page == line.page and one.column == line.column]
    return all(one.size <= 0.93 * style.size for one in rest)


def _heading_end(lines: list[PrintedLine], first: int, style: Style) -> int:
    """Behind the lines of a heading that begins at `first`; `first` itself if none does."""
    line = lines[first]
    text = line.text
    larger = line.size > 1.07 * style.size
    styled = larger or (line.bold and not style.bold)
    known = heading_of(text)
    before = lines[first - 1] if first else None
    gap = _gap(before, line) if before else None
    if known and (styled or before is None or gap is None or gap > 1.15 * style.leading or _as_line(before).finished):
        return first + 1
    if not styled or len(text) > 160 or not (text[0].isupper() or text[0].isdigit()) or line.cells > 2:
        return first
    if not larger and text.endswith(".") and heading_of(text) is None:
        return first
    end = first + 1
    while end < min(len(lines), first + (8 if larger else 3)):
        following, step = lines[end], _gap(lines[end - 1], lines[end])
        alike = abs(following.size - line.size) <= 0.05 * line.size and following.bold == line.bold
        if not alike or step is None or step > 1.5 * line.size or heading_of(following.text):
            break
        end += 1
    letters = sum(map(str.isalpha, text))
    return end if letters >= 3 else first


def _paragraph_begins(
    paragraph: list[PrintedLine], line: PrintedLine, style: Style, edge: float, references: bool
) -> bool:
    """Whether a new paragraph begins with `line`: a space above it, an indent, or a short finished line before it."""
    before = paragraph[-1]
    finished = _as_line(before).finished
    gap = _gap(before, line)
    width = max(one.right - one.left for one in paragraph)
    if references:
        hanging = gap is not None and line.left < before.left - 0.5 * style.size
        numbered = finished and bool(ENTRY.match(line.text))
        return hanging or numbered or (gap is not None and gap > 1.3 * style.leading)
    if _set_apart(line, style) != _set_apart(before, style):
        return finished or gap is not None
    if gap is not None and gap > 1.35 * style.leading:
        return finished or line.text[:1].isupper()
    if not finished:
        return False
    indented = edge + 0.7 * style.size < line.left < edge + 4 * style.size
    if gap is None:
        short = before.right - before.left < 0.85 * width
        return line.text[:1].isupper() and (indented or short)
    return indented or before.right - before.left < 0.8 * width


def _edges(lines: list[PrintedLine]) -> dict[tuple[int, int], float]:
    """Where the lines of each column of each page mostly begin."""
    lefts: dict[tuple[int, int], Counter[float]] = {}
    for line in lines:
        lefts.setdefault((line.page, line.column), Counter())[round(line.left)] += 1
    return {place: counts.most_common(1)[0][0] for place, counts in lefts.items()}
