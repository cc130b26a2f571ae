"""Surveillance: which study or visit was repeated, how often, and for how long ("chest CT every six months for two years")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.generality import is_general
from caselore.language.numbers import NUMBER, number
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Value
from caselore.model.text import TextSpan
from caselore.topics.topic import Draft, Topic


class Surveillance(Value, frozen=True, tag="surveillance"):
    """`study` is a modality of imaging.toml or "follow-up"; `every` and `lasting` are printed lengths of time in figures.

    `every` is "3 months" or, for a range, "3-6 months"; `lasting` is None where the report sets no end.
    """

    study: str
    every: str
    lasting: str | None = None

    def __str__(self) -> str:
        return f"{self.study} every {self.every}" + (f" for {self.lasting}" if self.lasting else "")


_UNIT = r"(?P<unit{n}>week|month|year)s?"
_COUNT = rf"(?P<low{{n}}>{NUMBER})(?:\s*(?:-|–|to|or)\s*(?P<high{{n}}>{NUMBER}))?"
_SPAN = f"{_COUNT}[\\s-]*{_UNIT}"
_EVERY = re.compile(
    rf"\bevery\s+(?:{_SPAN.format(n=1)}|(?P<other>other|second)\s+{_UNIT.format(n=2)}|{_UNIT.format(n=3)})\b"
    rf"|\bat\s+(?:intervals\s+of\s+{_SPAN.format(n=4)}|{_SPAN.format(n=5)}\s+intervals)\b"
    rf"|\b{_SPAN.format(n=6)}ly\b|\b(?P<times>once|twice|three\s+times|four\s+times)\s+(?:a|per|each)\s+year\b"
    r"|\b(?P<word>annual(?:ly)?|yearly|biannual(?:ly)?|half-yearly|semi-?annual(?:ly)?|quarterly|(?<![-\d]\s)(?<!-)monthly)\b",
    re.I,
)
_WORDS = {
    "annual": "12 months", "yearly": "12 months", "biannual": "6 months", "half-yearly": "6 months",
    "semiannual": "6 months", "semi-annual": "6 months", "quarterly": "3 months", "monthly": "1 month",
}  # fmt: skip
_TIMES = {"once": "12 months", "twice": "6 months", "three": "4 months", "four": "3 months"}
_LASTING = re.compile(
    rf"^[^.;]{{0,25}}?\b(?:for|during|over)\s+(?:the\s+|a\s+)?(?:first\s+|next\s+|period\s+of\s+|initial\s+|at\s+least\s+|further\s+)*"
    rf"{_SPAN.format(n=1)}\b",
    re.I,
)
_VISITS = re.compile(
    r"\b(?:follow(?:ed)?[- ]?ups?|surveillance|check-?ups?|clinical (?:examinations?|reviews?|visits?)|physical examinations?|review(?:ed|s)?"
    r"|monitor(?:ed|ing)|examined|seen)\b",
    re.I,
)
_NOT_FOLLOW_UP = re.compile(
    r"\b(?:mg|Gy|dose[sd]?|infusions?|injections?|tablets?|cycles?|doses|courses?|vaccin\w+|dialysis)\b|µg", re.I
)
_CLAUSE = re.compile(r"[;.]\s|\bthen\b|\bbut\b", re.I)
_PLANNED = re.compile(
    r"\b(?:recommend\w*|advised|planned|plan|scheduled|will\s+be|should\s+be|suggested|to\s+be)\b", re.I
)


def extract(view: SentenceView) -> Iterator[Draft]:
    """A schedule for each study that the clause of an interval names; without one, for the follow-up that it names."""
    for match in view.find(_EVERY):
        if is_general(view.text, match.start()):
            continue
        clause = _clause(view, match)
        if _NOT_FOLLOW_UP.search(view.text[clause.start - view.span.start : clause.end - view.span.start]):
            continue
        if any(clause.covers(drug.span) for drug in view.of("drug", "regimen")):
            continue
        for study, span in _studies(view, clause):
            lasting = _LASTING.match(view.text[match.end() :])
            value = Surveillance(study=study, every=_every(match), lasting=_length(lasting, 1) if lasting else None)
            yield Draft(value=value, spans=(view.place(match), span), assertion=_assertion(view, span))


def _clause(view: SentenceView, match: re.Match[str]) -> TextSpan:
    """What belongs to an interval: the words back to the last break or interval, and on to the next."""
    breaks = [0, *(m.end() for m in _CLAUSE.finditer(view.text)), *(m.end() for m in _EVERY.finditer(view.text))]
    start = max(at for at in breaks if at <= match.start())
    following = [
        m.start() for m in (*_CLAUSE.finditer(view.text), *_EVERY.finditer(view.text)) if m.start() >= match.end()
    ]
    return TextSpan(start + view.span.start, min(following, default=len(view.text)) + view.span.start)


def _studies(view: SentenceView, clause: TextSpan) -> Iterator[tuple[str, TextSpan]]:
    found = {mention.label: mention.span for mention in view.of("modality") if clause.covers(mention.span)}
    if found:
        yield from found.items()
        return
    visit = _VISITS.search(view.text, clause.start - view.span.start, clause.end - view.span.start)
    if visit:
        yield "follow-up", view.place(visit)


def _assertion(view: SentenceView, span: TextSpan) -> Assertion:
    judged = view.assertion(span)
    return Assertion.PLANNED if judged is Assertion.AFFIRMED and _PLANNED.search(view.text) else judged


def _every(match: re.Match[str]) -> str:
    if match["times"]:
        return _TIMES[match["times"].lower().split()[0]]
    if match["word"]:
        word = match["word"].lower()
        return _WORDS.get(word) or _WORDS[word.removesuffix("ly")]
    if match["other"]:
        return f"2 {match['unit2'].lower()}s"
    if match["unit3"]:
        return "12 months" if match["unit3"].lower() == "year" else f"1 {match['unit3'].lower()}"
    return next(_length(match, group) for group in (1, 4, 5, 6) if match[f"unit{group}"])


def _length(match: re.Match[str], group: int) -> str:
    low, high, unit = match[f"low{group}"], match[f"high{group}"], match[f"unit{group}"].lower()
    factor = 12 if unit == "year" else 1
    unit = "month" if unit == "year" else unit
    printed = f"{number(low) * factor:g}" + (f"-{number(high) * factor:g}" if high else "")
    return f"{printed} {unit}" + ("" if printed == "1" else "s")


TOPIC = Topic(
    name="surveillance", extract=extract, values=(Surveillance,), terms=("imaging.toml", "drugs.csv"), alone=False
)
