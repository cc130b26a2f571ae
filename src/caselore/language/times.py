"""Dates and durations in a sentence, and what a duration is counted from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from caselore.language.dates import read_dates
from caselore.language.durations import Duration, read_durations
from caselore.language.numbers import NUMBER, number
from caselore.language.patterns import Pattern
from caselore.language.silence import spared
from caselore.model.text import TextSpan
from caselore.model.time import DAYS_PER_MONTH, Interval, PartialDate


class TimeKind(StrEnum):
    DATE = "date"
    DURATION = "duration"
    """a length of time that lasts or has passed ("for 3 months", "a 2-week history")"""
    OFFSET = "offset"
    """a point told by its distance from another ("3 months after surgery", "9 years earlier", "at 6 months")"""


class Direction(StrEnum):
    AFTER = "after"
    BEFORE = "before"


class TimeExpression(msgspec.Struct, frozen=True, kw_only=True):
    """A date, or a length of time in days with its direction and the printed anchor.

    `anchor` is one of "operation", "diagnosis", "symptom", "admission", "discharge", "radiotherapy", "chemotherapy",
    "recurrence", "metastasis", "biopsy", "birth", "another event", or None where the words leave it to the
    context ("later", "at 6 months").
    """

    kind: TimeKind
    span: TextSpan
    date: PartialDate | None = None
    days: Interval | None = None
    direction: Direction | None = None
    anchor: str | None = None

    @property
    def months(self) -> float | None:
        """The middle of `days` in months of 30.44 days."""
        return None if self.days is None else self.days.middle / DAYS_PER_MONTH


_OPERATION = (
    r"surger(?:y|ies)|operations?|operative|surgical|resections?|excisions?|removal|craniotomy|amputation|debulking|"
    r"\w+(?:ectomy|ectomies|otomy|ostomy|plasty)|procedure|enucleation|exenteration|gross total|intervention|"
    r"(?:initial|primary|first|definitive) treatment"
)
_ANCHORS = {
    "radiotherapy": (
        r"radio-?therapy|radiation|irradiation|chemo-?radiation|radiochemotherapy|RT|SRS|radiosurgery|"
        r"brachytherapy|WBRT"
    ),
    "chemotherapy": r"(?:poly)?chemotherapy|chemo|cycles?",
    "recurrence": r"recurrences?|relapse|regrowth|recurrent|progression",
    "metastasis": r"metasta(?:sis|ses|tic)|dissemination",
    "biopsy": r"biops(?:y|ies)",
    "operation": _OPERATION,
    "discharge": r"discharged?",
    "admission": r"admission|admitted|hospitali[sz]ation|presentation|presenting|referral|consultation|visit",
    "diagnosis": r"(?:diagnos(?:is|ed)|detection)(?! of (?:\w+ ){0,3}(?:recurren|relaps|metasta))",
    "symptom": r"onset|symptoms?|complaints?",
    "birth": r"birth|born",
    "another event": r"development|accident|injury|trauma|transplant\w*|menopause|exposure|achiev\w+",
}
_ANCHOR = Pattern(
    r"\b(?:" + "|".join(f"(?P<{name.replace(' ', '_')}>{words})" for name, words in _ANCHORS.items()) + r")\b", re.I
)
_CLAUSE_END = Pattern(r"[,;:()\[\]]|\b(?:when|while|without|but|which|who|showed|revealed|was|were|had|he|she)\b", re.I)

_POST = Pattern(
    r"['’]?\s*[-–]?\s*(?:of\s+)?post[- –]?(?:(?P<operation>operative(?:ly)?|surg(?:ery|ical(?:ly)?)|"
    r"op(?:eration)?\b|resection|excision|\w+(?:ectomy|otomy)|initial (?:surgery|resection))"
    r"|(?P<diagnosis>diagnosis)|(?P<radiotherapy>radi(?:ation|otherapy)|RT|irradiation)|(?P<chemotherapy>chemotherapy)"
    r"|(?P<discharge>discharge)|(?P<birth>nat(?:al(?:ly)?))|(?P<none>treatment|transplant(?:ation)?|partum|delivery))",
    re.I,
)
_PRE = Pattern(r"['’]?\s*[-–]?\s*(?:of\s+)?pre[- –]?(?P<operation>operative(?:ly)?|surgery)", re.I)
_AFTER = Pattern(
    r"['’]?\s*(?:\(?[^()]{0,0}\)?)?(?:after|following|since|from|post|o(?:n|ut) from|past(?= (?:the )?(?:surgery|operation|"
    r"resection|excision|diagnosis|treatment))|of(?= (?:the )?(?:surgery|operation|diagnosis|discharge|admission)))\b",
    re.I,
)
_BEFORE = Pattern(r"['’]?\s*(?:before|prior to|preceding|previous to|ahead of|until|in advance of)\b", re.I)
_LATER = Pattern(
    rf"['’]?\s*(?:later|thereafter|afterwards?|after that(?!\s+(?:[\w-]+\s+)?(?:{_OPERATION}))"
    r"|on\b(?=,|\W*$| (?:he|she|there|the (?:patient|child|boy|girl|man|woman)|no|neither)\b)|subsequently"
    r"|from (?:then|that time|there)\b|post\b|hence|after(?=\s*[,.;]|$))",
    re.I,
)
_EARLIER = Pattern(r"['’]?\s*(?:ago|earlier|previously|before(?=\s*[,.;)]|$)|back\b|prior(?! to)\b|previous\b)", re.I)
_FOLLOW_UP = Pattern(
    r"['’]?\s*[-–]?\s*(?:(?:of|on|in|at|regular|clinical|radiological|postoperative|close|routine|period of|"
    r"later)\s+){0,3}"
    r"(?:follow[- ]?ups?|visit|check-?up|control|examination|surveillance|review|MRI|CT|imaging|scan)\b",
    re.I,
)
_FOLLOW_UP_OF = Pattern(
    r"\b(?:follow[- ]?up|followed(?: up)?|observation|surveillance|interval)(?: (?:period|time|duration|"
    r"interval))?(?: of| for| was| lasted|:)?(?: (?:about|only|approximately))?\s*$",
    re.I,
)
_LASTING = Pattern(
    r"\b(?:for|over|during|throughout|lasting|lasted|last(?:ed|s)? for|history of|duration of|duration was|"
    r"since|period of|course of|interval of|(?:past|last|previous|preceding))"
    r"(?:\s+(?:the|a|an|about|approximately|almost|nearly|around|more than|at least|past|last|previous|"
    r"preceding|period of|total of|course of))*\s*$",
    re.I,
)
_AFTER_IN_FRONT = Pattern(
    r"\bafter(?:\s+(?:a|an|the|about|approximately|almost|nearly|around|more than|a total of|a period of|"
    r"an interval of|another|only|just"
    r"|(?:a |the )?(?:mean |median |total |disease-free |symptom-free |short |long )?(?:follow[- ]?up|"
    r"interval|observation|latency)(?: (?:period|time|duration|interval))?(?: of)?))*\s*$",
    re.I,
)
_AT_IN_FRONT = Pattern(
    r"\b(?:at|by|(?:died|expired|succumbed|recurred|relapsed)\s+(?:\w+ly\s+)?in)"
    r"(?:\s+(?:the|a|an|his|her|last|about|approximately|around|nearly))*\s*$",
    re.I,
)
_WITHIN = Pattern(r"^(?:within|less than|under)\b|\bwithin(?:\s+(?:the|a|first|next|following|about))*\s*$", re.I)
_HISTORY = Pattern(
    r"['’]?\s*[-–]?\s*(?:(?:long|lasting|clinical|progressive|slowly|worsening|intermittent|duration|"
    r"\w+)[\s-]+){0,3}?(?:history|duration|course|period|interval)\b",
    re.I,
)
_INTERVALS = Pattern(r"['’]?[\s-]*(?:\w+\s+)?intervals\b", re.I)
"""Follow-up "at three-month intervals" tells how often, not when."""

_NTH = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_ORDINALS = {word: number for number, word in enumerate(_NTH.split(), 1)}
_ORDINAL = rf"(?P<ordinal>\d{{1,3}}\s?(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})"
_UNIT = r"(?P<unit>day|week|month|year)"
_UNIT_OF = {"": "day", "annual": "year", "yearly": "year", "monthly": "month", "weekly": "week"}
_WITHIN_COUNT = frozenset({"in", "by", "during", "until", "at"})
""" "In the tenth month", "by the fifth year": the text's own clock."""
_DAYS = {"day": 1.0, "week": 7.0, "month": DAYS_PER_MONTH, "year": 12 * DAYS_PER_MONTH}
_POST_OR_AFTER = r"(?P<post>post[- ]?(?:operative(?:ly)?|surgery|op)|after|following)\b(?P<after>[^,;.]{0,40})"
_COUNTED = tuple(
    Pattern(pattern, re.I)
    for pattern in (
        rf"\b{_ORDINAL}[\s-]+(?P<post>post[- ]?(?:operative|surgical|op)|hospital)[\s-]+{_UNIT}\b",
        rf"\b{_ORDINAL}[\s-]+{_UNIT}\s+{_POST_OR_AFTER}",
        rf"\b(?P<post>post[- ]?(?:operative|surgical|op))\s+{_ORDINAL}[\s-]+{_UNIT}\b",
        rf"\b(?P<post>post[- ]?(?:operative|surgical|op\.?)|hospital)\s+{_UNIT}\s+#?(?P<ordinal>\d{{1,3}}|{NUMBER})\b",
        rf"\b{_UNIT}\s+(?P<ordinal>\d{{1,3}})\s+{_POST_OR_AFTER}",
        rf"\b(?P<post>in|by|during|until|at)\s+(?:the\s+|his\s+|her\s+)?{_ORDINAL}[\s-]+{_UNIT}(?![\s-]+(?:old|of|post|after|following|trimester|gestation|week|day))\b",
        rf"\b(?P<post>in|by|during|until|at)\s+(?:the\s+|his\s+|her\s+)?{_ORDINAL}[\s-]+{_UNIT}(?=\s+of\s+(?:the\s+)?(?:follow|observation|surveillance))",
        rf"\b(?P<post>at)\s+(?:the\s+|his\s+|her\s+)?{_ORDINAL}[\s-]+(?P<unit>annual|yearly|monthly|weekly)\s+(?:\w+\s+)?(?:visit|check|review|control|examination|follow|appointment|scan|MRI|CT)\b",
        r"\b(?P<post>POD)\s*#?(?P<ordinal>\d{1,3})\b(?P<unit>)",
    )
)


@spared
def read_times(text: str, offset: int = 0) -> tuple[TimeExpression, ...]:
    """The times of one sentence, in order; `offset` is added to their places."""
    found: list[TimeExpression] = []
    for reader in (_dates, _counted_days, _lengths):
        for time in reader(text):
            if not any(time.span.overlaps(other.span) for other in found):
                found.append(time)
    found.sort(key=lambda time: time.span)
    return tuple(
        msgspec.structs.replace(t, span=TextSpan(t.span.start + offset, t.span.end + offset)) if offset else t
        for t in found
    )


def _dates(text: str) -> Iterator[TimeExpression]:
    for span, date in read_dates(text):
        yield TimeExpression(kind=TimeKind.DATE, span=span, date=date)


def _counted_days(text: str) -> Iterator[TimeExpression]:
    """ "the 26th postoperative day", "postoperative day 5", "the third day after surgery"."""
    for pattern in _COUNTED:
        for match in pattern.finditer(text):
            post = match["post"].lower()
            anchor: str | None
            if post in _WITHIN_COUNT:
                anchor, end = None, match.end()
            elif post in ("after", "following"):
                anchor, end = _anchor(match["after"], 0), match.end("post")
            else:
                anchor, end = "admission" if post == "hospital" else "operation", match.end()
                if "after" in match.re.groupindex:
                    end = match.end("post")
            days = _ordinal(match["ordinal"]) * _DAYS[_UNIT_OF.get(match["unit"].lower(), match["unit"].lower())]
            yield TimeExpression(
                kind=TimeKind.OFFSET,
                span=TextSpan(match.start(), end),
                days=Interval(days, days),
                direction=Direction.AFTER,
                anchor=anchor,
            )


def _ordinal(printed: str) -> float:
    word = printed.lower()
    return float(_ORDINALS[word]) if word in _ORDINALS else number(re.sub(r"\s?(?:st|nd|rd|th)$", "", word))


def _lengths(text: str) -> Iterator[TimeExpression]:
    for duration in read_durations(text):
        yield _placed(text, duration)


def _placed(text: str, duration: Duration) -> TimeExpression:
    """A length of time with what its neighbours make of it: a distance from an anchor, or a length that lasted."""
    before, end = text[max(0, duration.span.start - 70) : duration.span.start], duration.span.end
    direction, anchor, end = _direction(text, duration.span.end)
    lasted = any((_LASTING.search(before), _HISTORY.match(text, end), _INTERVALS.match(text, end)))
    kind = TimeKind.DURATION if lasted or direction is None else TimeKind.OFFSET
    days = duration.days
    if not lasted and direction is None:
        follow_up = _FOLLOW_UP.match(text, duration.span.end)
        if _AFTER_IN_FRONT.search(before) or (_AT_IN_FRONT.search(before) and not _FOLLOW_UP_OF.search(before)):
            kind, direction = TimeKind.OFFSET, Direction.AFTER
            end = follow_up.end() if follow_up else end
        elif follow_up and not re.search(r"\b(?:with|during|over)(?:\s+(?:a|an|the))?\s*$", before, re.I):
            kind, direction, end = TimeKind.OFFSET, Direction.AFTER, follow_up.end()
    if _WITHIN.search(before) or _WITHIN.search(text[duration.span.start : duration.span.end]):
        days = Interval(days.low, days.high, low_open=True)
    return TimeExpression(
        kind=kind, span=TextSpan(duration.span.start, end), days=days, direction=direction, anchor=anchor
    )


def _direction(text: str, end: int) -> tuple[Direction | None, str | None, int]:
    """Which way the words behind a length of time count, from what, and where they end."""
    if match := _POST.match(text, end):
        return Direction.AFTER, match.lastgroup if match.lastgroup != "none" else None, match.end()
    if match := _PRE.match(text, end):
        return Direction.BEFORE, "operation", match.end()
    if match := _LATER.match(text, end):
        return Direction.AFTER, None, match.end()
    if match := _EARLIER.match(text, end):
        return Direction.BEFORE, None, match.end()
    for pattern, direction in ((_AFTER, Direction.AFTER), (_BEFORE, Direction.BEFORE)):
        if match := pattern.match(text, end):
            return direction, _anchor(text, match.end()), match.end()
    return None, None, end


def _anchor(text: str, start: int) -> str | None:
    """The event that a clause names first."""
    clause = text[start : start + 70]
    if stop := _CLAUSE_END.search(clause):
        clause = clause[: stop.start()]
    match = _ANCHOR.search(clause)
    return match.lastgroup.replace("_", " ") if match and match.lastgroup else None
