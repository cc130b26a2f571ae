"""How it ended: alive or dead, with or without the disease, and how long the patient was followed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.lexicon import Mention
from caselore.language.times import Direction, TimeExpression, TimeKind
from caselore.language.timing import PRECEDING, START, time_of
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Value
from caselore.model.text import TextSpan
from caselore.model.time import TimePoint
from caselore.topics.topic import Draft, Topic


class VitalStatus(Value, frozen=True, tag="vital_status"):
    """`status` is "alive" or "dead"; `cause` of a death is "disease", "other" or the organ that failed, None if not told."""

    status: str
    cause: str | None = None

    def __str__(self) -> str:
        return f"{self.status}, cause: {self.cause}" if self.cause else self.status


class DiseaseStatus(Value, frozen=True, tag="disease_status"):
    """`status` is "NED" (no evidence of disease) or "AWD" (alive with disease), at the time of the statement."""

    status: str

    def __str__(self) -> str:
        return self.status


class FollowUp(Value, frozen=True, tag="follow_up"):
    """A length of observation in months of 30.44 days, and the words that told it."""

    months: float
    words: str

    def __str__(self) -> str:
        return f"followed for {self.months:.1f} months"


_RELATIVES = re.compile(
    r"\b(?:mother|father|brother|sister|sibling|uncle|aunt|cousin|grand\w+|son|daughter|husband|wife|parents?|"
    r"relatives?|"
    r"twin|donor|partner)\b[^,;.]{0,50}$",
    re.I,
)
_GROUP = re.compile(
    r"\b(?:\d+ of (?:the )?\d+|of \d+ (?:other )?(?:patients|cases|women|men|children)|%|per ?cent|"
    r"\d+ (?:other )?(?:patients|cases)|median|mean|patients who|"
    r"those who)\b[^;]{0,60}$",
    re.I,
)
_NOT_MEANT = re.compile(r"\b(?:would|could|may|might|can|will|if|should|not)(?: have| be| be considered)?\s*$", re.I)
_FOLLOW_UP = re.compile(
    r"follow(?:ed)?[- ]?up|followed|surveillance|last (?:seen|visit|control|contact|examin|review|check|"
    r"appointment|MRI|CT|imaging)|"
    r"most recent|latest|maintained|durable|sustained|to date|until now|up to now|currently|at present|"
    r"presently|\bnow\b|today|check-?up|"
    r"thereafter|since then|"
    r"(?:over|during) the (?:past|last)|since (?:surgery|the operation)|\balive\b|still|remain(?:s|ed)|"
    r"outpatient|postoperative(?:ly)? (?:month|"
    r"year)|at the time of (?:this )?(?:writing|report)",
    re.I,
)
_LINK = re.compile(
    r"\b(?:of|from|due to|because of|owing to|by|with|secondary to|a (?:result|consequence) of|to|was|in an?|"
    r"related to|"
    r"attributed to|attributable to|after|following|as)\b|^\W*[(:,]|^\s*$",
    re.I,
)
_CHAIN = re.compile(
    r"\b(?:due to|because of|caused by|secondary to|result(?:ing)? (?:of|from)|owing to|of|from|by|related to|"
    r"with)\b",
    re.I,
)
_DENIED = re.compile(r"\b(?:no|not|without|unrelated to|despite|free of|rather than|absence of)\b[^,;]{0,45}$", re.I)
_TIME_LINK = re.compile(
    r"\b(?:after|following|since|from|of) (?:the |her |his |its |this |first |initial |second )*(?:local |"
    r"distant )*$",
    re.I,
)
_TREATED = re.compile(r"^\W*(?:resection|removal|surgery|excision|diagnosis|operation|was|were|had)\b", re.I)
_BACKWARD = re.compile(
    r"^(?:led to|leading to|result(?:ed|ing) in|caused|was the cause|fatal|was fatal|proved fatal|ended|"
    r"death (?:ensued|occurred|followed|resulted))",
    re.I,
)
_FROM_WHICH = re.compile(r"\b(?:from|of|to) which (?:he|she|the (?:patient|child|boy|girl|man|woman))\b", re.I)
_PROGRESSED = re.compile(
    r"\b(?:progress(?:ed|ion|ing)|progressive (?:disease|tumou?r)|disseminat\w+|metastasi[sz]ed|"
    r"rapid(?:ly)? (?:grew|growth|deteriorat\w+ due to tumou?r))\b",
    re.I,
)
_FATAL_EVENT = re.compile(r"\b(?:fatal|lethal)\s+$", re.I)
_ELSEWHERE = re.compile(
    r"^\s*(?:elsewhere|outside|beyond|progress|growth|recurren|relapse|regrowth|involvement|invasion|"
    r"infiltration|spread|in (?:the )?(?:rest|other|lymph)|margins?|border|"
    r"rim|edge|"
    r"survival|interval|period|rate|"
    r"status at|nodes?|time|duration|tissue|lymph|control|at (?:initial )?(?:presentation|diagnosis|admission))",
    re.I,
)
_NO_DISEASE = re.compile(
    r"\b(?:no|without|absence of|free (?:of|from)) (?:(?:any|further|clinical|radiological|radiographic|imaging|"
    r"and|or|obvious|definite|clear|new)"
    r"[ /]+)*(?:(?:evidence|signs?|indication|trace|symptoms?) (?:and symptoms )?(?:of|for) )?(?:(?:any|the|"
    r"active|residual|recurrent|local|distant|metastatic|systemic|locoregional|persistent|or|and) )*"
    r"(?:disease|tumou?r|malignancy|neoplasm|neoplasia|cancer)\b",
    re.I,
)
_SPECIMEN = re.compile(
    r"\b(?:margins?|borders?|edges?|nodes?|biops\w+|section|specimen|stump|rim|CSF|cerebrospinal)\b", re.I
)
_RECURRENCE = re.compile(r"\b(?:recurren(?:ce|t)\w*|recurred|relapses?|local (?:relapse|disease))\b", re.I)
_SPREAD = re.compile(
    r"\b(?:metasta\w+|distant (?:disease|spread|recurrence|relapse)|systemic (?:disease|recurrence|relapse)|"
    r"dissemination)\b",
    re.I,
)
_OBSERVED_BEFORE = re.compile(
    r"(?:follow(?:ed)?[- ]?up(?: \w+){0,2}|followed|observed|observation|surveillance|survived|"
    r"survival(?: time)?|lived|monitored)\W+"
    r"(?:(?:of|for|was|over|lasted|until|at|after|only|about|approximately|at least|more than|nearly|almost|a|"
    r"period|total|another|the)\W+)*$",
    re.I,
)
_OBSERVED_AFTER = re.compile(
    r"^\W*(?:of |in |['’]s? )?(?:(?:post-?operative|clinical|regular|close|radiological|imaging|this|the|our|a|"
    r"total)\W+)*"
    r"(?:follow(?:ed)?[- ]?up|surveillance|observation|of survival|survival|(?:he|she|the patient) (?:was|"
    r"has been) (?:observed|followed))",
    re.I,
)
_NOT_OBSERVED = re.compile(
    r"\b(?:median|mean|average|range[sd]?|every|planned|scheduled|recommend\w*|advised|will be|should|rates?|"
    r"other patients|series|cohort)\b|\d-year (?:overall|survival)",
    re.I,
)
_KEPT = (Assertion.FAMILY, Assertion.OTHER_PATIENT, Assertion.HYPOTHETICAL)


def extract(view: SentenceView) -> Iterator[Draft]:
    yield from _deaths(view)
    yield from _alive(view)
    yield from _disease(view)
    yield from _follow_up(view)


def _assertion(view: SentenceView, span: TextSpan) -> Assertion:
    """The phrases hold their own polarity ("no evidence of disease"), so only whose and whether real is asked."""
    found = view.assertion(span)
    return found if found in _KEPT else Assertion.AFFIRMED


def _deaths(view: SentenceView) -> Iterator[Draft]:
    for mention in view.of("death"):
        before = view.before(mention.span, 80)
        if re.match(r"\W*donors?\b", view.after(mention.span, 10), re.I):
            continue
        if _NOT_MEANT.search(before) or _RELATIVES.search(before) or _GROUP.search(before):
            continue
        if mention.weak and mention.words.islower() and not _follows(view):
            continue
        cause, place = _cause(view, mention)
        spans = (mention.span, place) if place else (mention.span,)
        yield Draft(
            value=VitalStatus(status="dead", cause=cause),
            spans=spans,
            assertion=_assertion(view, mention.span),
            when=time_of(view, mention.span),
        )
    for mention in view.of("cause_of_death"):
        if _FATAL_EVENT.search(view.before(mention.span, 10)) and view.assertion(mention.span) is Assertion.AFFIRMED:
            yield Draft(
                value=VitalStatus(status="dead", cause=_blame(mention)),
                spans=(mention.span,),
                when=time_of(view, mention.span),
            )
    for mention in view.of("autopsy"):
        if not _is_general_autopsy(view, mention):
            yield Draft(value=VitalStatus(status="dead"), spans=(mention.span,))


def _is_general_autopsy(view: SentenceView, mention: Mention) -> bool:
    around = view.before(mention.span, 40) + "|" + view.after(mention.span, 25)
    return (
        re.search(
            r"\b(?:series|stud(?:y|ies)|cases|reports?|most|many|often|usually|source|rates?|"
            r"if)\b",
            around,
            re.I,
        )
        is not None
    )


def _blame(mention: Mention) -> str:
    return mention.get("organ") or mention.get("blame")


def _cause(view: SentenceView, death: Mention) -> tuple[str | None, TextSpan | None]:
    """What the author blames for a death, in the words behind it, or in front of it ("progression led to death")."""
    if death.words in ("DOD", "DOC"):
        return ("disease" if death.words == "DOD" else "other"), None
    if re.search(r"of (?:the )?disease$", death.words, re.I):
        return "disease", None
    if re.search(r"of other", death.words, re.I):
        return "other", None
    causes = [cause for cause in view.of("cause_of_death") if not _no_cause(view, death, cause)]
    behind = [cause for cause in causes if cause.span.start >= death.span.end]
    ahead = [cause for cause in causes if cause.span.end <= death.span.start]
    if re.search(r"\bunrelated to\b", view.after(death.span, 120), re.I):
        return "other", None
    if _BACKWARD.match(death.words) and ahead:
        return _blame(ahead[-1]), ahead[-1].span
    first = next(iter(behind), None)
    if first is not None and _linked(view, death, first):
        return _chained(view, first, behind[1:]), first.span
    lead = view.before(death.span, 200)
    if ahead and (_FROM_WHICH.search(lead[-40:]) or _BACKWARD.match(death.words)):
        return _blame(ahead[-1]), ahead[-1].span
    if match := _PROGRESSED.search(lead):
        start = death.span.start - len(lead)
        place = TextSpan(start + match.start(), start + match.end())
        if view.assertion(place) is Assertion.AFFIRMED and not re.search(r"\bno\b[^,;]*$", lead[: match.start()]):
            return "disease", place
    return None, None


def _linked(view: SentenceView, death: Mention, cause: Mention) -> bool:
    between = view.words(TextSpan(death.span.end, cause.span.start))
    return len(between) <= 140 and ";" not in between and _LINK.search(between) is not None


def _chained(view: SentenceView, first: Mention, others: list[Mention]) -> str:
    """Liver failure due to metastases is a death of the disease; liver failure alone blames the organ only."""
    if first.get("blame") == "disease":
        return "disease"
    for other in others:
        between = view.words(TextSpan(first.span.end, other.span.start))
        if other.get("blame") == "disease" and len(between) < 60 and _CHAIN.search(between):
            return "disease"
    return _blame(first)


def _no_cause(view: SentenceView, death: Mention, cause: Mention) -> bool:
    lead = view.before(cause.span, 60)
    if death.span.end <= cause.span.start:
        lead = view.words(TextSpan(death.span.end, cause.span.start))
    if _DENIED.search(lead):
        return True
    if cause.get("blame") != "disease":
        return False
    timed = any(time.span.overlaps(cause.span) for time in view.times)
    return timed or bool(_TREATED.match(view.after(cause.span, 20)) or _only_dates_it(view, cause))


def _only_dates_it(view: SentenceView, cause: Mention) -> bool:
    """ "Three months after the recurrence" tells when, not why."""
    lead = view.before(cause.span, 40)
    match = _TIME_LINK.search(lead)
    return (
        match is not None
        and re.search(
            r"\b(?:months?|years?|weeks?|"
            r"days?)\s*$",
            lead[: match.start()],
        )
        is not None
    )


def _alive(view: SentenceView) -> Iterator[Draft]:
    for mention in view.of("alive", "discharge"):
        if mention.weak and not _follows(view):
            continue
        if _RELATIVES.search(view.before(mention.span, 60)) or _GROUP.search(view.before(mention.span, 80)):
            continue
        if mention.kind == "alive" and _ELSEWHERE.match(view.after(mention.span, 25)):
            continue
        yield Draft(
            value=VitalStatus(status="alive"),
            spans=(mention.span,),
            assertion=_assertion(view, mention.span),
            when=time_of(view, mention.span, durations=True) if mention.kind == "alive" else None,
        )


def _disease(view: SentenceView) -> Iterator[Draft]:
    for mention in view.of("disease_state"):
        if mention.weak and not _follows(view):
            continue
        if _ELSEWHERE.match(view.after(mention.span, 40)) or _GROUP.search(view.before(mention.span, 80)):
            continue
        if mention.concept == "NED" and _SPECIMEN.search(view.before(mention.span, 60)):
            continue
        if mention.concept == "AWD" and (view.of("death") or _DENIED.search(view.before(mention.span, 50))):
            continue
        yield Draft(
            value=DiseaseStatus(status=mention.concept),
            spans=(mention.span,),
            assertion=_assertion(view, mention.span),
            when=time_of(view, mention.span, durations=True),
        )
    for match in view.find(_NO_DISEASE):
        place = view.place(match)
        known = any(place.overlaps(mention.span) for mention in view.of("disease_state"))
        if not known and _follows(view) and not _ELSEWHERE.match(view.after(place, 40)):
            yield Draft(value=DiseaseStatus(status="NED"), spans=(place,), when=time_of(view, place, durations=True))
    denied = [_denied(view, _RECURRENCE), _denied(view, _SPREAD)]
    places = tuple(place for place in denied if place is not None)
    if len(places) == len(denied):
        yield Draft(value=DiseaseStatus(status="NED"), spans=places, when=time_of(view, places[0], durations=True))


def _denied(view: SentenceView, pattern: re.Pattern[str]) -> TextSpan | None:
    """Where a word of `pattern` is denied, provided that none is asserted."""
    places = [view.place(match) for match in view.find(pattern)]
    judged = [view.assertion(place) for place in places]
    if places and all(found is Assertion.NEGATED for found in judged):
        return places[0]
    return None


def _follow_up(view: SentenceView) -> Iterator[Draft]:
    if _NOT_OBSERVED.search(view.text):
        return
    for time in view.times:
        if time.days is None or time.months is None or time.direction is Direction.BEFORE:
            continue
        if not _OBSERVED_BEFORE.search(view.before(time.span, 60)) and not _OBSERVED_AFTER.match(
            view.after(time.span, 60)
        ):
            continue
        words = view.words(time.span)
        yield Draft(
            value=FollowUp(months=round(time.months, 2), words=words),
            spans=(time.span,),
            when=_length(view, time, words),
        )


def _length(view: SentenceView, time: TimeExpression, words: str) -> TimePoint | None:
    if time.days is None:
        return None
    dated = time_of(view, time.span)
    further = re.search(r"\b(?:further|another|additional)\W+(?:\w+\W+)?$", view.before(time.span, 30), re.I)
    anchor = time.anchor or (PRECEDING if further else START)
    return TimePoint(
        anchor=anchor,
        earliest_days=time.days.low,
        latest_days=time.days.high,
        words=words,
        date=dated.date if dated else None,
    )


def _follows(view: SentenceView) -> bool:
    """Whether the sentence tells of the time after treatment."""
    if _FOLLOW_UP.search(view.text):
        return True
    return any(time.kind is TimeKind.OFFSET and time.direction is not Direction.BEFORE for time in view.times)


TOPIC = Topic(
    name="outcome",
    extract=extract,
    values=(VitalStatus, DiseaseStatus, FollowUp),
    terms=("outcome.toml",),
)
