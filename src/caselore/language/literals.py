"""The words without which a regular expression cannot match.

`\\bmargins? (?:was|were) (?:free|clear)` matches no text that holds neither "margin was " nor "margin were " nor ...: one
look at the words of a sentence tells that most patterns need not be tried on it. The idea is that of RE2's FilteredRE2
and of Cox, "Regular Expression Matching with a Trigram Index" (2012).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from re import _constants as code  # type: ignore[attr-defined]  # the parsed form has no public name
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import msgspec

_MOST_TEXTS = 150
"""Parts that can match more different texts than this are not spelt out."""
_MOST_SETS = 3
"""Of many sets the rarest are enough."""
_COMMON = 0.9
"""A set of literals that is likelier than this to be met in a sentence spares no search."""
_FREQUENT = {"the": 0.9, "and": 0.8, "was": 0.5, "with": 0.4, "his": 0.4, "her": 0.4, "are": 0.3, "ing": 0.6, "ed": 0.8}
_MARKS = {" ": 1.0, ".": 1.0, ",": 0.6, "-": 0.5, "(": 0.3, ")": 0.3, "/": 0.1, "%": 0.05, ";": 0.05, ":": 0.1}

_LOOKALIKES = str.maketrans({"İ": "i", "ı": "i", "ſ": "s", "\N{KELVIN SIGN}": "k"})
"""All characters beyond ASCII that match an ASCII letter where case is ignored."""
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")


def fold(text: str) -> str:
    """The text as literals are compared: two characters that a pattern may take for each other are the same here."""
    if text.isascii():
        return text.lower()
    return _FOREIGN_DIGIT.sub("0", text.translate(_LOOKALIKES)).lower()


def required_literals(pattern: str, flags: int = 0) -> tuple[frozenset[str], ...]:
    """Sets of folded strings: each folded text that `pattern` matches holds at least one string of every set.

    No sets where nothing is known. Raises re.error for what is no regular expression.
    """
    return tuple(_shortest(one) for one in _needs(_sequence(parser.parse(pattern, flags))))


def _shortest(literals: frozenset[str]) -> frozenset[str]:
    """Those that hold no other of them: "margins" says nothing beside "margin"."""
    return frozenset(one for one in literals if not any(other in one for other in literals if other != one))


class _Part(msgspec.Struct, frozen=True):
    """What is known of a part of a pattern: all texts it can match (None: too many), and sets of literals it needs besides."""

    texts: frozenset[str] | None
    needed: frozenset[frozenset[str]] = frozenset()


_NOTHING = frozenset({""})
_ANYTHING = _Part(None)
_NO_WIDTH = _Part(_NOTHING)


def _needs(part: _Part) -> list[frozenset[str]]:
    """The sets of literals that are worth looking for, the rarest first."""
    sets = {*part.needed, part.texts} if part.texts else part.needed
    shares = {one: _share(one) for one in sets}
    return sorted((one for one in sets if shares[one] < _COMMON), key=lambda one: shares[one])[:_MOST_SETS]


def _share(literals: frozenset[str]) -> float:
    """About how many of them a sentence holds; the figures need only put sets in a sensible order."""
    return sum(_share_of(one) for one in literals)


@cache
def _share_of(literal: str) -> float:
    if len(literal) == 1 and not literal.isalpha():
        return _MARKS.get(literal, 0.08)
    return _FREQUENT.get(literal) or float(3.2 ** (1.4 - len(literal)))


def _sequence(items: Iterable[tuple[Any, Any]]) -> _Part:
    """Parts in a row: texts that follow each other directly are joined as far as they can be spelt out."""
    run, runs, needed = _NOTHING, set[frozenset[str]](), set[frozenset[str]]()
    whole = True
    for operation, argument in items:
        part = _part(operation, argument)
        needed |= part.needed
        if part.texts is not None and len(run) * len(part.texts) <= _MOST_TEXTS:
            run = frozenset([before + after for before in run for after in part.texts])
        else:
            runs.add(run)
            run, whole = part.texts or _NOTHING, False
    return _Part(run, frozenset(needed)) if whole else _Part(None, frozenset(needed | runs | {run}))


def _part(operation: Any, argument: Any) -> _Part:
    match operation:
        case code.LITERAL:
            return _characters([argument])
        case code.IN:
            return _one_of(argument)
        case code.BRANCH:
            return _branches([_sequence(branch) for branch in argument[1]])
        case code.SUBPATTERN:
            return _sequence(argument[3])
        case code.ATOMIC_GROUP:
            return _sequence(argument)
        case code.MAX_REPEAT | code.MIN_REPEAT | code.POSSESSIVE_REPEAT:
            return _repeated(*argument)
        case code.ASSERT:
            return _Part(_NOTHING, frozenset(_needs(_sequence(argument[1]))))
        case code.ASSERT_NOT | code.AT:
            return _NO_WIDTH
    return _ANYTHING


def _characters(characters: Iterable[int]) -> _Part:
    """One of these characters; letters beyond ASCII are left out, for their case folds in too many ways."""
    printed = [chr(one) for one in characters]
    if any(not one.isascii() and (one.isalnum() or one.lower() != one) for one in printed):
        return _ANYTHING
    return _Part(frozenset(one.lower() for one in printed))


def _one_of(members: list[tuple[Any, Any]]) -> _Part:
    characters: list[int] = []
    for operation, argument in members:
        match operation:
            case code.LITERAL:
                characters.append(argument)
            case code.RANGE if argument[1] - argument[0] < 12:
                characters.extend(range(argument[0], argument[1] + 1))
            case code.CATEGORY if argument is code.CATEGORY_DIGIT:
                characters.extend(map(ord, "0123456789"))
            case _:
                return _ANYTHING
    return _characters(characters)


def _branches(parts: list[_Part]) -> _Part:
    """One of them: it needs a literal of any branch, if each branch needs one."""
    texts = [part.texts for part in parts if part.texts is not None]
    if len(texts) == len(parts) and sum(map(len, texts)) <= _MOST_TEXTS:
        return _Part(frozenset[str]().union(*texts))
    rarest = [_needs(part)[:1] for part in parts]
    if not all(rarest):
        return _ANYTHING
    return _Part(None, frozenset([frozenset[str]().union(*(need for needs in rarest for need in needs))]))


def _repeated(least: int, most: int, item: Iterable[tuple[Any, Any]]) -> _Part:
    part = _sequence(item)
    if least == 0:
        return _Part(part.texts | _NOTHING) if most == 1 and part.texts is not None else _ANYTHING
    return part if least == most == 1 else _Part(None, frozenset(_needs(part)))
