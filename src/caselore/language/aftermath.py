"""What the sentences on the end of a course share: whom they speak of, and whether they tell of the time after treatment."""

from __future__ import annotations

import re

from caselore.language.patterns import Pattern
from caselore.language.times import Direction, TimeKind
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion
from caselore.model.text import TextSpan

RELATIVES = Pattern(
    r"\b(?:mother|father|brother|sister|sibling|uncle|aunt|cousin|grand\w+|son|daughter|husband|wife|parents?|"
    r"relatives?|"
    r"twin|donor|partner)\b[^,;.]{0,50}$",
    re.I,
)
GROUP = Pattern(
    r"\b(?:\d+ of (?:the )?\d+|of \d+ (?:other )?(?:patients|cases|women|men|children)|%|per ?cent|"
    r"\d+ (?:other )?(?:patients|cases)|median|mean|patients who|"
    r"those who)\b[^;]{0,60}$",
    re.I,
)
_FOLLOW_UP = Pattern(
    r"follow(?:ed)?[- ]?up|followed|surveillance|last (?:seen|visit|control|contact|examin|review|check|"
    r"appointment|MRI|CT|imaging)|"
    r"most recent|latest|maintained|durable|sustained|to date|until now|up to now|currently|at present|"
    r"presently|\bnow\b|today|check-?up|"
    r"thereafter|since then|ever since|\bsince(?=\W*$)|so far|to this day|at the moment|in the meantime|"
    r"(?:over|during) the (?:past|last)|since (?:surgery|the operation)|\balive\b|still|remain(?:s|ed)|"
    r"outpatient|postoperative(?:ly)? (?:month|"
    r"year)|at the time of (?:this )?(?:writing|report)",
    re.I,
)
_KEPT = (Assertion.FAMILY, Assertion.OTHER_PATIENT, Assertion.HYPOTHETICAL)


def stated(view: SentenceView, span: TextSpan) -> Assertion:
    """Phrases such as "no evidence of disease" hold their own polarity: only whose and whether real is asked."""
    found = view.assertion(span)
    return found if found in _KEPT else Assertion.AFFIRMED


def follows(view: SentenceView) -> bool:
    """Whether the sentence tells of the time after treatment."""
    if _FOLLOW_UP.search(view.text):
        return True
    return any(time.kind is TimeKind.OFFSET and time.direction is not Direction.BEFORE for time in view.times)
