"""Target volumes of radiotherapy (ICRU reports 50, 62 and 83): how far each was expanded, its dose, and the isodose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.generality import is_general
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.model.fact import Value
from caselore.topics.topic import Draft, Topic


class TargetVolume(Value, frozen=True, tag="target_volume"):
    """`volume` is "GTV", "CTV", "ITV" or "PTV"; `expansion_mm` is what was added to make it; `dose_gy` its dose in Gy."""

    volume: str
    expansion_mm: float | None = None
    dose_gy: float | None = None

    def __str__(self) -> str:
        expansion = "" if self.expansion_mm is None else f" by expansion of {self.expansion_mm:g} mm"
        dose = "" if self.dose_gy is None else f" {self.dose_gy:g} Gy"
        return f"{self.volume}{expansion}{dose}"


class Isodose(Value, frozen=True, tag="isodose"):
    """The isodose, in percent, that a dose was prescribed to."""

    percent: float

    def __str__(self) -> str:
        return f"{self.percent:g}% isodose"


_VOLUME = (
    r"(?:gross\s+(?:tumou?r\s+)?volume|clinical\s+target\s+volume|internal\s+target\s+volume|planning\s+target\s+volume"
    r"|GTV|CTV|ITV|PTV)"
)
_LETTER = {"g": "GTV", "c": "CTV", "i": "ITV", "p": "PTV"}
_LENGTH = r"(?P<length>\d+(?:\.\d+)?)[\s-]?(?P<unit>mm|cm)\b"
_ADDING = (
    r"(?:plus|\+|with\s+an?\s+(?:\w+\s+){0,2}(?:margin|expansion)\s+of|(?:was\s+)?(?:expanded|extended|enlarged)\s+by"
    r"|adding(?:\s+a\s+margin\s+of)?)"
)
_ROUND = (
    r"(?:\s+(?:isotropic(?:ally)?|in\s+all\s+directions|uniform(?:ly)?|margin|expansion|was|added|to|the|form|create|obtain"
    r"|generate|define|yield|for|and))*"
)
_FORMED = Pattern(
    rf"\b(?P<base>{_VOLUME})\b[^.;]{{0,40}}?\b(?:expanded|extended|enlarged)\s+(?:\w+\s+)?by\s+(?:a\s+margin\s+of\s+)?{_LENGTH}"
    rf"{_ROUND}\s+(?:a\s+|the\s+)?(?P<volume>{_VOLUME})\b",
    re.I,
)
_DEFINED = Pattern(
    rf"\b(?P<volume>{_VOLUME})\b(?:\s*\([A-Z]+\))?\s*(?:was|is|were|=|:|defined|as|comprised|included|consisted|of|by|the|,|\s)*?"
    rf"\b(?:{_VOLUME}|tumou?r\s+bed|(?:resection|surgical|operative)\s+(?:cavity|bed))\b(?:\s*\([A-Z]+\))?\s*{_ADDING}\s+{_LENGTH}",
    re.I,
)
_DOSE = Pattern(
    rf"\b(?P<dose>\d{{1,2}}(?:\.\d+)?)\s?(?:Gy|GyE|CGE)\b(?:\s*\(RBE\))?(?:\s+in\s+\d+\s+fractions)?\s+to\s+the\s+(?P<volume>{_VOLUME})\b",
    re.I,
)
_ISODOSE = Pattern(r"\b(?P<percent>[3-9]\d|100)\s?%\s+isodose", re.I)
_HINT = Pattern(r"[GCIP]TV|target\s+volume|tumou?r\s+volume|isodose", re.I)


def extract(view: SentenceView) -> Iterator[Draft]:
    """One value for each expansion, dose to a volume, and isodose."""
    if not _HINT.search(view.text):
        return
    for pattern in (_FORMED, _DEFINED, _DOSE):
        for match in view.find(pattern):
            if is_general(view.text, match.start()):
                continue
            span = view.place(match)
            yield Draft(value=_read(match), spans=(span,), assertion=view.assertion(span))
    for match in view.find(_ISODOSE):
        if not is_general(view.text, match.start()):
            yield Draft(value=Isodose(percent=float(match["percent"])), spans=(view.place(match),))


def _read(match: re.Match[str]) -> TargetVolume:
    groups = match.groupdict()
    volume = _LETTER[match["volume"][0].lower()]
    if groups.get("dose"):
        return TargetVolume(volume=volume, dose_gy=float(match["dose"]))
    return TargetVolume(
        volume=volume, expansion_mm=float(match["length"]) * (10 if match["unit"].lower() == "cm" else 1)
    )


TOPIC = Topic(name="radiotherapy_volume", extract=extract, values=(TargetVolume, Isodose), alone=False)
