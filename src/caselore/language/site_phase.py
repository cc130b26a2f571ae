"""Whether a site is that of an earlier tumour or of a later one, by the words around it and its tumour."""

from __future__ import annotations

import re

from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.model.fact import Phase
from caselore.model.text import SectionKind, TextSpan

_EARLIER = Pattern(
    r"\b(?:(?:(?<![shkry'’] )|(?<=[Hh]er )|(?<=[Hh]is ))history of|"
    r"previously (?:treated|operated|irradiated|resected) for|(?:operated on|treated) previously for|treated for|"
    r"prior|years (?:earlier|before|ago|previously),?)\b"
    r"(?:(?!\b(?:was|were|presented|who|found|showed|revealed|underwent|developed|noticed)\b)[^.;:])*$",
    re.I,
)
_STILL_THERE = Pattern(r"ha[ds] had$", re.I)
"""In front of a mere "mass" or "lump": one that the patient came with, "for ten years she had had a mass"."""
_CANCER = Pattern(r"\b(?:cancer|carcinoma|adenocarcinoma|lymphoma)$", re.I)
_FOR_HIS = Pattern(r"\b(?:for|of|because of|due to) (?:his|her) (?:known |early |advanced )?$", re.I)
_COMORBIDITY = Pattern(
    r"\s*(?:\([^)]{0,30}\))?\s*(?:,|and)\s+(?:\w+ )?(?:hypertension|diabetes|hyperlipid\w+|dyslipid\w+|asthma|COPD|gout|"
    r"atrial fibrillation|coronary|angina|hypothyroidism|osteoporosis)\b",
    re.I,
)
_RESIDUE = Pattern(r"\b(?:residual|residue|remnants?|remaining|leftover)\b[\w\s-]{0,20}$", re.I)
_RENEWED = Pattern(
    r"\b(?:recurrent|relapsed|relapsing|further|additional|another|second|third|(?:new|fresh)(?! spot))\s(?:[\w-]+\s){0,3}$",
    re.I,
)
_CAME_WITH = Pattern(
    r"\b(?:presented|presenting|referred|admitted|complain\w+|seen)\s+(?:\w+\s+)?(?:with|for|of)\s+(?:\w+\s+){0,3}?recurrent\s(?:[\w-]+\s){0,2}$",
    re.I,
)
_AFTER_TREATMENT = Pattern(
    r"\b(?:months?|years?) (?:after|following|post|from) (?:the |her |his |first |initial |last |second |primary )*"
    r"(?:surger\w+|operation|resection|excision|removal|completion|treatment|chemotherapy|radiotherapy|discharge|"
    r"craniotomy|laminectomy|\w+ectomy)\b",
    re.I,
)
_AFTER_A_WHILE = Pattern(
    r"\b(?:later|after|follow-?up|surveillance|developed|recurren\w+|postoperative\w*|in (?:19|20)\d\d|"
    r"in (?:January|February|March|April|May|June|July|August|September|October|November|December))\b",
    re.I,
)
_DIAGNOSED_EARLIER = Pattern(
    r"[^,;.]{0,30}? had (?:already |previously )?been (?:\w+ly )?"
    r"(?:diagnosed|treated|removed|resected|excised|operated|irradiated)\b"
    r"[^,;.]{0,30}?\b(?:earlier|previously|before|ago|in (?:19|20)\d\d)\b",
    re.I,
)
CLAUSE = Pattern(r"[,;:.]\s|\b(?:but|and)\b")


def phase_of_site(view: SentenceView, spans: tuple[TextSpan, TextSpan]) -> Phase | None:
    """BEFORE for the site of an earlier tumour, LATER for a residue or a new lesion; else the phase of the sentence."""
    if view.section is SectionKind.TITLE:
        return None
    before = view.before(min(spans), 70)
    if _DIAGNOSED_EARLIER.match(view.after(max(spans), 110)):
        return Phase.BEFORE
    if _EARLIER.search(before) or _is_previous(view, spans[1]) or _is_beside(view, spans):
        return Phase.BEFORE
    head = view.before(spans[1], 40)
    if (
        _AFTER_TREATMENT.search(view.text)
        or _RESIDUE.search(head)
        or (_RENEWED.search(head) and _AFTER_A_WHILE.search(view.text) and not _CAME_WITH.search(head))
    ):
        return Phase.LATER
    return None


def _is_previous(view: SentenceView, head: TextSpan) -> bool:
    """Whether the tumour word is that of an earlier disease: "brachytherapy for adenocarcinoma of the prostate"."""
    kinds = (m for m in view.of("tumour") if m.span.start <= head.start < m.span.end)
    named = any(m.get("rank") == "" and m.concept not in ("neoplasm", "malignant_neoplasm") for m in kinds)
    cues = (
        cue.span.end
        for cue in view.of("diagnosis_cue")
        if cue.label == "previous" and cue.get("side") == "before" and (named or not _STILL_THERE.match(cue.words))
    )
    return any(
        end <= head.start <= end + 30 and not CLAUSE.search(view.words(TextSpan(end, head.start))) for end in cues
    )


def _is_beside(view: SentenceView, spans: tuple[TextSpan, TextSpan]) -> bool:
    """Whether the tumour is another disease of the patient: "CT for his gastric cancer", "gastric cancer and diabetes"."""
    first, last = min(spans), max(spans)
    cancer = _CANCER.search(view.words(TextSpan(first.start, last.end)))
    return cancer is not None and bool(
        _FOR_HIS.search(view.before(first, 30)) or _COMORBIDITY.match(view.after(last, 60))
    )
