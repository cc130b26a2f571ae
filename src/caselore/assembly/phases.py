"""Where in a patient's history each sentence belongs: before the reported tumour, at it, or after its first recurrence.

Case sections are read as a narrative: a recurrence, progression or re-operation moves the story on, and it stays there
until a new section starts the account of another matter (histology, imaging). Everything else is judged by its own cues.
In doubt a sentence belongs to the first presentation.
"""

from __future__ import annotations

import re

import msgspec

from caselore.assembly.patients import Attribution
from caselore.language.patterns import Pattern
from caselore.language.view import Reading, SentenceView
from caselore.model.case import Owner, Segment
from caselore.model.fact import Assertion, Phase
from caselore.model.text import SectionKind, TextSpan

NARRATIVE = frozenset(
    {
        SectionKind.CASE,
        SectionKind.IMAGING,
        SectionKind.OPERATION,
        SectionKind.PATHOLOGY,
        SectionKind.OUTCOME,
        SectionKind.ABSTRACT,
    }
)
_TREATMENT = (
    r"(?:operated|operation|surgery|resect\w+|excis\w+|remov\w+|irradiat\w+|radiotherapy|radiation|chemotherapy|"
    r"treated|treatment|diagnosed|"
    r"underwent|undergone|transplant\w*|\w+ectomy|\w+otomy|cured|carcinoma|cancer|sarcoma|leuk(?:a)?emia|"
    r"lymphoma|melanoma)"
)
_YEARS_BEFORE = Pattern(
    rf"\b(?:(?:\w+|\d+)[- ](?:years?|decades?) (?:earlier|before|ago|previously|prior)|in (?:his|"
    rf"her) (?:childhood|youth|infancy)|as a (?:child|boy|girl))\b"
    rf"[^.;]*\b{_TREATMENT}\b|\b{_TREATMENT}\b[^.;]*?\b(?:years?|decades?) (?:earlier|before|ago|previously|"
    rf"prior to)\b",
    re.I,
)
_HISTORY = Pattern(
    r"\b(?:past|previous|prior|remote|personal|oncologic(?:al)?|surgical|medical) (?:medical |surgical |"
    r"oncologic(?:al)? )?history\b|"
    r"(?<!family )\bhistory (?:was|included|of (?:a |an )?(?:\w+ ){0,4}(?:carcinoma|cancer|sarcoma|leuk(?:a)?emia|lymphoma|"
    r"melanoma|resection|surgery|irradiation|radiotherapy|\w+ectomy))|"
    r"\b(?:had|has) (?:previously|already|earlier) (?:been|undergone|received|had)\b|"
    r"\bpreviously (?:operated|treated|irradiated|diagnosed|resected|healthy|well)\b|\bknown (?:case of|"
    r"for (?:a|an|his|her))\b",
    re.I,
)
_LOOKS_BACK = Pattern(
    rf"\b(?:in|since) (?:\w+ )?(?:19|20)\d\d\b[^.;]*\bhad (?:\w+ )?(?:been|undergone|received|had)\b[^.;]*\b{_TREATMENT}\b|"
    rf"\bhad (?:been|undergone|received)\b[^.;]*\b{_TREATMENT}\b[^.;]*\bin (?:\w+ )?(?:19|20)\d\d\b",
    re.I,
)
_ADMITTED = Pattern(r"\b(?:admitted|presented|referred|consulted|came to|was seen|hospitali[sz]ed)\b", re.I)
_CAME_TO_US = Pattern(
    r"\b(?:by the time|when|before|at which point|now) (?:he|she|the (?:patient|child|boy|girl|man|woman)) "
    r"(?:came|was (?:referred|sent|transferred|brought|admitted|seen)|presented|consulted|reached) "
    r"(?:to |by |at |with )?(?:us|our)\b",
    re.I,
)
"""After treatment elsewhere: how the patient was when the authors first saw him is the presentation that they report."""
_COMES = Pattern(
    r"\b(?:admitted|present(?:s|ed|ing)|referred|came|complain\w*|den(?:y|ied|ies|ying)|brought|hospitali[sz]ed|consulted|"
    r"attended|visited|sought|noticed|suffer(?:s|ed|ing)|evaluated|(?:was|were) found to have|"
    r"had (?:noted|an? (?:[\w-]+ ){0,3}(?:lump|swelling|pain|ache|cough|headaches?)\b"
    r"(?![^.;,]*\b(?:resected|excised|removed)\b))|seen (?:for|with|because|in|at|by))\b",
    re.I,
)
_STAYS_BEFORE = Pattern(
    r"\bhad (?:(?:also|then|subsequently) )?(?:been|received|undergone|followed|consisted|had|shown|remained)\b|"
    r"\bat that time\b",
    re.I,
)
_PRESENT = Pattern(
    r"\b(?:now|present(?:ed|ing|ation)|admitted|admission|on examination|examination (?:showed|revealed)|"
    r"referred|MRI|CT|this time|currently)\b",
    re.I,
)
_LATER = Pattern(
    r"\b(?:recurrences?|recurred|recurrent|relapse[ds]?|re-?grew|re-?growth|re-?operat\w+|operated (?:on |"
    r"upon )?again|re-?resect\w+|re-?admitted|readmission|"
    r"re-?irradiat\w+|second (?:surgery|operation|resection|craniotomy|admission|excision|recurrence)|"
    r"third (?:surgery|operation|resection)|"
    r"(?:disease|tumou?r|local|further|rapid) progression|progressed|growth of the (?:remnant|residu\w+)|"
    r"(?:remnant|residu\w+) (?:had )?(?:grew|grown|enlarged)|"
    r"at the (?:previous|former|prior|earlier) (?:\w+ )?(?:excision|surgical|operati(?:on|ve)|resection) (?:site|bed|scar))\b",
    re.I,
)
_SPREAD_LATER = Pattern(
    r"\b(?:months?|years?|weeks?) (?:later|after|following)\b(?:[^.;]|\.\d)*\bmetasta\w+|"
    r"\bdeveloped (?:\w+ ){0,3}metasta\w+",
    re.I,
)
_CAME_BACK = Pattern(r"\b(?:recurred|relapsed|recurrences?|relapse|re-?grew|returned|reappeared)\b", re.I)
_CAME_AGAIN = Pattern(
    r"(?=(?:[^.;]|\.\d)*\b(?:months?|years?)\b)(?:[^.;]|\.\d)*"
    r"\b(?:(?:presented|came|seen|complained|consulted|hospitali[sz]ed) again|re-?presented|"
    r"returned (?:to (?:the|our) (?:hospital|clinic|department)|with|because|complaining)|"
    r"(?:months?|years?) later,? (?:he|she|the (?:patient|child|boy|girl)) (?:complained|presented|was (?:re-?)?admitted))\b",
    re.I,
)
"""Months after the first treatment the patient is back."""
_LESION = r"(?:tumou?rs?|mass(?:es)?|nodules?|lesions?|patches|plaques|swellings?|lumps?)"
_NEW_LESION = Pattern(
    r"\b(?:(?:months?|years?) (?:later|after|following|postoperatively)|"
    r"(?:at|on|during) (?:the |an? |her |his )?(?:[\w-]+ ){0,2}follow-?up)\b(?:[^.;]|\.\d)*\b"
    rf"(?P<lesion>{_LESION})\b|"
    rf"\b(?P<appeared>{_LESION})\b[^.;,]{{0,40}}? (?:appeared|developed|arose|emerged|(?:was|were) (?:found|noted|noticed|detected|"
    r"discovered|seen))\b(?:[^.;]|\.\d){0,60}?\b(?:months?|years?) (?:later|after|following|postoperatively)\b",
    re.I,
)
"""After an excision, a lesion that is seen some time later is a new one."""
_EXCISION = Pattern(
    r"\b(?:resected|resection|excised|excision|removed|removal|operated|extirpat\w+|enucleat\w+|\w{3,}ectomy)\b(?! biops)",
    re.I,
)
_NOT_DONE = Pattern(r"\b(?:not|no|without|refused|declined|planned|scheduled|before|could)\b[^,;.]{0,50}$", re.I)
_UNDER_THE_MICROSCOPE = Pattern(
    r"\b(?:histo\w+|microscop\w+|immuno\w+|patholog\w+|cytolog\w+|specimen|stain\w*)\b", re.I
)
_GENERAL = Pattern(
    r"\b(?:risk|rates?|prevent\w*|avoid\w*|because of|likelihood|potential|suspect\w*|"
    r"recurrent laryngeal)\b[^,;.]{0,40}$",
    re.I,
)
_DENIED = Pattern(r"\b(?:no|without|not|neither|never|nor|free of|absence of)\b[^,;.]{0,60}$", re.I)
_PRESENTING = Pattern(
    r"\b(?:admitted|referred|presented|presenting|came|seen)\b[^,;.]{0,60}\b(?:with|for|because of|"
    r"due to)\b[^,;.]{0,40}$",
    re.I,
)
_FIRST_TREATMENT = Pattern(
    r"\b(?:underwent|operated|operation|surgery|resect\w+|excis\w+|removed|removal|craniotomy|\w+ectomy|"
    r"debulk\w+|biops\w+|radiotherapy|irradiat\w+|chemotherapy|radiosurgery)\b",
    re.I,
)
_FIRST_CAPTION = Pattern(
    r"\b(?:before (?:the )?(?:first )?(?:surgery|operation|treatment)|pre-?operative|at (?:presentation|"
    r"diagnosis|admission)|first surgery|initial)\b",
    re.I,
)
_SECOND_CAPTION = Pattern(
    r"\b(?:second|third|re-?operation|recurren\w+|relapse|at (?:last )?follow-?up|\d+ (?:months|years) (?:after|"
    r"later))\b",
    re.I,
)


_LOOKING_BACK = Pattern(
    rf"\b(?:despite|in spite of|notwithstanding|after|following|since)\s+(?:[\w-]+\s+){{0,5}}?{_TREATMENT}\b"
    rf"(?:,?\s+(?:and|with|plus|followed by)\s+(?:[\w-]+\s+){{0,5}}?{_TREATMENT}\b)*",
    re.I,
)
""" "Despite complete resection and radiotherapy, the tumour recurred": the treatment came first."""


_TURN = Pattern(r"(?<=\w), ?(?:but|yet|until|however|when)\b|\b(?:but|until)\b", re.I)
_SOME_TIME_LATER = Pattern(r"\b(?:later|after|following|thereafter|subsequently|follow-?up|again)\b", re.I)
""" "The resection was incomplete and irradiation followed, but the tumour progressed": what stands in front came first."""


class Stage(msgspec.Struct, frozen=True):
    """The phase of a segment; `earlier` are phrases of it that belong to the phase before."""

    phase: Phase
    earlier: tuple[TextSpan, ...] = ()

    def at(self, place: int) -> Phase:
        """The phase of what stands at `place`."""
        if not any(span.start <= place < span.end for span in self.earlier):
            return self.phase
        return Phase.FIRST if self.phase is Phase.LATER else Phase.BEFORE


def phases(reading: Reading, attribution: Attribution) -> tuple[Stage, ...]:
    """The phase of each segment of `attribution`, in order."""
    views = _views_of(reading, attribution.segments)
    stories: dict[tuple[str, ...], _Story] = {}
    found: list[Stage] = []
    for segment, view in zip(attribution.segments, views, strict=True):
        if view is None or segment.owner is Owner.BACKGROUND:
            found.append(Stage(Phase.FIRST))
        elif (segment.owner is Owner.INDEX and view.section in NARRATIVE) or segment.owner is Owner.CITED:
            story = stories.setdefault(segment.patient_ids, _Story())
            found.append(story.tell(segment, view))
        else:
            found.append(Stage(_by_own_cues(segment, view)))
    return tuple(found)


class _Story:
    """How far the narrative of one patient has come."""

    def __init__(self) -> None:
        self.section: SectionKind | None = None
        self.admitted = False
        self.treated = False
        self.excised = False
        self.phase = Phase.FIRST

    def tell(self, segment: Segment, view: SentenceView) -> Stage:
        """The stage of the next segment."""
        before = self.phase
        phase = self._phase_of(segment, view)
        if phase is Phase.LATER and before is not Phase.LATER:
            return Stage(phase, _looking_back(segment, view))
        if phase is Phase.FIRST and before is Phase.BEFORE:
            return Stage(phase, _relapse_that_brought(segment, view))
        return Stage(phase)

    def _phase_of(self, segment: Segment, view: SentenceView) -> Phase:
        if view.section is not self.section:
            if self.section is SectionKind.ABSTRACT:
                self.treated = self.excised = False
            self.section = view.section
            self.phase = self.phase if view.section is SectionKind.OUTCOME else Phase.FIRST
        text = _text(segment, view)
        if self.phase is Phase.LATER and not self.admitted and _CAME_TO_US.search(text):
            self.phase, self.treated, self.excised = Phase.FIRST, False, False
        self.admitted = self.admitted or _ADMITTED.search(text) is not None
        if self.phase is not Phase.LATER and not self.treated and _is_before(segment, view, self.phase, self.admitted):
            self.phase = Phase.BEFORE
            return self.phase
        if self.phase is Phase.BEFORE:
            self.phase = Phase.FIRST
        again = self.excised and (_tells_of_new_lesion(text) or _CAME_AGAIN.match(text) is not None)
        moves_on = again or (self.treated and _moves_on(segment, view))
        if self.phase is Phase.FIRST and moves_on:
            self.phase = Phase.LATER
        self.excised = self.excised or any(not _NOT_DONE.search(text[: m.start()]) for m in _EXCISION.finditer(text))
        self.treated = self.treated or _FIRST_TREATMENT.search(text) is not None
        return self.phase


def _is_before(segment: Segment, view: SentenceView, phase: Phase, admitted: bool) -> bool:
    text = _text(segment, view)
    if _YEARS_BEFORE.search(text) or any(not _DENIED.search(text[: m.start()]) for m in _HISTORY.finditer(text)):
        return not _COMES.search(text)
    if admitted and _LOOKS_BACK.search(text):
        return True
    return phase is Phase.BEFORE and bool(_STAYS_BEFORE.search(text)) and not _PRESENT.search(text)


def _moves_on(segment: Segment, view: SentenceView) -> bool:
    text = _text(segment, view)
    for pattern in (_LATER, _SPREAD_LATER):
        for match in pattern.finditer(text):
            before = text[: match.start()]
            place = TextSpan(segment.span.start + match.start(), segment.span.start + match.end())
            told = view.assertion(place) is Assertion.AFFIRMED and not _DENIED.search(before)
            if told and not _GENERAL.search(before) and not _PRESENTING.search(before):
                return True
    return False


def _looking_back(segment: Segment, view: SentenceView) -> tuple[TextSpan, ...]:
    """Where a sentence that tells of a recurrence names what had been done before it."""
    text, start = _text(segment, view), segment.span.start
    found = [
        TextSpan(start + match.start(), start + match.end())
        for match in _LOOKING_BACK.finditer(text)
        if not _LATER.search(match[0])
    ]
    turn = _TURN.search(text)
    ahead = text[: turn.start()] if turn else ""
    if ahead and not _LATER.search(ahead) and not _SOME_TIME_LATER.search(ahead):
        found.append(TextSpan(start, start + len(ahead)))
    return tuple(found)


def _relapse_that_brought(segment: Segment, view: SentenceView) -> tuple[TextSpan, ...]:
    """Behind what was done years before: "the tumour recurred and was excised again" is how the patient came."""
    return tuple(
        TextSpan(segment.span.start + match.start(), segment.span.start + match.end())
        for match in _CAME_BACK.finditer(_text(segment, view))
    )


def _tells_of_new_lesion(text: str) -> bool:
    for match in _NEW_LESION.finditer(text):
        place = match.start(match.lastgroup or 0)
        if not _UNDER_THE_MICROSCOPE.search(text[: match.end()]) and not _DENIED.search(text[:place]):
            return True
    return False


def _by_own_cues(segment: Segment, view: SentenceView) -> Phase:
    text = _text(segment, view)
    if view.section is SectionKind.CAPTION:
        if _FIRST_CAPTION.search(text):
            return Phase.FIRST
        return Phase.LATER if _SECOND_CAPTION.search(text) else Phase.FIRST
    return Phase.LATER if _moves_on(segment, view) else Phase.FIRST


def _text(segment: Segment, view: SentenceView) -> str:
    return view.part(segment.span)


def _views_of(reading: Reading, segments: tuple[Segment, ...]) -> list[SentenceView | None]:
    """The sentence in which each segment starts; both are ordered by place."""
    found: list[SentenceView | None] = []
    position = 0
    views = reading.sentences
    for segment in segments:
        while position < len(views) and views[position].span.end <= segment.span.start:
            position += 1
        inside = position < len(views) and views[position].span.start <= segment.span.start
        found.append(views[position] if inside else None)
    return found
