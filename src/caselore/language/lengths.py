"""Lengths and dimensions: "4 cm", "5.4 x 3.9 x 1.9 cm", "35 mm × 22 mm", "2.5-3 cm"; and volumes and weights."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.numbers import DASH, NOT_IN_A_WORD, NUMBER, TO, amount, interval, number
from caselore.language.patterns import Pattern
from caselore.language.quantity import Quantity, QuantityKind
from caselore.model.text import TextSpan
from caselore.model.time import Interval

_UNIT = r"(?:mm|cm|millimet(?:er|re)s?|centimet(?:er|re)s?|cms|met(?:er|re)s?|m)"
_NO_OTHER_UNIT = r"(?![\w²³]|\s?(?:/|H[2₂]O|Hg)|\s?\^)"
DIRECTION = (
    r"(?:\s*\(?(?:AP|CC|SI|ML|LR|RL|TR|TV|T|W|L|H|D|CD|"
    r"ant(?:ero|ero-)?[- ]?post(?:erior)?|transverse|trans|cranio-?caudal|longitudinal|sagittal|axial|coronal|vertical|"
    r"in (?:length|width|height|depth)|length|width|height|depth|long|wide|deep|high|thick)\)?)?"
)
"""What may stand between a number and its unit: "3 (AP) x 2 (T) cm"."""
_BY = rf"{DIRECTION}\s*(?:x|×|✕|✖|⨯|by|\*|Χ|х)\s*"
_SIDE = rf"{NUMBER}(?:\s?{DASH}\s?{NUMBER})?"

_DIMENSIONS = Pattern(
    rf"{NOT_IN_A_WORD}(?P<sides>(?:{_SIDE}\s*{DASH}?\s*{_UNIT}?{_BY}){{1,3}}{_SIDE}){DIRECTION}"
    rf"\s*{DASH}?\s*(?P<unit>{_UNIT})(?:[23²³]|\^[23])?{_NO_OTHER_UNIT}",
    re.I,
)
_TORN = Pattern(r"(?<![\d.])(?P<whole>\d{1,2})\. (?P<part>\d)(?=\s?[cm]m\b)")
"""A decimal point with a blank behind it, as PDF extraction leaves it: "6. 8 cm"."""
_LENGTH = Pattern(rf"{amount('n', _UNIT)}\s*{DASH}?\s*(?P<unit>{_UNIT}){_NO_OTHER_UNIT}", re.I)
_SHARING = Pattern(
    rf"(?<!cases )(?<!patients )(?<!case )(?<!patient )(?<!levels )(?<!days )(?<!grades )(?<!figures )(?<!SUV )(?<![\w./-])"
    rf"(?:{NUMBER}\s*,\s*){{0,3}}{NUMBER},?\s+and\s+$",
    re.I,
)
"""In front of a length, numbers that share its unit: "nodules of 5 and 3 cm"."""
_UNIT_BEHIND = Pattern(r"\s?([cm]m)\b")
_ONE_SIDE = Pattern(rf"(?P<low>{NUMBER})(?:{TO}(?P<high>{NUMBER}))?\s*{DASH}?\s*(?P<unit>{_UNIT}(?![a-z]))?", re.I)

_VOLUME = Pattern(
    rf"{amount('n')}\s*{DASH}?\s*(?P<unit>ml|millilit(?:er|re)s?|cc|cm3|cm³|cm\^3|cubic cent?imet(?:er|re)s?|"
    rf"lit(?:er|re)s?|l)"
    r"(?![\w/])",
    re.I,
)
_WEIGHT = Pattern(
    rf"{amount('n')}\s*{DASH}?\s*(?P<unit>kilograms?|kg|kgs|grams?|grammes?|gm|gms|g)(?![\w/]|\s?/)", re.I
)


def lengths(text: str) -> Iterator[Quantity]:
    """The lengths in mm; dimensions joined by "x" or "by" are one quantity with several amounts."""
    taken: list[TextSpan] = []
    for match in _DIMENSIONS.finditer(text):
        amounts = _sides(match["sides"], match["unit"])
        if amounts:
            span = TextSpan(*match.span())
            taken.append(span)
            yield Quantity(kind=QuantityKind.LENGTH, span=span, amounts=amounts, unit="mm")
    for match in _TORN.finditer(text):
        unit = _UNIT_BEHIND.match(text, match.end())
        side = float(f"{match['whole']}.{match['part']}") * _millimetres(unit[1] if unit else "cm")
        taken.append(TextSpan(match.start(), unit.end() if unit else match.end()))
        yield Quantity(kind=QuantityKind.LENGTH, span=taken[-1], amounts=(Interval(side, side),), unit="mm")
    for match in _LENGTH.finditer(text):
        span = TextSpan(*match.span())
        found = interval(match, "n", _millimetres(match["unit"]))
        if found and not any(span.overlaps(other) for other in taken):
            shared = _shared(text, span.start, _millimetres(match["unit"]))
            yield Quantity(kind=QuantityKind.LENGTH, span=span, amounts=(*shared, found), unit="mm")


def _shared(text: str, start: int, millimetres: float) -> tuple[Interval, ...]:
    """The lengths whose unit is only printed behind the next one."""
    match = _SHARING.search(text[max(0, start - 40) : start])
    if not match:
        return ()
    sides = (number(side) * millimetres for side in re.findall(NUMBER, match[0]))
    return tuple(Interval(side, side) for side in sides)


def _sides(printed: str, last_unit: str) -> tuple[Interval, ...]:
    """Each side in mm; one without a unit has the next printed unit to its right."""
    unit = last_unit
    sides: list[Interval] = []
    for match in reversed(list(_ONE_SIDE.finditer(printed))):
        unit = match["unit"] or unit
        low = number(match["low"]) * _millimetres(unit)
        high = number(match["high"]) * _millimetres(unit) if match["high"] else low
        if low > high:
            return ()
        sides.append(Interval(low, high))
    return tuple(reversed(sides))


def _millimetres(unit: str) -> float:
    first = unit.lower()[:2]
    return 10.0 if first in ("cm", "ce") else 1.0 if first in ("mm", "mi") else 1000.0


def volumes_and_weights(text: str) -> Iterator[Quantity]:
    """Volumes in ml and weights in g."""
    for match in _VOLUME.finditer(text):
        litres = match["unit"].lower().startswith("l")
        found = interval(match, "n", 1000.0 if litres else 1.0)
        if found:
            yield Quantity(kind=QuantityKind.VOLUME, span=TextSpan(*match.span()), amounts=(found,), unit="ml")
    for match in _WEIGHT.finditer(text):
        found = interval(match, "n", 1000.0 if match["unit"].lower().startswith("k") else 1.0)
        if found:
            yield Quantity(kind=QuantityKind.WEIGHT, span=TextSpan(*match.span()), amounts=(found,), unit="g")
