"""Page furniture: running heads, page numbers, web addresses and download notices between the lines of a report."""

from __future__ import annotations

import re
from itertools import pairwise

from caselore.reading.headings import heading_of
from caselore.reading.lines import Layout, Line

_SURE = re.compile(
    r"""(?ix)
    (?:\d{1,5}\s*)?(?:https?://\S+|(?:www\.)\S+|doi:?\s?10\.\S+|10\.\d{4,}/\S+)(?:\s*\d{1,5})?
    | [•|\s]*page\s+\d+(?:\s*(?:of|/)\s*\d+)?[•|\s]*
    | (?:-|–|—)\s*\d{1,4}\s*(?:-|–|—)
    | .{0,90}\bissn\b:?\s*[\dX-]{4,}.*
    | citation:\s.{10,}
    | .{0,60}(?:author\ manuscript|available\ in\ pmc|nih-pa\ author|hhs\ public\ access).{0,80}
    | .{0,20}(?:downloaded\ from|downloaded\ (?:on|by|at)\b|accessed\ on\b).{0,160}
    | (?:©|\(c\)(?=\s(?:19|20)\d\d|\sthe\sauthor)|copyright)\s.{0,160}
    | .{0,30}(?:this\ is\ an\ open.access\ article|licensed\ under|creative\ commons|all\ rights\ reserved).{0,240}
    | (?:received|accepted|published(?:\ online)?|revised|available\ online|submitted)\b:?\s.{0,20}\b(?:19|20)\d\d\b.{0,140}
    | published\ in\ final\ edited\ form\ as:?.{0,80}
    | (?:for\ peer\ review|uncorrected\ proof|provisional\ pdf|article\ in\ press|original\ article\ open)\b.{0,60}
    | (?:frontiers\ in\ \w+(?:\s\w+)?|bmc\ \w+|cureus)\s*(?:\d+|www\.\S+|frontiersin\.org)?
    | \d{1,4}\s+(?:www\.)?frontiersin\.org.*
    """
)
_CITED_JOURNAL = re.compile(
    r"""(?x)
    (?=.{8,140}$)[A-Z].*?\b(?:19|20)\d\d\b(?:\s[A-Z][a-z]+\s?\d{0,2})?\s?,?;?:?\s*(?:\d+\s*(?:\(\d+[^)]*\))?\s*[,:]\s*\S+(?:\s*[-–]\s*\S+)?)?
    (?:\s+(?:\d+\s+of\s+\d+|[Pp]age\s+\d+.*))?$
    """
)
_AUTHORS = re.compile(r"[A-Z][\w.\s'’-]{2,50}\bet al\.?(?::.{0,80}|\s.{0,80})?(?:\s*\d{1,4})?$")
_PAGE = re.compile(r"[A-Za-z]?\d{1,5}$")
_DIGITS = re.compile(r"\d+")


def without_furniture(lines: tuple[Line, ...], layout: Layout) -> tuple[Line, ...]:
    """The lines that belong to the report; all of them if nothing would be left.

    Known kinds of furniture are dropped wherever they stand, a short line that recurs apart from its digits as a running
    head, and bare numbers, author lines and journal lines where they stand beside such a line.
    """
    sure = {index for index, line in enumerate(lines) if _SURE.fullmatch(line.text)}
    sure |= _outline(lines)
    sure |= _recurring(lines, layout)
    sure |= _numbered_heads(lines)
    grown = True
    while grown:
        grown = False
        for index, line in enumerate(lines):
            if index in sure:
                continue
            neighbours = {index - 1, index + 1} & sure
            if neighbours and _beside(line, lines, index, layout):
                sure.add(index)
                grown = True
    sure |= _lone_numbers(lines, sure)
    kept = [line for index, line in enumerate(lines) if index not in sure]
    if not kept:
        return lines
    return tuple(kept)


def _outline(lines: tuple[Line, ...]) -> set[int]:
    """The bookmarks of the PDF, which some extractors append: headings after the end, one a line."""
    found: set[int] = set()
    for index in range(len(lines) - 1, -1, -1):
        if not (heading_of(lines[index].text) and lines[index].indented):
            break
        found.add(index)
    return found if len(found) >= 3 else set()


def _recurring(lines: tuple[Line, ...], layout: Layout) -> set[int]:
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if 8 <= len(line.text) <= 140 and sum(map(str.isalpha, line.text)) >= 6:
            places.setdefault(_DIGITS.sub("#", line.text).casefold(), []).append(index)
    found: set[int] = set()
    apart = 12 if layout.wrapped else 4
    for indices in places.values():
        text = lines[indices[0]].text
        far = min((b - a for a, b in pairwise(indices)), default=0) >= apart
        ends = text.endswith((".", "?", "!", ":", ",", ";")) and not _AUTHORS.match(text)
        if far and not ends and not heading_of(text) and not text[0].islower():
            found.update(indices)
    return found


def _numbered_heads(lines: tuple[Line, ...]) -> set[int]:
    """A running head of authors or journal with its page number on the line before or after it."""
    found: set[int] = set()
    for index, (line, following) in enumerate(pairwise(lines)):
        for head, number in ((line.text, following.text), (following.text, line.text)):
            if number.isdigit() and len(number) <= 5 and (_CITED_JOURNAL.match(head) or _AUTHORS.match(head)):
                found |= {index, index + 1}
    return found


def _beside(line: Line, lines: tuple[Line, ...], index: int, layout: Layout) -> bool:
    """Whether an unsure line next to furniture is furniture too."""
    text = line.text
    if len(text) > 140 or heading_of(text):
        return False
    if _PAGE.fullmatch(text) or _CITED_JOURNAL.match(text) or _AUTHORS.match(text):
        return not text[0].islower()
    following = lines[index + 1].gap if index + 1 < len(lines) else 1
    glued = layout.spaced and (not line.gap or not following)
    return (
        glued and len(text) < 90 and text[0].isupper() and not line.finished and not text.startswith(("Fig", "Table"))
    )


def _lone_numbers(lines: tuple[Line, ...], sure: set[int]) -> set[int]:
    """Page numbers: a number alone between long lines; numbers among short lines are cells of a table."""
    found = set()
    for index, line in enumerate(lines):
        if index in sure or not line.text.isdigit() or len(line.text) > 5:
            continue
        around = [lines[i].text for i in (index - 1, index + 1) if 0 <= i < len(lines)]
        if all(len(text) >= 30 or heading_of(text) for text in around):
            found.add(index)
    return found
