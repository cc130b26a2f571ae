"""Lengths of time: "2 weeks", "two and a half years", "2 years and 4 months", "3 to 4 weeks", "half a year"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from caselore.language.numbers import DASH, NOT_IN_A_WORD, NUMBER, amount, counted, interval, number
from caselore.language.patterns import Pattern
from caselore.language.silence import spared
from caselore.model.text import TextSpan
from caselore.model.time import DAYS_PER_MONTH, Interval

_UNITS = {
    "hours?|hrs?|h": 1 / 24,
    "days?": 1.0,
    "weeks?|wks?": 7.0,
    "fortnights?": 14.0,
    "months?|mos?|mths?": DAYS_PER_MONTH,
    "years?|yrs?|y": 12 * DAYS_PER_MONTH,
    "decades?": 120 * DAYS_PER_MONTH,
}
_UNIT = rf"(?:{'|'.join(_UNITS)})(?![\w²])"
_ADJECTIVE = (
    r"(?:(?:full|whole|additional|further|consecutive|more|postoperative|disease-free|symptom-free|calendar)\s+)?"
)
_NO_RATE = r"(?<!every )(?<!each )(?<!per )(?<!/)"

_COMPOUND = Pattern(
    rf"{_NO_RATE}{NOT_IN_A_WORD}(?P<n1>{NUMBER}|\ba)\s*{DASH}?\s*(?P<u1>{_UNIT})(?:'|"
    rf"’)?\s*,?\s*{DASH}?(?:and\s*{DASH}?\s*)?"
    rf"(?P<n2>{NUMBER})\s*{DASH}?\s*(?P<u2>{_UNIT})",
    re.I,
)
_AND_A_HALF = Pattern(
    rf"{_NO_RATE}{NOT_IN_A_WORD}(?P<n>{NUMBER}|\ba|\ban)\s*{DASH}?\s*(?P<unit>{_UNIT})\s+and\s+(?:a|one)[ -]half", re.I
)
_SIMPLE = Pattern(rf"{_NO_RATE}{amount('n', _UNIT)}\s*{DASH}?\s*{_ADJECTIVE}(?P<unit>{_UNIT})", re.I)
_INDEFINITE = Pattern(
    r"(?P<half>\bhalf (?:a|an)\s+|\bhalf-)(?P<unit1>year|month|decade)\b"
    r"|(?P<couple>\b(?:a\s+)?couple of\s+)(?P<unit2>(?:year|month|week|day)s)\b"
    r"|\b(?<!every )(?:an?(?:\s+(?:further|additional))?|another|(?:the\s+)?(?:past|previous|preceding)|"
    r"the\s+last(?=\s+(?:week|fortnight|month|year)\b)|the(?=\s+(?:year|month)\s+(?:after|following)\b))\s+"
    r"(?P<unit3>hour|day|week|fortnight|month|year|decade)\b",
    re.I,
)
_UNIT_BEGINS = "hour|hr|day|week|wk|fortnight|month|mo|mth|year|yr|decade"
_ANY_UNIT = Pattern(rf"\b(?:{'|'.join(_UNITS)})\b|\d(?:{_UNIT_BEGINS})|\d\s?[hy](?!\w)", re.I)
_COUNTED_UNIT = Pattern(counted(rf"{_ADJECTIVE}(?:{_UNIT_BEGINS}|[hy]\b)"), re.I)
_AN_AGE = Pattern(r"\s*['’]?\s*[-–]?\s*(?:old\b|olds\b|of age\b)", re.I)
_AGED = Pattern(r"\b(?:aged?|age of|ages?|aged about)\s*[:=,]?\s*$", re.I)
_HOW_OFTEN = Pattern(r"\b(?:once|twice|thrice|times) $", re.I)
""" "Once a year" is no year."""
_STATISTIC = Pattern(r"\s*(?:[a-z-]+[ -]){0,3}?(?:survival|mortality|survivors?)\b(?!\s+of)", re.I)


class Duration(msgspec.Struct, frozen=True):
    """A length of time in days where it stands."""

    span: TextSpan
    days: Interval


@spared
def read_durations(text: str) -> tuple[Duration, ...]:
    """The lengths of time, in order. Ages, rates ("every 3 months") and statistics ("5-year survival") are none."""
    if not _ANY_UNIT.search(text):
        return ()
    found: list[Duration] = []
    for duration in _candidates(text):
        if not any(duration.span.overlaps(other.span) for other in found):
            found.append(duration)
    return tuple(sorted((d for d in found if not _is_something_else(text, d.span)), key=lambda d: d.span))


def _candidates(text: str) -> Iterator[Duration]:
    is_counted = _COUNTED_UNIT.search(text) is not None
    for match in _COMPOUND.finditer(text) if is_counted else ():
        large, small = _days(match["u1"]), _days(match["u2"])
        if small < large:
            days = (1.0 if match["n1"].lower() == "a" else number(match["n1"])) * large + number(match["n2"]) * small
            yield Duration(TextSpan(*match.span()), Interval(days, days))
    for match in _AND_A_HALF.finditer(text):
        count = 1.0 if match["n"].lower() in ("a", "an") else number(match["n"])
        days = (count + 0.5) * _days(match["unit"])
        yield Duration(TextSpan(*match.span()), Interval(days, days))
    for match in _SIMPLE.finditer(text) if is_counted else ():
        length = interval(match, "n", _days(match["unit"]))
        if length:
            yield Duration(TextSpan(*match.span()), length)
    for match in _INDEFINITE.finditer(text):
        count = 0.5 if match["half"] else 2.0 if match["couple"] else 1.0
        days = count * _days(match["unit1"] or match["unit2"] or match["unit3"])
        yield Duration(TextSpan(*match.span()), Interval(days, days))


@cache
def _days(unit: str) -> float:
    return next(days for form, days in _UNITS.items() if re.fullmatch(form, unit, re.I))


def _is_something_else(text: str, span: TextSpan) -> bool:
    if _AN_AGE.match(text, span.end) or _AGED.search(text[max(0, span.start - 20) : span.start]):
        return True
    if _HOW_OFTEN.search(text[max(0, span.start - 12) : span.start]):
        return True
    hyphenated = re.search(rf"\d\s*{DASH}\s*\w+$", text[span.start : span.end]) is not None
    return hyphenated and _STATISTIC.match(text, span.end) is not None
