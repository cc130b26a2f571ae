"""The lines of a text as PDF extraction leaves it, and how the page was laid out."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

import msgspec


class Line(msgspec.Struct, frozen=True):
    """A line that is not blank: its place in the raw text without the white space around it.

    `gap` counts the blank lines before it; `indented` lines begin with white space, which PDF extraction leaves where a
    page begins.
    """

    start: int
    end: int
    text: str
    gap: int = 0
    indented: bool = False

    @property
    def finished(self) -> bool:
        """Whether a sentence can end with this line."""
        return _is_finished(self.text)


class Layout(msgspec.Struct, frozen=True):
    """`wrapped`: lines end where the column ended. `spaced`: a blank line follows every line. `width`: of a full line."""

    wrapped: bool
    spaced: bool
    width: int


_FINISHED = re.compile(r"""[.?!:;…]["'”’)\]»]*(?:\s?\[[\d,\s–-]+\]|\d{1,2}(?:[,–-]\d{1,2})*)?$""")
_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_COUNTED = re.compile(r"(\d{1,4})(?:[ \t]+|$)")
_MARGIN = " \t\u00a0\u2002\u2003\u2009\u200b\ufeff"


@lru_cache(maxsize=4096)
def _is_finished(text: str) -> bool:
    """Kept, for many ways of reading the same lines are weighed against each other."""
    return _FINISHED.search(text) is not None


def split_lines(raw: str) -> tuple[Line, ...]:
    """The lines that are not blank, in order."""
    lines: list[Line] = []
    previous_end = 0
    for match in _LINE.finditer(raw):
        text = match[0].strip().strip(_MARGIN)
        if not text:
            continue
        start = match.start() + match[0].index(text)
        between = raw[previous_end : match.start()]
        breaks = between.count("\n") or between.count("\r")
        gap = max(0, breaks - 1) if lines else 0
        lines.append(Line(start, start + len(text), text, gap, indented=match[0][0].isspace()))
        previous_end = start + len(text)
    return tuple(lines)


def without_numbers(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines without the line numbers of a manuscript, if nearly every line has one and they count up."""
    numbers = [match and int(match[1]) for match in (_COUNTED.match(line.text) for line in lines)]
    steps = sum(1 for a, b in pairwise(numbers) if a is not None and b is not None and b - a == 1)
    if len(lines) < 8 or steps < 0.8 * (len(lines) - 1):
        return lines
    kept: list[Line] = []
    for line in lines:
        match = _COUNTED.match(line.text)
        if match is None:
            kept.append(line)
        elif match.end() < len(line.text):
            kept.append(Line(line.start + match.end(), line.end, line.text[match.end() :], line.gap, line.indented))
    return tuple(kept)


def measure(lines: tuple[Line, ...]) -> Layout:
    """How the page was laid out, judged from line lengths, unfinished lines and blank lines."""
    long = [line for line in lines if len(line.text) >= 30]
    if len(long) < 4:
        return Layout(wrapped=False, spaced=False, width=0)
    lengths = sorted(len(line.text) for line in long)
    width = lengths[len(lengths) * 3 // 4]
    broken = sum(1 for a, b in pairwise(lines) if len(a.text) >= 30 and breaks_off(a, b))
    wrapped = width <= 180 and broken >= len(long) * 0.3
    gaps = sum(1 for line in lines[1:] if line.gap)
    broken_gaps = sum(1 for a, b in pairwise(lines) if b.gap and breaks_off(a, b))
    spaced = wrapped and gaps >= len(lines) * 0.5 and broken_gaps >= gaps * 0.3
    return Layout(wrapped=wrapped, spaced=spaced, width=width)


def breaks_off(line: Line, following: Line) -> bool:
    """Whether `line` stops within a sentence that goes on in `following`, by the looks of both."""
    return not line.finished and following.text[:1].islower()
