"""Numbers in figures and in words, ranges of them, and the words that leave one bound open."""

from __future__ import annotations

import re
from functools import lru_cache

from caselore.model.time import Interval

_TO_NINETEEN = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_ONES = {word: number for number, word in enumerate(_TO_NINETEEN.split(), 1)}
_BY_TEN = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: number * 10 for number, word in enumerate(_BY_TEN.split(), 2)}
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "1/2": 0.5, "1/4": 0.25, "3/4": 0.75}

_ONE_TO_NINE = "|".join(list(_ONES)[:9])
_SPELT = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{_ONE_TO_NINE}))?|{'|'.join(sorted(_ONES, key=len, reverse=True))})(?![a-z])"
)
_AND_A_HALF = r"(?:[- ]and[- ](?:(?:a|one)[- ])?half)"
_FIGURES = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,·]\d+)?)(?:\s?[½¼¾]|\s(?:1/2|1/4|3/4)(?!\d))?|[½¼¾]"

NUMBER = rf"(?:(?:{_FIGURES}|{_SPELT}){_AND_A_HALF}?)"
"""A decimal number or a number word up to ninety-nine; compile with re.IGNORECASE and read it with `number`."""

NOT_IN_A_WORD = r"(?<![\w.^])(?<!\d[,/])"
"""Put in front of a number: it must not be the rest of a name, of another number or of a fraction."""

_NOT_INSIDE_A_WORD = r"(?!(?<=\w)\w)"
"""Spares the search for a bound at every letter: only where a word begins, or at a sign."""

_END_OF_NUMBER = rf"(?:[\d½¼¾]|\b(?:{'|'.join((*_TENS, *_ONES))}|half))"

DASH = r"[-‐‑‒–—−]"
TO = rf"\s*(?:{DASH}|to|or|~)\s*"

_AT_LEAST = (
    r"[>≥]\s?=?|(?:more|greater|larger|longer|bigger|higher|older) than(?: or equal to)?|at least|over|above|"
    r"exceed(?:s|ed|ing)?|in excess of|not less than|no less than|minimum of|a minimum of"
)
_AT_MOST = (
    r"[<≤]\s?=?|(?:less|fewer|smaller|shorter|lower|younger) than(?: or equal to)?|at most|up to|below|under|"
    r"not more than|no more than|not exceed(?:ing)?|maximum of|a maximum of|maximally|within"
)
_ABOUT = (
    r"approximately|approx\.?|about|around|roughly|some|nearly|almost|circa|ca\.?|c\.|~|≈|∼|estimated(?: at|"
    r" to be)?|an average of|a mean of|only|as (?:many|much|high|low|large|small) as"
)


@lru_cache(maxsize=4096)
def number(printed: str) -> float:
    """The number that was printed: "2.5", "2,5", "5,040", "2½", "twenty-five", "two and a half"; ValueError for others."""
    text = re.sub(r"\s+", " ", printed.strip().lower())
    whole = re.sub(rf"{_AND_A_HALF}$", "", text)
    added = 0.5 if whole != text else 0.0
    for fraction, value in _FRACTIONS.items():
        if whole.endswith(fraction):
            whole, added = whole.removesuffix(fraction).strip(), added + value
            break
    if not whole:
        return added
    if whole[0].isdigit():
        if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", whole):
            return float(whole.replace(",", "")) + added
        return float(whole.replace(",", ".").replace("·", ".")) + added
    tens, _, ones = whole.replace("-", " ").partition(" ")
    if tens in _TENS and (not ones or ones in _ONES):
        return _TENS[tens] + _ONES.get(ones, 0) + added
    if tens in _ONES and not ones:
        return _ONES[tens] + added
    raise ValueError(f"{printed!r} is no number")


def amount(name: str, unit: str = "") -> str:
    """A pattern for a number with a range and a bound; read it with `interval`.

    "more than 3", "3-4", "between 3 and 4", "about 3"; with `unit` the lower number of a range may have its own ("3% to 4%").
    """
    own_unit = rf"(?:\s?{DASH}?\s?(?:{unit})|-(?=\s))?" if unit else ""
    return (
        rf"{_NOT_INSIDE_A_WORD}(?:(?P<{name}_atleast>(?:{_AT_LEAST})\s*)|(?P<{name}_atmost>(?:{_AT_MOST})\s*))?(?:(?:{_ABOUT})\s*)?"
        rf"(?:(?P<{name}_between>(?:between|from)\s+))?"
        rf"{NOT_IN_A_WORD}(?P<{name}_low>{NUMBER})"
        rf"(?:{own_unit}(?:{TO}|(?({name}_between)\s+and\s+|(?!)))(?P<{name}_high>{NUMBER}))?"
    )


def counted(unit: str) -> str:
    """A pattern for the end of a number and the unit behind it: far quicker than `amount`, to see whether that can match."""
    return rf"{_END_OF_NUMBER}\s*{DASH}?\s*(?:{unit})"


def interval(match: re.Match[str], name: str, factor: float = 1.0) -> Interval | None:
    """The interval that an `amount` pattern found, times `factor`; None where a range runs downwards."""
    low = number(match[f"{name}_low"]) * factor
    high = number(match[f"{name}_high"]) * factor if match[f"{name}_high"] else low
    if low > high:
        return None
    return Interval(low, high, low_open=bool(match[f"{name}_atmost"]), high_open=bool(match[f"{name}_atleast"]))
