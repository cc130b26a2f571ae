"""For how long a complaint had lasted when the patient came: times of the illness, and not of an earlier disease."""

from __future__ import annotations

import re
from collections.abc import Sequence

from caselore.language.listed_ages import read_listed_ages
from caselore.language.patterns import Pattern
from caselore.language.scenes import at_presentation
from caselore.language.times import Direction, TimeExpression, TimeKind
from caselore.language.view import SentenceView
from caselore.model.text import TextSpan

_NEAR = 90
_CAME_THEN = Pattern(
    r"\b(?:presented|consulted|seen|admitted|referred)(?: (?!with\b|for\b|because\b|that\b|which\b|had\b|complain)\S+){0,14} $",
    re.I,
)
_CAME_AFTER = Pattern(r"^,? (?:[\w-]+ ){1,8}(?:presented|consulted|(?:was|were) (?:admitted|seen|referred))\b", re.I)
"""Around "11 years ago": how long ago the patient came, not how long he had suffered."""
_BEGUN = Pattern(
    r"\b(?:beg[au]n|started|noticed|noted|appeared|present for|been present|lasting|lasted|gr[oe]wn?|growing|symptoms?|"
    r"complaints?|onset|increas\w+|enlarg\w+|progress\w+|persist\w+|existed|aware|duration|been there|bother\w*|troubled|had it)\b",
    re.I,
)
_AGE_OR_RATE = Pattern(
    r"\b(?:infant|baby|child|boy|girl|man|woman|patient|aged) (?:of |aged )?[\w.-]+ \w+\Z|"
    r"\b(?:per|each|every) (?:day|week|month)\Z|\b(?:times?|once|twice|\d+|kg|mg|packs?) an? (?:day|week|month)\Z|"
    r"\b(?:older|younger) than [\w.-]+ \w+\Z",
    re.I,
)
_EARLIER = Pattern(
    r"\b(?:resected|excised|removed|operated|operations?|surger(?:y|ies)|treated|treatment|therapy|diagnosed|diagnosis|irradiated|"
    r"\w*radiotherapy|chemotherapy|radiation|undergone|underwent|\w+ectomy|\w+plasty|transplant\w*|dialysis|observed|monitored|"
    r"followed|known|receiv\w+|taking|tak(?:en|es)|using|smok\w+|alcohol\w*|married|menopaus\w+|delivered|delivery|born|worked|lived|immigrated)"
    r"(?:\s+(?!(?:had|has|was|were|presented|noticed|complain\w+|with|that|which|who|because|history|present|and)\b)[\w-]+){0,6}\s*\Z",
    re.I,
)
"""In front of a time that an earlier disease or treatment had: "an ameloblastoma resected 31 years before"."""
_HABIT_OR_DISEASE = Pattern(
    r"[\s-]*history of (?:[\w-]+ ){0,2}?(?:smoking|tobacco|cigarettes?|alcohol\w*|drinking|hypertension|diabetes|asthma|COPD|"
    r"drug|opioid|betel|exposure|dialysis|hepatitis|cirrhosis|epilepsy|hypothyroidism|schizophrenia|(?:\w+ )?arthritis|myeloma)\b",
    re.I,
)
_FILLING = Pattern(
    r"(?:\s*\b(?:mellitus|type|1|2|ii|for|since|about|approximately|nearly|almost|some|more|than|over|of|the|past|last|previous|diagnosed)\b)*\s*\Z",
    re.I,
)
_WITHIN = Pattern(r"\bwithin (?:the )?(?:last |past |previous |a |an )?(?:period of )?\Z", re.I)


def time_of_illness(view: SentenceView, complaints: Sequence[TextSpan]) -> TimeExpression | None:
    """The first time of the sentence that says how long one of its `complaints`, or "it", had lasted."""
    listed = read_listed_ages(view.text)
    for time in view.times:
        place = time.span.start - view.span.start
        if listed is not None and listed.span.start <= place < listed.span.end:
            continue
        if not time.months or not _lasted(view, time) or any(age.span.overlaps(time.span) for age in view.ages):
            continue
        if _of_earlier_disease(view, time, complaints) or _HABIT_OR_DISEASE.match(view.after(time.span, 60)):
            continue
        near = any(max(span.start - time.span.end, time.span.start - span.end) <= _NEAR for span in complaints)
        begun = _BEGUN.search(view.before(time.span, 70) + view.after(time.span, 40)) is not None
        if near or (begun and at_presentation(view, time.span, weak=False, finding=False)):
            return time
    return None


def _of_earlier_disease(view: SentenceView, time: TimeExpression, complaints: Sequence[TextSpan]) -> bool:
    """Whether the time is told of a disease or treatment right in front of it: "diabetes for ten years"."""
    earlier = _EARLIER.search(view.before(time.span, 90))
    if earlier is not None:
        start = time.span.start - len(view.before(time.span, 90)) + earlier.start()
        return not any(start <= span.start < time.span.start for span in complaints)
    return any(
        mention.span.end <= time.span.start
        and not any(span.overlaps(mention.span) for span in complaints)
        and _FILLING.match(view.text[mention.span.end - view.span.start : time.span.start - view.span.start])
        for mention in view.of("history")
    )


def _lasted(view: SentenceView, time: TimeExpression) -> bool:
    after, before = view.after(time.span, 40).lower(), view.before(time.span, 40).lower()
    if re.search(
        r"follow(?:ed|[- ]?up)|every|each|postoperat|prognos|later\b|at the age|free|surviv|alive|remission",
        before + after[:14],
    ):
        return False
    if "within" in before and not (
        _WITHIN.search(view.before(time.span)) and not re.match(r"\s*(?:after|of|from|following)\b", after)
    ):
        return False
    if re.match(r"[\s-]*(?:years?[\s-]*)?old\b|['’\s-]*(?:of )?(?:pregnan|gestation|sized?\b|uterus)", after):
        return False
    if _AGE_OR_RATE.search(view.before(time.span, 40) + view.words(time.span)):
        return False
    if time.kind is TimeKind.DURATION:
        return True
    opens = time.span.start == view.span.start
    if _CAME_THEN.search(view.before(time.span)) or (opens and _CAME_AFTER.match(view.after(time.span, 90))):
        return False
    if time.direction is not Direction.BEFORE:
        return False
    return time.anchor in (None, "admission", "diagnosis", "symptom", "operation")
