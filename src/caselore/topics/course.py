"""The milestones of a patient's course that other times are counted from: onset, admission, diagnosis, treatment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.patterns import Pattern
from caselore.language.times import Direction, TimeKind
from caselore.language.timing import time_of
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Value
from caselore.model.text import TextSpan
from caselore.topics.topic import Draft, Topic


class Milestone(Value, frozen=True, tag="milestone"):
    """`event` is "operation", "reoperation", "diagnosis", "admission", "symptom", "radiotherapy", "chemotherapy" or "visit"."""

    event: str

    def __str__(self) -> str:
        return self.event


_EVENTS = {
    "reoperation": Pattern(
        r"\b(?:re-?operat(?:ed|ion)|operated (?:on |upon )?again|re-?operated|second (?:operation|surgery|"
        r"resection|craniotomy|excision|procedure)|"
        r"re-?resect(?:ed|ion)|repeat (?:surgery|resection|craniotomy)|salvage (?:surgery|resection)|"
        r"third (?:operation|surgery|resection))\b",
        re.I,
    ),
    "operation": Pattern(
        r"\b(?:underwent (?:\w+ ){0,4}(?:surgery|resection|excision|operation|removal)|was operated(?: on|"
        r" upon)?|were operated|(?<!re-)(?<!re)resected|"
        r"(?:was|were|is|had been) (?:\w+ ){0,3}(?:removed|excised|resected|debulked|extirpated|enucleated)|"
        r"had (?:\w+ ){0,3}(?:resection|excision)|had (?:an? |the |his |her )(?:[\w-]+ ){1,8}?(?:removed|excised|resected)|"
        r"(?:operation|surgery|(?:resection|excision|removal|debulking)(?: of (?:\w+ ){1,3}(?:tumou?rs?|mass|lesions?|"
        r"nodules?))?) (?:was|were) (?:\w+ ){0,2}(?:performed|"
        r"done|carried out|undertaken|achieved)|"
        r"surgical(?:ly)? (?:resection|excision|removal|removed|resected|excised)|(?:gross )?total (?:resection|"
        r"removal|excision)|debulking)\b",
        re.I,
    ),
    "diagnosis": Pattern(
        r"\b(?:was diagnosed|were diagnosed|is diagnosed|diagnosis (?:of|was) (?:\w+ ){0,6}(?:made|established|"
        r"confirmed|reached)|diagnosed (?:with|as|in))\b",
        re.I,
    ),
    "admission": Pattern(
        r"\b(?:was (?:\w+ ){0,2}(?:admitted|referred|hospitali[sz]ed|seen)|presented (?:\w+ly )?(?:to|with|at|in)|"
        r"came to (?:our|the)|consulted (?:our|us)|admission to)\b",
        re.I,
    ),
    "radiotherapy": Pattern(
        r"\b(?:radiotherapy|radiation therapy|irradiation|irradiated|radiosurgery|chemoradi\w+|brachytherapy)\b", re.I
    ),
    "chemotherapy": Pattern(r"\bchemotherapy\b", re.I),
}
_NATURES = {
    "resection": "operation",
    "radiosurgery": "radiotherapy",
    "radiation": "radiotherapy",
    "brachytherapy": "radiotherapy",
}
_COUNTED_FROM = Pattern(
    r"\b(?:after|following|since|before|prior to|from|post)\s+(?:(?:the|her|his|this|that|first|initial|"
    r"original|second|last)\s+)*(?:\w+\s+)?$",
    re.I,
)

_LED_IN = Pattern(r"^\W*(?:after|following)\b[^;:]*$", re.I)
_VERB = Pattern(r"\b(?:is|are|was|were|has|have|had|remain(?:s|ed)|stay(?:s|ed)|shows?|showed|did|does|became)\b", re.I)


def extract(view: SentenceView) -> Iterator[Draft]:
    seen: set[str] = set()
    for time in view.times:
        if time.kind is TimeKind.OFFSET and time.direction is Direction.AFTER and not seen:
            seen.add("visit")
            yield Draft(value=Milestone(event="visit"), spans=(time.span,), when=time_of(view, time.span))
    for event, place in sorted(_places(view), key=lambda pair: pair[1]):
        if event in seen or _COUNTED_FROM.search(view.before(place, 40)):
            continue
        if view.assertion(place) not in (Assertion.AFFIRMED, Assertion.HISTORICAL):
            continue
        when = None if _is_of_main_clause(view, place) else time_of(view, place)
        seen.add(event)
        yield Draft(value=Milestone(event=event), spans=(place,), when=when)


def _is_of_main_clause(view: SentenceView, place: TextSpan) -> bool:
    """ "After wide excision and chemotherapy she remains well in June 2017": the time is not that of the treatment."""
    if not _LED_IN.match(view.text[: place.start - view.span.start]):
        return False
    return not any(
        time.span.end <= place.start or _VERB.search(view.words(TextSpan(place.end, time.span.start))) is None
        for time in view.times
    )


def _places(view: SentenceView) -> Iterator[tuple[str, TextSpan]]:
    again = [view.place(match) for match in view.find(_EVENTS["reoperation"])]
    for place in again:
        yield "reoperation", place
    for event, pattern in _EVENTS.items():
        if event == "reoperation" or (event == "operation" and again):
            continue
        for match in view.find(pattern):
            yield event, view.place(match)
    for mention in view.of("procedure"):
        event_of_nature = _NATURES.get(mention.get("nature"))
        if event_of_nature and not mention.weak and not (event_of_nature == "operation" and again):
            yield event_of_nature, mention.span


TOPIC = Topic(name="course", extract=extract, values=(Milestone,), terms=("procedures.csv",), alone=False)
