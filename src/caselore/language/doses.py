"""Doses: radiation in Gy, in total and per fraction; fractions; cycles of chemotherapy; drug doses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.numbers import DASH, NOT_IN_A_WORD, NUMBER, amount, interval, number
from caselore.language.patterns import Pattern
from caselore.language.quantity import Quantity, QuantityKind
from caselore.model.text import TextSpan
from caselore.model.time import Interval

_GY = r"(?:cGy|centigrays?|Gy|grays?|CGE|rads?)(?:\s?\(?(?:RBE|E)\)?(?![a-z]))?(?![a-z])"
_DOSE = Pattern(rf"{amount('n', _GY)}(?:\s*(?:{_GY})?\s*\+\s*(?P<boost>{NUMBER}))?\s*{DASH}?\s*(?P<unit>{_GY})", re.I)
_TIMES = Pattern(
    rf"{NOT_IN_A_WORD}(?:(?P<times>\d+)\s*[x×*]\s*(?P<dose>{NUMBER})\s*(?P<unit>{_GY})"
    rf"|(?P<dose2>{NUMBER})\s*(?P<unit2>{_GY})\s*[x×*]\s*(?P<times2>\d+))(?:\s?(?:fractions?|fx|fr)\b)?",
    re.I,
)
_PORTION = r"(?:fractions?|fx|fr\b|session|sitting|day|d\b|treatment|dose)"
_EACH_AFTER = Pattern(
    rf"\s*(?:(?:/|per|a|each|every|-|–)\s*{_PORTION}|(?:once[- ])?daily|each\b|(?:\w+ )?fractions\b|twice[- ]|"
    rf"b\.?i\.?d)",
    re.I,
)
_EACH_BEFORE = Pattern(
    r"(?:fractions (?:\(?each )?(?:of|at|with|size(?: of)?)|fraction (?:size|dose)s?(?: of| was|:)?|(?:per|"
    r"each) fraction(?: was| of|:)?"
    r"|daily (?:dose|fraction)s?(?: of)?|dose per (?:fraction|day)(?: of| was|:)?|each (?:of )?)\s*$",
    re.I,
)
_ONE_FRACTION = Pattern(r"\b(?:single|one|1)[- ](?:\w+ )?(?:fractions?|session|dose)", re.I)

_SESSIONS = r"(?:fractions?|fx|fxs|fr|frs)\b|(?:sessions?|sittings?|treatments|applications|exposures)\b"
_FRACTIONS = Pattern(
    rf"(?:(?P<single>\b(?:a )?single[- ](?:\w+ )?(?:fraction|session|sitting)\b)|{amount('n')}[\s-]*"
    rf"(?:(?:daily|equal|consecutive|once[- ]daily|weekly|hypofractionated|conventional|total|separate|"
    rf"additional|treatment|radiation|radiotherapy|irradiation)\s+){{0,2}}"
    rf"(?P<noun>{_SESSIONS}|f\b))",
    re.I,
)
_RADIATION_CONTEXT = Pattern(r"(?<![a-z])c?gy\b|gray|radi(?:o|at)|irradiat|brachyth|knife|stereotactic", re.I)

_QUALIFIER = (
    r"(?!of\b|and\b|or\b|with\b|after\b|the\b|were\b|was\b|in\b|to\b|for\b|from\b|days?\b|weeks?\b|months?\b|"
    r"years?\b|hours?\b|mg\b|patients?\b|cases?\b|had\b|received\b|whose\b|using\b|protocol\b|trial\b|study\b|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b(?!-))[A-Za-zα-ω][\w/+-]*"
)
_CYCLES = Pattern(
    rf"(?:(?P<single>\b(?:a )?single)|(?P<couple>\ba couple of)|{amount('n')})(?:\s+{_QUALIFIER}){{0,3}}?[\s-]+"
    r"(?:cycles?|courses?|rounds?|blocks?|cures(?=\s+of))\b(?!\s+of\s+(?:the\s+)?(?:disease|illness|symptoms))",
    re.I,
)
_TIME_UNIT = Pattern(r"\d[\s-]*(?:days?|weeks?|months?|years?|hours?|h|mg|Gy)\b", re.I)

_PER_AREA = r"(?:\s?/\s?m\s?(?:2|²)|\s?(?:per|/)\s?square met(?:er|re)|\s?/\s?m\^2)"
_DRUG = Pattern(
    rf"{amount('n')}\s*(?P<unit>(?:mg|g|µg|μg|mcg|million (?:units|IU)|MIU|IU|units?|U){_PER_AREA}|(?:mg|µg|μg|"
    rf"mcg|IU|units?)(?:\s?/\s?|\s?per\s?)kg|mg|µg|μg|mcg|MIU|IU)"
    r"(?![\w²³]|\s?/\s?(?:d?l|ml)\b)",
    re.I,
)
_AUC = Pattern(rf"\b(?:AUC|area under the curve)(?:\s*\(?AUC\)?)?(?:\s*(?:of|=|:))?\s*{amount('n')}", re.I)


def radiation_doses(text: str) -> Iterator[Quantity]:
    """Radiation doses in Gy. "30 x 2 Gy" gives the total, the fractions and the dose of each; "45 + 9 Gy" the sum."""
    taken: list[TextSpan] = []
    for match in _TIMES.finditer(text):
        span = TextSpan(*match.span())
        taken.append(span)
        times = float(match["times"] or match["times2"])
        dose = number(match["dose"] or match["dose2"]) * _gray(match["unit"] or match["unit2"])
        yield _dose(span, Interval(times * dose, times * dose))
        yield _dose(span, Interval(dose, dose), each=True)
        yield Quantity(kind=QuantityKind.FRACTIONS, span=span, amounts=(Interval(times, times),))
    for match in _DOSE.finditer(text):
        span = TextSpan(*match.span())
        found = interval(match, "n", _gray(match["unit"]))
        if not found or any(span.overlaps(other) for other in taken):
            continue
        if match["boost"]:
            boost = number(match["boost"]) * _gray(match["unit"])
            found = Interval(found.low + boost, found.high + boost)
        yield _dose(span, found, each=_is_each(text, match))


def _is_each(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 45) : match.start()]
    if _EACH_AFTER.match(text, match.end()):
        return True
    return bool(_EACH_BEFORE.search(before)) and not _ONE_FRACTION.search(before)


def _dose(span: TextSpan, amount: Interval, each: bool = False) -> Quantity:
    return Quantity(kind=QuantityKind.RADIATION_DOSE, span=span, amounts=(amount,), unit="Gy", each=each)


def _gray(unit: str) -> float:
    return 0.01 if unit.lower().startswith(("cgy", "centi", "rad")) else 1.0


def fractions(text: str) -> Iterator[Quantity]:
    """Numbers of radiation fractions; "sessions" and the like only in a sentence about radiation."""
    about_radiation = bool(_RADIATION_CONTEXT.search(text))
    for match in _FRACTIONS.finditer(text):
        noun = (match["noun"] or "fraction").lower()
        if not noun.startswith(("fraction", "fx", "fr")) and not about_radiation:
            continue
        if noun == "f" and not re.search(rf"Gy\s*(?:/|in)\s*{NUMBER}\s*f$", text[: match.end()], re.I):
            continue
        found = Interval(1.0, 1.0) if match["single"] else interval(match, "n")
        if found:
            yield Quantity(kind=QuantityKind.FRACTIONS, span=TextSpan(*match.span()), amounts=(found,))


def cycles(text: str) -> Iterator[Quantity]:
    """Numbers of cycles, courses or rounds; "a 5-day course" is none."""
    for match in _CYCLES.finditer(text):
        if _TIME_UNIT.search(match[0]):
            continue
        found = (
            Interval(1.0, 1.0) if match["single"] else Interval(2.0, 2.0) if match["couple"] else interval(match, "n")
        )
        if found:
            yield Quantity(kind=QuantityKind.CYCLES, span=TextSpan(*match.span()), amounts=(found,))


def drug_doses(text: str) -> Iterator[Quantity]:
    for match in _DRUG.finditer(text):
        unit = re.sub(r"\s|\^", "", match["unit"]).replace("²", "2").replace("persquaremeter", "/m2")
        found = interval(match, "n")
        if found:
            yield Quantity(kind=QuantityKind.DRUG_DOSE, span=TextSpan(*match.span()), amounts=(found,), unit=unit)
    for match in _AUC.finditer(text):
        found = interval(match, "n")
        if found:
            yield Quantity(kind=QuantityKind.DRUG_DOSE, span=TextSpan(*match.span()), amounts=(found,), unit="AUC")
