"""Surveillance: which study or visit was repeated, how often, and for how long ("chest CT every six months for two years")."""

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


class Surveillance(Value, frozen=True, tag="surveillance"):
    """`study` is a modality of imaging.toml or "follow-up"; `every` and `lasting` are printed lengths of time in figures.

    `every` is "3 months" or, for a range, "3-6 months"; `lasting` is None where the report sets no end.
    """

    study: str
    every: str
    lasting: str | None = None

    def __str__(self) -> str:
        return f"{self.study} every {self.every}" + (f" for {self.lasting}" if self.lasting else "")


def _unit(n: int) -> str:
    return rf"(?P<unit{n}>week|month|year)s?"


def _span(n: int) -> str:
    """A length of time or a range of them, its groups numbered."""
    return rf"(?P<low{n}>{NUMBER})(?:\s*(?:-|–|to|or)\s*(?P<high{n}>{NUMBER}))?[\s-]*{_unit(n)}"


_EVERY = Pattern(
    rf"\bevery\s+(?:{_span(1)}|(?P<other>other|second)\s+{_unit(2)}|{_unit(3)})\b"
    rf"|\bat\s+(?:intervals\s+of\s+{_span(4)}|{_span(5)}\s+intervals)\b"
    rf"|\b{_span(6)}ly\b|\b(?P<times>once|twice|three\s+times|four\s+times)\s+(?:a|per|each)\s+year\b"
    r"|\b(?P<word>annual(?:ly)?|yearly|biannual(?:ly)?|half-yearly|semi-?annual(?:ly)?|quarterly|(?<![-\d]\s)(?<!-)monthly)\b",
    re.I,
)
_WORDS = {
    "annual": "12 months", "yearly": "12 months", "biannual": "6 months", "half-yearly": "6 months",
    "semiannual": "6 months", "semi-annual": "6 months", "quarterly": "3 months", "monthly": "1 month",
}  # fmt: skip
_TIMES = {"once": "12 months", "twice": "6 months", "three": "4 months", "four": "3 months"}
_LASTING = Pattern(
    rf"^[^.;]{{0,25}}?\b(?:for|during|over)\s+(?:the\s+|a\s+)?(?:first\s+|next\s+|period\s+of\s+|initial\s+|at\s+least\s+|further\s+)*"
    rf"{_span(1)}\b",
    re.I,
)
_VISITS = Pattern(
    r"\b(?:follow(?:ed)?[- ]?ups?|surveillance|check-?ups?|clinical (?:examinations?|reviews?|visits?)"
    r"|physical examinations?|review(?:ed|s)?|monitor(?:ed|ing)|examined|seen)\b",
    re.I,
)
_NOT_FOLLOW_UP = Pattern(
    r"\b(?:mg|Gy|dose[sd]?|infusions?|injections?|tablets?|cycles?|doses|courses?|vaccin\w+|dialysis)\b|µg", re.I
)
_HINT = Pattern(r"every|interval|month|year|annual|week|quarterly", re.I)
_AT_ONCE = Pattern(r"\s+(?:(?!and|or|with|then|but)\w+\s+){0,2}", re.I)
_CLAUSE = Pattern(r"[;.]\s|\bthen\b|\bbut\b", re.I)
_PLANNED = Pattern(r"\b(?:recommend\w*|advised|planned|plan|scheduled|will\s+be|should\s+be|suggested|to\s+be)\b", re.I)


def extract(view: SentenceView) -> Iterator[Draft]:
    """A schedule for each study that the clause of an interval names; without one, for the follow-up that it names."""
    if not _HINT.search(view.text):
        return
    named: list[tuple[str, TextSpan]] = []
    for match in view.find(_EVERY):
        if is_general(view.text, match.start()):
            continue
        clause = _clause(view, match)
        if _NOT_FOLLOW_UP.search(view.text[clause.start - view.span.start : clause.end - view.span.start]):
            continue
        if any(clause.covers(drug.span) for drug in view.of("drug", "regimen")):
            continue
        named = _studies(view, clause, view.place(match)) or named or _visit(view, clause)
        for study, span in named:
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


def _studies(view: SentenceView, clause: TextSpan, interval: TextSpan) -> list[tuple[str, TextSpan]]:
    """The studies in front of an interval; those behind it where none is in front, or where it stands at one."""
    inside = [mention for mention in view.of("modality") if clause.covers(mention.span)]
    front = {mention.label: mention.span for mention in inside if mention.span.end <= interval.start}
    behind = {mention.label: mention.span for mention in inside if mention.span.start >= interval.end}
    at_once = any(_AT_ONCE.fullmatch(view.words(TextSpan(interval.end, span.start))) for span in behind.values())
    last = not _EVERY.search(view.text, clause.end - view.span.start)
    return list((behind if at_once else front or (behind if last else {})).items())


def _visit(view: SentenceView, clause: TextSpan) -> list[tuple[str, TextSpan]]:
    visit = _VISITS.search(view.text, clause.start - view.span.start, clause.end - view.span.start)
    return [("follow-up", view.place(visit))] if visit else []


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
