"""Errors and delays on the way to the diagnosis: what the tumour was first taken for or treated as, and for how long."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.generality import is_general
from caselore.language.numbers import NUMBER, number
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Value
from caselore.model.text import TextSpan
from caselore.topics.topic import Draft, Topic


class Misdiagnosis(Value, frozen=True, tag="misdiagnosis"):
    """What the tumour was first taken for, in the words of the report, lower case, without article.

    `how` is "diagnosed", "misdiagnosed", "treated" or "mistaken"; `months` how long, where the same sentence tells it.
    """

    taken_for: str
    how: str
    months: float | None = None

    def __str__(self) -> str:
        word = {
            "diagnosed": "first diagnosed as",
            "misdiagnosed": "misdiagnosed as",
            "treated": "first treated as",
        }.get(self.how, "mistaken for")
        return f"{word} {self.taken_for}" + ("" if self.months is None else f" for {self.months:.3g} months")


class Delay(Value, frozen=True, tag="diagnostic_delay"):
    """A delay that the report calls so; `of` is "diagnosis", "treatment" or "presentation"; `months` where told."""

    of: str
    months: float | None = None

    def __str__(self) -> str:
        return f"delay of {self.of}" + ("" if self.months is None else f" by {self.months:.3g} months")


_FIRST = (
    r"(?:initially|first|originally|at\s+first|previously|primarily|erroneously|wrongly|incorrectly|mistakenly|falsely)"
)
_WRONGLY = r"(?:erroneously|wrongly|incorrectly|mistakenly|falsely)"
_ENDS = (
    r"(?:and|but|for|by|at|in|on|with|without|which|who|that|until|before|after|because|due|despite|elsewhere|based|when"
    r"|while|since|had|was|were|from|over|during|as)\b"
)
_WHAT = (
    r"(?:a\s+case\s+of\s+|(?:an?|the|his|her)\s+)?"
    r"(?:(?:simple|presumed|suspected|possible|probable|recurrent|infected|benign)\s+)?"
    r"(?P<what>(?!having|being|part\b|described|follows|outpatient)[a-z][\w'’-]*"
    rf"(?:[ -](?!{_ENDS})[a-z][\w'’-]*){{0,5}}?)(?=[,.;:()]|\s+(?:{_ENDS}|\d)|\s*$)"
)
_PATTERNS = (
    ("misdiagnosed", Pattern(rf"\bmis-?diagnosed\s+(?:\w+\s+){{0,2}}?(?:as|with)\s+{_WHAT}", re.I)),
    ("misdiagnosed", Pattern(rf"\b{_WRONGLY}\s+(?:diagnosed|labell?ed|interpreted|reported)\s+(?:as|with)\s+{_WHAT}", re.I)),
    ("mistaken", Pattern(rf"\b(?:mistaken|misinterpreted|mistook|misread)\s+(?:\w+\s+){{0,2}}?(?:for|as)\s+{_WHAT}", re.I)),
    ("treated", Pattern(
        rf"\b(?:(?:had\s+been|been|was|were)\s+(?:{_FIRST}\s+)?|{_FIRST}\s+)(?:treated|managed)\s+(?:\w+ly\s+)?(?:elsewhere\s+)?"
        rf"(?:for\s+(?:{NUMBER}\s+\w+\s+)?)?as\s+(?:if\s+it\s+(?:was|were)\s+)?{_WHAT}", re.I)),
    ("diagnosed", Pattern(
        rf"\b{_FIRST}\s+(?:been\s+)?(?:clinically\s+|radiologically\s+)?(?:diagnosed|labell?ed|interpreted|reported|regarded|misinterpreted|taken)\s+(?:\w+\s+){{0,2}}?"
        rf"(?:as|for)\s+{_WHAT}", re.I)),
    ("diagnosed", Pattern(
        r"\b(?:initial|first|original)\s+(?:clinical\s+|pathologic(?:al)?\s+|histologic(?:al)?\s+|working\s+)?diagnosis"
        rf"\s+(?:was|had\s+been)\s+(?:that\s+of\s+)?{_WHAT}", re.I)),
)  # fmt: skip
_SPAN = rf"(?P<n>{NUMBER})[\s-]*(?P<unit>day|week|month|year)s?"
_DELAYS = (
    Pattern(
        rf"\bdelay(?:s|ed)?\b[^.;]{{0,60}}?\b(?:of|by|for)\s+(?:about\s+|approximately\s+|almost\s+|nearly\s+|more\s+than\s+|at\s+least\s+)*{_SPAN}\b",
        re.I,
    ),
    Pattern(rf"\b{_SPAN}\s+(?:\w+\s+)?delay\b", re.I),
    Pattern(
        r"\b(?:delay(?:ed)?\s+(?:in\s+)?(?:the\s+)?(?:\w+\s+)?(?:diagnosis|treatment|presentation)|(?:diagnosis|treatment|presentation)\s+was\s+(?:\w+\s+)?delayed)\b",
        re.I,
    ),
)
_OF = Pattern(r"\b(?:diagnos\w+|treatment|therapy|presentation|seeking)\b", re.I)
_OF_DELAY = {
    "diag": "diagnosis",
    "trea": "treatment",
    "ther": "treatment",
    "pres": "presentation",
    "seek": "presentation",
}
_MONTHS = {"day": 1 / 30.44, "week": 7 / 30.44, "month": 1.0, "year": 12.0}
_NOT_THIS_DELAY = Pattern(
    r"\bdelayed\s+(?:phase|image|scan|enhancement|wound|healing|union|contrast|sequence|gastric)|developmental|growth\s+delay",
    re.I,
)
_GENERAL = Pattern(
    r"\b(?:often|frequently|commonly|usually|may|can|could|might|easily|sometimes|patients|have\s+been|consequences?\s+of|importan\w+|avoid\w*|prevent\w*|lead(?:s|ing)?\s+to|tumou?rs\s+are|cases|risk\s+of)\b",
    re.I,
)
_HINT = Pattern(r"diagnos|delay|mista|misread|misinterpret|treated|managed|labell?ed|regarded|taken|report", re.I)
_LASTED = Pattern(
    rf"^[^.;]{{0,40}}?\bfor\s+(?:about\s+|approximately\s+|almost\s+|nearly\s+|more\s+than\s+|over\s+)*{_SPAN}\b", re.I
)


def extract(view: SentenceView) -> Iterator[Draft]:
    """Each wrong first name once, and a delay where the report uses the word."""
    if not _HINT.search(view.text) or _GENERAL.search(view.text):
        return
    taken: list[TextSpan] = []
    for how, pattern in _PATTERNS:
        for match in view.find(pattern):
            span = view.place(match)
            if any(span.overlaps(other) for other in taken) or is_general(view.text, match.start()):
                continue
            taken.append(span)
            lasted = _LASTED.match(view.text[match.end() :]) if how == "treated" else None
            what = " ".join(match["what"].lower().split())
            value = Misdiagnosis(taken_for=what, how=how, months=_months(lasted) if lasted else None)
            yield Draft(value=value, spans=(view.place(match, "what"), span))
    yield from _delays(view)


def _delays(view: SentenceView) -> Iterator[Draft]:
    if "delay" not in view.text.lower() or _NOT_THIS_DELAY.search(view.text):
        return
    for pattern in _DELAYS:
        match = view.search(pattern)
        if match is None:
            continue
        of = (
            _OF.search(match[0])
            or _OF.search(view.text[max(0, match.start() - 40) : match.start()])
            or _OF.search(view.text[match.end() : match.end() + 40])
        )
        if of is None:
            continue
        span = view.place(match)
        months = _months(match) if "unit" in pattern.groupindex else None
        without = re.search(r"\b(?:no|without(?:\s+any)?)\s+(?:\w+\s+)?$", view.before(span), re.I)
        assertion = Assertion.NEGATED if without else Assertion.AFFIRMED
        yield Draft(value=Delay(of=_OF_DELAY[of[0].lower()[:4]], months=months), spans=(span,), assertion=assertion)
        return


def _months(match: re.Match[str]) -> float:
    return number(match["n"]) * _MONTHS[match["unit"].lower()]


TOPIC = Topic(name="delay", extract=extract, values=(Misdiagnosis, Delay), alone=False)
