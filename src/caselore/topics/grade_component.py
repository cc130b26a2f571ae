"""The scores that make up an FNCLCC grade (Trojani 1984, Guillou 1997): differentiation 1-3, mitoses 1-3, necrosis 0-2."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.generality import is_general
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.model.fact import Value
from caselore.topics.topic import Draft, Topic


class GradeComponent(Value, frozen=True, tag="grade_component"):
    """`component` is "differentiation", "mitosis" or "necrosis" with its FNCLCC `score`."""

    component: str
    score: int

    def __str__(self) -> str:
        return f"FNCLCC {self.component} score {self.score}"


_HINT = Pattern(r"FNCLCC|French\s+Federation|F[ée]d[ée]ration\s+Nationale|\bscores?\b", re.I)
_COMPONENT = Pattern(
    r"\b(?:tumou?r\s+)?(?P<component>differentiation|mitos[ei]s|mitotic(?:\s+(?:count|index|activity|rate))?|necrosis)"
    r"(?:\s+score)?\s*(?:of|was|:|=|-)?\s*(?P<score>[0-3])\b(?!\s*(?:[/%–-]|\.\d|per|out|to|mitos|HPF|cm|mm))",
    re.I,
)
_SCORE_FIRST = Pattern(
    r"\bscore\s+(?:of\s+)?(?P<score>[0-3])\s+for\s+(?:tumou?r\s+)?"
    r"(?P<component>differentiation|mitos[ei]s|mitotic\s+(?:count|index|activity|rate)|necrosis)\b",
    re.I,
)
_NAMES = {"d": "differentiation", "m": "mitosis", "n": "necrosis"}
_BOUNDS = {"differentiation": (1, 3), "mitosis": (1, 3), "necrosis": (0, 2)}


def extract(view: SentenceView) -> Iterator[Draft]:
    """The scores, where a sentence tells at least two of them: a single figure may be a count."""
    if not _HINT.search(view.text):
        return
    found: dict[str, Draft] = {}
    for pattern in (_COMPONENT, _SCORE_FIRST):
        for match in view.find(pattern):
            name, score = _NAMES[match["component"][0].lower()], int(match["score"])
            low, high = _BOUNDS[name]
            if low <= score <= high and not is_general(view.text, match.start()):
                found.setdefault(
                    name, Draft(value=GradeComponent(component=name, score=score), spans=(view.place(match),))
                )
    if len(found) > 1:
        yield from found.values()


TOPIC = Topic(name="grade_component", extract=extract, values=(GradeComponent,), alone=False)
