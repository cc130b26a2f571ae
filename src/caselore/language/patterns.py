"""Regular expressions that are tried only on sentences that hold a word they need.

A topic asks a sentence a hundred questions, and nearly all of them are about words that are not there. So the words that
each pattern cannot do without are derived from the pattern itself (see literals.py), one pass of one matcher finds which
of them stand in a sentence, and every other pattern says "no match" without looking.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator

import ahocorasick_rs

from caselore.language.literals import fold, required_literals

_ITS_END = sys.maxsize


class ScreenedText(str):
    """A text that knows which needs of the patterns made so far (`known` of them) are met somewhere in it.

    Parts of it are ordinary strings, and searched as such.
    """

    __slots__ = ("known", "met")
    known: int
    met: frozenset[int]

    def lower(self) -> str:
        """In lower case the same needs are met, for literals are compared without case."""
        lowered = super().lower()
        return _screened(lowered, self.known, self.met) if len(lowered) == len(self) else lowered


def _screened(text: str, known: int, met: frozenset[int]) -> ScreenedText:
    screened_text = ScreenedText(text)
    screened_text.known, screened_text.met = known, met
    return screened_text


class Pattern:
    """Used as what `re.compile` returns; on a ScreenedText that lacks its words it finds nothing at once."""

    __slots__ = ("_compiled", "_needs", "_newest", "flags", "groupindex", "pattern")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._compiled = re.compile(pattern, flags)
        self._needs = frozenset(map(_SCREEN.need, required_literals(pattern, flags)))
        self._newest = max(self._needs, default=0)
        self.pattern = pattern
        self.flags = self._compiled.flags
        self.groupindex = self._compiled.groupindex

    def search(self, text: str, start: int = 0, end: int = _ITS_END) -> re.Match[str] | None:
        return None if self._is_ruled_out(text, end) else self._compiled.search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = _ITS_END) -> re.Match[str] | None:
        return None if self._is_ruled_out(text, end) else self._compiled.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = _ITS_END) -> re.Match[str] | None:
        return None if self._is_ruled_out(text, end) else self._compiled.fullmatch(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = _ITS_END) -> Iterator[re.Match[str]]:
        return iter(()) if self._is_ruled_out(text, end) else self._compiled.finditer(text, start, end)

    def findall(self, text: str) -> list[str]:
        return [] if self._is_ruled_out(text) else self._compiled.findall(text)

    def split(self, text: str, most: int = 0) -> list[str]:
        return self._compiled.split(text, most)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        return text if self._is_ruled_out(text) else self._compiled.sub(replacement, text, count)

    def _is_ruled_out(self, text: str, end: int = _ITS_END) -> bool:
        """A text that is cut at `end` has a word boundary there that the whole of it lacks: nothing is known of it."""
        return (
            type(text) is ScreenedText and not self._needs <= text.met and self._newest < text.known and end == _ITS_END
        )

    def __repr__(self) -> str:
        return f"Pattern({self.pattern!r})"


class _Screen:
    """What all patterns need, and the one matcher for it; the matcher is made anew when patterns were added since.

    A need is a set of literals of which one must occur; patterns that need the same share its number.
    """

    def __init__(self) -> None:
        self._numbers: dict[frozenset[str], int] = {}
        self._needs_with: dict[str, list[int]] = {}
        self._needs_of_hit: list[list[int]] = []
        self._matcher: ahocorasick_rs.AhoCorasick | None = None

    def need(self, literals: frozenset[str]) -> int:
        """The number of this need."""
        if literals not in self._numbers:
            self._numbers[literals] = len(self._numbers)
            for literal in literals:
                self._needs_with.setdefault(literal, []).append(self._numbers[literals])
            self._matcher = None
        return self._numbers[literals]

    def screened(self, text: str) -> ScreenedText:
        if self._matcher is None:
            self._matcher = ahocorasick_rs.AhoCorasick(list(self._needs_with))
            self._needs_of_hit = list(self._needs_with.values())
        hits = {hit for hit, _, _ in self._matcher.find_matches_as_indexes(fold(text), overlapping=True)}
        met = frozenset[int]().union(*(self._needs_of_hit[hit] for hit in hits))
        return _screened(text, len(self._numbers), met)


_SCREEN = _Screen()


def screened(text: str) -> ScreenedText:
    """The text with the patterns found that can match in it."""
    return _SCREEN.screened(text)
