"""That a patient died, and of what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.aftermath import GROUP, RELATIVES, follows, stated
from caselore.language.lexicon import Mention
from caselore.language.patterns import Pattern
from caselore.language.timing import time_of
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Value
from caselore.model.text import TextSpan
from caselore.model.time import TimePoint
from caselore.topics.topic import Draft, Topic


class Death(Value, frozen=True, tag="death"):
    """`cause` is "disease", "other" or the organ that failed (a concept of anatomy.csv); None where it is not told."""

    cause: str | None = None

    def __str__(self) -> str:
        return f"dead, cause: {self.cause}" if self.cause else "dead"


_NOT_MEANT = Pattern(
    r"\b(?:would|could|may|might|can|will|if|should|not|nearly|almost)(?: have| be| be considered)?\s*$", re.I
)
_EVERYWHERE = r"(?:widespread|disseminated|progressive|uncontrolled|extensive)"
_LINK = Pattern(
    rf"\bwith (?={_EVERYWHERE}\b)|"
    r"\b(?:of|from|due to|because of|owing to|by|secondary to|a (?:result|consequence) of|to|was|in an?|related to|"
    r"attributed to|attributable to|after|following|as)\b|^\W*[(:,]|^\s*$",
    re.I,
)
_ACCOMPANIED = Pattern(
    rf"\b(?:with|after|following)(?: (?!(?:of|from|due|by|{_EVERYWHERE})\b)[\w-]+){{0,3}}\s*$",
    re.I,
)
"""Words that put disease beside a death without blaming it: "died 14 months after diagnosis with bone metastases"."""
_CHAIN = Pattern(
    r"\b(?:due to|because of|caused by|secondary to|result(?:ing)? (?:of|from)|owing to|from|related to)\b",
    re.I,
)
_DENIED = Pattern(r"\b(?:no|not|without|unrelated to|despite|free of|rather than|absence of)\b[^,;]{0,45}$", re.I)
_TIME_LINK = Pattern(
    r"\b(?:after|following|since|from|of) (?:the )?(?:(?:presentation|onset|diagnosis|beginning|start|discovery|"
    r"detection) of )?(?:the |her |his |its |this |first |initial |second )*(?:local |distant )*$",
    re.I,
)
_TREATED = Pattern(r"^\W*(?:resection|removal|surgery|excision|diagnosis|operation|was|were|had)\b", re.I)
_BACKWARD = Pattern(
    r"^(?:killed|claimed|followed by|led to|leading to|result(?:ed|ing) in|caused|was the cause|fatal|"
    r"was (?:rapidly )?fatal|proved (?:rapidly )?fatal|ended|"
    r"death (?:ensued|occurred|followed|resulted))",
    re.I,
)
_FROM_WHICH = Pattern(r"\b(?:from|of|to) which (?:he|she|the (?:patient|child|boy|girl|man|woman))\b", re.I)
_BECAUSE_OF = Pattern(
    r"^\W*(?:due to|because of|owing to|as a (?:result|consequence) of) (?:(?!and\b)[\w-]+ ){0,4}$", re.I
)
_PATIENT = Pattern(
    r"^(?: of [^,;.]{0,40})?,? (?:he|she|(?:the|our) (?:patient|child|boy|girl|man|woman))(?: (?:had|then|finally|"
    r"eventually))? $",
    re.I,
)
""" "Due to a rapidly growing recurrence the patient died": the cause is told first."""
_PROGRESSED = Pattern(
    r"\b(?:(?:rapidly|relentlessly|steadily|inexorably) progressive|progress(?:ed|ion|ing)|progressive (?:disease|"
    r"tumou?r)|disseminat\w+|metastasi[sz]ed|"
    r"rapid(?:ly)? (?:grew|growth|deteriorat\w+ due to tumou?r))\b",
    re.I,
)
_COMPLICATION = Pattern(
    r"\b(?:developed|contracted|suffered|acquired|sustained|had|with|by|septic|following|experienced)\b[^,;.]{0,60}$|"
    r"^[^,;.]{0,40}$",
    re.I,
)
"""What stands before an event that a patient died of, told as a story: "developed pneumonia and died"."""
_AND_DIED = Pattern(
    r"^[^,;.]{0,40}(?:,? (?:and|which|but)|,)(?: (?:he|she|the patient|then|subsequently|soon|eventually|finally|"
    r"ultimately|unfortunately|later|sadly|could|was|led|proved))*\W+(?:(?:[\w-]+ ){1,4}(?:days?|weeks?|hours?) later )?$",
    re.I,
)
_TUMOUR_NAME = Pattern(
    r"^(?: on [^,;.]{0,30})?\W*(?:of|from|to|due to|because of|as a (?:result|consequence) of|owing to|secondary to) "
    r"(?:(?:the|his|her|this|a|an|advanced|metastatic|recurrent|progressive|disseminated|widespread|primary|underlying|"
    r"progression of|complications of|consequences of|effects of|local|further|rapid|extensive|malignant|intracranial|"
    r"growing|growth of|spread of|relapse of|recurrence of|terminal) )*"
    r"(?:[\w-]*(?:sarcoma|carcinoma|blastoma|glioma|melanoma|lymphoma|thelioma|chordoma|cytoma|germinoma|tumou?rs?|"
    r"neoplasm|malignancy|cancer|illness|disease|GIST|MPNST))\b",
    re.I,
)
"""Whoever dies of a tumour by its name dies of the disease."""
_TERMINAL_CARE = Pattern(
    r"\b(?:hospice|terminal care|comfort (?:care|measures)|palliative care only|best supportive care|"
    r"supportive care only|terminally ill)\b",
    re.I,
)
"""Whoever dies where or when only the dying are cared for dies of the disease."""
_FATAL_EVENT = Pattern(r"\b(?:fatal|lethal)\s+$", re.I)


_COMMON = Pattern(
    r"\b(?:common\w*|leading|main|usual|frequent|major|most|principal|important|possible|of)\s+(?:\w+\s+)?$", re.I
)
_IN_MANY = Pattern(r"^s?\W+(?:in|among|for|of)\b|^s\b", re.I)
_RIGHT_BEHIND = Pattern(r"\s*[,(;:–-]\s*(?:at |after )?", re.I)
_DEATH_THEN = Pattern(
    r"\b(?:with|and|until|before|in|to|by) (?:(?:his|her|early|rapid|eventual|subsequent) )?(?P<death>death) "
    r"(?:only |just |about |some |occurring |ensuing )?(?=(?:after|at|within|in)\b|\d|[a-z-]+ (?:days?|weeks?|months?|"
    r"years?)\b)",
    re.I,
)
_UNTIL_DEATH = Pattern(
    r"\b(?:from|between) (?:(?:the|his|her|first|initial) )*(?:diagnosis|surgery|operation|resection|presentation|"
    r"treatment) (?:to|until|and) (?:his |her |the patient's )?(?P<death>death)\b",
    re.I,
)
""" "The interval from the diagnosis to death was eight months"."""
_BATTLE = Pattern(r"lost (?:his|her|the) (?:battle|fight)", re.I)
_AGAINST = Pattern(
    r"^ (?:with|against|to) (?:the |his |her |this )?(?:\w+ )?(?:disease|cancer|illness|tumou?r|malignancy|\w*oma)\b",
    re.I,
)
_NOT_OF_IT = Pattern(
    r"^\W*(?:but )?not (?:from|of|because of|due to|as a result of) (?:the |his |her )?(?:\w+ )?(?:tumou?r|disease|"
    r"cancer|malignancy|\w*oma)\b",
    re.I,
)
""" "Died, but not of the tumour"."""
_BLAMING = Pattern(r"\b(?:due to|caused by|attributed to)$|^cause of death", re.I)
_LIVED = Pattern(
    r"\s*(?:(?:time|period|duration|from|since|after|the|diagnosis|surgery|operation|presentation|was|being|for|"
    r"another|a|further|only|but|just|merely|barely|mere|a|about"
    r"|approximately|nearly|almost|more|than|over|some|at|least|no|longer|total|of)\s+)*",
    re.I,
)
_STILL_LIVES_OR_NOBODY = Pattern(
    r"\b(?:has|have|had|(?:median|mean|average)(?:\s+overall)?|free|year(?:\s+overall)?)[\s-]+$", re.I
)
_LIVES_STILL = Pattern(
    r"\b(?:alive|still|now|to date|so far|currently|today|at present|patients|cases|without)\b", re.I
)


def extract(view: SentenceView) -> Iterator[Draft]:
    yield from _lived(view)
    for mention in view.of("death"):
        before = view.before(mention.span, 80)
        if re.match(r"\W*donors?\b", view.after(mention.span, 10), re.I) or _is_cause_of_many(view, mention):
            continue
        if _NOT_MEANT.search(before) or RELATIVES.search(before) or GROUP.search(before):
            continue
        if mention.weak and mention.words.islower() and not follows(view):
            continue
        cause, place = _cause(view, mention)
        spans = (mention.span, place) if place else (mention.span,)
        yield Draft(
            value=Death(cause=cause),
            spans=spans,
            assertion=stated(view, mention.span),
            when=time_of(view, mention.span) or _told_behind(view, mention.span),
        )
    yield from _noun(view)
    for mention in view.of("cause_of_death"):
        if _FATAL_EVENT.search(view.before(mention.span, 10)) and view.assertion(mention.span) is Assertion.AFFIRMED:
            yield Draft(
                value=Death(cause=_blame(mention)),
                spans=(mention.span,),
                when=time_of(view, mention.span),
            )
    for mention in view.of("autopsy"):
        if not _is_general_autopsy(view, mention):
            yield Draft(value=Death(), spans=(mention.span,))


def _is_cause_of_many(view: SentenceView, mention: Mention) -> bool:
    """ "The commonest cause of death in such patients"."""
    if not mention.words.lower().startswith("cause of death"):
        return False
    return (
        _COMMON.search(view.before(mention.span, 40)) is not None
        or _IN_MANY.match(view.after(mention.span, 40)) is not None
    )


def _told_behind(view: SentenceView, span: TextSpan) -> TimePoint | None:
    """ "Died of disease, 14 months": a bare length of time right behind."""
    for time in view.times:
        if time.days and _RIGHT_BEHIND.fullmatch(view.words(TextSpan(span.end, max(span.end, time.span.start)))):
            return time_of(view, time.span, durations=True)
    return None


def _noun(view: SentenceView) -> Iterator[Draft]:
    """ "A rapid course with death four months after the diagnosis": the noun with its own time."""
    for match in view.find(_UNTIL_DEATH):
        place = view.place(match, "death")
        when = time_of(view, place, durations=True)
        if when is not None and not GROUP.search(view.before(place, 80)):
            yield Draft(value=Death(), spans=(place,), when=when)
    for match in view.find(_DEATH_THEN):
        place = view.place(match, "death")
        timed = any(0 <= time.span.start - place.end <= 25 and time.days for time in view.times)
        known = any(place.overlaps(mention.span) for mention in view.of("death"))
        if timed and not known and not GROUP.search(view.before(place, 80)):
            yield Draft(value=Death(), spans=(place,), when=time_of(view, place))


def _lived(view: SentenceView) -> Iterator[Draft]:
    """ "The child lived for 29 months", "the survival time was 9 months": a life that has an end."""
    for mention in view.of("lived"):
        time = next((time for time in view.times if time.days and time.span.start >= mention.span.end), None)
        if (
            time is None
            or _LIVES_STILL.search(view.text)
            or _STILL_LIVES_OR_NOBODY.search(view.before(mention.span, 20))
        ):
            continue
        if _LIVED.fullmatch(view.words(TextSpan(mention.span.end, time.span.start))):
            yield Draft(value=Death(), spans=(mention.span,), when=time_of(view, time.span, durations=True))


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
    if _BATTLE.match(death.words) and _AGAINST.match(view.after(death.span, 40)):
        return "disease", None
    if re.search(r"suicide|own life$", death.words, re.I) or _NOT_OF_IT.match(view.after(death.span, 80)):
        return "other", None
    if re.search(r"\bunrelated to\b", view.after(death.span, 120), re.I):
        return "other", None
    if ahead and _BACKWARD.match(death.words) and ";" not in view.words(TextSpan(ahead[-1].span.end, death.span.start)):
        return _blame(ahead[-1]), ahead[-1].span
    if _TUMOUR_NAME.match(_without_time(view, death)):
        return "disease", None
    first = next(iter(behind), None)
    if first is not None and _linked(view, death, first):
        return _chained(view, first, behind[1:]), first.span
    lead = view.before(death.span, 200)
    told_first = ahead and _BECAUSE_OF.search(view.before(ahead[0].span, 60))
    if told_first and _PATIENT.match(view.words(TextSpan(ahead[-1].span.end, death.span.start))):
        return _chained(view, ahead[0], ahead[1:]), ahead[0].span
    if ahead and _FROM_WHICH.search(lead[-40:]):
        return _blame(ahead[-1]), ahead[-1].span
    if match := _PROGRESSED.search(lead):
        start = death.span.start - len(lead)
        place = TextSpan(start + match.start(), start + match.end())
        if view.assertion(place) is Assertion.AFFIRMED and not re.search(r"\bno\b[^,;]*$", lead[: match.start()]):
            return "disease", place
    if _TERMINAL_CARE.search(lead):
        return "disease", None
    if ahead and ahead[-1].get("blame") == "other" and _died_of_it(view, ahead[-1], death):
        return "other", ahead[-1].span
    return None, None


def _died_of_it(view: SentenceView, event: Mention, death: Mention) -> bool:
    """ "Developed pneumonia and died", "contracted pneumonia and died of it"."""
    between = view.words(TextSpan(event.span.end, death.span.start))
    told = _COMPLICATION.search(view.before(event.span, 90)) is not None
    return told and _AND_DIED.match(between) is not None and view.assertion(event.span) is Assertion.AFFIRMED


def _without_time(view: SentenceView, death: Mention) -> str:
    """What follows a death, without the times in between: "died 3 months later of sarcoma" reads "died of sarcoma"."""
    start, words = death.span.end, ""
    for time in view.times:
        if start <= time.span.start < death.span.end + 90:
            words += view.words(TextSpan(start, time.span.start))
            start = time.span.end
    return re.sub(r"\W{2,}|\s+", " ", words + view.words(TextSpan(start, min(view.span.end, start + 140))))


def _linked(view: SentenceView, death: Mention, cause: Mention) -> bool:
    between = view.words(TextSpan(death.span.end, cause.span.start))
    if len(between) > 140 or ";" in between or (_LINK.search(between) or _BLAMING.search(death.words)) is None:
        return False
    return cause.get("blame") != "disease" or _ACCOMPANIED.search(between) is None


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
    if 0 <= death.span.start - cause.span.end <= 1:
        return False  # "the disease was fatal"
    timed = any(time.span.overlaps(cause.span) for time in view.times)
    return timed or bool(_TREATED.match(view.after(cause.span, 20)) or _only_dates_it(view, cause))


def _only_dates_it(view: SentenceView, cause: Mention) -> bool:
    """ "Three months after the recurrence" tells when, not why."""
    lead = view.before(cause.span, 40)
    if re.search(r"\bage of\b", lead):
        return False
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


TOPIC = Topic(
    name="death",
    extract=extract,
    values=(Death,),
    terms=("death.toml",),
    reads=("death", "death_noun", "cause_of_death", "autopsy", "lived"),
)
