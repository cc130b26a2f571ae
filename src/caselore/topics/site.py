"""Anatomical sites: which of them hold the tumour, which it grew into, which hold metastases, and on which side.

A site is read only where words tie it to a tumour ("mass in the left parotid", "retroperitoneal tumor", "it had
eroded the skull"). Sites of symptoms, operations, scans and normal findings are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, cast, get_args

import msgspec

from caselore.language.lexicon import Mention
from caselore.language.naming import is_printed_in_full
from caselore.language.patterns import Pattern
from caselore.language.site_names import BONES, LEVEL, side_of_lobe, site_name
from caselore.language.site_phase import CLAUSE, phase_of_site
from caselore.language.site_predicates import role_by_predicate
from caselore.language.site_roles import SIDES, role_by_following, role_by_relation, walk_left
from caselore.language.site_sides import sides_told
from caselore.language.site_tokens import SiteToken, site_tokens
from caselore.language.site_words import FINDING_VERBS, LEAD, SOUND, words
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Value
from caselore.model.text import TextSpan
from caselore.topics.ontology import within
from caselore.topics.topic import Draft, Topic

Role = Literal["tumour", "presentation", "extension", "metastasis"]


_ROLES = get_args(Role)


class TumourSite(Value, frozen=True, tag="tumour_site"):
    """A site that holds the tumour (`tumour`, or `presentation` for a swelling that is not yet called one), that the
    tumour grew into (`extension`), or that holds a metastasis. `site` is a noun without the side."""

    site: str
    concept: str
    side: str | None = None
    role: Role = "tumour"
    implied: bool = False
    """named by an adjective or an abbreviation only ("frontal mass", "IVC")"""
    in_name: bool = False
    """part of the name of the tumour type ("renal cell carcinoma")"""
    named: bool = False
    """told with the name of the tumour type ("chordoma of the clivus"), as diagnoses are"""
    tumour: str = ""
    """the concept of that type in tumours.csv, if the words have one: another tumour's site is not the reported one's"""

    def __str__(self) -> str:
        return f"{self.role} {self.side + ' ' if self.side else ''}{self.site}"


class TumourSide(Value, frozen=True, tag="tumour_side"):
    """The side of the tumour where no site stands with it; `basis` is "tumour" or, weaker, "operation" or "examination"."""

    side: str
    basis: str = "tumour"

    def __str__(self) -> str:
        return f"{self.basis} on the {self.side}"


_NEGATION = Pattern(
    r"\b(?:no|without|not|never|neither|nor|absence of|free of|excluded|excluding|ruled out|rule out|negative for|spared|"
    r"sparing|lack of|denied|cannot|could not|rather than|instead of|unlike|outside)\b(?! only)",
    re.I,
)
_NEGATION_BETWEEN = Pattern(
    r"\b(?:not|never|neither|nor|excluded|excluding|ruled out|spared|sparing|cannot|rather than|instead of|unlike|outside|"
    r"(?:no|without)(?=\W+(?:[\w-]+\W+){0,2}$))\b(?! only)",
    re.I,
)
"""Behind the cue; "a mass without calcification in the kidney" denies the calcification."""
_NEGATING = words("no not never without neither nor")
_NOT_THIS = Pattern(r"\b(?:non|extra)[- ]?$", re.I)
_OF_A_VESSEL = Pattern(
    r"[\s-]*(?:\w+\s)?(?:extradural|epidural|intradural|intramedullary|extramedullary|spinal|arter(?:y|ies)|veins?|vessels?|nerves?|plexus|ligaments?|lymph|nodes?|nodal|oesophag\w+|esophag\w+)\b",
    re.I,
)
"""Behind an adjective that only tells which vessel, nerve or part: "left gastric artery", "thoracic esophagus"."""
_NORMAL = Pattern(
    r"^\W*(?:(?:lobe|region|area|and|the|other|rest|were|was|is|are|appeared|remained|looked|itself|all)\W+){0,5}"
    + SOUND,
    re.I,
)
_MARGIN = Pattern(
    r"\b(?:inked|R1|R0|(?:surgical|resection|positive|negative|free|clear|closest) margins?|margins? (?:was|were))\b"
)
_ARISING = Pattern(
    r"(?<!seemed to )(?<!appeared to )(?<!thought to )\b(?:aris\w+|arose|originat\w+) (?:from|in|out of)$"
)
_NOT_A_LEVEL = Pattern(
    r"^[- ]?(?:weighted|wi\b|w\b|signal|hyper|hypo|iso|imag|sequence|relax|flair|contrast|post|a?N[0-3x])", re.I
)
_BEFORE_A_LEVEL = words("at of level vertebra body from to in and lamina pedicle - –")
_PART_OF_VERTEBRA = Pattern(
    r"[\s-]*(?:vertebra\w*|lamina\w*|pedicles?|spinous|transverse process\w*|facets?|body\b|bod(?:ies)\b|levels?\b|"
    r"foram\w+|dis[ck]\b|endplate)",
    re.I,
)
"""Behind the number of a vertebra: "the T8 vertebral body", "a left L4 pedicle lesion"."""
_SIDE_AFTER = Pattern(
    r"^,?\s*(?:\w+\s+){0,1}(?:(?:on|of|at|to) (?:the|his|her) (?:(left|right)(?:[- ]hand)?(?: side)?\b"
    r"(?! (?!upper|middle|lower)\w+ (?:lobe|region)))|"
    r"(?:in|at|on|near) the (midline))|"
    r"^(?: gland)?'s (left|right) (?:lobe|half|side|pole|horn)\b",
    re.I,
)
_SIDE_OF_EYE = Pattern(r"^(?:\W+[a-z]\w*){0,4}?\W+(O[SDU])\b")
_EYES = {"OS": "left", "OD": "right", "OU": "bilateral"}
"""Oculus sinister, dexter, uterque."""
_OF_THE_EYE = frozenset({"eye", "orbit", "eyelid", "conjunctiva"})
_SWELLS = Pattern(
    r"^(?: of (?:the|an?|our|this) (?:[\w-]+ ){0,4}?[\w-]+(?:, [^,.;]{2,25},)?)?"
    r"(?: had| has| was| became| had been| had become| started to|"
    r" began to)?(?: \w+ly)?(?: and painlessly)? (?:swelled|swollen|swell|swelling up|enlarged|enlarging|enlarge)\b",
    re.I,
)
"""Behind a site: "her left calf had swelled", "the right testis of a 60-year-old man was enlarged"."""
_SWOLLEN = Pattern(r"\b(?:swollen|enlarged|enlarging)(?: and \w+)?(?: (?:left|right))? $", re.I)
_IT = Pattern(
    r"(?:it|this|the (?:mass|lesion|tumou?r))(?: was| lay| had been| is)?(?: \w+ly)?"
    r"(?: (?:found|seen|felt|detected|noted|palpated|visible|palpable|palpable and visible))? ?",
    re.I,
)
"""What opens a sentence on the lesion of the one before: "It was found on the palate", "It occupied the nasal cavity"."""
_PATHOLOGICAL = Pattern(r"\bpathologic(?:al)?\b", re.I)
_SEEN_FROM_WITHOUT = frozenset(
    {"upper_limb", "lower_limb", "testis", "scrotum", "breast", "neck", "face", "vulva", "penis"}
)
_REACH_OF_CUES = {"differential": (200, Pattern(r"[;:.]\s|\b(?:but|was|were)\b")), "excluded": (60, CLAUSE)}
_SHARE_OF_CASES = Pattern(
    r"^[^.;,]{0,30}?\bin (?:about |some |only |up to )?\d[\d.–-]* ?(?:%|percent|(?:of|out of) (?:the )?\d+)", re.I
)
"""Behind the site of a statistic: "extension into the cavernous sinus in 7.1%"."""
_GENERIC = Pattern(r"(?:\bmost|\bmany|(?:majority|half|%) of)(?: the| all| primary| such| these){0,2}\s$", re.I)
"""In front of a tumour word: many tumours are meant, "most leiomyosarcomas of the uterus"."""
_SEQUENCE = Pattern(r"weighted|\bMRI?\b|signal|intens|sequence|imag|flair|contrast", re.I)


def extract(view: SentenceView) -> Iterator[Draft]:
    """The sites and sides of tumours and metastases that one sentence names."""
    tokens = site_tokens(view) if view.of("anatomy") else []
    seen: set[TextSpan] = set()
    for index, token in enumerate(tokens):
        if token.anatomy is not None and token.anatomy.span not in seen:
            seen.add(token.anatomy.span)
            draft = _site(view, tokens, index, token.anatomy)
            if draft is not None:
                yield draft
                yield from _other_half(view, token.anatomy, draft)
    yield from _sides(view)


def _other_half(view: SentenceView, anatomy: Mention, draft: Draft) -> Iterator[Draft]:
    """The second organ of words that name two at once: "the third and both lateral ventricles"."""
    for twin in view.of("anatomy"):
        if twin.span == anatomy.span and twin is not anatomy and " and " in twin.words:
            value = cast(TumourSite, draft.value)
            yield msgspec.structs.replace(
                draft, value=msgspec.structs.replace(value, site=twin.label, concept=twin.concept)
            )


def _sides(view: SentenceView) -> Iterator[Draft]:
    for match, basis in sides_told(view):
        if not _NEGATION.search(view.text[max(0, match.start() - 40) : match.start()]):
            yield Draft(value=TumourSide(side=SIDES[match[1].lower()], basis=basis), spans=(view.place(match),))


def _site(view: SentenceView, tokens: list[SiteToken], index: int, anatomy: Mention) -> Draft | None:
    after = view.after(anatomy.span, 80)
    if _names_a_type(view, anatomy) or _is_measure_or_likeness(view, anatomy):
        return None
    if _NOT_THIS.search(view.before(anatomy.span, 6)) or (anatomy.adjective and _OF_A_VESSEL.match(after)):
        return None
    if _NORMAL.match(after) or (LEVEL.match(anatomy.words) and _NOT_A_LEVEL.match(after)):
        return None
    last = max(i for i, t in enumerate(tokens) if t.anatomy is anatomy)
    start = min(i for i, t in enumerate(tokens) if t.anatomy is anatomy)
    role, cue, side = role_by_following(tokens, last)
    left, first_side = walk_left(tokens, start, last)
    if role is None and not anatomy.adjective and (named := _first_of_name(view, tokens, anatomy)) is not None:
        role, cue = "tumour", named
    if role is None:
        role, cue = role_by_relation(tokens, left)
    if role == "finding" and cue is not None and _is_sign_of_tumour(view, tokens[cue], anatomy):
        role = "presentation"
    if role not in _ROLES:
        role, cue = role_by_predicate(tokens, left, last)
    if role is None and left >= 0 and tokens[left].relation == "at" and _is_of_lesion_before(view, tokens[left]):
        role, cue = "tumour", left
    if role is None and (_SWELLS.match(after) or _is_swollen(view, anatomy)):
        role, cue = "presentation", last
    if role not in _ROLES or cue is None:
        return None
    if anatomy.weak and not _holds_although_weak(view, tokens, start, anatomy):
        return None
    if (
        _of_another_tumour(view, tokens[cue])
        or _MARGIN.search(view.before(anatomy.span, 60))
        or _SHARE_OF_CASES.match(after)
        or _GENERIC.search(view.before(_place(tokens[cue]), 40))
    ):
        return None
    if _negated(view, tokens, cue, start):
        return None
    side = side or first_side or side_of_lobe(anatomy)
    if side is None and (match := _SIDE_AFTER.match(after)):
        side = SIDES[(match[1] or match[2] or match[3]).lower()]
    if side is None and within(anatomy.concept, _OF_THE_EYE) and (match := _SIDE_OF_EYE.match(after)):
        side = _EYES[match[1]]
    judged = view.assertion(anatomy.span)
    denied = judged is Assertion.NEGATED and view.assertion(_place(tokens[cue])) is Assertion.NEGATED
    elsewhere = judged in (Assertion.FAMILY, Assertion.OTHER_PATIENT)
    assertion = judged if denied or elsewhere else Assertion.AFFIRMED
    if role == "tumour" and side == "bilateral" and anatomy.concept == "lung":
        role = "metastasis"  # lesions of both lungs at once
    site, concept = site_name(tokens, last, anatomy)
    if anatomy.adjective and _OF_BONE.match(after) and (bone := BONES.get(concept)):
        site, concept = bone, bone.replace(" ", "_")
    names = [m for m in view.of("tumour") if m.span.covers(anatomy.span)]
    type_told = _type_of(view, tokens[cue])
    doubted = any(_OPINION.fullmatch(told.words) for told in view.of("diagnosis_cue"))
    implied = not is_printed_in_full(anatomy)
    value = TumourSite(
        site=site,
        concept=concept,
        side=side,
        role=cast(Role, role),
        implied=implied,
        in_name=bool(names),
        named=not names and (type_told is not None or _arises(tokens, left)),
        tumour=names[0].concept if names else "" if doubted else type_told or "",
    )
    spans = (anatomy.span, _place(tokens[cue]))
    return Draft(value=value, spans=spans, assertion=assertion, phase=phase_of_site(view, spans))


def _names_a_type(view: SentenceView, anatomy: Mention) -> bool:
    """Whether the word is part of the name of a tumour type, and no site: "synovial sarcoma", "microcystic adnexal carcinoma"."""
    of_type = anatomy.concept in _NAMES_OF_TYPES or anatomy.words.lower() == "adnexal"
    return of_type and any(m.span.covers(anatomy.span) for m in view.of("tumour"))


def _is_measure_or_likeness(view: SentenceView, anatomy: Mention) -> bool:
    """A "thumb tip-sized" nodule, a "breast-like" carcinoma, the neck or the head of another organ, a region of the skull."""
    after = view.after(anatomy.span, 80)
    if _SIZED_OR_LIKE.match(after) or (anatomy.concept == "neck" and _HEAD_AND.search(view.before(anatomy.span, 12))):
        return True
    if anatomy.concept == "head" and _AND_NECK.match(after):
        return True
    if anatomy.concept in _SHAPES and _SHARED_SHAPE.search(view.before(anatomy.span, 30)):
        return True
    if anatomy.concept in _SHAPES and (match := _OF_THE.match(after)) is not None:
        start = anatomy.span.end + match.end()
        return any(other.span.start == start for other in view.of("anatomy"))
    return anatomy.concept in BONES and _OF_THE_SKULL.match(after) is not None


def _is_of_lesion_before(view: SentenceView, relation: SiteToken) -> bool:
    """Whether "it", in front of the relation, stands for a lesion of the sentence before."""
    lead = view.words(TextSpan(view.span.start, relation.start))
    if view.previous is None or not _IT.fullmatch(lead):
        return False
    return any(token.head in ("tumour", "presentation") for token in site_tokens(view.previous))


def _is_swollen(view: SentenceView, anatomy: Mention) -> bool:
    """ "A swollen left thigh": of parts that are seen from without."""
    return within(anatomy.concept, _SEEN_FROM_WITHOUT) and _SWOLLEN.search(view.before(anatomy.span, 40)) is not None


def _is_sign_of_tumour(view: SentenceView, finding: SiteToken, anatomy: Mention) -> bool:
    """ "Enlargement of the left thigh", "a pathological fracture of the femur": what a tumour there is first noticed by."""
    if finding.word == "enlargement":
        return within(anatomy.concept, _SEEN_FROM_WITHOUT)
    return finding.word in {"fracture", "fractures"} and view.search(_PATHOLOGICAL) is not None


def _first_of_name(view: SentenceView, tokens: list[SiteToken], anatomy: Mention) -> int | None:
    """Where the name of the tumour type begins that ends in this organ: "embryonal sarcoma of the liver"."""
    for name in view.of("tumour"):
        if name.span.covers(anatomy.span) and name.span.end == anatomy.span.end and name.get("rank") == "":
            first = next(i for i, token in enumerate(tokens) if token.end > name.span.start)
            return first if "metasta" not in view.before(name.span, 15) else None
    return None


def _place(token: SiteToken) -> TextSpan:
    return TextSpan(token.start, token.end)


def _type_of(view: SentenceView, head: SiteToken) -> str | None:
    """The tumour type that the word names which ties site and tumour; None for "mass", "tumor" and other general words."""
    kinds = (m for m in view.of("tumour") if m.span.start <= head.start < m.span.end)
    return next((m.concept for m in kinds if m.get("rank") == "" and m.concept != "metastasis"), None)


def _arises(tokens: list[SiteToken], left: int) -> bool:
    """Whether the words say that it came from there: "was found to arise from the liver", not "seemed to"."""
    if left < 0 or tokens[left].relation != "seat":
        return False
    lead = " ".join(token.word for token in tokens[max(0, left - 4) : left + 1])
    return _ARISING.search(lead) is not None


def _holds_although_weak(view: SentenceView, tokens: list[SiteToken], start: int, anatomy: Mention) -> bool:
    """Weak names ("back", "T2") need an article or, for a vertebra, a sentence that is not about MRI sequences."""
    before = tokens[start - 1].word if start else ""
    if LEVEL.match(anatomy.words):
        behind = view.after(anatomy.span, 30)
        told = start > 0 and tokens[start - 1].relation == "extension"
        return (told or before in _BEFORE_A_LEVEL or _PART_OF_VERTEBRA.match(behind) is not None) and not (
            anatomy.words in {"T1", "T2"} and _SEQUENCE.search(view.text)
        )
    return before in LEAD


_OPINION = Pattern(
    r"or|called|(?:mis\w+|mistaken|treated|\w+ (?:read|interpreted|regarded)|interpreted|had been regarded)(?: as| for)?",
    re.I,
)
"""What was thought of a tumour is wrong about its type, not about its place: "read as a meningioma of the convexity"."""


def _of_another_tumour(view: SentenceView, head: SiteToken) -> bool:
    """Whether the tumour word belongs to a differential diagnosis or to one that was excluded."""
    for cue in view.of("diagnosis_cue"):
        reach, end = _REACH_OF_CUES.get(cue.label, (0, CLAUSE))
        if head.head != "tumour" or not 0 <= head.start - cue.span.end <= reach or _OPINION.fullmatch(cue.words):
            continue
        if not end.search(view.words(TextSpan(cue.span.end, head.start))):
            named = (m for m in view.of("tumour") if m.concept not in ("neoplasm", "malignant_neoplasm"))
            return any(m.span.start <= head.start < m.span.end for m in named)
    return False


_TISSUES = words(
    "peripheral_nerve synovium tendon soft_tissue bone skeletal_muscle cartilage bone_marrow adipose_tissue"
)
"""In "synovial sarcoma" or "giant cell tumor of bone" these name the type of tumour, not its site."""
_ORIGINS = words("placenta choroid_plexus endometrium endolymphatic_sac")
"""What the cells are like rather than where they are: "placental site trophoblastic tumor", "choroid plexus carcinoma"."""
_NAMES_OF_TYPES = _TISSUES | _ORIGINS
_SIZED_OR_LIKE = Pattern(r"(?:[- ](?:tip|nail|head))?[- ]sized?\b|-like\b", re.I)
_HEAD_AND = Pattern(r"\bhead and $", re.I)
_AND_NECK = Pattern(r" and neck\b", re.I)
_SHAPES = frozenset({"neck", "head", "back", "face", "body", "lip", "medulla_oblongata"})
_OF_THE = Pattern(r" of (?:the|his|her|both)(?: (?:left|right))? ", re.I)
_OF_BONE = Pattern(r"[\s-]*(?:[\w-]+\s){0,1}(?:osteolytic|lytic|osteoblastic|bony|osseous|calvarial|skull)\b", re.I)
"""Behind "temporal" and the like: the lesion is one of the bone, not of the lobe under it."""
_SHARED_SHAPE = Pattern(r"\b\w{3,}(?:ic|al) (?:head|neck|body|tail)(?:,| and| or|/|-) ?$", re.I)
""" "The pancreatic head and neck"."""
_OF_THE_SKULL = Pattern(
    r"(?:[\s/,–-]+(?:and )?(?:frontal|parietal|temporal|occipital|\w+to))*[\s-]*(?:regions?|areas?|parts?|sides?|aspects?|"
    r"portions?)? of (?:the|his|her) (?:skull|calvari\w+|cranium|scalp|cranial vault)\b",
    re.I,
)


def _negated(view: SentenceView, tokens: list[SiteToken], cue: int, site: int) -> bool:
    """Whether a negation governs the cue: in front of it in the same statement, or between cue and site."""
    first, last = min(cue, site), max(cue, site)
    low = max(0, first - 6)
    for index in range(first - 1, low - 1, -1):
        # "MRI without gadolinium showed a mass": what stands before the verb is another statement.
        if tokens[index].word in FINDING_VERBS and tokens[index - 1].word not in _NEGATING:
            low = index
            break
    text = view.reading.document.text
    if _NEGATION.search(text[tokens[low].start : tokens[first].start]):
        return True
    return _NEGATION_BETWEEN.search(text[tokens[first].end : tokens[last].start]) is not None


TOPIC = Topic(
    name="site",
    extract=extract,
    values=(TumourSite, TumourSide),
    terms=("anatomy.csv", "tumours.csv", "site.toml", "diagnosis.toml"),
)
