"""Whether and when the tumour came back where it had been."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caselore.language.patterns import Pattern
from caselore.language.regrowth import clear_places, is_after_surgery, lesion_at_old_place, lesion_in_organ
from caselore.language.times import TimeKind
from caselore.language.timing import UNTOLD, first_of_several, time_of
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Phase, Value
from caselore.model.text import SectionKind, TextSpan
from caselore.model.time import TimePoint
from caselore.topics.topic import Draft, Topic


class Recurrence(Value, frozen=True, tag="recurrence"):
    """The tumour came back (or, negated, did not); `local` is False for a relapse that is only told of distant organs.

    `organ` is the concept of anatomy.csv that the relapse is told in ("a recurrence in the liver"), or empty.
    """

    local: bool = True
    organ: str = ""

    def __str__(self) -> str:
        return "local recurrence" if self.local else "distant recurrence"


_TUMOUR = (
    r"(?:tumou?rs?|mass(?:es)?|lesions?|nodules?|disease|lumps?|swelling|growth|neoplasm|sarcoma|\w+sarcoma|"
    r"\w+oma|carcinoma|cancer|"
    r"remnant|residue|residuum|focus)"
)
_NOUN = Pattern(
    r"\b(?:recurrences?|relapses?|re-?growth|local (?:tumou?r )?(?:failure|progression)|"
    r"reappearance|(?<=with )local (?:and|as well as) (?:distant|metastatic|systemic) disease|"
    r"(?:tumou?r )?progression (?:\w+ )?(?:at|in|within) the (?:\w+ )?(?:site|bed|cavity|"
    r"margins?))\b(?!-free)",
    re.I,
)
_VERB = Pattern(
    r"\b(?:recurred|recur|relapsed|relapse|re-?grew|re-?grown|re-?grow|grown back|grew back|reappear(?:ed)?|"
    r"(?:came|come) back(?! (?:[\w-]+ )?(?:positive|negative|normal|clear|inconclusive|to|with|for|in clinic)\b))\b",
    re.I,
)
_RETURNED = Pattern(
    r"\b(?:tumou?r|disease|mass|lesion|nodule|growth|lump|sarcoma|carcinoma|cancer|\w+oma)"
    r"(?: (?:has|had|have|did|does|not|never|yet|soon|then|again|subsequently|locally))* "
    r"(?P<back>return(?:ed)?|(?:was|is) back)\b(?! to (?:normal|its|a|the|work|baseline|school))|"
    r"\b(?P<noun>return) of (?:the |his |her |this )?(?:\w+ )?(?:tumou?r|disease|lesion|mass|cancer|sarcoma)\b",
    re.I,
)
_ADJECTIVE = Pattern(
    rf"\b(?:recurrent|relapsed|recurring)(?: (?:\w+ ){{0,3}}?{_TUMOUR}\b| or (?:residual|metastatic|persistent)\b)",
    re.I,
)
_REMNANT = Pattern(
    r"\b(?:remnant|residue|residuum|residual (?:tumou?r|lesion|mass|nodule|disease)|(?:tumou?r|"
    r"lesion) (?:remnant|residue)|"
    r"tumou?r left behind)\b(?:[^.;,]{0,30}?)\b(?P<grew>regrew|grew|grown|growth|enlarged|increased|progressed|"
    r"progression|doubled|expanded)\b|"
    r"\b(?P<growth>growth|enlargement|progression|increase|regrowth) (?:in size )?of (?:the |a |"
    r"this )?(?:\w+ ){0,2}(?:remnant|residue|residuum|residual \w+)\b",
    re.I,
)
_GREW_ON = Pattern(
    r"\b(?:control|follow-?up|repeat(?:ed)?|post-?operative|surveillance|serial|latest|last) (?:[\w-]+ ){0,2}?"
    r"(?:MRI|CT|PET|imaging|scans?|scanning|sonography|ultraso\w+|examinations?|radiographs?)\b[^.;]{0,40}?"
    r"\b(?:show(?:ed|s|ing)?|reveal(?:ed|s|ing)?|demonstrat(?:ed|es|ing)|disclosed|detected|confirmed|indicated) "
    r"(?:an? |the |marked |slow |clear |further )*"
    r"(?P<growth>(?:growth|progression|enlargement|regrowth|increase in (?:the )?size) of "
    r"(?:the |his |her |this )?(?:residual |remaining |primary |known )?(?:tumou?r|lesion|mass|disease)\b)",
    re.I,
)
"""After an operation: what was left behind grows again."""
_SCAN = (
    r"\b(?:(?:surveillance|follow-?up|serial|repeated|subsequent|regular|annual|yearly|control|all|every) )?"
    r"(?:imaging(?: studies)?|MRI|CT|PET|scans?|radiographs?|ultraso\w+|scintigra\w+)\b[^.;]{0,90}?"
)
_CLEAR = (
    r"(?:normal|clear|unremarkable|negative|free of tumou?r)\b(?! for (?!(?:\w+ ){0,3}(?:days|weeks|months|years)\b))"
)
_NOTHING = (
    r"(?:nothing (?:abnormal|suspicious|new|further|unusual)|no (?:new |further )?(?:abnormalit(?:y|ies)|changes))\b"
)
_CLEAR_SCAN = Pattern(
    rf"{_SCAN}\b(?:was|were|is|are|remained|remains|stayed|(?:has|have|had) (?:been|remained|stayed|"
    rf"continued to be)) (?:\w+ )?(?P<clear>{_CLEAR})|"
    rf"{_SCAN}\b(?:show|reveal|demonstrate|disclose)(?:s|n|d|ed)? (?P<nothing>{_NOTHING})",
    re.I,
)
_REPEATED = Pattern(
    r"\b(?:surveillance|follow-?up|serial|repeated|subsequent|regular|annual|yearly|control|all|every|since|later)\b",
    re.I,
)
_HAS_STAYED = Pattern(r"\b(?:has|have) (?:been|remained|stayed|shown|revealed|disclosed)\b", re.I)
_AHEAD = Pattern(r"\b(?:before|prior to|pre-?operative\w*|bone scans?|skeletal)\b", re.I)
"""A scan ahead of an operation, or of what the tumour had not been in."""
_FREE = Pattern(
    r"\bnothing (?:more |further |else )?(?:has been|had been|was|is) (?:seen|found|noted|heard|observed) of "
    r"(?:the |his |her |it\b)(?:tumou?r|disease|lesion|sarcoma)?|"
    r"\b(?:recurrence|relapse)[- ]free\b(?! (?:survival|interval|rate|period))|\bfree (?:of|"
    r"from) (?:\w+ ){0,3}(?:recurrence|relapse)\b|"
    r"\blocal(?:ly)? control(?:led)?\b(?! (?:rates?|of the disease)?\s*(?:rate|at))|\b(?:tumou?r|lesions?|"
    r"disease) (?:was|were|remained|is|are) (?:locally )?controlled\b|"
    r"\bin (?:local|locoregional) control\b",
    re.I,
)
_NOT_TOLD = Pattern(
    r"\b(?:risk|rates?|likelihood|probability|prevent\w*|avoid\w*|reduc\w+|decreas\w+|potential|propensity|"
    r"tendency|chances?|prone|fear|least|lowest|minimal|fewer|"
    r"concern\w*|incidence|frequency|predict\w*|percentage|minimi[sz]\w*|lower\w*|detect early|early detection|"
    r"(?:monitor\w*|watch\w*|follow(?:ed|ing)?[- ]?up|surveillance|checks?|checked|screen\w*|look(?:ed|"
    r"ing)?)(?: \w+ly)? for|"
    r"factors? for|high|against|time to|cases? of|management of|treatment of|because of possible|in case of|"
    r"in the event of|should|failed to (?:prove|show|confirm|demonstrate|reveal))\b[^,;.]{0,40}$|"
    r"\b(?:was|were|is|are) not (?:an? )?(?:local )?$",
    re.I,
)
_NOT_TOLD_AFTER = Pattern(
    r"^\W*(?:rates?|risk|potential|free survival|"
    r"(?:is|are) (?:an? |the )?(?:[\w-]+ ){0,2}(?:common|frequent|rare|risk|predictors?|problem|concern|hallmark|rule|"
    r"likely|possible|expected|feared)\b|"
    r"occurs?\b|may|can|might|interval|in \d+ ?%|in up to|"
    r"in the literature|score)|"
    r"^[^.;]{0,60}\bin (?:\w+ )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|half|most|some|many|few) "
    r"(?:of (?:the |those |these |all )?)?(?:\d+|them|patients|cases|twenty|thirty|forty|fifty|reported)\b",
    re.I,
)
_OTHER_THING = Pattern(
    r"\b(?:seizures?|symptoms?|complaints?|pain|headaches?|effusions?|fluid|cough|dyspno?ea|fever|bleeding|epistaxis|"
    r"h(?:a)?emorrhage|hydrocephalus|infections?|pneumonia|"
    r"vomiting|pseudomeningocele|cyst|collection|seroma|h(?:a)?ematoma|lymphocele|abscess|ascites|thrombosis|fistula|"
    r"leak\w*|deficits?|paresis|stroke|"
    r"diarrh\w+|jaundice|weakness|meningitis|skin (?:lesions?|rash)|rash|eruptions?)\b"
    r"(?:[^,;.]{0,30})$",
    re.I,
)
_IT = Pattern(r"\bit (?:\w+ ){0,3}$", re.I)
_TUMOUR_AHEAD = Pattern(
    rf"\b(?:{_TUMOUR}|(?:\w+ectomy|resect(?:ion|ed)|excis(?:ion|ed)|remov(?:al|ed)|extirpat(?:ion|ed)|surgery|operation))\b",
    re.I,
)
""" "After resection it recurred": what is resected and comes back is the tumour."""
_OF_OTHER = Pattern(
    r"^\s*of (?:the |her |his |these )?(?:\w+ ){0,2}(?:seizures?|symptom\w*|mutations?|pain|headaches?|effusions?|fever|"
    r"bleeding|epistaxis|infection|vomiting|complaints|deficits?|weakness|ascites|hydrocephalus|thrombosis|"
    r"pneumonia|sepsis|diarrh\w+|\w+itis|(?:hyper|hypo)\w+)\b",
    re.I,
)
_DISTANT = Pattern(
    r"\b(?:distant|systemic|metastatic|pulmonary|lung|hepatic|peritoneal|abdominal|nodal|osseous|spinal|"
    r"leptomeningeal)\s+$",
    re.I,
)
_GROUP = Pattern(
    r"\b(?:\d+(?:\.\d+)? ?(?:%|per ?cent)|\d+ of (?:the )?\d+(?: \w+)?|patients|cases|children|women|men|most|many|half|"
    r"tumou?rs of this kind)(?: (?:had|have|has|who|that|were|all))*\s*$",
    re.I,
)
"""What stands before a verb whose subject is a group: "27% relapsed"."""
_IN_THE = Pattern(r"\s*(?:in|of|at|to) (?:the |his |her )?(?:same |remaining |left |right )?", re.I)
_LOCAL_DENIED = Pattern(
    r"\b(?:no|without|free (?:of|from)|absence of|not) (?:[\w-]+ ){0,4}?(?:local|loco-?regional)(?:ly)? "
    r"(?:recurrence|relapse|recurred|relapsed)\b",
    re.I,
)
"""Beside such words whatever came back did so elsewhere."""
_LOCAL = Pattern(
    r"\b(?:loco-?|local )?(?:local|regional|loco-?regional)(?:ly)?(?: recurrence)?,? (?:or|and|nor) [\w-]+ $", re.I
)
_ANOTHER = Pattern(
    r"\b(?:second|third|fourth|fifth|another|further|repeated|new|last|subsequent|multiple) (?:local )?$", re.I
)
_IMPLIED_EARLIER = Pattern(
    r"\b(?:further|other|another|new|second|additional|subsequent|repeated) (?:local(?:ly)? |tumou?r )?$", re.I
)
""" "No further recurrence" denies a second one: there was a first."""
_DISTANT_SITE = Pattern(
    r"^(?:[^,;.]{0,30}?\b(?:in the form of|as) (?:\w+ ){0,2}metasta\w+|\s*with (?:\w+ ){0,2}metasta\w+|"
    r"\s*(?:in|at|to|of) (?:the |both |his |her )?(?:lungs?|liver|bones?|peritoneum|lymph nodes?|spine|spinal|"
    r"leptomening\w+|abdomen|pleura|peritoneal|pleural))\b",
    re.I,
)
_STATE = Pattern(r"\b(?:alive|living|lives|died|dead)\b[^.;]{0,60}\bwith (?:\w+ ){0,2}$", re.I)
""" "Alive at 4 years with locally recurrent disease": when it came back is not told."""
_PRESENTING = Pattern(
    r"\b(?:admitted|referred|presented|presenting|came|seen|consulted|sent)\b[^,;.]{0,60}\b(?:with|for|"
    r"because of|due to)\b[^,;.]{0,40}$",
    re.I,
)
_FINDING = Pattern(
    r"\b(?:reveal\w*|show\w*|demonstrat\w*|disclos\w*|confirm\w*|found|detect\w*|develop\w*|discover\w*|"
    r"diagnos\w*|identif\w*|suggest\w*|"
    r"proved|noted|noticed|visible|evidence|sign|signs|without|no|not|neither|resect\w*|negative|free|"
    r"(?:admitted|presented|returned|seen|came|back) (?:again |back )?with|"
    r"(?:alive|lives|living|died|dead)\b[^.;,]{0,40} with|excis\w*|remov\w*|"
    r"operated|re-?irradiat\w*|treated|for (?:a|the)|there (?:was|were|appeared|arose)|(?:had|has|have) an?)\b",
    re.I,
)
_NEGATIVE = Pattern(
    r"\bnothing (?:\w+ ){0,2}$|\b(?:no|without) (?:\w+ )?(?:evidence|signs?|indication)\b[^,;.]{0,40}\bthat\b[^,;.]{0,40}$|"
    r"\bnegative\b[^,;.]{0,30}\bfor\b[^,;.]{0,30}$|\bnone of (?:local )?$",
    re.I,
)
_FOUND = Pattern(
    r"^(?:,[^,;.]{0,30},)?[^,;.]{0,25}\b(?:was|were|became|appeared) (?:\w+ )?(?:detected|found|noted|seen|"
    r"diagnosed|evident|visible|resected|excised|removed)\b",
    re.I,
)
_NOT_SEEN = Pattern(
    r"^[^,;.]{0,40}?\b(?:was|were|has been|had been|have been|is|could be) (?:not|never|neither|ruled out|"
    r"excluded)\b|"
    r"^[^,;.]{0,20}\b(?:has|had|have) not been\b|^[^,;.]{0,30}\bnot (?:been )?(?:observed|seen|detected|noted|"
    r"occur\w*|found)\b",
    re.I,
)


def extract(view: SentenceView) -> Iterator[Draft]:
    for place in (*(view.place(match) for match in view.find(_FREE)), *clear_places(view)):
        yield _draft(view, place, Assertion.NEGATED)
    for match in view.find(_REMNANT):
        grown = view.place(match, "grew" if match["grew"] else "growth")
        if _polarity(view, grown) is not Assertion.NEGATED:
            yield _draft(view, view.place(match), _polarity(view, grown))
    for match in view.find(_CLEAR_SCAN):
        irradiated = any(time.anchor == "radiotherapy" for time in view.times)
        watched = not irradiated and is_after_surgery(view)
        if (watched and not _AHEAD.search(match[0] + view.before(view.place(match), 60))) or _has_stayed_clear(
            view, match
        ):
            yield _draft(view, view.place(match, "clear" if match["clear"] else "nothing"), Assertion.NEGATED)
    for match in view.find(_GREW_ON):
        if is_after_surgery(view):
            yield _draft(view, view.place(match, "growth"), Assertion.AFFIRMED)
    if not any(True for _ in view.find(_REMNANT)):
        yield from _told(view)


def _has_stayed_clear(view: SentenceView, match: re.Match[str]) -> bool:
    """ "Scans have remained clear for four years"."""
    lasted = any(time.kind is TimeKind.DURATION and (time.months or 0) >= 1 for time in view.times)
    return _HAS_STAYED.search(match[0]) is not None and (lasted or _REPEATED.search(match[0]) is not None)


def _told(view: SentenceView) -> Iterator[Draft]:
    told = False
    for place in _places(view):
        told = True
        polarity = _polarity(view, place)
        a_second = polarity is Assertion.NEGATED and _IMPLIED_EARLIER.search(view.before(place, 40))
        if not _is_general(view, place) and not a_second:
            yield _draft(view, place, polarity)
    if not told and (new := lesion_in_organ(view)):
        place, organ = new
        drafted = _draft(view, place, Assertion.AFFIRMED)
        yield msgspec.structs.replace(drafted, value=Recurrence(local=False, organ=organ.concept))


def _places(view: SentenceView) -> Iterator[TextSpan]:
    """Where the tumour is said to be back, or not to be."""
    nouns = [view.place(match) for match in view.find(_NOUN)]
    if not view.search(_FREE):
        yield from nouns
    for place in (view.place(match) for match in view.find(_VERB)):
        before = view.before(place, 60)
        unclear = _IT.search(before) and not _is_tumour_ahead(view, place)
        if place not in nouns and not unclear and not _OTHER_THING.search(before) and not _GROUP.search(before):
            yield place
    for place in (view.place(match) for match in view.find(_ADJECTIVE)):
        found = _FINDING.search(view.before(place, 120)) or _FOUND.match(view.after(place, 50))
        if found and view.section is not SectionKind.TITLE:
            yield place
    for match in view.find(_RETURNED):
        yield view.place(match, "back" if match["back"] else "noun")
    if (not nouns or view.search(_FREE)) and (new := lesion_at_old_place(view)):
        yield new


def _is_tumour_ahead(view: SentenceView, place: TextSpan) -> bool:
    """Whether "it" can be the tumour: named in the sentence, or in the one before with nothing else that comes back."""
    if _TUMOUR_AHEAD.search(view.before(place, 160)):
        return True
    told = view.previous.text if view.previous is not None else ""
    return _TUMOUR_AHEAD.search(told) is not None and _OTHER_THING.search(told.rstrip(" .")) is None


def _is_general(view: SentenceView, place: TextSpan) -> bool:
    before, after = view.before(place, 70), view.after(place, 80)
    return bool(_NOT_TOLD.search(before) or _NOT_TOLD_AFTER.match(after) or _OF_OTHER.match(after))


def _polarity(view: SentenceView, place: TextSpan) -> Assertion:
    found = view.assertion(place)
    if found is not Assertion.AFFIRMED:
        return found
    if _NEGATIVE.search(view.before(place, 90)) or _NOT_SEEN.match(view.after(place, 60)):
        return Assertion.NEGATED
    return found


def _draft(view: SentenceView, place: TextSpan, assertion: Assertion) -> Draft:
    before, after = view.before(place, 90), view.after(place, 60)
    only_distant = _DISTANT.search(before) is not None and _LOCAL.search(before) is None
    denied = assertion is Assertion.NEGATED
    elsewhere = not denied and view.search(_LOCAL_DENIED) is not None
    distant = only_distant or elsewhere or _DISTANT_SITE.match(after) is not None
    when = time_of(view, place, durations=denied)
    if when is not None and not denied:
        counted_from = when.anchor == "recurrence"
        when = None if counted_from or _ANOTHER.search(before) else first_of_several(view, when)
    again = when is not None and when.latest_days > 0
    if not denied and _STATE.search(before):
        when = TimePoint(anchor=UNTOLD, earliest_days=0, latest_days=0)
    presenting = assertion is Assertion.AFFIRMED and not again and _PRESENTING.search(before) is not None
    return Draft(
        value=Recurrence(local=not distant, organ=_organ(view, place) if distant else ""),
        spans=(place,),
        assertion=assertion,
        when=when,
        phase=Phase.BEFORE if presenting else None,
    )


def _organ(view: SentenceView, place: TextSpan) -> str:
    """The organ right behind: "a recurrence in the liver"."""
    behind = (one for one in view.of("anatomy") if 0 < one.span.start - place.end < 20)
    return next(
        (one.concept for one in behind if _IN_THE.fullmatch(view.words(TextSpan(place.end, one.span.start)))), ""
    )


TOPIC = Topic(name="recurrence", extract=extract, values=(Recurrence,), terms=("anatomy.csv",))
