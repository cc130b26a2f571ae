"""How the patient was at the last contact: alive, with or without the disease."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.aftermath import GROUP, RELATIVES, follows, stated
from caselore.language.timing import time_of
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Value
from caselore.model.text import TextSpan
from caselore.topics.topic import Draft, Topic


class Alive(Value, frozen=True, tag="alive"):
    """The patient lived at the time of the statement."""

    def __str__(self) -> str:
        return "alive"


class DiseaseStatus(Value, frozen=True, tag="disease_status"):
    """`status` is "NED" (no evidence of disease) or "AWD" (alive with disease), at the time of the statement."""

    status: str

    def __str__(self) -> str:
        return self.status


_ELSEWHERE = re.compile(
    r"^\s*(?:elsewhere|outside|beyond|progress|growth|recurren|relapse|regrowth|involvement|invasion|"
    r"infiltration|spread|in (?:the )?(?:rest|other|lymph)|margins?|border|"
    r"rim|edge|"
    r"survival|interval|period|rate|"
    r"status at|nodes?|time|duration|tissue|lymph|control|at (?:initial )?(?:presentation|diagnosis|admission))",
    re.I,
)
_NO_DISEASE = re.compile(
    r"\b(?:no|without|absence of|free (?:of|from)) (?:(?:any|further|clinical|radiological|radiographic|imaging|"
    r"metabolic\w*|viable|gross|measurable|detectable|visible|macroscopic|current|"
    r"and|or|obvious|definite|clear|new)"
    r"[ /]+)*(?:(?:evidence|signs?|indication|trace|symptoms?) (?:and symptoms )?(?:of|for) )?(?:(?:any|the|"
    r"metabolically|active|viable|residual|recurrent|local|distant|metastatic|systemic|locoregional|persistent|or|and) )*"
    r"(?:disease|tumou?r|malignancy|neoplasm|neoplasia|cancer)\b",
    re.I,
)
_ALIVE_WITH = re.compile(
    r"\b(?:alive|living|lives|survives|surviving)\b[^.;]{0,70}?\b(?:but |still )?with "
    r"(?!no\b|neither\b)(?:(?!no\b|without\b|free\b)[\w-]+ ){0,4}?"
    r"(?:metasta\w+|disease|tumou?rs?|recurrences?|relapse|lesions?|nodules?|progression|remnant)\b(?![- ]free)",
    re.I,
)
_SPECIMEN = re.compile(
    r"\b(?:margins?|borders?|edges?|nodes?|biops\w+|section|specimen|stump|rim|CSF|cerebrospinal)\b", re.I
)
_RECURRENCE = re.compile(r"\b(?:recurren(?:ce|t)\w*|recurred|relapses?|local (?:relapse|disease))\b", re.I)
_SPREAD = re.compile(
    r"\b(?:metasta\w+|distant (?:disease|spread|recurrence|relapse)|systemic (?:disease|recurrence|relapse)|"
    r"dissemination)\b",
    re.I,
)
_DENIED = re.compile(r"\b(?:no|not|without|unrelated to|despite|free of|rather than|absence of)\b[^,;]{0,45}$", re.I)


def extract(view: SentenceView) -> Iterator[Draft]:
    yield from _alive(view)
    yield from _disease(view)


def _alive(view: SentenceView) -> Iterator[Draft]:
    for mention in view.of("alive", "discharge"):
        if mention.weak and not follows(view):
            continue
        if RELATIVES.search(view.before(mention.span, 60)) or GROUP.search(view.before(mention.span, 80)):
            continue
        if mention.kind == "alive" and _ELSEWHERE.match(view.after(mention.span, 25)):
            continue
        yield Draft(
            value=Alive(),
            spans=(mention.span,),
            assertion=stated(view, mention.span),
            when=time_of(view, mention.span, durations=True) if mention.kind == "alive" else None,
        )


def _disease(view: SentenceView) -> Iterator[Draft]:
    for mention in view.of("disease_state"):
        if mention.weak and not follows(view):
            continue
        if _ELSEWHERE.match(view.after(mention.span, 40)) or GROUP.search(view.before(mention.span, 80)):
            continue
        if mention.concept == "NED" and _SPECIMEN.search(view.before(mention.span, 60)):
            continue
        if mention.concept == "AWD" and (view.of("death") or _DENIED.search(view.before(mention.span, 50))):
            continue
        yield Draft(
            value=DiseaseStatus(status=mention.concept),
            spans=(mention.span,),
            assertion=stated(view, mention.span),
            when=time_of(view, mention.span, durations=True),
        )
    if (match := view.search(_ALIVE_WITH)) and not GROUP.search(view.before(view.place(match), 80)):
        place = view.place(match)
        yield Draft(
            value=DiseaseStatus(status="AWD"),
            spans=(place,),
            assertion=stated(view, place),
            when=time_of(view, place, durations=True),
        )
    for match in view.find(_NO_DISEASE):
        place = view.place(match)
        known = any(place.overlaps(mention.span) for mention in view.of("disease_state"))
        if not known and follows(view) and not _ELSEWHERE.match(view.after(place, 40)):
            yield Draft(value=DiseaseStatus(status="NED"), spans=(place,), when=time_of(view, place, durations=True))
    denied = [_denied(view, _RECURRENCE), _denied(view, _SPREAD)]
    places = tuple(place for place in denied if place is not None)
    if len(places) == len(denied):
        yield Draft(value=DiseaseStatus(status="NED"), spans=places, when=time_of(view, places[0], durations=True))


def _denied(view: SentenceView, pattern: re.Pattern[str]) -> TextSpan | None:
    """Where a word of `pattern` is denied, provided that none is asserted."""
    places = [view.place(match) for match in view.find(pattern)]
    judged = [view.assertion(place) for place in places]
    if places and all(found is Assertion.NEGATED for found in judged):
        return places[0]
    return None


TOPIC = Topic(name="outcome", extract=extract, values=(Alive, DiseaseStatus), terms=("outcome.toml",))
