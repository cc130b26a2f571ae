"""Performance and coma scales with their values: Karnofsky, ECOG, Lansky, Glasgow Coma Scale, and others of scales.csv."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caselore.language.lexicon import Mention
from caselore.language.numbers import TO
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.model.fact import Phase, Value
from caselore.model.text import TextSpan
from caselore.topics.topic import Draft, Topic


class PerformanceStatus(Value, frozen=True, tag="performance_status"):
    """A value of a scale; a range has different bounds. `bounded` is "at least" or "at most" where only one was told;
    `after` marks a value that the words place after treatment or at a recurrence."""

    scale: str
    low: float
    high: float
    bounded: str = ""
    after: bool = False

    @property
    def value(self) -> float:
        return (self.low + self.high) / 2

    def __str__(self) -> str:
        amount = f"{self.low:g}" if self.low == self.high else f"{self.low:g} to {self.high:g}"
        return " ".join(filter(None, (self.scale, self.bounded, amount, "afterwards" if self.after else "")))


READ = {"kps", "ecog", "lansky", "gcs", "gos", "gose", "mrs"}
"""Scales whose value is an Arabic number that stands beside the name."""

_ROMAN = {"0": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
_NUMBER = r"(?:\d{1,3}(?!\d|[.,]\d)|0|IV|V|I{1,3}\b)"
_VALUE = (
    rf"(?:(?P<at_least>[>≥]=?|more than|above|at least|over|greater than)\s*|(?P<at_most>[<≤]=?|less than|below|"
    rf"under|at most)\s*)?"
    rf"(?<![\w.])(?P<low>{_NUMBER})\s*%?(?:{TO}(?P<high>{_NUMBER}))?(?![\w]|\.\d|\s*(?:mm|cm|months?|weeks?|"
    rf"days?|years?|Gy|mg)\b)"
)
_LINK = (
    r"\s*(?:\([^()\d]{1,45}\)\s*)?(?:(?:performance|status|scale|score|scoring|index|grade|value|level|rating|"
    r"points?|on|at|in|"
    r"admission|presentation|diagnosis|the|time|her|his|patient['’]?s?|preoperative(?:ly)?|postoperative(?:ly)?|"
    r"initial|of|was|is|were|had|been|be|stood|put|came|amounted|given|judged|"
    r"estimated|assessed|rated|determined|calculated|remained|scored|graded|equal|to|as|approximately|about|a|an|and|"
    r"improved|deteriorated|declined|decreased|dropped|fallen|fell|increased|rose|from|reached|recorded|only|"
    r"good|poor|"
    r"postsurgery|discharge)\b\s*|[:=,\[(]\s*|[-–]\s+){0,10}"
)
_BEHIND = Pattern(rf"{_LINK}{_VALUE}", re.I)
_IN_FRONT = Pattern(
    rf"{_VALUE}\s*(?:points?\s*)?(?:out of \d+\s*)?(?:/\s*\d+\s*)?(?:(?:on|in|by|according to|of|for|as per|"
    rf"using)\s+)?(?:the\s+|his\s+|her\s+|a\s+)?$",
    re.I,
)
_SECOND = Pattern(
    r"\s*%?\s*(?:points?|/\s*15|\([^()]*\))?\s*(?:(?:to|and then to|up to|down to|→)\s*|(?:at|on) (?:admission|"
    r"presentation|diagnosis)[,;]?\s*"
    rf"(?:and|but)\s+(?:was\s+|improved to\s+)?(?:(?:at|on|after|later)[^.;\d]{{0,30}}?)?|(?:and|but)\s+(?:at|"
    rf"on|after)[^.;\d]{{0,30}}?){_VALUE}",
    re.I,
)
_FROM = Pattern(r"\bfrom\s+(?:an?\s+|about\s+)?$", re.I)
_WORSE = Pattern(r"\b(?:deteriorat|declin|decreas|drop|fall|fell|worsen|reduc)\w*", re.I)
_LATER = Pattern(
    r"\b(?:post-?operative(?:ly)?|after (?:surgery|operation|treatment|radiotherapy|the (?:operation|treatment|"
    r"surgery))|at discharge|"
    r"discharged|(?:last |latest |final )?follow[- ]?up|last (?:visit|contact|seen)|recurren\w+|later|improved|"
    r"improvement|"
    r"at (?:the )?(?:last|latest)|following (?:surgery|treatment))\b",
    re.I,
)
_FIRST = Pattern(
    r"\b(?:pre-?operative(?:ly)?|(?:at|on) (?:admission|presentation|diagnosis)|initial(?:ly)?|"
    r"before)\b",
    re.I,
)


def extract(view: SentenceView) -> Iterator[Draft]:
    taken: list[TextSpan] = []
    for mention in view.of("scale"):
        if mention.concept not in READ or (mention.concept == "ecog" and not _is_performance(view, mention)):
            continue
        match = _value_of(view, mention)
        if match is None:
            continue
        number = TextSpan(view.span.start + match.start("low"), view.span.start + match.end())
        if not any(number.overlaps(other) for other in taken):
            taken.append(number)
            yield from _drafts(view, mention, match)


def _is_performance(view: SentenceView, mention: Mention) -> bool:
    """The bare words "performance status" may belong to Karnofsky or Lansky."""
    if mention.words.lower() != "performance status":
        return True
    return not any(other.concept in ("kps", "lansky") for other in view.of("scale"))


def _value_of(view: SentenceView, mention: Mention) -> re.Match[str] | None:
    """The number behind the name of the scale, or the one right in front of it."""
    start = view.span.start
    behind = _BEHIND.match(view.text, mention.span.end - start)
    return behind or _IN_FRONT.search(view.text[: mention.span.start - start])


def _drafts(view: SentenceView, mention: Mention, match: re.Match[str]) -> Iterator[Draft]:
    """One value, or two of a change: "improved from 60 to 90", "60 at presentation and at discharge 80"."""
    before = view.text[: match.start("low")]
    second = _SECOND.match(view.text, match.end())
    spans = (mention.span, TextSpan(view.span.start + match.start("low"), view.span.start + match.end()))
    if match["high"] and _FROM.search(before):
        changed = (_within(mention, _number(match["low"])), _within(mention, _number(match["high"])))
    elif second:
        changed = (_status(mention, match), _status(mention, second))
    else:
        if only := _status(mention, match):
            yield _later(only, spans) if _is_later(view, mention, spans[1]) else Draft(value=only, spans=spans)
        return
    worse = _WORSE.search(before) is not None
    if changed[0]:
        yield Draft(value=changed[0], spans=spans, phase=Phase.BEFORE if worse else None)
    if changed[1]:
        yield Draft(value=changed[1], spans=spans) if worse else _later(changed[1], spans)


def _later(value: PerformanceStatus, spans: tuple[TextSpan, ...]) -> Draft:
    return Draft(value=msgspec.structs.replace(value, after=True), spans=spans, phase=Phase.LATER)


def _is_later(view: SentenceView, mention: Mention, span: TextSpan) -> bool:
    around = view.before(mention.span, 60) + view.words(TextSpan(min(mention.span.start, span.start), span.end))
    clause = re.split(r"[;,]\s", around)[-1] + re.split(r"[;,.]", view.after(span, 45))[0]
    return _FIRST.search(clause) is None and _LATER.search(clause) is not None


def _status(mention: Mention, match: re.Match[str]) -> PerformanceStatus | None:
    low = _number(match["low"])
    high = _number(match["high"]) if match["high"] else low
    bounded = "at least" if match["at_least"] else "at most" if match["at_most"] else ""
    return _within(mention, low, high, bounded)


def _within(mention: Mention, low: float, high: float | None = None, bounded: str = "") -> PerformanceStatus | None:
    """The value if the scale has it; Karnofsky and Lansky values that are no multiple of five are not taken."""
    high = low if high is None else high
    least, most = float(mention.get("min")), float(mention.get("max"))
    if not least <= low <= high <= most:
        return None
    if mention.concept in ("kps", "lansky") and (low % 5 or high % 5):
        return None
    return PerformanceStatus(scale=mention.label, low=low, high=high, bounded=bounded)


def _number(printed: str) -> float:
    return float(_ROMAN.get(printed.upper(), printed))


TOPIC = Topic(name="performance", extract=extract, values=(PerformanceStatus,), terms=("scales.csv",), reads=("scale",))
