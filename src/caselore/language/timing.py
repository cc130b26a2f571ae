"""Which printed time belongs to an event in a sentence: "recurred at 7 months and died 3 months later" has two of each."""

from __future__ import annotations

import re

import msgspec

from caselore.language.numbers import NUMBER, number
from caselore.language.patterns import Pattern
from caselore.language.times import Direction, TimeExpression, TimeKind
from caselore.language.view import SentenceView
from caselore.model.text import TextSpan
from caselore.model.time import TimePoint

CALENDAR = "calendar"
"""Anchor of a time that is only told by its date."""
COURSE = "course of treatment"
"""Anchor of a time that counts from the end of a treatment of so many cycles: nobody knows how long they took."""
PRECEDING = "preceding event"
"""Anchor of "3 months later" and the like: what the text told just before."""
REOPERATION = "reoperation"
"""Anchor of a time that is counted from a second or the last operation."""
START = "start"
"""Anchor of "at 6 months" and the like: the author's clock, nearly always the main operation or the diagnosis."""
UNTOLD = "untold"
"""Anchor of a time that is not told: the sentence only dates what was before."""

_BREAK = Pattern(
    r"[;:]|[,.]? (?:but|whereas|although|however|(?:until|till) (?:his|her|the|he|she)) |, when |, which |, from which |"
    r",? (?:and|then|when) (?:(?:he|she|it|they|was|were|had|has|is|died|death|remained|remains|then|the)\b|subsequently)|"
    r", (?:died|was|were|had|he|she|the patient|with)\b"
)
_WEAK_BREAK = Pattern(r",? and (?:no|neither|there)\b", re.I)
"""Parts a sentence where each part has a time: "walked after 1 month and no recurrence was seen at 1 year"."""
_SUBORDINATE = Pattern(r"^\W*(?:although|though|even though|while|whereas)\b[^,]*,", re.I)
_RELATIVE = Pattern(
    r"\b(?:later|since then|thereafter|afterwards?|after that|from then|from that time|further|subsequent(?:ly)?|another|on(?=\W|$)"
    r"|additional)\b",
    re.I,
)
_RELATIVE_AHEAD = Pattern(
    r"\b(?:thereafter|afterwards?|further|subsequent|another|additional|the (?:following|next|ensuing)|since then,?)\s+(?:\w+\s)?$",
    re.I,
)
_AFTER_CYCLES = Pattern(
    r"^\W*(?:\w+, )?after (?:(?:the|a|his|her|completion of|receiving|completing) )*(?:\w+ ){0,2}"
    r"(?:cycles|courses|lines|sessions|applications)\b",
    re.I,
)
_FREQUENCY = Pattern(
    r"\b(?:every|each|per|intervals of|for the (?:next|following|coming)|"
    r"aged?)\b\W*(?:\w+\W+)?$",
    re.I,
)
_INTERVALS = Pattern(r"['’]?[\s-]+(?:\w+\s+)?intervals\b", re.I)
""" "Seen at three-month intervals" tells how often."""
_SOON = Pattern(
    r"\b(?:as early as|within|in less than|in under|already|by|only|just|barely|approximately|about|"
    r"(?:interval|period) of)\b[^.;,]{0,8}$",
    re.I,
)
_AFTER_INTERVAL = Pattern(r"\bafter\b[^.;,]{0,40}$", re.I)
_STATE = Pattern(
    r"\b(?:free|well|remission|asymptomatic|surveill\w+|follow\w*|stable|observ\w+|without|no|alive|controlled|fine|healthy)\b",
    re.I,
)
_UNTIL = Pattern(r"(?:,|;|\b(?:when|until|till|before|whereupon|then|at which (?:time|point)))\s", re.I)
_OF_A_GROUP = Pattern(r"\b(?:mean|median|average) (?!age)[^.;,]{0,45}$", re.I)
""" "All three are alive, mean survival being 21 months": nobody's own time."""
_WHEN = Pattern(r", (?:when|whereupon|at which (?:time|point))\s", re.I)
_TILL = Pattern(r"\b(?:until|till)\s+(?:\w+\s+){0,2}$", re.I)
_PASSED = Pattern(r"^\s*(?:had |have )?(?:passed|elapsed|went by|gone by) (?:before|until|till)\b", re.I)
_IT_TOOK = Pattern(r"\bit took\b[^.;,]{0,12}$", re.I)
""" "Nine months passed before the tumour recurred", "it took nine months to recur"."""
_AGAIN = Pattern(
    r"^\W*(?:(?:the|his|her|this|that|our|a) )?(?:second|third|fourth|last|latest|final|salvage|revision|repeat(?:ed)?|re-?\w*)\W*"
    r"(?:[\w-]+ ){0,4}(?:surgery|operations?|resections?|excisions?|procedure|craniotomy|\w+ectomy)|^\W*(?:the |his |her )?re-?"
    r"(?:operation|resection|excision|craniotomy)\b|"
    r"^\W*(?:the |his |her )?(?:surgery|operation|resection|excision|removal) (?:for|of) (?:the |a |this )?(?:local )?recurren",
    re.I,
)
_FOLLOWED_SINCE = Pattern(
    r"\b(?:follow(?:ed)?[- ]?up|surveillance|observation)(?: period)? (?:after|following|since)\b", re.I
)
_EARLIER_OF_SEVERAL = Pattern(rf"(?<![\w.])(?P<first>{NUMBER})(?:, {NUMBER})*,? and $", re.I)
_LISTED_POINTS = Pattern(rf"\b(?:at|after) {NUMBER}(?:, {NUMBER})*,? and $", re.I)
_APPOSITION = Pattern(
    r"\s*(?:[\w-]+ ){0,3}[\w-]+(?:,| and|, and|,? that is,?|,? i\.e\.,?|,? or| \()\s*"
    r"(?:(?:about|approximately|nearly|almost|some|a total of)\s*)?",
    re.I,
)
_APPOSITION_OF_LATER = Pattern(
    r"(?:,| \()\s*(?:(?:that is|i\.e\.|or|about|approximately|nearly|almost|some),?\s*)*", re.I
)
_LEAD_IN = Pattern(
    r"^\W*(?:(?!(?:is|are|was|were|has|had|have|did|remain(?:s|ed)|showed|shows|revealed|died|recurred)\b)\w+\W+){0,4}$",
    re.I,
)
_ADVERBIAL = Pattern(
    r"(?:^|[,;:]|\b(?:and|but|then)\b)\W*(?:\w+ly\W+)?(?:after|at|on|in|by|within|about|only|just|some)?\W*$", re.I
)
_ITS_CLAUSE = Pattern(
    r"^(?:\s+(?!(?:is|are|was|were|has|had|have|did)\b)[\w-]+){0,5}, "
    r"(?:he|she|it|they|the (?:patient|child|boy|girl|man|woman)) (?:\w+ ){0,2}$",
    re.I,
)
""" ", and, 6 months after the diagnosis, she died": the time between commas opens the clause of "she"."""
_NEXT_CLAUSE = Pattern(r", (?:and|but) (?:only |just |about |already |within )?$")
_SUBJECT = Pattern(r"[^,;.]{0,40}?,? (?:he|she|it|they|the (?:patient|child|boy|girl|man|woman))\b", re.I)
""" "A relapse followed, and three years after surgery he died": the time is that of the second clause."""
_TURN = Pattern(r"\b(?:well|free|clear|normal|unremarkable|stable|asymptomatic)\b.*\b(?:but|however)\b", re.I)
""" "At 6 months he was well, but died": the time holds for what was still well."""


def time_of(view: SentenceView, span: TextSpan, durations: bool = False) -> TimePoint | None:
    """When the event that `span` names happened, as the sentence tells it; None where it does not.

    A time of the event's own clause wins over one of the neighbouring clause, and a nearer one over a farther one;
    a time that opens the sentence ("Two years later, ...") holds for every clause without a time of its own.
    `durations` lets a length of time count as well, for states that last ("has been well for 2 years").
    """
    usable = [time for time in view.times if _is_point(view, time, durations)]
    if not usable:
        return _end_of_state(view, span)
    own = [time for time in usable if not _apart(view, time.span, span)]
    own = [time for time in own if not _WEAK_BREAK.search(_between(view, time.span, span))] or own
    if own:
        nearest = _from_the_milestone(view, min(own, key=lambda time: _distance(time.span, span)), own)
    elif _TURN.search(view.text[: span.start - view.span.start]) and usable[0].span.end <= span.start:
        return TimePoint(anchor=UNTOLD, earliest_days=0, latest_days=0)
    elif _opens(view, usable[0]):
        nearest = usable[0]
    else:
        return _end_of_state(view, span, _WHEN)
    return _point(view, nearest, usable)


def _from_the_milestone(view: SentenceView, nearest: TimeExpression, own: list[TimeExpression]) -> TimeExpression:
    """ "Died 2 months after the second operation, 14 months after the diagnosis": one time told by two clocks.

    The one that counts from the diagnosis or an operation and from longest ago is on the patient's own clock.
    """
    told = [nearest, *(time for time in own if time is not nearest and _is_same_told_again(view, nearest, time))]
    counted = [time for time in told if time.days is not None and time.anchor in ("diagnosis", "operation")]
    return (
        max(counted, key=lambda time: time.days.middle if time.days else 0.0) if len(told) > 1 and counted else nearest
    )


def _is_same_told_again(view: SentenceView, one: TimeExpression, other: TimeExpression) -> bool:
    """Whether two distances stand in apposition: nothing but the event that the first counts from is between them."""
    if not (one.kind is other.kind is TimeKind.OFFSET) or "birth" in (one.anchor, other.anchor):
        return False
    first, second = sorted((one, other), key=lambda time: time.span)
    between = view.words(TextSpan(first.span.end, second.span.start))
    return (_APPOSITION if first.anchor else _APPOSITION_OF_LATER).fullmatch(between) is not None


def first_of_several(view: SentenceView, when: TimePoint) -> TimePoint:
    """ "Recurred 12 and 20 months after surgery": `when`, read from the last of the numbers, with the first instead."""
    for time in view.times:
        if time.days is None or view.words(time.span) != when.words:
            continue
        match = _EARLIER_OF_SEVERAL.search(view.before(time.span, 40))
        last = re.match(NUMBER, when.words, re.I)
        if match and last and 0 < number(match["first"]) < number(last[0]):
            share = number(match["first"]) / number(last[0])
            return msgspec.structs.replace(
                when, earliest_days=when.earliest_days * share, latest_days=when.latest_days * share
            )
    return when


def _end_of_state(view: SentenceView, span: TextSpan, ending: Pattern = _UNTIL) -> TimePoint | None:
    """ "He was well for 2 years, when a recurrence was found": what ends a state comes when its length has passed."""
    for time in reversed([time for time in view.times if time.span.end <= span.start]):
        state = view.text[: time.span.start - view.span.start]
        between = view.words(TextSpan(time.span.end, span.start))
        lasts = time.kind is TimeKind.DURATION or (time.direction is Direction.AFTER and _TILL.search(state))
        if lasts and time.days and _STATE.search(state + between) and ending.search(between):
            low, high = time.days.low, time.days.high
            return TimePoint(anchor=START, earliest_days=low, latest_days=high, words=view.words(time.span))
    return None


def _is_point(view: SentenceView, time: TimeExpression, durations: bool) -> bool:
    if time.anchor == "birth" or _FREQUENCY.search(view.before(time.span, 40)):
        return False
    if _OF_A_GROUP.search(view.before(time.span, 60)) or _INTERVALS.match(view.after(time.span, 20)):
        return False
    if time.kind is TimeKind.DURATION:
        before = view.before(time.span, 50)
        soon = _SOON.search(before + view.words(time.span).partition(" ")[0]) or _AFTER_INTERVAL.search(before)
        soon = soon or _LISTED_POINTS.search(before) or _IT_TOOK.search(before)
        soon = soon or _PASSED.match(view.after(time.span, 30))
        return time.days is not None and (durations or soon is not None)
    return True


def _apart(view: SentenceView, one: TextSpan, other: TextSpan) -> bool:
    """Whether a clause ends between two places of the sentence."""
    first, second = sorted((one, other))
    if second is one and _NEXT_CLAUSE.search(_between(view, one, other)) and _SUBJECT.match(view.after(one, 60)):
        return True
    if first is one and _ITS_CLAUSE.match(_between(view, one, other)) and _ADVERBIAL.search(view.before(one, 40)):
        return False
    if (ahead := _SUBORDINATE.match(view.text)) and first.end <= view.span.start + ahead.end() <= second.start:
        return True
    return _BREAK.search(_between(view, one, other) + " ") is not None


def _between(view: SentenceView, one: TextSpan, other: TextSpan) -> str:
    first, second = sorted((one, other))
    return view.words(TextSpan(first.end, max(first.end, second.start)))


def _distance(time: TextSpan, event: TextSpan) -> int:
    return max(time.start - event.end, event.start - time.end, 0)


def _opens(view: SentenceView, time: TimeExpression) -> bool:
    return _LEAD_IN.match(view.before(time.span, 200)) is not None


def _point(view: SentenceView, time: TimeExpression, usable: list[TimeExpression]) -> TimePoint | None:
    """The time as a point, together with a date or an interval that stands beside it ("in May 2014, 3 months later")."""
    beside = [other for other in usable if other is not time and _side_by_side(view, time, other)]
    dated = next((t for t in (time, *beside) if t.date is not None), None)
    counted = next((t for t in (time, *beside) if t.days is not None and t.kind is not TimeKind.DATE), None)
    words = view.words(time.span)
    if counted is None or counted.days is None:
        if dated is None:
            return None
        return TimePoint(anchor=CALENDAR, earliest_days=0, latest_days=0, words=words, date=dated.date)
    low, high = counted.days.low, counted.days.high
    if counted.direction is Direction.BEFORE:
        low, high = -high, -low
    words = view.words(counted.span)
    anchor = counted.anchor or _default_anchor(view, counted)
    if anchor == "operation" and _AGAIN.match(view.after(counted.span, 50)):
        anchor = REOPERATION
    return TimePoint(
        anchor=anchor, earliest_days=low, latest_days=high, words=words, date=dated.date if dated else None
    )


def _side_by_side(view: SentenceView, one: TimeExpression, other: TimeExpression) -> bool:
    if {one.kind, other.kind} != {TimeKind.DATE, TimeKind.OFFSET}:
        return False
    first, second = sorted((one.span, other.span))
    return (
        re.fullmatch(r"[\s,(–-]*(?:in|on|i\.e\.,?|that is,?|or)?\s*", view.words(TextSpan(first.end, second.start)))
        is not None
    )


def _default_anchor(view: SentenceView, time: TimeExpression) -> str:
    since = _FOLLOWED_SINCE.search(view.words(time.span) + view.after(time.span, 30))
    if since and _AGAIN.match(view.after(TextSpan(time.span.start, time.span.start + since.end()), 60)):
        return REOPERATION
    around = view.words(time.span) + " " + view.after(time.span, 14)
    ahead = _RELATIVE_AHEAD.search(view.before(time.span, 24))
    if not (_RELATIVE.search(around) or ahead):
        return START
    return COURSE if _is_told_after_cycles(view, time) else PRECEDING


def _is_told_after_cycles(view: SentenceView, time: TimeExpression) -> bool:
    """Whether the text told of a number of cycles right before: in the sentence, or in the one before."""
    told = [view.text[: time.span.start - view.span.start], view.previous.text if view.previous is not None else ""]
    return any(_AFTER_CYCLES.search(text) for text in told)
