"""Whether a text tells of patients at all: cheap, before it is read.

It leans to keeping: a text that is kept needlessly costs some milliseconds, one that is set aside is lost.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from functools import cache
from importlib.resources import files

import msgspec

import caselore.batch as room
from caselore.model.text import Document


class _Enough(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many kinds keep a text of at most `up_to` characters."""

    kinds: int
    with_words_of_others: int
    up_to: int | None = None


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`triage.toml`: kinds of phrases, each with its regular expressions."""

    source: str
    passage: int
    enough: tuple[_Enough, ...]
    single: dict[str, tuple[str, ...]]
    told: dict[str, tuple[str, ...]]
    other: dict[str, tuple[str, ...]]


_Patterns = dict[str, re.Pattern[str]]


class _Phrases(msgspec.Struct, frozen=True, kw_only=True):
    """The table with its patterns compiled, one a kind."""

    table: _Table
    single: _Patterns
    told: _Patterns
    other: _Patterns


def no_case_report(document: Document) -> str | None:
    """Why a document is no case report, or None where it may be one."""
    return no_patients_in(document.text)


def no_patients_in(text: str) -> str | None:
    """Why a text does not tell of a patient, or None where it may."""
    phrases, words = _phrases(), f"\n{text.lower()}"
    found = _kinds_together(words, phrases)
    enough = next(one for one in phrases.table.enough if one.up_to is None or len(text) <= one.up_to)
    if found >= enough.with_words_of_others:
        return None
    against = [name for name, pattern in phrases.other.items() if pattern.search(words)]
    if found >= enough.kinds and not against:
        return None
    of = len(phrases.single) + len(phrases.told)
    return f"no case report: in no passage more than {found} of {of} kinds of words about one patient" + (
        f", words of other articles ({', '.join(against)})" if against else ""
    )


def _kinds_together(text: str, phrases: _Phrases) -> int:
    """The most kinds around one place that speaks of a single person; 0 where none does."""
    single = _places(text, phrases.single)
    if not any(single):
        return 0
    kinds = [*single, *_places(text, phrases.told)]
    reach = phrases.table.passage
    return max(
        sum(_one_within(kind, place - reach, place + reach) for kind in kinds) for one in single for place in one
    )


def _places(text: str, patterns: _Patterns) -> list[list[int]]:
    """Where the phrases of each kind begin, in order."""
    return [[match.start() for match in pattern.finditer(text)] for pattern in patterns.values()]


def _one_within(places: list[int], first: int, last: int) -> bool:
    following = bisect_left(places, first)
    return following < len(places) and places[following] <= last


@cache
def _phrases() -> _Phrases:
    toml = tomllib.loads((files(room) / "triage.toml").read_text(encoding="utf-8"))
    table = msgspec.convert(toml, _Table)
    return _Phrases(
        table=table, single=_compiled(table.single), told=_compiled(table.told), other=_compiled(table.other)
    )


def _compiled(kinds: dict[str, tuple[str, ...]]) -> _Patterns:
    return {name: re.compile("|".join(kind)) for name, kind in kinds.items()}
