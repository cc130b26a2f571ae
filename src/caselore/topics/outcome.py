"""How the patient was at the last contact: alive, with or without the disease."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.aftermath import GROUP, RELATIVES, follows, stated
from caselore.language.lexicon import Mention
from caselore.language.patterns import Pattern
from caselore.language.present import present_tense
from caselore.language.recovery import recovered
from caselore.language.regrowth import is_after_surgery
from caselore.language.times import TimeKind
from caselore.language.timing import UNTOLD, time_of
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Value
from caselore.model.text import TextSpan
from caselore.model.time import DAYS_PER_MONTH, TimePoint
from caselore.topics.topic import Draft, Topic


class Alive(Value, frozen=True, tag="alive"):
    """The patient lived at the time of the statement."""

    def __str__(self) -> str:
        return "alive"


class DiseaseStatus(Value, frozen=True, tag="disease_status"):
    """`status` is "NED" (no evidence of disease) or "AWD" (alive with disease), at the time of the statement."""

    status: str

    def __str__(self) -> str:
        return self.status


_ELSEWHERE = Pattern(
    r"^\s*(?:elsewhere|outside|beyond|progress|growth|recurren|relapse|regrowth|involvement|invasion|"
    r"infiltration|spread|metasta|in (?:the )?(?:rest|other|lymph)|margins?|border|rim|edge|"
    r"survival|interval|period|rate|"
    r"status at|nodes?|time|duration|tissue|lymph|control|at (?:initial )?(?:presentation|diagnosis|admission))",
    re.I,
)
_NO_DISEASE = Pattern(
    r"\b(?:no|without|absence of|free (?:of|from)) (?:(?:any|further|clinical|radiological|radiographic|imaging|"
    r"biochemical|endoscopic|histological|"
    r"metabolic\w*|viable|gross|measurable|detectable|visible|macroscopic|microscopic|current|CT|MRI?|PET|"
    r"PET[-/]CT|scintigraphic|scan|cytological|and|or|obvious|definite|clear|new)"
    r"[ /]+)*(?:(?:evidence|signs?|indication|trace|symptoms?) (?:and symptoms )?(?:of|for) )?(?:(?:any|the|"
    r"metabolically|active|viable|residual|recurrent|local|distant|metastatic|systemic|locoregional|persistent|or|and) )*"
    r"(?:disease|tumou?r|malignancy|neoplasm|neoplasia|cancer)\b",
    re.I,
)
_ALIVE_WITH = Pattern(
    r"\b(?:alive|living|lives|survives|surviving)\b[^.;]{0,70}?"
    r"\b(?:(?:but |still )?with|(?:but|though|and) (?:still )?(?:has|having)) "
    r"(?!no\b|neither\b)(?:(?!no\b|without\b|free\b)[\w-]+ ){0,4}?"
    r"(?:metasta\w+|disease|tumou?rs?|recurrences?|relapse|lesions?|nodules?|progression|remnant)\b(?![- ]free)",
    re.I,
)
_RESIDUE_STABLE = Pattern(
    r"\b(?:remnant|residue|residuum|residual \w+|tumou?rs?|lesions?|nodules?|mass(?:es)?|metastas[ei]s|disease)\b"
    r"(?: of [^;,.]{0,25}| in [^;,.]{0,25})? (?:(?:was|is|were|are|remained|remains|remain|stayed|has remained|"
    r"have remained|"
    r"has been|have been|had remained) )(?:(?:radiologically|essentially|clinically|largely|still|completely) )?"
    r"(?:unchanged|stable|larger)\b|"
    r"\b(?:shows?|showed|revealed|demonstrated|with) (?:an? )?stable "
    r"(?:tumou?r|lesion|disease|remnant|residue|residual)\b|"
    r"\b(?:remnant|residual \w+|tumou?rs?|lesions?|nodules?|metastases) (?:had|have|has) "
    r"(?:again |further |all |markedly |slowly )?"
    r"(?:grown|increased|enlarged|progressed)\b|"
    r"\b(?:remnant|residual \w+) (?:had|have|has|did) not (?:grown?|increased?|enlarged?|progressed?|changed?|recurred)\b|"
    r"\b(?:growth|progression|enlargement) of (?:the |his |her |this )?(?:residual |remaining |primary |known )?"
    r"(?:tumou?r|lesion|mass|disease)\b",
    re.I,
)
_FREE_FOR = Pattern(
    r"\b(?P<of>disease|tumou?r|relapse|recurrence|event|progression)[- ]free (?:survival|interval|period|time)"
    r"(?: to date| so far| now| at present| of (?:this|our|the) patient)* (?:is|has (?:been|reached)|stands at|"
    r"amounts to|exceeds)(?= (?:now |already |currently |at )*(?:more than |over |about )?(?:\d|[a-z-]+ (?:months|years)))",
    re.I,
)
""" "The disease-free interval is now 40 months": in the present tense it goes on."""
_ALL_DISEASE = frozenset({"disease", "tumor", "tumour"})
_REMISSION = Pattern(
    r"\b(?:remains?|remained|is|has (?:been|remained|stayed)|stays|stayed|continues|"
    r"continued) in (?!partial\b)(?:(?!partial\b)\w+ ){1,3}"
    r"remission\b|(?<!partial )\bremission (?:still )?(?:persists|continues|holds|endures|is (?:holding|maintained|"
    r"ongoing)|has (?:held|lasted|persisted))\b",
    re.I,
)
_RESULT = Pattern(
    r"\b(?:results?|outcome|function|appearance|gait|speech|vision|range of mo\w+|mobility)\b[^.;]{0,40}? (?:is|are|"
    r"was|were|remained|remains)"
    r" (?:\w+ )?(?:excellent|good|satisfactory|acceptable|favou?rable|normal|fair|stable|preserved|full|unimpaired|"
    r"pleasing)\b",
    re.I,
)
""" "The functional result at two years is excellent": the patient was seen then."""
_HAS_DISEASE = Pattern(
    r"\b(?:has|had|shows?|showed|revealed|demonstrated|with) (?:(?!no\b|not\b|had\b|no longer\b)[\w-]+ ){0,3}?"
    r"(?:stable|persistent|persisting|unchanged|progressive|ongoing|remaining|viable|active) (?:(?!no\b|and\b|or\b|"
    r"but\b)[\w-]+ ){0,3}?(?:metastas[ei]s|disease|deposits)\b(?![- ]free)|"
    r"\b(?:disease|tumou?r|metastases|deposits) (?:was|were|is|are) still (?:present|detectable|evident|visible|there)\b",
    re.I,
)
""" "At the last visit he had stable lung metastases"."""
_NOT_GROWN = Pattern(r" not (?:grow|increase|enlarge|progress|change|recur)", re.I)
_GOES_ON = Pattern(
    r"\b(?:the|his|her) (?:[\w-]+ )?(?:tumou?r|disease|metastas[ei]s|lesions?|nodules?|deposits|remnant|recurrence) "
    r"(?:(?:is|are)(?: still| now| slowly| rapidly| currently| again| steadily)* (?:progressing|growing|enlarging|"
    r"increasing|spreading|"
    r"persisting)|(?:still )?(?:continues?|keeps?)(?: to)? (?:grow|progress|enlarge|spread|growing|progressing|"
    r"enlarging)|persists?)\b"
    r"|\b(?:continues|(?:is|remains)(?: still| now| currently)*)(?: on| with| under| to receive| receiving| undergoing)? "
    r"(?:palliative|second-line|third-line|fourth-line|salvage) (?:\w+ )?(?:\w*therapy|treatment)\b",
    re.I,
)
""" "The metastases are progressing", "he is now on second-line therapy"."""
_HAS_BEEN = Pattern(
    r"\b(?:has|have) (?:been|remained|stayed) (?:\w+ )?(?:stable|unchanged)\b|\b(?:has|have) not (?:grown|changed|"
    r"progressed)\b",
    re.I,
)
_SEEN_AGAIN = Pattern(r"\b(?:seen|examined|reviewed|evaluated|visited (?:us|our \w+)) again\b", re.I)
_RECOVERED = Pattern(
    r"\b(?:symptoms?|complaints|pain|headaches?|weakness|\w*paresis|palsy|deficits?|vision|visual acuity|diplopia|numbness|"
    r"dysphagia|dyspno?ea|seizures?|hoarseness|proptosis|gait|strength|hearing|(?:hypo|hyper)\w+|blood pressure)\b[^.;]{0,40}? "
    r"(?:resolved|disappeared|vanished|subsided|ceased|improved|recovered|regressed|returned to normal|normali[sz]ed|"
    r"(?:was|were) (?:\w+ly )?(?:relieved|restored|gone))\b",
    re.I,
)
_UNTIMED = TimePoint(anchor=UNTOLD, earliest_days=0, latest_days=0)
_TREATED = Pattern(
    r"\b(?:after|following|since) (?:(?:the|her|his|this|that|tumou?r|complete|surgical|second) )*(?:surger\w+|"
    r"operation|resection|"
    r"excision|removal|treatment|procedure|decompression|intervention|radiotherapy|chemotherapy|irradiation|\w+ectomy|"
    r"\w+otomy)\b|\bpost-?operative(?:ly)?\b",
    re.I,
)
"""Complaints that went after the treatment: the patient recovered."""
_IS = Pattern(r"\s*(?:was|were|is|are|also|both|all|detected|found|reported|as|to be|seen|\s)+", re.I)
_SPECIMEN = Pattern(
    r"\b(?:margins?|borders?|edges?|nodes?|biops\w+|section|specimen|stump|rim|CSF|cerebrospinal|endometri\w+|mucosa\w*|"
    r"serosa\w*|capsule|sampled)\b",
    re.I,
)
_RECURRENCE = Pattern(r"\b(?:recurren(?:ce|t)\w*|recurred|relapses?|local (?:relapse|disease))\b", re.I)
_SPREAD = Pattern(
    r"\b(?:metasta\w+|distant (?:disease|spread|recurrence|relapse)|systemic (?:disease|recurrence|relapse|involvement)|"
    r"distant involvement|dissemination|(?<=or )spread|(?<=nor )spread|(?:or|nor) (?:at a distance|distantly|"
    r"elsewhere|remotely))\b",
    re.I,
)
_DENIED = Pattern(
    r"\b(?:no|not|neither|negative|without|unrelated to|despite|free of|rather than|absence of)\b[^,;]{0,45}$", re.I
)


def extract(view: SentenceView) -> Iterator[Draft]:
    yield from _alive(view)
    yield from _seen_again(view)
    yield from _recovered(view)
    yield from _disease(view)
    yield from _with_disease(view)


def _alive(view: SentenceView) -> Iterator[Draft]:
    for mention in view.of("alive", "discharge"):
        if mention.weak and not (_is_later(view) or view.search(_TREATED)):
            continue
        if RELATIVES.search(view.before(mention.span, 60)) or GROUP.search(view.before(mention.span, 80)):
            continue
        if mention.kind == "alive" and _ELSEWHERE.match(view.after(mention.span, 25)):
            continue
        yield Draft(
            value=Alive(),
            spans=(mention.span,),
            assertion=stated(view, mention.span),
            when=_seen(view, mention),
        )


def _seen(view: SentenceView, mention: Mention) -> TimePoint | None:
    """When the patient was seen alive; of a recovery or discharge only where it is told months later."""
    when = time_of(view, mention.span, durations=True)
    early = mention.kind == "discharge" and when is not None and when.latest_days <= DAYS_PER_MONTH
    return _UNTIMED if early else when


def _seen_again(view: SentenceView) -> Iterator[Draft]:
    later = follows(view)
    match = (view.search(_SEEN_AGAIN) if later else None) or present_tense(view.text, later=later)
    if match is None and is_after_surgery(view):
        match = view.search(_RESULT)
    if match is not None:
        place = view.place(match)
        yield Draft(value=Alive(), spans=(place,), when=time_of(view, place, durations=True))


def _recovered(view: SentenceView) -> Iterator[Draft]:
    """Complaints went after the treatment; when the patient was seen then is not told."""
    lasting = any((time.months or 0) >= 1 for time in view.times)
    match = recovered(view.text, later=follows(view), lasting=lasting)
    told = match is not None
    if match is None and view.search(_TREATED):
        match = view.search(_RECOVERED)
    if match is None or GROUP.search(view.before(view.place(match), 80)):
        return
    place = view.place(match)
    if told or view.assertion(place) is Assertion.AFFIRMED:
        when = time_of(view, place, durations=True) if told else None
        early = when is None or when.latest_days <= DAYS_PER_MONTH
        yield Draft(value=Alive(), spans=(place,), when=_UNTIMED if early else when)


def _tells_of_organ(view: SentenceView, mention: Mention) -> bool:
    """Whether what is free of tumour is an organ that was looked at, not the patient: "the appendix was tumor-free"."""
    if follows(view):
        return False
    organs = [one for one in view.of("anatomy") if one.span.end <= mention.span.start]
    return bool(organs) and _IS.fullmatch(view.words(TextSpan(organs[-1].span.end, mention.span.start))) is not None


def _with_disease(view: SentenceView) -> Iterator[Draft]:
    """Alive with a tumour that is named, or with one that was looked at again and is still there."""
    later = _is_later(view)
    residue = (view.search(_RESIDUE_STABLE) or view.search(_HAS_DISEASE)) if later else None
    for match in (view.search(_ALIVE_WITH), residue, view.search(_GOES_ON)):
        if match is None or view.of("death") or GROUP.search(view.before(view.place(match), 80)):
            continue
        place = view.place(match)
        if _NOT_GROWN.search(match[0]) or view.assertion(place) is Assertion.AFFIRMED:
            yield Draft(value=DiseaseStatus(status="AWD"), spans=(place,), when=time_of(view, place, durations=True))


def _is_later(view: SentenceView) -> bool:
    return follows(view) or view.search(_HAS_BEEN) is not None or any(time.kind is TimeKind.DATE for time in view.times)


def _disease(view: SentenceView) -> Iterator[Draft]:
    for mention in view.of("disease_state"):
        if mention.weak and not (_is_later(view) if mention.concept == "NED" else follows(view)):
            continue
        if _ELSEWHERE.match(view.after(mention.span, 40)) or GROUP.search(view.before(mention.span, 80)):
            continue
        if mention.concept == "NED" and (
            _SPECIMEN.search(view.before(mention.span, 60)) or _tells_of_organ(view, mention)
        ):
            continue
        if mention.concept == "AWD" and (view.of("death") or _DENIED.search(view.before(mention.span, 50))):
            continue
        yield Draft(
            value=DiseaseStatus(status=mention.concept),
            spans=(mention.span,),
            assertion=stated(view, mention.span),
            when=time_of(view, mention.span, durations=True),
        )
    for match in view.find(_FREE_FOR):
        place = view.place(match)
        value = DiseaseStatus(status="NED") if match["of"].lower() in _ALL_DISEASE else Alive()
        yield Draft(value=value, spans=(place,), when=time_of(view, place, durations=True))
    for match in view.find(_REMISSION):
        place = view.place(match)
        yield Draft(value=DiseaseStatus(status="NED"), spans=(place,), when=time_of(view, place, durations=True))
    for match in view.find(_NO_DISEASE):
        place = view.place(match)
        known = any(place.overlaps(mention.span) for mention in view.of("disease_state") if mention.concept == "NED")
        if not known and follows(view) and not _ELSEWHERE.match(view.after(place, 40)):
            yield Draft(value=DiseaseStatus(status="NED"), spans=(place,), when=time_of(view, place, durations=True))
    denied = [_denied(view, _RECURRENCE), _denied(view, _SPREAD)]
    places = tuple(place for place in denied if place is not None)
    if len(places) == len(denied):
        yield Draft(value=DiseaseStatus(status="NED"), spans=places, when=time_of(view, places[0], durations=True))


def _denied(view: SentenceView, pattern: Pattern) -> TextSpan | None:
    """Where a word of `pattern` is denied, provided that none is asserted."""
    places = [view.place(match) for match in view.find(pattern)]
    judged = [view.assertion(place) for place in places]
    if places and all(found is Assertion.NEGATED for found in judged):
        return places[0]
    return None


TOPIC = Topic(name="outcome", extract=extract, values=(Alive, DiseaseStatus), terms=("outcome.toml",))
