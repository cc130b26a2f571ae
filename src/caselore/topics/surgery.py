"""Operations: what was done, how much of the tumour was taken out, and what went with it.

Extent follows the usual three words of neurosurgery and oncology: gross total (nothing visible left), subtotal
(anything left, near-total and debulking included), resection (extent not told); biopsy where tissue only was taken.
"Total" in the name of an operation ("total thyroidectomy") belongs to the organ and says nothing about the tumour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.given import ASSERTION, Giving, giving, is_generic, is_told_as_done, treatments
from caselore.language.lexicon import Mention
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.language.wording import load_wordings
from caselore.model.fact import Phase, Value
from caselore.model.text import TextSpan
from caselore.topics.topic import Draft, Topic


class Operation(Value, frozen=True, tag="operation"):
    """`extent` is "gross total", "subtotal", "resection" or "biopsy"; `procedure` a label of procedures.csv or "removal"."""

    procedure: str
    extent: str

    def __str__(self) -> str:
        return f"{self.procedure} ({self.extent})"


class Adjunct(Value, frozen=True, tag="adjunct_procedure"):
    """A procedure beside the resection; `nature` is "embolization", "reconstruction", "shunt" or "transplant"."""

    procedure: str
    nature: str

    def __str__(self) -> str:
        return f"{self.procedure} ({self.nature})"


INCOMPLETE = "incomplete removal"
"""The `procedure` of a removal that is only told by what could not be taken out."""
IMPLIED = "implied operation"
"""The `procedure` of one that only words such as "postoperative course" tell of."""
_ADJUNCTS = ("embolization", "reconstruction", "shunt", "transplant")
_NOT_TUMOUR = Pattern(
    r"^\s*of\s+(?:the\s+|all\s+|her\s+|his\s+|both\s+)?(?:\w+\s+)?(?:lymph|nodes?\b|catheter|drain|plates?\b|screws?|sutures?|stents?|implants?"
    r"|thromb|clots?\b|h[ae]+matoma|gall\s?bladder|appendix|tooth|teeth|tonsils?|fibroids?|polyps\b|hardware|device|stitch|staples|tube|mesh|margins?\s+(?:were|was))",
    re.I,
)
_INOPERABLE = Pattern(
    r"(?<!not )\b(?:inoperable|unresectable|non-?\s?resectable|irresectable)\b|\bnot\s+(?:\w+ly\s+)?(?:resectable|operable)\b"
    r"|\bnot\s+(?:considered\s+|deemed\s+|thought\s+|felt\s+|to\s+be\s+)*(?:a\s+)?(?:good\s+|suitable\s+)?surgical\s+candidate|\bpoor\s+surgical\s+candidate"
    r"|\b(?:managed|treated)\s+(?:\w+\s+)?non-?\s?(?:operatively|surgically)|\bnon-?\s?(?:surgical|operative)\s+(?:management|treatment)\s+was"
    r"|\bnot\s+(?:amenable\s+to|suitable\s+for|a\s+candidate\s+for|eligible\s+for)\s+(?:\w+\s+)?(?:surgery|resection|surgical)",
    re.I,
)
_WAS = Pattern(r"\b(?:was|were|had\s+been)\s+(?:\w+\s+)?\w+ed\b", re.I)
_OF_SOMEBODY = Pattern(r"\b(?:he|she|his|her|the\s+(?:patient|boy|girl|child|man|woman))\b", re.I)
_NOTHING_LEFT = Pattern(r"\b(?:no|without(?:\s+any)?|nothing\s+of)\s+(?:\w+\s+){0,2}$", re.I)
# every wording of surgery_wording.toml holds one of these; other sentences need not be matched
_SPEAKS_OF_REMOVAL = Pattern(
    r"resect|remov|excis|extirp|exeres|enucleat|evacuat|taken\s+out|shelled|clear|debulk|cytoreduc|decompress|ectom|left|leaving|resid|remnant"
    r"|remain|simpson|surgical|cut\s+out|nothing|possible|operat|articulated|dissect|specimen|recover|reduc|peeled|extract|surgery|transplant|approach|bloc|radical|wide|expanded",
    re.I,
)
# "cholecystectomy for gallstones": not for the tumour
_ANOTHER_REASON = Pattern(
    r"^[^.;,]{0,30}?\b(?:for|because\s+of|due\s+to)\s+(?:\w+\s+){0,3}?(?:gall\s?stones?|chole\w+itis|cholelithiasis|appendicitis|cataracts?|hernias?"
    r"|tonsillitis|trauma|(?<!pathologic\s)(?<!pathological\s)fractures?|diverticul\w+|h[ae]+morrhoids?|varicose|coronary|osteoarthritis|otitis|goit(?:er|re)|peptic|ulcers?|lithiasis|stones)\b",
    re.I,
)
_SPECIMEN_STUDY = Pattern(r"histolog|specimen|microscop|viable|necrosis\s+rate|pathologic(?:al)?\s+exam", re.I)
# "14 months after the hysterectomy" counts time from an operation that is told elsewhere
_A_DATE = Pattern(
    r"\b(?:months?|years?|weeks?|days?|interval|time)\s+(?:after|from|since|following|post)\s+(?:the\s+|her\s+|his\s+|that\s+|a\s+|an\s+)?"
    r"(?:first\s+|initial\s+|primary\s+|\w+al\s+|uterine\s+|total\s+)?$",
    re.I,
)
_FOLLOW_UP = Pattern(r"recurren|chemotherap|relaps", re.I)
_OTHER_SURGERY = Pattern(
    r"\b(?:cardiac|bypass|bariatric|knee|hip|cataract|hernia|orthop\w+|plastic|eye|coronary|department\s+of|oral|general|neck"
    r"|maxillofacial|clinic\s+of|division\s+of|professor\s+of|unit\s+of|valve|aortic|prior|previous|past|cosmetic|vascular|reconstructive)\s*$",
    re.I,
)
_HISTORY = Pattern(
    r"\b(?:(?:past|medical|surgical|previous|prior|personal|family|gyn[ae]+cological|clinical|obstetric\w*)\s+(?:\w+\s+)?history|history\s+of|histories|previously\s+healthy|comorbid\w+\s*(?::|include|were|are)|in\s+(?:his|her|early)\s+childhood)\b",
    re.I,
)


def extract(view: SentenceView) -> Iterator[Draft]:
    """Each operation, and each statement about the extent, with whether it was done."""
    named = treatments(view)
    drafts = list(_named_operations(view, named))
    for draft in (*_extents(view, named), *_ruled_out(view)):
        if not any(_says_it_already(draft, other) for other in drafts):
            drafts.append(draft)
    yield from drafts


def _says_it_already(draft: Draft, other: Draft) -> bool:
    """Whether `other` tells the same extent at the same place, or a named operation makes a bare "removed" superfluous."""
    if not isinstance(draft.value, Operation) or not isinstance(other.value, Operation):
        return False
    if draft.value.extent == "resection":
        return other.value.extent != "biopsy" and other.value.procedure != INCOMPLETE
    same = draft.value.extent == other.value.extent and draft.assertion == other.assertion
    return same and (draft.spans[0].overlaps(other.spans[0]) or draft.value == other.value)


def _ruled_out(view: SentenceView) -> Iterator[Draft]:
    """ "The tumour was considered inoperable." """
    for match in view.find(_INOPERABLE):
        if not is_generic(view) or re.search(r"\b(?:was|were)\b", match.string):
            value = Operation(procedure="surgery", extent="resection")
            yield Draft(value=value, spans=(view.place(match),), assertion=ASSERTION[Giving.WITHHELD])


def _named_operations(view: SentenceView, named: tuple[TextSpan, ...]) -> Iterator[Draft]:
    for mention in view.of("procedure"):
        nature, extent = mention.get("nature"), mention.get("extent")
        if mention.weak or (nature in ("resection", "biopsy") and not extent):
            continue
        if nature in ("resection", "biopsy"):
            yield from _operation(view, mention, named)
        elif nature in _ADJUNCTS:
            value = Adjunct(procedure=mention.label, nature=nature)
            yield from _draft(view, value, mention.span, named, untold=True)


def _operation(view: SentenceView, mention: Mention, named: tuple[TextSpan, ...]) -> Iterator[Draft]:
    if mention.concept == "surgery" and _OTHER_SURGERY.search(view.before(mention.span)):
        return
    if mention.get("extent") != "biopsy" and _NOT_TUMOUR.search(view.after(mention.span)):
        return
    if _ANOTHER_REASON.search(view.after(mention.span)):
        return
    if mention.get("extent") == "subtotal" and _complete_after_all(view, mention.span):
        return
    if mention.get("extent") == "gross total" and _spoilt(view, mention.span):
        return
    if mention.concept != "surgery" and _A_DATE.search(view.before(mention.span)):
        return
    extent = mention.get("extent")
    of_organ = _OF_AN_ORGAN.match(view.after(mention.span)) or _ORGAN_AHEAD.search(view.before(mention.span))
    if extent == "subtotal" and of_organ:
        extent = "resection"
    if mention.concept == "excisional_biopsy" and _takes_a_sample(view, mention.span):
        extent = "biopsy"
    value = Operation(procedure=mention.label, extent=extent)
    told = mention.concept != "surgery" or _was_operated(view, mention)
    yield from _draft(view, value, mention.span, named, untold=told)


def _was_operated(view: SentenceView, mention: Mention) -> bool:
    """ "He was operated on": the verb says itself that it was done."""
    return mention.words.lower().startswith("operated") and is_told_as_done(view, mention.span)


def _takes_a_sample(view: SentenceView, span: TextSpan) -> bool:
    """ "Only excisional biopsy was possible", "excisional biopsy of a lymph node": the tumour stayed where it was."""
    return bool(_ONLY.search(view.before(span)) or _OF_A_NODE.match(view.after(span)))


_ONLY = Pattern(r"\bonly\s+(?:an?\s+)?$", re.I)
_OF_A_NODE = Pattern(
    r"\s+(?:of|from)\s+(?:(?:a|an|the|one|his|her|left|right|enlarged|palpable|inguinal|axillary|cervical|neck)\s+)*(?:lymph\s+)?nodes?\b",
    re.I,
)
_OF_AN_ORGAN = Pattern(
    r"\s+of\s+(?:the\s+|his\s+|her\s+)?(?:\w+\s+){0,2}?(?:duodenum|jejunum|ileum|colon|rectum|stomach|bowel|intestine|liver|lung|"
    r"pancreas|kidney|o?esophagus|bladder|atrium|vena\s+cava|ribs?|diaphragm|omentum|vagina|uterus|larynx|scapula|ilium|sternum|"
    r"clavicle|mandible|maxilla|tongue|sigmoid|c(?:a)?ecum|psoas|iliopsoas)\b(?!\s+(?:tumou?r|mass|lesion))",
    re.I,
)
"""Behind "partial resection": a part of the organ went with the tumour; nothing is said of a rest of the tumour."""
_ORGAN_AHEAD = Pattern(
    r"\b(?:kidney|liver|lung|stomach|pancreas|bladder|spleen|colon|rectum|bowel|uterus|thyroid|gland|mandible|maxilla|scapula|sternum|rib|tongue)"
    r"\s+(?:was|were|had\s+been|has\s+been)\s+$",
    re.I,
)
"""In front of "partially resected": the organ, not the tumour, was taken out in part."""
_COMPLETE = Pattern(r"\bcomplete\s+(?:\w+\s+)?$", re.I)
_NO_REST = Pattern(
    r"^[^.;]{0,40}?(?:\b(?:no|without(?:\s+any)?)\s+(?:\w+\s+)?(?:residual|remaining)\s+(?:tumou?r|disease|lesion)|\bCC-?0)",
    re.I,
)


def _complete_after_all(view: SentenceView, span: TextSpan) -> bool:
    """ "complete cytoreduction", "debulking with no residual disease": the wording tables read it as gross total."""
    if not re.match(r"(?:\w+\s+)?(?:debulk|cytoreduc)", view.words(span), re.I):
        return False
    return bool(_COMPLETE.search(view.before(span)) or _NO_REST.search(view.after(span)))


def _spoilt(view: SentenceView, span: TextSpan) -> bool:
    """ "not", "near" or "almost" in front of "complete resection": the wording tables read it, not the term."""
    return (
        re.search(r"\b(?:not|nearly?|almost|sub|in|too\s+(?:\w+\s+){1,4}to)[\s-]*(?:be\s+)?$", view.before(span), re.I)
        is not None
    )


def _extents(view: SentenceView, named: tuple[TextSpan, ...]) -> Iterator[Draft]:
    """What the wording says about the extent, whatever the operation is called."""
    if not view.search(_SPEAKS_OF_REMOVAL):
        return
    subtotal: list[TextSpan] = []
    for wording in load_wordings("caselore.topics", "surgery_wording.toml"):
        for match in view.find(wording.pattern):
            span = view.place(match)
            residue = "resid" in match[0].lower() or "remnant" in match[0].lower()
            if residue and _SPECIMEN_STUDY.search(view.text):
                continue
            if wording.means == "resection" and _is_named(view, span):
                continue
            nothing_left = _NOTHING_LEFT.search(view.before(span)) or _complete_after_all(view, span)
            if wording.means == "subtotal" and nothing_left:
                continue
            if wording.means == "subtotal" and _ORGAN_AHEAD.search(view.before(span)):
                yield from _draft(view, Operation(procedure="removal", extent="resection"), span, named, untold=True)
                continue
            if wording.means == "implied":
                if not is_generic(view) or _OF_SOMEBODY.search(view.text):
                    yield Draft(value=Operation(procedure=IMPLIED, extent="resection"), spans=(span,))
                continue
            if wording.means == "incomplete":
                yield from _incomplete(view, span)
                subtotal.append(span)
                continue
            if wording.means == "subtotal":
                subtotal.append(span)
            elif wording.means == "gross total" and (
                any(span.overlaps(other) for other in subtotal)
                or _NOT_TUMOUR.search(view.after(span))
                or (residue and _FOLLOW_UP.search(view.text))
            ):
                continue
            yield from _draft(view, Operation(procedure="removal", extent=wording.means), span, named, untold=True)


def _is_named(view: SentenceView, span: TextSpan) -> bool:
    """Whether the words hold the name of an operation, which speaks for itself; "surgery" is a name of none."""
    return any(
        span.overlaps(mention.span)
        and mention.get("nature") in ("resection", "biopsy")
        and mention.concept != "surgery"
        for mention in view.of("procedure")
    )


def _incomplete(view: SentenceView, span: TextSpan) -> Iterator[Draft]:
    """ "Complete removal was not possible": some was removed, if anything tells of an operation."""
    if not is_generic(view):
        yield Draft(value=Operation(procedure=INCOMPLETE, extent="subtotal"), spans=(span,))


def _draft(
    view: SentenceView, value: Operation | Adjunct, span: TextSpan, named: tuple[TextSpan, ...], untold: bool
) -> Iterator[Draft]:
    """One draft; `untold` tells whether the mere name of an operation in a narrative counts as done."""
    status = giving(view, span, [other for other in named if not other.overlaps(span)])
    done = is_told_as_done(view, span) or _WAS.search(view.words(span)) is not None
    if status is Giving.UNTOLD and untold and (done or not is_generic(view)):
        status = Giving.GIVEN
    if status in (Giving.UNTOLD, Giving.GENERAL):
        return
    ahead = view.text[: max(0, span.start - view.span.start)]
    past = _HISTORY.search(ahead) or (
        _HAD.search(ahead) and _OF_A_METASTASIS.search(_opening(view)) and _DATED.search(view.text)
    )
    phase = Phase.BEFORE if past or _IN_YOUTH.match(view.after(span)) else None
    yield Draft(value=value, spans=(span,), assertion=ASSERTION[status], phase=phase)


_IN_YOUTH = Pattern(
    r"[^.;,]{0,25}\b(?:as\s+an?\s+(?:child|boy|girl|infant|young)|in\s+(?:(?:his|her|early)\s+)?(?:childhood|infancy|youth))\b",
    re.I,
)
_HAD = Pattern(r"\bhad\s+(?:\w+\s+){0,2}?(?:undergone|been\s+operated|had)\b", re.I)
_DATED = Pattern(
    r"\bin\s+(?:\w+\s+)?(?:19|20)\d\d\b|\bpreviously\b|\b(?:years?|decades?|months)\s+(?:ago|earlier|before|previously|prior)\b",
    re.I,
)
_OF_A_METASTASIS = Pattern(r"\bmetasta(?:sis|ses|tic|sizing|sising)\b", re.I)


def _opening(view: SentenceView) -> str:
    """The first words of the report; where they speak of a metastasis, a dated operation of the past was that of its source."""
    return view.reading.document.text[:160]


TOPIC = Topic(name="surgery", extract=extract, values=(Operation, Adjunct), terms=("procedures.csv",))
