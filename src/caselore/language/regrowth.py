"""A tumour back at its old place, told without the word recurrence: a new lesion in the bed, at the scar, in its organ."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.lexicon import Mention
from caselore.language.patterns import Pattern
from caselore.language.times import Direction, TimeKind
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion
from caselore.model.text import TextSpan

_OLD = (
    r"(?:same|previous|former|prior|earlier|original|primary|initial|first|surgical|operative|operated|operation|"
    r"resection|excision|tumou?r|surgery|post-?operative|craniotomy|mastectomy|nephrectomy|amputation|reconstructed)"
)
_PLACE = r"(?:sites?|beds?|areas?|cavity|scar|region|field|location|locality|position|place|spot|stump|route|tract|wound|defect)"
_BED = (
    rf"(?:(?:the |her |his |its |this )?(?:{_OLD} )+{_PLACE}|(?:the )?{_PLACE} of (?:the )?(?:previous|primary|original|initial|"
    r"first|earlier|former) (?:tumou?r|lesion|mass|surgery|operation|resection|excision)|"
    rf"(?:the |her |his )?(?:(?:skin |surgical )?(?:scar|graft|flap|"
    r"anastomos[ie]s)|(?:\w+ )?(?:cavity|stump)))"
)
_WHERE_IT_WAS = (
    r"where (?:the |his |her )?(?:(?:first|original|previous|earlier|former|primary|initial|old) )?"
    r"(?:tumou?r|lesion|mass|nodule|growth|one) (?:had (?:once |originally )?(?:been|lain|sat|stood|grown|arisen)|"
    r"was (?:removed|excised|resected))\b"
)
_LESION = r"(?:mass|lesion|nodule|tumou?r|lump|swelling|growth|focus|enhancement|papules?|nodules|lesions)"
_NEW = r"\b(?P<new>new|second|another|further|renewed|similar|additional)(?:ly)? (?:[\w-]+ ){0,3}?"
_NEW_AT_SITE = Pattern(
    rf"(?:{_NEW}|\b){_LESION}\b[^;,]{{0,60}}?\b(?:(?:at|in|within|of|near|along|around|over|beneath|under|to|from) "
    rf"{_BED}\b|{_WHERE_IT_WAS})",
    re.I,
)
"""A new lesion where the old one had been is a recurrence without the word."""
_NEW_IN = Pattern(
    r"\b(?:(?:new|another|again an?) (?:[\w-]+ ){0,3}?(?:mass|tumou?r|lump|swelling|growth|lesion|nodule)\b[^;,.]{0,40}?|"
    r"(?:mass|tumou?r|lump|swelling|growth|lesion|nodule) (?:was|had|has|is) again (?:[\w-]+ ){1,3}?)"
    r"\b(?:in|of|at|within|on|over) (?:the |his |her )?(?:same |left |right )?$",
    re.I,
)
""" "A new mass of the right thigh": a recurrence, if that is where the tumour had been."""
_SPREADS_TO = ("lung", "liver", "brain", "bone", "peritoneum", "pleura", "spine", "skin", "lymph node")
"""Where a new lesion is as likely a metastasis, wherever the tumour had been."""
_CLEAR_SITE = Pattern(
    rf"\b(?:no|not (?:show|reveal|disclose|demonstrate)|without|neither)\b(?: [\w-]+){{0,4}}? "
    rf"(?:tumou?r|disease|lesion|mass|enhancement)\b"
    rf"[^;,.]{{0,30}}?\b(?:at|in|within|around) {_BED}\b|"
    rf"\b{_BED} (?:was|is|were|are|has been|had been|remained|remains|had remained|has remained) "
    r"(?:free (?:of|from) (?:tumou?r|disease|lesions)|tumou?r-free|clean|unremarkable)\b",
    re.I,
)
"""Where the tumour had been nothing is seen: no recurrence, without the word."""
_BEFORE_SURGERY = frozenset({"symptom", "birth", "another event"})
"""Clocks that run before the operation."""
_BENIGN = Pattern(
    r"\b(?:seroma|h(?:a)?ematoma|granuloma|fibro(?:sis|tic|us)|necrosis|abscess|infect\w+|keloid|cysts?|benign)\b", re.I
)


def clear_places(view: SentenceView) -> Iterator[TextSpan]:
    """Where the place of the tumour is said to be clear."""
    for match in view.find(_CLEAR_SITE):
        yield view.place(match)


def lesion_at_old_place(view: SentenceView) -> TextSpan | None:
    """A lesion where the tumour had been: one that is called new, or that is told of a time after the operation."""
    found = view.search(_NEW_AT_SITE)
    if found is None or view.assertion(view.place(found)) is not Assertion.AFFIRMED:
        return None
    return view.place(found) if found["new"] or is_after_surgery(view) else None


def lesion_in_organ(view: SentenceView) -> tuple[TextSpan, Mention] | None:
    """A new lesion told of a time after the operation, and the organ in which it was found."""
    if not is_after_surgery(view):
        return None
    for organ in view.of("anatomy"):
        match = _NEW_IN.search(view.before(organ.span, 110))
        if match is None or organ.concept in _SPREADS_TO:
            continue
        place = TextSpan(organ.span.start - len(match[0]), organ.span.start)
        if view.assertion(place) is Assertion.AFFIRMED:
            return place, organ
    return None


def is_after_surgery(view: SentenceView) -> bool:
    """Whether the sentence tells of a time at least a month after the operation, and of nothing harmless."""
    if _BENIGN.search(view.text) or view.search(_CLEAR_SITE):
        return False
    return any(
        time.kind is TimeKind.OFFSET
        and time.direction is Direction.AFTER
        and time.anchor not in _BEFORE_SURGERY
        and time.months is not None
        and time.months >= 1
        for time in view.times
    )
