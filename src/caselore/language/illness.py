"""For how long a complaint had lasted when the patient came: times of the illness, and not of an earlier disease."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from caselore.language.dates import read_dates
from caselore.language.patterns import Pattern
from caselore.language.scenes import at_presentation
from caselore.language.times import Direction, TimeExpression, TimeKind
from caselore.language.view import SentenceView
from caselore.model.text import TextSpan
from caselore.model.time import PartialDate

_NEAR = 90
_CAME_THEN = Pattern(
    r"\b(?:presented|consulted|(?<!first )seen|admitted|referred)(?: (?!with\b|for\b|because\b|that\b|which\b|"
    r"had\b|complain)\S+){0,14} $",
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
    r"\b(?:resected|excised|removed|enucleat\w+|exenterat\w+|amputat\w+|operated|operations?|surger(?:y|ies)|treated|treatment|therapy|diagnosed|diagnosis|"
    r"irradiated|\w*radiotherapy|chemotherapy|radiation|undergone|underwent|\w+ectomy|\w+plasty|transplant\w*|dialysis|"
    r"observed|monitored|followed|known(?! (?:about|of)\b)|receiv\w+|taking|tak(?:en|es)|using|smok\w+|alcohol\w*|married|"
    r"(?:post-?)?menopaus\w+|delivered|delivery|born|worked|lived|immigrated)"
    r"(?:[\s(]+(?!(?:had|has|was|were|presented|noticed|complain\w+|with|that|which|who|because|history|present|and)\b)[\w-]+){0,6}\s*\Z",
    re.I,
)
"""In front of a time that an earlier disease or treatment had: "an ameloblastoma resected 31 years before"."""
_HABIT_OR_DISEASE = Pattern(
    r"[\s-]*history of (?:[\w-]+ ){0,2}?(?:smoking|tobacco|cigarettes?|alcohol\w*|drinking|hypertension|diabetes|asthma|COPD|"
    r"drug|opioid|betel|exposure|dialysis|hepatitis|cirrhosis|epilepsy|hypothyroidism|schizophrenia|(?:\w+ )?arthritis|myeloma)\b",
    re.I,
)
_HISTORY_OF = Pattern(r"['’]?s?[\s-]*histor(?:y|ies) of\b", re.I)
_FOR = Pattern(
    r",?\s+(?:(?:for|of|since|over|about|approximately|nearly|almost|some|the|past|last|previous|lasting)\s+)+", re.I
)
_FILLING = Pattern(
    r"(?:\s*\b(?:mellitus|type|1|2|ii|for|since|about|approximately|nearly|almost|some|more|than|over|of|the|past|last|previous|diagnosed)\b)*\s*\Z",
    re.I,
)
_OF_COMPLAINT = Pattern(r"['’]?s? of (?:[\w-]+ ){0,3}", re.I)
_WITHIN = Pattern(r"\bwithin (?:the )?(?:last |past |previous |a |an )?(?:period of )?\Z", re.I)


def time_of_illness(view: SentenceView, complaints: Sequence[TextSpan]) -> TimeExpression | None:
    """The first time of the sentence that says how long one of its `complaints`, or "it", had lasted.

    Of several complaints that each have their own time, the longest: "a 2-year history of A and a 1-week history of B".
    """
    times = list(_times_of_illness(view, complaints))
    own = [time for time in times if _told_beside(view, time, complaints)]
    return max(own, key=lambda time: time.months or 0) if len(own) > 1 else next(iter(times), None)


def _told_beside(view: SentenceView, time: TimeExpression, complaints: Sequence[TextSpan]) -> bool:
    """Whether the time is told of the complaint right beside it: "a 2-week history of A", "A for five years"."""
    if _HISTORY_OF.match(view.after(time.span, 60)):
        return True
    place = time.span.start - view.span.start
    return any(
        span.end <= time.span.start and _FOR.fullmatch(view.text[span.end - view.span.start : place])
        for span in complaints
    )


def _times_of_illness(view: SentenceView, complaints: Sequence[TextSpan]) -> Iterator[TimeExpression]:
    listed = view.listed_ages
    for time in view.times:
        if listed is not None and listed.span.start <= time.span.start < listed.span.end:
            continue
        if (
            not time.months
            or not (_lasted(view, time) or _after_so_long(view, time, complaints))
            or any(age.span.overlaps(time.span) for age in view.ages)
        ):
            continue
        if _of_earlier_disease(view, time, complaints) or _HABIT_OR_DISEASE.match(view.after(time.span, 60)):
            continue
        near = any(max(span.start - time.span.end, time.span.start - span.end) <= _NEAR for span in complaints)
        begun = _BEGUN.search(view.before(time.span, 70) + view.after(time.span, 40)) is not None
        if near or (begun and at_presentation(view, time.span, weak=False, finding=False)):
            yield time


def _after_so_long(view: SentenceView, time: TimeExpression, complaints: Sequence[TextSpan]) -> bool:
    """ "Presented after three months of intermittent headache"."""
    if not view.before(time.span).lower().endswith("after "):
        return False
    return any(
        _OF_COMPLAINT.fullmatch(view.text[time.span.end - view.span.start : span.start - view.span.start])
        for span in complaints
        if span.start > time.span.end
    )


def _of_earlier_disease(view: SentenceView, time: TimeExpression, complaints: Sequence[TextSpan]) -> bool:
    """Whether the time is told of a disease or treatment right in front of it: "diabetes for ten years"."""
    before = view.before(time.span, 90)
    if _HISTORY_OF.match(view.after(time.span, 60)) and any(
        0 <= span.start - time.span.end <= _NEAR for span in complaints
    ):
        return False
    if earlier := _EARLIER.search(before):
        start = time.span.start - len(before) + earlier.start()
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


_ONSET = Pattern(
    r"\b(?:since|until|beg[au]n|started|appeared|noticed|noted|felt|developed|onset|suffered|dated? back to)\b[^.;,]{0,40}\Z",
    re.I,
)
_COMING = Pattern(
    r"\b(?:admitted|admission|presented|referred|consulted|was seen|came|visited|hospitali[sz]ed|attended|sought)\b[^.;,]{0,60}\Z",
    re.I,
)
_LONGEST = 240
"""Months; behind a longer time stands another illness."""


def dated_illness(view: SentenceView) -> tuple[TextSpan, float] | None:
    """The months between the date of the first complaint and that of coming, told here or up to two sentences before.

    Both dates need a month: "well until February 1984 ... admitted in May 1984" are three months.
    """
    came = next(_dated(view, _COMING), None)
    if came is None or not at_presentation(view, came[0], weak=False, finding=False):
        return None
    earlier: SentenceView | None = view
    for _ in range(3):
        if earlier is None or earlier.section is not view.section:
            return None
        for _, begun in _dated(earlier, _ONSET):
            months = (came[1].year - begun.year) * 12 + (came[1].month or 1) - (begun.month or 1)
            return (came[0], float(months)) if 0 < months <= _LONGEST else None
        earlier = earlier.previous
    return None


def _dated(view: SentenceView, cue: Pattern) -> Iterator[tuple[TextSpan, PartialDate]]:
    """The dates with a month that stand behind words of `cue`, and no nearer behind those of the other kind."""
    other = _COMING if cue is _ONSET else _ONSET
    for span, date in read_dates(view.text):
        before = view.text[max(0, span.start - 90) : span.start]
        hit, rival = cue.search(before), other.search(before)
        if date.month and hit and not (rival and rival.start() > hit.start()):
            yield TextSpan(span.start + view.span.start, span.end + view.span.start), date
