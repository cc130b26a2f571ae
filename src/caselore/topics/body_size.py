"""Height, weight and body surface of a patient, as doses need them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.generality import is_general
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.model.fact import Value
from caselore.topics.topic import Draft, Topic


class BodySize(Value, frozen=True, tag="body_size"):
    """One measure of the body: `what` is "height" (cm), "weight" (kg) or "body surface" (m2)."""

    what: str
    value: float

    def __str__(self) -> str:
        unit = {"height": "cm", "weight": "kg"}.get(self.what, "m2")
        return f"{self.what} {self.value:g} {unit}"


_IS = r"\s*(?:\([A-Za-z]{2,4}\)\s*)?(?:was|is|of|at|:|=|,)?\s*(?:about|approximately|around|only)?\s*"
_NUMBER = r"(?P<value>\d{1,3}(?:\.\d{1,2})?)"
_PATTERNS = {
    "height": (
        Pattern(rf"\b(?:body\s+)?(?:height|stature){_IS}{_NUMBER}\s?(?P<unit>cm|m)\b(?!\s?[x×²2])", re.I),
        Pattern(rf"\b{_NUMBER}\s?(?P<unit>cm|m)\s+tall\b", re.I),
    ),
    "weight": (
        Pattern(rf"\b(?:body\s+)?weight{_IS}{_NUMBER}\s?(?P<unit>kg)\b", re.I),
        Pattern(rf"\bweigh(?:ed|ing|s)\s+(?:about\s+|approximately\s+)?{_NUMBER}\s?(?P<unit>kg)\b", re.I),
    ),
    "body surface": (
        Pattern(
            rf"\b(?:body\s+surface(?:\s+area)?|BSA){_IS}{_NUMBER}\s?(?P<unit>m2|m²|sq(?:uare)?\s?m(?:et(?:er|re)s?)?)",
            re.I,
        ),
    ),
}
_PLAUSIBLE = {"height": (40, 250), "weight": (2, 350), "body surface": (0.15, 3.5)}
_NOT_THE_PATIENT = Pattern(
    r"\b(?:tumou?r|mass|lesion|specimen|uterus|kidney|spleen|prostate|gland|placenta|birth|born|fetus|newborn|infant|loss|lost|gain\w*|"
    r"vertebra\w*|disc|implant|per\s+kg|/kg)\b",
    re.I,
)
"""Words that a height or weight of something else, or a change of weight, stands with."""


_HINT = Pattern("height|weigh|tall|surface|bsa|stature", re.I)


def extract(view: SentenceView) -> Iterator[Draft]:
    """Each measure that stands with its name and unit, within what a body can have; none of tumours, organs or newborns."""
    if not view.search(_HINT):
        return
    for what, patterns in _PATTERNS.items():
        match = next((found for pattern in patterns if (found := view.search(pattern))), None)
        if match is None or is_general(view.text, match.start()):
            continue
        around = view.text[max(0, match.start() - 45) : match.end() + 8]
        value = float(match["value"]) * (100 if what == "height" and match["unit"].lower() == "m" else 1)
        low, high = _PLAUSIBLE[what]
        if low <= value <= high and not _NOT_THE_PATIENT.search(around):
            span = view.place(match)
            yield Draft(value=BodySize(what=what, value=round(value, 2)), spans=(span,), assertion=view.assertion(span))


TOPIC = Topic(name="body_size", extract=extract, values=(BodySize,), alone=False)
