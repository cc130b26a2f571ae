"""Organs that a patient's tumour spread to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from caselore.language.lexicon import Mention
from caselore.language.organ_holders import organs_holding
from caselore.language.organ_lists import (
    TUMOUR_BEHIND,
    is_joined,
    organs_behind,
    organs_excepted,
    organs_in_front,
    organs_only,
)
from caselore.language.organ_studies import organ_of_study
from caselore.language.patterns import Pattern
from caselore.language.timing import time_of
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Value
from caselore.model.text import TextSpan
from caselore.topics.topic import Draft, Topic


class Metastasis(Value, frozen=True, tag="metastasis"):
    """A place of distant disease as printed: the label and the concept of anatomy.csv, both empty for "no metastases"."""

    site: str = ""
    concept: str = ""

    def __str__(self) -> str:
        return f"metastasis: {self.site}" if self.site else "metastasis"


_CUE = Pattern(
    r"\b(?P<strong>mets|metasta(?:s[ie]s|tic|ses|si[sz]ed|si[sz]ing|si[sz]e|tasi[sz]ation)(?:[- ]suspect\w*)?|"
    r"(?P<ectomy>metastasectom(?:y|ies))|"
    r"secondary (?:deposits?|lesions?)|secondaries|tumou?r deposits?|"
    r"carcinomatosis|sarcomatosis|gliomatosis)\b|"
    r"\b(?P<weak>spread|disseminations?|disseminated|seed(?:ing|ed|s)|deposits?|implants?|relapses?|recurrences?|"
    r"lesions? of the same)\b",
    re.I,
)
_DROP = Pattern(r"\bdrop[- ]metasta\w+", re.I)
_CSF = Pattern(
    r"\b(?:(?:carcinomatous|neoplastic|sarcomatous|malignant) meningitis|"
    r"(?:CSF|cerebrospinal fluid|craniospinal|neuraxis|subarachnoid) (?:tumou?r )?(?:dissemination|seeding|"
    r"spread|metastas\w+))\b",
    re.I,
)
_GENERAL = Pattern(
    r"\b(?:risk|rates?|likelihood|probability|potential|propensity|tendency|prevent\w*|avoid\w*|search\w*|"
    r"look(?:ed|ing)?|screen\w*|work-?up|"
    r"sources?|evaluat\w+|rul(?:e|ing) out|exclu\w+|differential|differentiat\w+|versus|incidence|frequency|"
    r"possibility|questions? of|concern(?:ing|s|ed)? (?:for|about)|mimic\w*|imitat\w+|"
    r"resembl\w+|simulat\w+|susp\w+ of being|usual|common\w*|most often|frequent\w*|typical\w*|can|may|might|"
    r"could|would|usually|often|known to|tends?|"
    r"capable|management of|treatment of|instead of|rather than|if|whether|studies|patients with|"
    r"in most|median|reported in|\d ?%|primary (?:[\w-]+ ){1,5}or (?:an? )?)\b[^,;.]{0,60}$",
    re.I,
)
_GENERAL_AFTER = Pattern(
    r"^\W*(?:work-?up|potential|rates?|risk|screening|survey|disease (?:is|are|was considered)|(?:is|"
    r"are) (?:rare|common|frequent|exceptional|uncommon|usual|"
    r"extremely|very|more|less|not uncommon)|may\b|can\b|might\b|occurs?\b|tends?\b|usually|often|in \d+ ?%|"
    r"from (?:an? )?(?:unknown|occult)|or primary)",
    re.I,
)
_IS_SEARCH = Pattern(r"^\W*(?:work-?up|screening|survey)\b", re.I)
""" "Metastatic work-up revealed lesions": the word alone finds nothing."""
_NOT_SEEN = Pattern(
    r"^[^,;.]{0,60}?\b(?:was|were|has been|had been|have been|could be|is) (?:not|never|neither|ruled out|excluded)\b"
    r"(?! (?:possible|attempted|feasible|resect\w*|treated|removed|operated|accessible))|"
    r"^[^;.]{0,60}?\bbut (?:was |were )?(?:later |subsequently |then |finally )*(?:was |were )?"
    r"(?:excluded|ruled out|not confirmed|refuted|disproved)\b|"
    r"^[^,;.]{0,40}? (?:was|were) (?:suspected|feared|considered|thought of)\b[^;.]{0,20}\bbut\b[^;.]{0,60}\b(?:granulom|benign|"
    r"tubercul|infect|sarcoid|inflammat|scar|negative|no tumou?r)",
    re.I,
)
_TO = Pattern(
    r"^(?:(?:, (?:however|though|too|also|unfortunately|subsequently|nevertheless|then),)?"
    r"[- ](?!from\b|and\b|but\b|or\b|with\b)[\w/-]+){0,7}? (?:to|in|within|involving|affecting|at|on|into|"
    r"throughout|included?|including|across|studd(?:ed|ing)|fill(?:ed|ing)|occupy(?:ing)?|replacing|dott(?:ed|ing)|"
    r"peppered|reached|replaced (?:most|much|part|half) of)(?= )",
    re.I,
)
_NEEDS_ADJECTIVE = Pattern(
    r"(?:relapse|recurrence|lesion|disseminated(?! (?:(?:disease|lesions?|tumou?rs?) )?(?:to|into|in|involving)\b))",
    re.I,
)
"""Cues that tell of spread beside an organ adjective only ("pulmonary relapse"): a relapse in the thigh is local."""
_BED = Pattern(r"^[\s-]*(?:stump|cuff|vault|apex|anastomo\w+|scar|bed|cavity|site|remnant|margin)s?\b", re.I)
"""A relapse in the vaginal cuff or the gastric remnant is local."""
_COMPLAINT = Pattern(
    r"\b(?:patch(?:es)?|plaques?|rash|erythema|eruptions?|swelling|pain|numbness|weakness|induration)\b[^;.]{0,90}$",
    re.I,
)
"""What spreads to the arm without being a tumor that is elsewhere."""
_METASTATIC_OF = Pattern(
    r"^ (?:[\w-]+ ){0,2}?(?:involvement|infiltrat\w+|deposits?|spread|lesions?|nodules?|foci|focus|seeding|implants?|"
    r"disease|destruction|colonization|dissemination) of(?= (?:the |both |his |her |left |right )*)",
    re.I,
)
_OF = Pattern(r"^ of(?= (?:the |both |his |her |left |right )*)", re.I)
_LISTED = Pattern(
    r"^(?: (?!from\b|and\b|but\b|or\b|with\b)[\w-]+){0,4}?(?: ?[(:\[] ?|,? (?:namely|including|included|"
    r"involving) )(?:in |to )?|"
    r"^(?: (?:disease|lesions|spread))?(?: (?:was|were|had|have) (?:\w+ ){0,2}\w+)?, (?:(?:first|initially|mainly|"
    r"mostly|predominantly|especially|particularly|notably|located|situated|one|visible|these) )?(?:in|to|of)(?= )|"
    r"^(?: (?:disease )?(?:sites?|foci|burden|spread|disease))? (?:was|were|are|being|comprised|consisted of|included|"
    r"affected|involved)(?: (?:found|seen|present) in)?(?= )",
    re.I,
)
"""Opens a list: "metastases (liver, lung)", "metastases, first in the spine", "metastatic sites were"."""
_TUMOUR_OF = Pattern(
    r"^(?: \w+){0,3}? (?:tumou?rs?|\w*(?:sarcoma|carcinoma|oma)|lesions?|nodules?) of(?= (?:the |both |his |"
    r"her |left |right )*"
    r"(?:brain|heart|spine|spinal|thoracic|lumbar|cervical|vertebra|skull|orbit|liver|lungs?|bones?|skin|scalp|"
    r"pleura|peritoneum|"
    r"\w+ (?:lobe|vertebra|atrium|ventricle|spine)))",
    re.I,
)
_LESION = (
    r"(?:lesions?|nodules?|mass(?:es)?|foc(?:i|us)|deposits?|lumps?|swellings?|uptake|opacit(?:y|ies)|hypodensit(?:y|ies)|"
    r"tumou?rs?|metastas[ei]s|node|involvement)"
)
_READ_AS = Pattern(
    r"\b(?:consistent|compatible|suggest\w*|suspicious|interpreted|represent\w*|prov\w+|confirm\w*|turned out|"
    r"in keeping|correspond\w*|"
    r"diagnos\w*|consider\w*|thought|regarded|reveal\w*|show\w*|indicat\w*|indicative|identified|characteristic|"
    r"presum\w*|histolog\w*|biops\w+|judged|classified|taken (?:as|for|to)|felt|deemed|read as|due to|from)\b|"
    r"\b(?:was|were|are) (?:all |both |also |in fact )?$",
    re.I,
)
_LESION_IN = Pattern(
    rf"\b{_LESION}\b[^;.]{{0,70}}?\b(?:in|of|at|within|on|involving|throughout|across|over)(?=\s)", re.I
)
_LESION_BEHIND = Pattern(rf"^[\s-]*(?:\w+ ){{0,2}}{_LESION}\b", re.I)
_SAMPLED_OF = Pattern(
    r"\b(?:biops(?:y|ies)|aspirat\w+|punctures?|cytology|samples?|specimens?|resection|excision) (?:of|from) "
    r"(?:(?:the|a|an|his|her|one|left|right) )*(?:[\w-]+ )?$",
    re.I,
)
_SAYS = Pattern(r"\b(?:show|reveal|confirm|demonstrat|disclos|prove|yield|contain|was\b|were\b)", re.I)
"""Between organ and tumour: "biopsy of the liver showed melanoma", not "the liver angiosarcoma"."""
_SAMPLED_BEHIND = Pattern(r"^ (?:\w+ ){0,2}?(?:biops(?:y|ies)|aspirat\w+|cytology)\b", re.I)
_OBJECT = Pattern(r"^(?= (?:the|both|his|her)\b)", re.I)
_REMOVED_FROM = Pattern(
    r"^(?: (?:which|that))?(?: (?:was|were|had been|has been))?(?: \w+ly)? (?:removed|excised|resected|taken|biopsied|"
    r"shelled out|extirpated) from(?= )",
    re.I,
)
""" "A metastasis was removed from the small bowel"."""
_BACK = Pattern(
    r"^\W*(?:these|both|they|all (?:of )?(?:these|the|three|four)|the (?:lesions?|nodules?|mass(?:es)?)|this|it|"
    r"biopsy|the (?:latter|former))\b",
    re.I,
)

_LESIONS = r"(?:lesions|nodules|masses|foci|opacities|nodularities)"
_LESIONS_IN = Pattern(rf"\b{_LESIONS}\b[^;.]{{0,50}}?\b(?:in|of|within|throughout)\b[^;.]{{0,50}}$", re.I)
_LESIONS_BEHIND = Pattern(rf"^ (?:[\w-]+ ){{0,2}}{_LESIONS}\b", re.I)
_HARMLESS = Pattern(
    r"\b(?:benign|cyst\w*|h(?:a)?emangioma\w*|granulom\w*|infect\w*|pneumoni\w*|inflammat\w*|indeterminate|unchanged|"
    r"non-?specific|unspecific|resolved|disappeared|vanished|regressed|calcified|scars?|tubercul\w*|sarcoid\w*|"
    r"atelecta\w*|rule out|exclude|steato\w*|cirrho\w*|regenerative|focal nodular|abscess\w*|emboli\w*|"
    r"contusion\w*|fibro\w*)\b",
    re.I,
)
_FILTERS = ("lung", "liver")
"""Organs whose new lesions, several at once, are metastases until the opposite is told."""
_NAMED_LESIONS = Pattern(
    r"^[\s-]*(?:nodules?|lesions?|deposits?|mass(?:es)?|foc(?:i|us)|involvement|disease)\b(?! of)", re.I
)
_CANNONBALLS = Pattern(
    r"\bcannon-?balls?[- ](?:lesions?|metastas[ei]s|nodules?|opacit(?:y|ies)|shadows?|appearance)", re.I
)
_FIXED = (
    (_CANNONBALLS, Metastasis(site="lung", concept="lung")),
    (_DROP, Metastasis(site="spine", concept="vertebral_column")),
    (_CSF, Metastasis(site="leptomeninges", concept="leptomeninges")),
)
"""Expressions that name the place without a word of anatomy."""


def extract(view: SentenceView) -> Iterator[Draft]:
    anatomy = view.of("anatomy")
    for match in view.find(_CUE):
        cue = view.place(match)
        if _is_general(view, cue):
            continue
        strong = match["strong"] is not None
        if not strong and _COMPLAINT.search(view.before(cue, 110)):
            continue
        assertion = _polarity(view, cue)
        sites = organs_in_front(view, cue, anatomy)
        behind = _behind(view, match, cue, anatomy)
        if not sites or (behind and all(site.concept == "bone" for site in sites)):
            sites = behind  # "bone metastases in the spine" are those of the spine
        sites = sites or (_attributed(view, cue, anatomy) if match[0].lower() == "metastatic" else [])
        sites = sites if strong else [site for site in sites if not _BED.match(view.after(site.span, 20))]
        if not strong and not all(site.adjective for site in sites):
            sites = [] if _NEEDS_ADJECTIVE.match(view.words(cue) + view.after(cue, 30)) else sites
        studied = ""
        if not sites and strong and assertion is Assertion.AFFIRMED:
            studied = organ_of_study(view.before(cue, 110)) or ""
            sites = [] if studied else _read_as(view, cue, anatomy) or organs_holding(view, cue, anatomy)
        for site in sites:
            yield _draft(view, site, cue, assertion)
        if studied:
            yield Draft(value=Metastasis(site=studied, concept=studied), spans=(cue,), when=time_of(view, cue))
        if strong and assertion is Assertion.NEGATED:
            for site in organs_excepted(view, anatomy):
                yield _draft(view, site, cue, Assertion.AFFIRMED)
        if not sites and strong and assertion is Assertion.NEGATED:
            yield Draft(value=Metastasis(), spans=(cue,), assertion=assertion)
    yield from _probable(view, anatomy)
    for pattern, value in _FIXED:
        for match in view.find(pattern):
            place = view.place(match)
            if not _is_general(view, place):
                yield Draft(value=value, spans=(place,), assertion=_polarity(view, place), when=time_of(view, place))


def _probable(view: SentenceView, anatomy: Sequence[Mention]) -> Iterator[Draft]:
    """Lesions of the lung or the liver, several, that nobody has called metastases, and of the two or more other organs
    in their list; the course must bear them out."""
    if not any(site.concept in _FILTERS for site in anatomy) or _HARMLESS.search(view.text):
        return
    if any(not _IS_SEARCH.match(view.after(view.place(cue), 20)) for cue in view.find(_CUE)):
        return
    several = [site for site in anatomy if _holds_several_lesions(view, site)]
    if not any(site.concept in _FILTERS for site in several):
        return
    for site in several:
        if site.concept in _FILTERS or len(several) > 2:
            value = Metastasis(site=site.label, concept=site.concept)
            yield Draft(value=value, spans=(site.span,), assertion=Assertion.POSSIBLE, when=time_of(view, site.span))


def _holds_several_lesions(view: SentenceView, site: Mention) -> bool:
    several = _LESIONS_IN.search(view.before(site.span, 90)) or _LESIONS_BEHIND.match(view.after(site.span, 40))
    return several is not None and view.assertion(site.span) is Assertion.AFFIRMED


def _draft(view: SentenceView, site: Mention, cue: TextSpan, assertion: Assertion) -> Draft:
    value = Metastasis(site=site.label, concept=site.concept)
    if site.span.start >= view.span.start and assertion is Assertion.AFFIRMED and _is_denied(view, site.span):
        assertion = Assertion.NEGATED
    return Draft(value=value, spans=(cue, site.span), assertion=assertion, when=time_of(view, cue))


def _is_denied(view: SentenceView, span: TextSpan) -> bool:
    return re.search(r"\b(?:but|and) (?:not|no)\b[^,;.]{0,25}$", view.before(span, 40), re.I) is not None


def _is_general(view: SentenceView, cue: TextSpan) -> bool:
    return bool(_GENERAL.search(view.before(cue, 80)) or _GENERAL_AFTER.match(view.after(cue, 40)))


def _polarity(view: SentenceView, cue: TextSpan) -> Assertion:
    found = view.assertion(cue)
    if found not in (Assertion.AFFIRMED, Assertion.POSSIBLE):
        return found
    return Assertion.NEGATED if _NOT_SEEN.match(view.after(cue, 80)) else Assertion.AFFIRMED


def _behind(view: SentenceView, match: re.Match[str], cue: TextSpan, anatomy: Sequence[Mention]) -> list[Mention]:
    """The list behind "metastases to", "metastatic nodules in", "metastases were found in the ..."."""
    after = view.after(cue, 110)
    if match["ectomy"]:
        removed = _OF.match(after)
        return organs_behind(view, cue.end + removed.end(), anatomy) if removed else []
    if removed := _REMOVED_FROM.match(after):
        return organs_behind(view, cue.end + removed.end(), anatomy)
    lead = _TO.match(after)
    nearer = _METASTATIC_OF.match(after) or _TUMOUR_OF.match(after)
    if lead and nearer and nearer.end() < lead.end():
        lead = nearer
    noun = re.match(
        r"(?:metastas[ei]s|secondar|spread|deposits?|disseminations?|implants?|carcinomatosis)", match[0], re.I
    )
    if lead is None and noun:
        lead = _OF.match(after)
    if match[0].lower() == "seeded":
        lead = lead or _OBJECT.match(after)
    lead = lead or _METASTATIC_OF.match(after) or _TUMOUR_OF.match(after)
    for opening in (lead, _LISTED.match(after)):
        if opening is not None and not re.search(r"\b(?:from|CT|MRI|primary)\b", opening[0]):
            found = organs_behind(view, cue.end + opening.end(), anatomy)
            if found:
                return found
    return []


def _attributed(view: SentenceView, cue: TextSpan, anatomy: Sequence[Mention]) -> list[Mention]:
    """ "Metastatic liver nodules", "metastatic lung and bone lesions": the organs between the word and the lesions."""
    found: list[Mention] = []
    edge = cue.end
    for mention in (m for m in anatomy if m.span.start >= cue.end):
        gap = view.words(TextSpan(edge, max(edge, mention.span.start)))
        if not is_joined(gap):
            break
        found.append(mention)
        edge = mention.span.end
    if not found or not _NAMED_LESIONS.match(view.after(found[-1].span, 20)):
        return []
    return organs_only(view, found)


def _read_as(view: SentenceView, cue: TextSpan, anatomy: Sequence[Mention]) -> list[Mention]:
    """Lesions named earlier in the sentence, or in the one before, that the cue calls metastases."""
    reading = _READ_AS.search(view.text[: cue.start - view.span.start])
    if reading is None:
        return []
    here = [m for m in anatomy if m.span.end <= cue.start]
    if here:
        return [m for m in here if _is_lesion_site(view, m) and view.assertion(m.span) is not Assertion.NEGATED]
    return [site for earlier in _pointed_at(view) for site in earlier.of("anatomy") if _is_lesion_site(earlier, site)]


def _pointed_at(view: SentenceView) -> list[SentenceView]:
    """The sentences that "these lesions" looks back to: the one before, for "both" the two before."""
    if not _BACK.match(view.text):
        return []
    found: list[SentenceView] = []
    earlier = view.previous
    for _ in range(2 if re.match(r"\W*(?:both|all)\b", view.text, re.I) else 1):
        if earlier is not None and earlier.section is view.section:
            found.append(earlier)
            earlier = earlier.previous
    return found


def _is_lesion_site(view: SentenceView, site: Mention) -> bool:
    before, after = view.before(site.span, 110), view.after(site.span, 40)
    if site.concept == "vertebral_body" and any(0 <= site.span.start - m.span.end <= 1 for m in view.of("anatomy")):
        return False  # "the T12 vertebral body" is named by its level
    tumour = TUMOUR_BEHIND.match(after)
    if tumour and not _LESION_BEHIND.match(after) and not _SAYS.search(tumour[0]):
        return False
    if _LESION_BEHIND.match(after) or _SAMPLED_BEHIND.match(after) or _SAMPLED_OF.search(before):
        return True
    leads = list(_LESION_IN.finditer(before))
    return bool(leads) and len(before) - leads[-1].end() < 40


TOPIC = Topic(name="metastasis", extract=extract, values=(Metastasis,), terms=("anatomy.csv",))
