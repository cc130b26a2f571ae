"""Organs that hold disease which the words do not call metastases: a relapse, a progression, further lesions there.

Whether that is spread or the tumour itself is for the column to tell: "the tumour recurred in the lung" is local where
the lung is where it began.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from caselore.language.lexicon import Mention
from caselore.language.organ_lists import organs_behind, organs_in_front
from caselore.language.patterns import Pattern
from caselore.language.timing import time_of
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Value
from caselore.model.text import TextSpan
from caselore.topics.topic import Draft, Topic


class DiseasePlace(Value, frozen=True, tag="disease_place"):
    """An organ with active disease: label and concept of anatomy.csv."""

    site: str
    concept: str

    def __str__(self) -> str:
        return f"disease in: {self.site}"


_ARTICLES = r"(?= (?:the |his |her |both |a |an |left |right )*)"
_RELAPSE = Pattern(
    r"\b(?:relapse[ds]?|recur(?:red|rences?)|progress(?:ed|ion)|reappeared|came back)\b"
    r"(?: of (?:the |her |his )?(?:disease|tumou?r|sarcoma|lymphoma|melanoma|carcinoma))?"
    r"(?: (?!of\b|from\b|at\b|on\b|to\b|with\b|without\b|and\b|but\b|or\b|was\b|were\b|during\b|despite\b|"
    r"free\b)[\w-]+){0,3}?"
    rf" (?:in|within|involving|affecting){_ARTICLES}|\bprogress(?:ed|ion) (?:further )?to{_ARTICLES}",
    re.I,
)
""" "Relapsed in the liver and the brain", "the disease progressed in bone"."""
_RELAPSE_WAS = Pattern(
    r"\b(?:relapse|recurrence|progression|failure)\b[^.;]{0,40}? (?:was|were|occurred|appeared|developed|took place|"
    r"arose) (?:\w+,? )?"
    rf"in{_ARTICLES}|\bsites? of (?:first |distant |systemic )?(?:relapse|recurrence|failure|progression|spread|"
    rf"dissemination)\s?"
    rf"(?::|(?:was|were)(?: in)?){_ARTICLES}|\b(?:went on|spread(?: \w+)?|progressed|disseminated) to involve{_ARTICLES}|"
    r"\b(?:have|had|has|showed|revealed|extensive|widespread|progressive|active|new|bulky|further|more|distant) disease "
    rf"(?:in|within|involving|throughout){_ARTICLES}",
    re.I,
)
""" "The first relapse, after a year, was in the lung", "site of relapse: lung"."""
_FLUID = Pattern(
    r"\bmalignant (?P<pleura>pleural) effusions?\b|\b(?P<fluid>pleural (?:fluid|effusion)|cerebrospinal fluid|"
    r"CSF)\b[^.;,]{0,40}?"
    r"\b(?:contain(?:ed|ing)|show(?:ed|ing)|reveal(?:ed|ing)|yielded|(?:was|were) positive for|harbou?red)(?: (?!no\b|"
    r"not\b)\w+){0,2} (?:tumou?r|malignant|neoplastic|\w*sarcoma|\w*carcinoma|melanoma|lymphoma|\w*oma) cells\b",
    re.I,
)
"""Tumour cells in a fluid are tumour in what lines its space."""
_LINED = {"p": ("pleura", "pleura"), "c": ("leptomeninges", "leptomeninges")}
_WIDESPREAD = Pattern(
    r"\b(?:distant|disseminated|widespread|systemic|metastatic|generali[sz]ed|stage (?:IV|4)[AB]?) "
    r"(?:disease|progression|relapses?|recurrences?|failures?|involvement|lesions?|spread|dissemination)"
    r"(?: (?:was|were|is))?(?: (?:found|seen|present|noted|detected|evident|revealed|limited|confined|occurred|"
    r"appeared|developed))? ?"
    rf"(?:(?:in the form of|in|within|including|involving|affecting|of|to|with involvement of){_ARTICLES}|"
    rf"[^.;()]{{0,20}}, (?:in which|involving|affecting){_ARTICLES}|[(:])",
    re.I,
)
""" "Widespread disease including the liver and lungs", "distant relapse (brain)"."""
_M1 = Pattern(
    rf"\b(?:T[0-4x][a-d]?)?(?:N[0-3x][a-c]?)?M1[a-d]?(?: disease)? ?(?:[(:]|(?:in|with spread to){_ARTICLES})", re.I
)
_FAILED = Pattern(rf"\bfailed (?:distantly|systemically)(?:,? (?:in|to|with disease in){_ARTICLES}|,? ?[(:])", re.I)
_AND_DISTANT = Pattern(r"\bprogress\w*\b[^.;]{0,60}\bdistant(?:ly)? ?\((?:in |to |the )*", re.I)
""" "Progression, both local and distant (lung)"."""
_AUTOPSY = Pattern(
    r"\b(?:autops\w+|necrops\w+|post-?mortem)\b[^;]{0,90}?\b(?:tumou?r(?:ous|al|s)?"
    r"(?: (?:nodules?|mass(?:es)?|deposits?|tissue|cells|infiltrat\w+|involvement|growth))?|nodules|masses|lesions|disease)"
    r"(?: (?:was|were))?(?: (?:also )?(?:found|seen|present|noted|identified))?"
    rf" (?:in|involving|within|throughout|of){_ARTICLES}",
    re.I,
)
""" "At necropsy tumour nodules were found in the lungs and the heart"."""
_LESIONS = r"(?:lesions|nodules|nodes|masses|foci|deposits|tumou?rs|implants)"
_DEVELOPED = Pattern(
    r"\b(?:develop(?:ed|ing|ment of)|new(?:ly)?|appear(?:ed|ance of)|emerge(?:d|nce of)|arose)\b", re.I
)
_BEGAN_TO_SHOW = Pattern(
    r"^ (?:[\w-]+ ){0,2}?(?:(?:had |have |has |were |was )?(?:also |later |then |subsequently )?"
    r"(?:develop(?:ed|ing)|appear(?:ed|ing)|emerg(?:ed|ing)))\b",
    re.I,
)
_LESIONS_THERE = Pattern(rf"^[\s-](?:[\w-]+ )?{_LESIONS}\b(?! of| in)", re.I)
_NEW_LESIONS_IN = Pattern(
    rf"\b(?:(?:new|further|additional) (?:[\w-]+ ){{0,2}}?{_LESIONS}(?: \w+){{0,4}}?|"
    rf"{_LESIONS} (?:had |have )?(?:also |later |then |newly )?(?:developed|appeared|emerged|arose)) "
    rf"(?:in|within|throughout){_ARTICLES}",
    re.I,
)
_MENINGEAL = Pattern(r"^[\s-](?:disease|involvement|spread|seeding|progression|relapse)\b", re.I)
"""What is said of meninges or peritoneum only where tumour grows there: "leptomeningeal disease"."""
_INVOLVED = Pattern(r"^ involvement\b", re.I)
_STAGED = Pattern(r"\b(?:stage (?:IV|4)|disseminated|metasta\w+|widespread|advanced)\b", re.I)
_SAME = Pattern(
    r"\b(?:(?:identical|similar) to (?:that of |those of )?(?:the |his |her )?(?:\w+ )?"
    r"(?:primary|original|previous|initial|first|resected|earlier)|"
    r"(?:the )?same (?:tumou?r|histology|neoplasm|\w*sarcoma|\w*carcinoma|melanoma|diagnosis)\b)",
    re.I,
)
""" "A lung nodule was resected and was histologically identical to the primary"."""
_ONE_LESION = Pattern(r"^[\s-](?:[\w-]+ )?(?:lesions?|nodules?|mass|tumou?rs?)\b(?! of)", re.I)
_MARROW = Pattern(
    r"\bbone marrow\b[^.;,]{0,60}\b(?:infiltrat\w+|involve\w+|metasta\w+|replaced|tumou?r cells|malignant cells|"
    r"neoplastic cells)",
    re.I,
)
_NOT_TOLD = Pattern(
    r"\b(?:no|not|without|never|risk|rates?|if|may|might|can|could|would|should|prevent\w*|benign|cysts?|infect\w+|"
    r"granulom\w*|cases?|patients with|in most|often|usually|commonly|frequently|typically|tend\w*|free of)\b",
    re.I,
)
_BED = Pattern(r"^[\s-]*(?:stump|cuff|vault|apex|anastomo\w+|scar|bed|cavity|site|remnant|margin|flap|graft)s?\b", re.I)


def extract(view: SentenceView) -> Iterator[Draft]:
    anatomy = view.of("anatomy")
    yield from _in_fluid(view)
    if not anatomy:
        return
    for pattern in (_RELAPSE, _RELAPSE_WAS, _WIDESPREAD, _M1, _FAILED, _AND_DISTANT, _AUTOPSY, _NEW_LESIONS_IN):
        for match in view.find(pattern):
            place = view.place(match)
            yield from _drafts(view, place, organs_behind(view, place.end, anatomy))
    yield from _drafts(view, None, _of_lesions(view, anatomy))
    for match in view.find(_MARROW):
        marrow = [site for site in anatomy if site.concept == "bone_marrow"]
        yield from _drafts(view, view.place(match), marrow)


def _in_fluid(view: SentenceView) -> Iterator[Draft]:
    for match in view.find(_FLUID):
        place = view.place(match)
        if view.assertion(place) is Assertion.AFFIRMED and not _NOT_TOLD.search(view.before(place, 40)):
            site, concept = _LINED[(match["pleura"] or match["fluid"])[0].lower()]
            yield Draft(value=DiseasePlace(site=site, concept=concept), spans=(place,), when=time_of(view, place))


def _of_lesions(view: SentenceView, anatomy: Sequence[Mention]) -> list[Mention]:
    """Organs whose lesions are told to be new, or to be the same tumour, by the words around them."""
    found: list[Mention] = []
    for site in anatomy:
        before, after = view.before(site.span, 60), view.after(site.span, 60)
        lesions = _LESIONS_THERE.match(after)
        meningeal = _MENINGEAL.match(after) if site.concept in _LININGS else None
        head = lesions or meningeal
        if head and (_DEVELOPED.search(before) or _BEGAN_TO_SHOW.match(after[head.end() :])):
            found.append(site)
        elif _INVOLVED.match(after) and _STAGED.search(before):
            found.extend(organs_in_front(view, TextSpan(site.span.end, site.span.end), anatomy))
        elif _ONE_LESION.match(after) and _SAME.search(view.after(site.span, 140)):
            found.append(site)
    return found


_LININGS = frozenset({"leptomeninges", "peritoneum", "meninges"})


def _drafts(view: SentenceView, cue: TextSpan | None, sites: Sequence[Mention]) -> Iterator[Draft]:
    for site in sites:
        told = view.before(min(site.span, cue or site.span), 70) + view.words(site.span) + view.after(site.span, 25)
        if _NOT_TOLD.search(told) or _BED.match(view.after(site.span, 20)):
            continue
        if view.assertion(site.span) in (Assertion.AFFIRMED, Assertion.POSSIBLE):
            value = DiseasePlace(site=site.label, concept=site.concept)
            spans = (site.span, cue) if cue else (site.span,)
            yield Draft(value=value, spans=spans, when=time_of(view, site.span))


TOPIC = Topic(name="disease_place", extract=extract, values=(DiseasePlace,), terms=("anatomy.csv",), reads=("anatomy",))
