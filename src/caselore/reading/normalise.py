"""Lines to one normalised text, with an exact map back to the raw text.

The text is built from pieces that each know their raw place, so that the map falls out of the building: characters are
copied, replaced as a whole, or left out; nothing is searched for afterwards.
"""

from __future__ import annotations

import re
from collections import Counter

from caselore.model.text import OffsetMap, Run, TextSpan
from caselore.reading.blocks import Block, Role
from caselore.reading.characters import HYPHENS, SOFT_HYPHENS, SPECIAL, replacement
from caselore.reading.hyphens import keeps_hyphen
from caselore.reading.lines import Line
from caselore.reading.superscripts import GLUED, SUPERSCRIPT, is_citation, superscript

_SUSPENDED = re.compile(r"(?:and|or|to|und|sowie|versus|vs)\b")
_SPLIT_PREFIX = re.compile(r"\b(?:iso|hyper|hypo)$", re.I)
_SPLIT_REST = re.compile(r"(?:intense|dense|attenuat|echoic|metabolic|plastic)")


class Pieces:
    """The normalised text while it is built, piece by piece, each with its place in the raw text."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.length = 0
        self._parts: list[str] = []
        self._runs: list[Run] = []

    def copy(self, start: int, end: int) -> None:
        """Raw characters as they are."""
        if start < end:
            self._add(self.raw[start:end], start, end - start)

    def replace(self, text: str, start: int, end: int) -> None:
        """Raw characters [start, end) that become `text`; an empty text leaves them out."""
        if text:
            self._add(text, start, end - start)

    def text(self) -> str:
        return "".join(self._parts)

    def offsets(self) -> OffsetMap:
        return OffsetMap(tuple(self._runs))

    def _add(self, text: str, start: int, length: int) -> None:
        last = self._runs[-1] if self._runs else None
        joined = (
            last is not None
            and last.text_length == last.raw_length
            and len(text) == length
            and last.raw + last.raw_length == start
        )
        if joined and last is not None:
            self._runs[-1] = Run(last.text, last.raw, last.text_length + length, last.raw_length + length)
        else:
            self._runs.append(Run(self.length, start, len(text), length))
        self._parts.append(text)
        self.length += len(text)


def write(pieces: Pieces, block: Block, words: Counter[str], *, glued: bool) -> tuple[TextSpan, ...]:
    """Writes a block and tells where its paragraph stands, or each of its lines for a table."""
    glued = glued and block.role is not Role.REFERENCE
    if block.role is Role.TABLE:
        spans = []
        for number, line in enumerate(block.lines):
            if number:
                _break(pieces, block.lines[number - 1], "\n")
            start = pieces.length
            _line(pieces, line.start, line.end, glued=glued)
            spans.append(TextSpan(start, pieces.length))
        return tuple(span for span in spans if span.end > span.start)
    start = pieces.length
    for line, following in zip(block.lines, (*block.lines[1:], None), strict=True):
        if following is None:
            _line(pieces, line.start, line.end, glued=glued)
        else:
            _line_and_end(pieces, line, following, words, glued=glued)
    return (TextSpan(start, pieces.length),) if pieces.length > start else ()


def end_block(pieces: Pieces, block: Block) -> None:
    """The empty line behind a block."""
    _break(pieces, block.lines[-1], "\n\n")


def _break(pieces: Pieces, line: Line, text: str) -> None:
    start = min(line.end, len(pieces.raw) - 1)
    pieces.replace(text, start, start + 1)


def _line_and_end(pieces: Pieces, line: Line, following: Line, words: Counter[str], *, glued: bool) -> None:
    """A line and what stands for its end: a space, or nothing within a word."""
    text, rest = line.text, following.text
    last, end = text[-1], line.end
    if last in SOFT_HYPHENS and len(text) > 1 and text[-2].isalnum():
        _line(pieces, line.start, end - 1, glued=glued)
        return
    if last in HYPHENS and len(text) > 1 and (text[-2].isalnum() or text[-2] in ")]"):
        if _SUSPENDED.match(rest):
            _line(pieces, line.start, end, glued=glued)
        elif keeps_hyphen(text[:-1], rest, words):
            _line(pieces, line.start, end, glued=glued)
            return
        else:
            _line(pieces, line.start, end - 1, glued=glued)
            return
    else:
        _line(pieces, line.start, end, glued=glued)
        if last in "–/" and len(text) > 1 and text[-2].isalnum() and rest[0].isalnum():
            return
        if _SPLIT_PREFIX.search(text) and _SPLIT_REST.match(rest) and following.start - end > 3:
            return
    pieces.replace(" ", end, end + 1)


def _line(pieces: Pieces, start: int, end: int, *, glued: bool) -> None:
    """The characters of one line, with everything that does not stand for itself replaced."""
    text = pieces.raw[start:end]
    changes: list[tuple[int, int, str]] = []
    if not (text.isascii() and text.isprintable()) or "  " in text or "`" in text:
        changes += [(m.start(), m.end(), replacement(m)) for m in SPECIAL.finditer(text)]
        changes += [(m.start(), m.end(), superscript(text, m)) for m in SUPERSCRIPT.finditer(text)]
    if glued:
        changes += [(m.start(), m.end(), f" [{m[0]}]") for m in GLUED.finditer(text) if is_citation(text, m)]
    if not changes:
        pieces.copy(start, end)
        return
    position = 0
    for first, last, new in sorted(changes):
        if first < position:
            continue
        pieces.copy(start + position, start + first)
        pieces.replace(new, start + first, start + last)
        position = last
    pieces.copy(start + position, end)
