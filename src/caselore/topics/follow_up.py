"""How long the patient was followed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.patterns import Pattern
from caselore.language.times import Direction, TimeExpression
from caselore.language.timing import PRECEDING, REOPERATION, START, time_of
from caselore.language.view import SentenceView
from caselore.model.fact import Value
from caselore.model.time import TimePoint
from caselore.topics.topic import Draft, Topic


class FollowUp(Value, frozen=True, tag="follow_up"):
    """A length of observation in months of 30.44 days, and the words that told it."""

    months: float
    words: str

    def __str__(self) -> str:
        return f"followed for {self.months:.1f} months"


_OBSERVED_BEFORE = Pattern(
    r"(?:follow(?:ed)?[- ]?up(?: \w+){0,2}|followed|observed|observation|surveillance|survived|"
    r"survival(?: time)?(?: (?:from|since|after) (?:diagnosis|surgery|operation|presentation))?|"
    r"(?:has|have|had|only) lived|lived|monitored)\W+"
    r"(?:(?:of|for|was|over|beyond|past|now|covers|spans|is|lasted|extends|extended|reached|has|amounts|amounted|stands|to|until|at|after|only|about|"
    r"approximately|at least|more than|nearly|almost|a|period|total|another|the)\W+)*$",
    re.I,
)
_OBSERVED_AFTER = Pattern(
    r"^\W*(?:of |in |['’]s? )?(?:(?:post-?operative|clinical|regular|close|radiological|imaging|this|the|our|a|"
    r"total)\W+)*"
    r"(?:follow(?:ed)?[- ]?up|surveillance|observation|of survival|survival|(?:he|she|the patient) (?:was|"
    r"has been) (?:observed|followed))",
    re.I,
)
_NEXT_STEP = Pattern(r"(?<!was )(?<!were )(?<!been )\bfollowed\W+(?:\w+\W+){0,2}$", re.I)
_AFTER_A_STEP = Pattern(r"\b(?:after|later|thereafter|afterwards?)$", re.I)
"""Resection "followed four months after the biopsy": the next step, nobody was followed."""
_ENDED = Pattern(
    r"^\W*(?:until|till|before|when)\b[^.;]{0,60}\b(?:recur\w*|relaps\w*|regr\w+|re-gr\w+|grew|growth|enlarg\w+|"
    r"progress\w*|metasta\w+|developed)\b",
    re.I,
)
"""Observed for two years "until a recurrence appeared": the end of a quiet time, not the last contact."""
_NOT_OBSERVED = Pattern(
    r"\b(?:median|mean|average|range[sd]?(?! of mo)|every|planned|scheduled|recommend\w*|advised|will be|should|rates?|"
    r"other patients|series|cohort|(?:cases|patients) (?:\w+ ){0,2}followed|at [\w -]{1,20} intervals)\b"
    r"|\d-year (?:overall|survival)",
    re.I,
)


def extract(view: SentenceView) -> Iterator[Draft]:
    if _NOT_OBSERVED.search(view.text):
        return
    for time in view.times:
        if time.days is None or time.months is None or time.direction is Direction.BEFORE:
            continue
        if not _is_observation(view, time) or _ENDED.match(view.after(time.span, 110)):
            continue
        words = view.words(time.span)
        yield Draft(
            value=FollowUp(months=round(time.months, 2), words=words),
            spans=(time.span,),
            when=_length(view, time, words),
        )


def _is_observation(view: SentenceView, time: TimeExpression) -> bool:
    """Whether a time is how long a patient was followed: "followed for 2 years", "at the 2-year follow-up"."""
    if re.search(r"\bfollow(?:ed)?[- ]?up\b", view.words(time.span), re.I):
        return True
    before, after = view.before(time.span, 60), view.after(time.span, 60)
    if _NEXT_STEP.search(before) and _AFTER_A_STEP.search(view.words(time.span)):
        return False
    return bool(_OBSERVED_BEFORE.search(before) or _OBSERVED_AFTER.match(after))


def _length(view: SentenceView, time: TimeExpression, words: str) -> TimePoint | None:
    if time.days is None:
        return None
    dated, lasting = time_of(view, time.span), time_of(view, time.span, durations=True)
    further = re.search(r"\b(?:further|another|additional)\W+(?:\w+\W+)?$", view.before(time.span, 30), re.I)
    again = lasting is not None and lasting.anchor == REOPERATION
    anchor = REOPERATION if again else time.anchor or (PRECEDING if further else START)
    return TimePoint(
        anchor=anchor,
        earliest_days=time.days.low,
        latest_days=time.days.high,
        words=words,
        date=dated.date if dated else None,
    )


TOPIC = Topic(name="follow_up", extract=extract, values=(FollowUp,))
