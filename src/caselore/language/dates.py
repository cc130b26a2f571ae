"""Calendar dates: "May 10, 2015", "10th of May 2015", "2015-05-10", "10.05.2015", "05/2015", "November 2017", "in 2009"."""

from __future__ import annotations

import re
from functools import cache

from caselore.language.patterns import Pattern
from caselore.language.silence import spared
from caselore.model.text import TextSpan
from caselore.model.time import PartialDate

_MONTHS = (
    "jan(?:uary)?",
    "feb(?:ruary)?",
    "mar(?:ch)?",
    "apr(?:il)?",
    "may",
    "june?",
    "july?",
    "aug(?:ust)?",
    "sept?(?:ember)?",
    "oct(?:ober)?",
    "nov(?:ember)?",
    "dec(?:ember)?",
)
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:18|19|20)\d\d)(?![\d-]\d|\d)"
_CUES = (
    "in|since|until|till|from|by|of|before|after|during|between|throughout|year|early|late|mid|beginning of|end of|"
    "spring|summer|autumn|fall|winter"
)

_FORMS = tuple(
    Pattern(pattern, re.I)
    for pattern in (
        rf"(?<![\w.]){_DAY}(?:\s+|[-/.\s]\s?)(?:of\s+)?{_MONTH}(?:\s+of)?[\s,/-]*{_YEAR}",
        rf"\b{_MONTH}\s*{_DAY}(?:\s*,\s*|\s+(?:of\s+)?){_YEAR}",
        rf"\b{_MONTH}(?:\s+of|\s+the year)?[\s,/-]*{_YEAR}",
        r"(?<![\w./-])(?P<year>(?:18|19|20)\d\d)(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d-]|[./]\d)",
        r"(?<![\w./-])(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:18|19|20)\d\d)(?![\d-]|[./]\d)",
        r"(?<![\w./-])(?P<month>\d{1,2})[/.](?P<year>(?:18|19|20)\d\d)(?![\d-]|[./]\d)",
        rf"\b(?:{_CUES})\s+(?:the year\s+)?{_YEAR}",
    )
)


@spared
def read_dates(text: str) -> tuple[tuple[TextSpan, PartialDate], ...]:
    """The dates and their places, in order. Words in the form of a date that no calendar has are no date, nor any part of them."""
    taken: list[TextSpan] = []
    found: list[tuple[TextSpan, PartialDate]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            span = TextSpan(match.start("year") if form is _FORMS[-1] else match.start(), match.end())
            if any(span.overlaps(other) for other in taken):
                continue
            taken.append(span)
            date = _date(match.groupdict())
            if date is not None:
                found.append((span, date))
    return tuple(sorted(found))


def _date(parts: dict[str, str | None]) -> PartialDate | None:
    year = int(parts["year"] or 0)
    try:
        if parts.get("first"):
            return _day_and_month(int(parts["first"] or 0), int(parts["second"] or 0), year, parts["mark"] or "")
        month, day = parts.get("month"), parts.get("day")
        return PartialDate(year, _month(month) if month else None, int(day) if day else None)
    except ValueError:
        return None


def _day_and_month(first: int, second: int, year: int, mark: str) -> PartialDate:
    """Dots stand in day-first dates; with a slash or hyphen either may come first, so where both can be the month only
    the year is sure."""
    if mark == "." or first > 12 or first == second:
        return PartialDate(year, second, first)
    if second > 12:
        return PartialDate(year, first, second)
    return PartialDate(year)


@cache
def _month(printed: str) -> int:
    if printed.isdigit():
        return int(printed)
    return next(number for number, form in enumerate(_MONTHS, 1) if re.fullmatch(form, printed, re.I))
