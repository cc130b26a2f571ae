"""Shares and counts: percentages, mitoses per high-power field or square millimetre, Hounsfield units."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.numbers import DASH, NUMBER, amount, interval, number
from caselore.language.patterns import Pattern
from caselore.language.quantity import Quantity, QuantityKind
from caselore.model.text import TextSpan
from caselore.model.time import Interval

_PERCENT_SIGN = r"(?:%|percent\b|per cent\b|per-cent\b|pct\b)"
_PERCENT = Pattern(rf"{amount('n', _PERCENT_SIGN)}\s*{DASH}?\s*{_PERCENT_SIGN}", re.I)

_FIELD = (
    r"(?:HPFs?\b|H\.P\.F\.?|(?:consecutive |random |"
    r"representative )?high[- ]?power(?:ed)?(?: microscopic(?:al)?)?[- ](?:fields?|views?)"
    r"|high[- ]magnification fields?|fields? (?:at|under) (?:high[- ]power|[×x]\s?400|400\s?[×x]|[×x]\s?40|40\s?[×x]))"
)
_MITOSES = (
    r"(?:(?:atypical |typical |abnormal )?(?:mitos[ei]s|mitotic (?:figures?|cells|counts?|activit(?:y|ies)|"
    r"events)|mitotic|figures?|mfs?|m))"
)
_PER = r"(?:/|per|in|over|within|out of|of|among|each|for(?: every)?)"
_FIELDS = rf"(?P<fields>{NUMBER}|an?|each|the)?\s*{DASH}?\s*(?:consecutive |random |representative )?{_FIELD}"
_PER_HPF = Pattern(rf"{amount('n')}\s*{_MITOSES}?(?:\s+\([^()]{{1,20}}\))?\s*(?:were \w+ )?{_PER}\s*{_FIELDS}", re.I)
_HPF_THEN_COUNT = Pattern(
    rf"\bmito(?:s[ei]s|tic)\b[^.;,0-9]{{0,25}}?{_PER}\s*{_FIELDS}\)?"
    rf"\s*(?:\w+ ){{0,2}}?(?:was|were|is|of|:|=|reached|averaged|exceeded)\s*{amount('n')}(?!\s?[\d%/]|\.\d)",
    re.I,
)
_COUNT_IN_FIELDS = Pattern(
    rf"\b(?:in|per)\s+{_FIELDS},?\s*(?:there were |we counted )?{amount('n')}\s+{_MITOSES}\b", re.I
)
_PER_MM2 = Pattern(
    rf"{amount('n')}\s*{_MITOSES}?\s*(?:/|per|in)\s*(?P<area>{NUMBER})?\s*(?:mm2\b|mm²|mm\^2|"
    rf"square millimet(?:er|re)s?)",
    re.I,
)
_HOUNSFIELD = r"(?:H\.?U\.?(?![a-z])|hounsfield(?: units?)?)"
_ATTENUATION = Pattern(rf"(?P<minus>(?<![\w)])[-−–]\s?)?{amount('n', _HOUNSFIELD)}\s*{_HOUNSFIELD}", re.I)


def percentages(text: str) -> Iterator[Quantity]:
    for match in _PERCENT.finditer(text):
        found = interval(match, "n")
        if found and found.high <= 1000:
            yield Quantity(kind=QuantityKind.PERCENT, span=TextSpan(*match.span()), amounts=(found,), unit="%")


def mitotic_counts(text: str) -> Iterator[Quantity]:
    """Mitoses per 10 high-power fields, whatever number of fields is printed; those per mm2 are a kind of their own."""
    taken: list[TextSpan] = []
    for pattern in (_COUNT_IN_FIELDS, _HPF_THEN_COUNT, _PER_HPF):
        for match in pattern.finditer(text):
            span = TextSpan(*match.span())
            fields = _fields(match["fields"])
            found = interval(match, "n", 10 / fields) if fields else None
            if found and not any(span.overlaps(other) for other in taken):
                taken.append(span)
                yield Quantity(kind=QuantityKind.PER_10_HPF, span=span, amounts=(found,), unit="/10 HPF")
    for match in _PER_MM2.finditer(text):
        area = number(match["area"]) if match["area"] else 1.0
        found = interval(match, "n", 1 / area) if area else None
        if found:
            yield Quantity(kind=QuantityKind.PER_MM2, span=TextSpan(*match.span()), amounts=(found,), unit="/mm2")


def _fields(printed: str | None) -> float:
    return number(printed) if printed and printed.lower() not in ("a", "an", "each", "the") else 1.0


def attenuations(text: str) -> Iterator[Quantity]:
    for match in _ATTENUATION.finditer(text):
        found = interval(match, "n")
        if found and match["minus"]:
            found = Interval(-found.high, -found.low)
        if found:
            yield Quantity(kind=QuantityKind.ATTENUATION, span=TextSpan(*match.span()), amounts=(found,), unit="HU")
