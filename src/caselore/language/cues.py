"""The words that turn or weaken a statement ("no", "ruled out", "suspected"), as data, and where they stand in a text.

`cues.csv` has a cue a row: its assertion, the side on which it stands to what it governs, and how far it reaches. Two
further words stand in place of an assertion: `pseudo` only hides shorter cues inside it, and `resolved` is historical for
what was there and went. `cues.toml` holds the word classes that a cue may name in braces.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
import tomllib
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files

import ahocorasick_rs
import msgspec

from caselore.language.patterns import Pattern
from caselore.model.fact import Assertion


class Reach(StrEnum):
    """How far a cue governs."""

    ADJACENT = "adjacent"
    """the word that it touches"""
    PHRASE = "phrase"
    """the noun phrase, or the two that "and" or "or" join"""
    LIST = "list"
    """a list of bare nouns: ends at an item with an article of its own"""
    CLAUSE = "clause"
    SENTENCE = "sentence"


class Side(StrEnum):
    """Where the cue stands, seen from what it governs."""

    BEFORE = "before"
    AFTER = "after"
    BOTH = "both"


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """`assertion` is None for a pseudo cue. `resolved`: what it governs was there and went (then HISTORICAL)."""

    words: str
    assertion: Assertion | None
    side: Side
    reach: Reach
    resolved: bool = False


class CueHit(msgspec.Struct, frozen=True, kw_only=True):
    """A cue where it stands in a text."""

    cue: Cue
    start: int
    end: int


class CueError(ValueError):
    """A row of the cue table cannot be used; the message has the line and the reason."""


MOST_OF_A_ROW = 5_000
"""Every start builds all cues: a row of four word classes once made 119,000 of them, and every start three times as slow."""

_CLASS = Pattern(r"\{(\w+)\}")


def read_cues(table: str, classes: dict[str, list[str]]) -> tuple[Cue, ...]:
    """The cues of a table in CSV, word classes expanded; raises CueError."""
    found: dict[tuple[str, Side], Cue] = {}
    reader = csv.DictReader(io.StringIO(table))
    for row in reader:
        place = f"line {reader.line_num}"
        if None in row or None in row.values():
            raise CueError(f"{place}: the row has another number of cells than the header")
        try:
            resolved = row["assertion"] == "resolved"
            assertion = None if row["assertion"] == "pseudo" else _assertion(row["assertion"])
            reach = Reach(row["reach"]) if row["reach"] else Reach.CLAUSE
            side = Side(row["side"])
        except ValueError as error:
            raise CueError(f"{place}: {error}") from error
        unknown = [name for name in _CLASS.findall(row["cue"]) if name not in classes]
        if unknown:
            raise CueError(f"{place}: there is no word class {unknown[0]!r}")
        expanded = _expanded(row["cue"], classes)
        if len(expanded) > MOST_OF_A_ROW:
            raise CueError(
                f"{place}: the row stands for {len(expanded)} cues, {MOST_OF_A_ROW} at most: split its classes"
            )
        for words in expanded:
            found.setdefault(
                (words, side), Cue(words=words, assertion=assertion, side=side, reach=reach, resolved=resolved)
            )
    return tuple(found.values())


def _assertion(name: str) -> Assertion:
    return Assertion.HISTORICAL if name == "resolved" else Assertion(name)


def _expanded(pattern: str, classes: dict[str, list[str]]) -> list[str]:
    parts = _CLASS.split(pattern)
    choices = [classes[part] if index % 2 else [part] for index, part in enumerate(parts)]
    return ["".join(choice) for choice in itertools.product(*choices)]


class CueMatcher:
    """Finds cues on word boundaries; of cues that overlap, the longest and then the leftmost counts."""

    def __init__(self, cues: tuple[Cue, ...]) -> None:
        self._by_form: dict[str, list[Cue]] = {}
        for cue in cues:
            self._by_form.setdefault(fold_cue(cue.words), []).append(cue)
        self._forms = list(self._by_form)
        self._matcher = ahocorasick_rs.AhoCorasick(self._forms)

    def find(self, text: str) -> tuple[CueHit, ...]:
        """The cues of a sentence, in order; `text` may hold runs of blanks."""
        squeezed, places = _squeeze(text)
        spans = [
            (start, end, index)
            for index, start, end in self._matcher.find_matches_as_indexes(squeezed, overlapping=True)
            if _on_boundaries(squeezed, start, end)
        ]
        taken: list[tuple[int, int]] = []
        hits: list[CueHit] = []
        for start, end, index in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            taken.append((start, end))
            for cue in self._by_form[self._forms[index]]:
                hits.append(CueHit(cue=cue, start=places[start], end=places[end - 1] + 1))
        return tuple(sorted(hits, key=lambda hit: (hit.start, hit.cue.side)))


def fold_cue(words: str) -> str:
    """A cue as it is compared: lower case, straight apostrophes."""
    return words.lower().replace("’", "'")


_ODD_SPACE = re.compile(r"[^\S ]| \s")


def _squeeze(text: str) -> tuple[str, Sequence[int]]:
    """Lower case with single blanks, and the place in `text` of each character kept."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    lowered = lowered.replace("’", "'").replace("‘", "'").replace("‐", "-").replace("‑", "-")
    if not _ODD_SPACE.search(lowered):
        return lowered, range(len(lowered))
    kept: list[str] = []
    places: list[int] = []
    blank = False
    for place, char in enumerate(lowered):
        if char.isspace():
            if blank:
                continue
            char = " "
        blank = char == " "
        kept.append(char)
        places.append(place)
    return "".join(kept), places


def _on_boundaries(text: str, start: int, end: int) -> bool:
    if start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        return False
    return not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


@cache
def cue_matcher() -> CueMatcher:
    """The matcher over the cues of this package."""
    here = files("caselore.language")
    classes = tomllib.loads((here / "cues.toml").read_text(encoding="utf-8"))["classes"]
    return CueMatcher(read_cues((here / "cues.csv").read_text(encoding="utf-8"), classes))
