"""Where the words of a report stand on its pages, so that a viewer can mark them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec


class Box(msgspec.Struct, frozen=True, array_like=True):
    """A rectangle on a page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


class PageLine(msgspec.Struct, frozen=True, array_like=True):
    """A printed line: raw characters [start, end), its box, and for each of its words the place where it begins.

    `words` holds pairs flattened to (offset from `start`, left edge in points).
    """

    start: int
    end: int
    box: Box
    words: tuple[float, ...] = ()


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page, counted from 1, with its size in points and its lines in the order of the raw text."""

    number: int
    width: float
    height: float
    lines: tuple[PageLine, ...]


class Places:
    """Finds pages and boxes of raw ranges."""

    def __init__(self, pages: Sequence[Page]) -> None:
        pairs = sorted(((line, page.number) for page in pages for line in page.lines), key=lambda pair: pair[0].start)
        self._lines = [line for line, _ in pairs]
        self._numbers = [number for _, number in pairs]
        self._starts = [line.start for line in self._lines]

    def at(self, start: int, end: int) -> tuple[int | None, tuple[Box, ...]]:
        """The page where raw characters [start, end) begin, and their boxes there, one a line; None without pages."""
        if not self._lines:
            return None, ()
        touched = list(self._touched(start, end))
        if not touched:
            return None, ()
        page = touched[0][1]
        return page, tuple(_part(line, start, end) for line, number in touched if number == page)

    def _touched(self, start: int, end: int) -> Iterator[tuple[PageLine, int]]:
        index = max(0, bisect_right(self._starts, start) - 1)
        while index < len(self._lines) and self._starts[index] < end:
            if self._lines[index].end > start:
                yield self._lines[index], self._numbers[index]
            index += 1


def _part(line: PageLine, start: int, end: int) -> Box:
    """The box of the words of a line that [start, end) touches."""
    left, right = line.box.left, line.box.right
    for offset, edge in zip(line.words[::2], line.words[1::2], strict=True):
        if line.start + offset <= start:
            left = edge
        if line.start + offset >= end:
            right = edge
            break
    return Box(left, line.box.bottom, max(left, right), line.box.top)
