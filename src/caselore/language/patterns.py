"""Regular expressions that are tried only on sentences that hold a word they need.

A topic asks a sentence a hundred questions, and nearly all of them are about words that are not there. So the words that
each pattern cannot do without are derived from the pattern itself (see literals.py), one pass of one matcher finds which
of them a sentence lacks, and every pattern that needs one of those says "no match" without looking. Whole functions are
spared in the same way: see silence.py.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping

import ahocorasick_rs
import msgspec

from caselore.language.literals import fold, required_literals
from caselore.language.programs import compiled

_ITS_END = sys.maxsize


class ScreenedText(str):
    """A text that knows what it lacks: in `missing` the bit of every need is set of which it holds no literal.

    Parts of it are ordinary strings, and searched as such.
    """

    __slots__ = ("missing",)
    missing: int

    def lower(self) -> str:
        """In lower case the same needs are met, for literals are compared without case."""
        lowered = super().lower()
        return _screened(lowered, self.missing) if len(lowered) == len(self) else lowered


def _screened(text: str, missing: int) -> ScreenedText:
    screened_text = ScreenedText(text)
    screened_text.missing = missing
    return screened_text


class Unanswerable(Exception):
    """A blank text was asked for more than whether a pattern can match in it."""


class Questions(msgspec.Struct, frozen=True):
    """The needs of several patterns: the rarest of each all together, and all of each."""

    rarest: int
    needs: tuple[int, ...]

    def are_denied_by(self, text: ScreenedText) -> bool:
        """Whether none of the patterns can match in the text."""
        missing = text.missing
        return missing & self.rarest == self.rarest or all(missing & needs for needs in self.needs)


class BlankText:
    """Stands for a text in which no pattern can match, and remembers the needs of each that was tried.

    It is no string, so that whatever looks at the text in another way fails instead of being told something wrong.
    """

    def __init__(self) -> None:
        self._rarest = 0
        self._needs: set[int] = set()

    def note(self, rarest: int, needs: int) -> None:
        self._rarest |= rarest
        self._needs.add(needs)

    @property
    def questions(self) -> Questions:
        """What it was asked so far."""
        return Questions(self._rarest, tuple(self._needs))

    def lower(self) -> BlankText:
        return self

    def __bool__(self) -> bool:
        raise Unanswerable

    def __eq__(self, other: object) -> bool:
        raise Unanswerable

    def __hash__(self) -> int:
        return id(self)

    def __str__(self) -> str:
        raise Unanswerable


class Pattern:
    """Used as what `re.compile` returns; on a ScreenedText that lacks its words it finds nothing at once.

    It is compiled when it is first tried in earnest: most of them never are on one report.
    """

    __slots__ = ("_compiled", "_flags", "_needs", "_rarest", "pattern")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None
        self._needs = self._rarest = 0  # the screen sets their bits
        _SCREEN.add(self)

    @property
    def compiled(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = compiled(self.pattern, self._flags)
        return self._compiled

    @property
    def flags(self) -> int:
        return self.compiled.flags

    @property
    def groupindex(self) -> Mapping[str, int]:
        return self.compiled.groupindex

    def search(self, text: str, start: int = 0, end: int = _ITS_END) -> re.Match[str] | None:
        if self._is_ruled_out(text, end):
            return None
        return (self._compiled or self.compiled).search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = _ITS_END) -> re.Match[str] | None:
        if self._is_ruled_out(text, end):
            return None
        return (self._compiled or self.compiled).match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = _ITS_END) -> re.Match[str] | None:
        if self._is_ruled_out(text, end):
            return None
        return (self._compiled or self.compiled).fullmatch(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = _ITS_END) -> Iterator[re.Match[str]]:
        if self._is_ruled_out(text, end):
            return iter(())
        return (self._compiled or self.compiled).finditer(text, start, end)

    def findall(self, text: str) -> list[str]:
        return [] if self._is_ruled_out(text) else self.compiled.findall(text)

    def split(self, text: str, most: int = 0) -> list[str]:
        return self.compiled.split(text, most)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        return text if self._is_ruled_out(text) else self.compiled.sub(replacement, text, count)

    def may_match(self, text: str) -> bool:
        """False where the text, or the same with other white space, is known to lack a word of the pattern."""
        return not self._is_ruled_out(text)

    def _is_ruled_out(self, text: str, end: int = _ITS_END) -> bool:
        """A text that is cut at `end` has a word boundary there that the whole of it lacks: nothing is known of it."""
        if type(text) is ScreenedText:
            return bool(self._needs & text.missing) and end == _ITS_END
        return type(text) is not str and isinstance(text, BlankText) and self._is_noted_by(text)

    def _is_noted_by(self, blank: BlankText) -> bool:
        _SCREEN.take_in()
        if not self._rarest:  # it may match whatever a text lacks
            raise Unanswerable
        blank.note(self._rarest, self._needs)
        return True

    def __repr__(self) -> str:
        return f"Pattern({self.pattern!r})"


class _Screen:
    """What all patterns need, and the one matcher for it; the matcher is made anew when patterns were added since.

    A need is a set of literals of which one must occur; it is a bit, and patterns that need the same share it.
    """

    def __init__(self) -> None:
        self._new: list[Pattern] = []
        self._bits: dict[frozenset[str], int] = {}
        self._bits_of: dict[str, int] = {}
        self._unmet_after_hit: list[int] = []
        self._matcher: ahocorasick_rs.AhoCorasick | None = None

    def add(self, pattern: Pattern) -> None:
        self._new.append(pattern)

    def take_in(self) -> None:
        """Gives the needs of patterns that were added their bits."""
        for pattern in self._new:
            bits = [self._bit(literals) for literals in required_literals(pattern.pattern, pattern._flags)]
            pattern._rarest = bits[0] if bits else 0
            for bit in bits:
                pattern._needs |= bit
        self._new.clear()

    def _bit(self, literals: frozenset[str]) -> int:
        if literals not in self._bits:
            self._bits[literals] = bit = 1 << len(self._bits)
            for literal in literals:
                self._bits_of[literal] = self._bits_of.get(literal, 0) | bit
            self._matcher = None
        return self._bits[literals]

    def screened(self, text: str) -> ScreenedText:
        if self._new:
            self.take_in()
        if self._matcher is None:
            self._matcher = ahocorasick_rs.AhoCorasick(list(self._bits_of))
            every = (1 << len(self._bits)) - 1
            self._unmet_after_hit = [every & ~bits for bits in self._bits_of.values()]
        missing = (1 << len(self._bits)) - 1
        for hit in {hit for hit, _, _ in self._matcher.find_matches_as_indexes(fold(text), overlapping=True)}:
            missing &= self._unmet_after_hit[hit]
        return _screened(text, missing)


_SCREEN = _Screen()


def screened(text: str) -> ScreenedText:
    """The text with the patterns found that can match in it."""
    return _SCREEN.screened(text)
