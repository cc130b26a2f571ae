"""The words without which a regular expression cannot match.

`\\bmargins? (?:was|were) (?:free|clear)` matches no text that holds neither "margin was " nor "margin were " nor ...: one
look at the words of a sentence tells that most patterns need not be tried on it. The idea is that of RE2's FilteredRE2
and of Cox, "Regular Expression Matching with a Trigram Index" (2012).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from math import prod
from re import _constants as code  # type: ignore[attr-defined]  # the parsed form has no public name
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import msgspec

from caselore.language.kept import kept

_MOST_TEXTS = 300
"""Parts that can match more different texts than this are not spelt out."""
_MOST_SETS = 3
"""Of many sets the rarest are enough."""
_COMMON = 1.0
"""A set of which a sentence holds more literals than this, on average, spares no search."""
_SENTENCE_LENGTH = 120
_LETTERS = "etaoinshrdlcumwfgypbvkjxqz"
_FREQUENCIES = (
    *(12.7, 9.1, 8.2, 7.5, 7.0, 6.7, 6.3, 6.1, 6.0, 4.3, 4.0, 2.8, 2.8),
    *(2.4, 2.4, 2.2, 2.0, 2.0, 1.9, 1.5, 1.0, 0.8, 0.15, 0.15, 0.1, 0.07),
)
_PER_CENT = dict(zip(_LETTERS, _FREQUENCIES, strict=True)) | {" ": 17.0, ".": 1.0, ",": 0.7, "-": 0.4}
"""How often a character is met in English prose (letters: Lewand, Cryptological Mathematics, 2000); others are rarer."""
_FREQUENT = {"a": 1.0, "the": 1.0, "and": 1.0, "of": 1.0, "to": 1.0, "was": 0.5, "with": 0.4}

_BOUNDARY, _OPEN_END = "\0", "\1"
"""Stand for a word boundary, in patterns and in folded texts, and for a place beside which no letter or digit may stand."""

_LOOKALIKES = str.maketrans({"İ": "i", "ı": "i", "ſ": "s", "\N{KELVIN SIGN}": "k", "\N{MICRO SIGN}": "μ"})
"""All characters beyond ASCII that match an ASCII letter where case is ignored; and the micro sign, that matches mu."""
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_WORDS_AND_GAPS = re.compile(r"\w+|\W+")
_ODD_SPACE = re.compile(r"[^\S ]\s*| \s+")


def fold(text: str) -> str:
    """The text as literals are compared: what a pattern may take for each other is the same, word boundaries are marked.

    Any run of white space is one space, so that `\\s+` can be spelt out.
    """
    text = _ODD_SPACE.sub(" ", text)
    if not text.isascii():
        text = _FOREIGN_DIGIT.sub("0", text.translate(_LOOKALIKES))
    return f"{_BOUNDARY}{_BOUNDARY.join(_WORDS_AND_GAPS.findall(text.lower()))}{_BOUNDARY}"


@kept
def required_literals(pattern: str, flags: int = 0) -> tuple[frozenset[str], ...]:
    """Sets of folded strings: each folded text that `pattern` matches holds at least one string of every set.

    No sets where nothing is known. Raises re.error for what is no regular expression.
    """
    parsed = parser.parse(pattern, flags)
    if parsed.state.flags & re.ASCII:  # there "é" is no letter, and word boundaries are elsewhere
        return ()
    return tuple(_shortest(one) for one in _needs(_sequence(parsed)))


def _finished(text: str) -> str:
    """A text that a part of a pattern can match as it stands in folded texts: a boundary wherever one must be."""
    printed = text.replace(_BOUNDARY, "").replace(_OPEN_END, "")
    if not printed:
        return ""
    words = _BOUNDARY.join(_WORDS_AND_GAPS.findall(_ODD_SPACE.sub(" ", printed)))
    front, back = text.partition(printed[0])[0], text.rpartition(printed[-1])[2]
    return _edge(front, printed[0]) + words + _edge(back, printed[-1])


def _edge(marks: str, character: str) -> str:
    """A boundary where one is called for, or where nothing of a word may stand beside this letter or digit."""
    is_of_word = character.isalnum() or character == "_"
    return _BOUNDARY if _BOUNDARY in marks or (_OPEN_END in marks and is_of_word) else ""


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
_SPACE = frozenset({" "})


def _needs(part: _Part) -> list[frozenset[str]]:
    """The sets of literals that are worth looking for, the rarest first."""
    raw = {*part.needed, part.texts} if part.texts else part.needed
    sets = {frozenset(map(_finished, one)) for one in raw}
    shares = {one: _share(one) for one in sets}
    return sorted((one for one in sets if shares[one] < _COMMON), key=lambda one: shares[one])[:_MOST_SETS]


def _share(literals: frozenset[str]) -> float:
    """About how many of them a sentence holds, as if letters followed each other by chance; enough to compare sets."""
    return sum(_share_of(one) for one in literals)


@cache
def _share_of(literal: str) -> float:
    printed = literal.replace(_BOUNDARY, "")
    if printed.strip() in _FREQUENT:
        return _FREQUENT[printed.strip()]
    by_chance: float = prod(_PER_CENT.get(character, 0.03) / 100 for character in printed)
    if len(literal) == 3 and printed.isalpha():
        return 0.05  # a letter that stands alone
    edges = literal.startswith(_BOUNDARY) + literal.endswith(_BOUNDARY)
    return float(_SENTENCE_LENGTH * by_chance / 3**edges)


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
        case code.SUBPATTERN if not argument[1] & re.ASCII:
            return _sequence(argument[3])
        case code.ATOMIC_GROUP:
            return _sequence(argument)
        case code.MAX_REPEAT | code.MIN_REPEAT | code.POSSESSIVE_REPEAT:
            return _repeated(*argument)
        case code.ASSERT:
            return _Part(_NOTHING, frozenset(_needs(_sequence(argument[1]))))
        case code.ASSERT_NOT if len(argument[1]) == 1 and _is_any_letter(argument[1][0]):
            return _Part(frozenset({_OPEN_END}))
        case code.AT if argument is code.AT_BOUNDARY:
            return _Part(frozenset({_BOUNDARY}))
        case code.ASSERT_NOT | code.AT:
            return _NO_WIDTH
    return _ANYTHING


def _is_any_letter(item: tuple[Any, Any]) -> bool:
    """Whether it is a single character that may be any of a word: "\\w", "[\\w-]"."""
    return item[0] is code.IN and (code.CATEGORY, code.CATEGORY_WORD) in item[1] and item[1][0][0] is not code.NEGATE


def _characters(characters: Iterable[int]) -> _Part:
    """One of these characters; letters beyond ASCII are left out, for their case folds in too many ways."""
    printed = [chr(one).translate(_LOOKALIKES).lower() for one in characters]
    folded = [" " if one.isspace() else one for one in printed]
    return _Part(frozenset(folded)) if all(map(_is_plain, folded)) else _ANYTHING


def _is_plain(character: str) -> bool:
    if character.isascii():
        return character not in (_BOUNDARY, _OPEN_END)
    return character == "μ" or not (character.isalpha() or character.isdecimal())


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
            case code.CATEGORY if argument is code.CATEGORY_SPACE:
                characters.append(ord(" "))
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
    if part.texts == _SPACE:
        return _Part(_SPACE if least else _SPACE | _NOTHING)
    if least == 0:
        return _Part(part.texts | _NOTHING) if most == 1 and part.texts is not None else _ANYTHING
    return part if least == most == 1 else _Part(None, frozenset(_needs(part)))
