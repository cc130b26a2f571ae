"""Anatomical sites: which of them hold the tumour, which it grew into, which hold metastases, and on which side.

A site is read only where words tie it to a tumour ("mass in the left parotid", "retroperitoneal tumor", "it had
eroded the skull"). Sites of symptoms, operations, scans and normal findings are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, cast, get_args

import msgspec

from caselore.language.lexicon import Mention
from caselore.language.naming import is_printed_in_full, printed_name
from caselore.language.site_words import (
    CLAUSE,
    EXTENSION_PARTICIPLES,
    HOLDS,
    JOINS,
    LEAD,
    NOT_BETWEEN,
    NOT_THE_TUMOUR,
    PARTS,
    VERBS,
    words,
)
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Phase, Value
from caselore.model.text import TextSpan
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

    def __str__(self) -> str:
        return f"{self.role} {self.side + ' ' if self.side else ''}{self.site}"


class TumourSide(Value, frozen=True, tag="tumour_side"):
    """The side of the tumour where no site stands with it; `basis` is "tumour" or, weaker, "operation"."""

    side: str
    basis: str = "tumour"

    def __str__(self) -> str:
        return f"{self.basis} on the {self.side}"


SIDES = {"left": "left", "right": "right", "bilateral": "bilateral", "both": "bilateral", "midline": "midline"}
SIDES |= {"lt": "left", "rt": "right", "median": "midline", "bilaterally": "bilateral"}


_NEGATION = re.compile(
    r"\b(?:no|without|not|never|neither|nor|absence of|free of|excluded|excluding|ruled out|negative for|spared|"
    r"sparing|lack of|denied|cannot|could not|rather than|instead of|unlike|outside)\b(?! only)",
    re.I,
)
_NORMAL = re.compile(
    r"^\W*(?:(?:lobe|region|area|and|the|other|rest|were|was|is|are|appeared|remained|looked|itself|all)\W+){0,5}"
    r"(?:normal|intact|spared|unremarkable|free|clear|not|uninvolved|unaffected|healthy|negative|preserved)\b",
    re.I,
)
_EARLIER = re.compile(
    r"\b(?:(?:past |medical |known |remote )?history of|previously (?:treated|operated|irradiated|resected) for|treated for|"
    r"operated on for|prior|years (?:earlier|before|ago|previously),?)\b[^.;:]*$",
    re.I,
)
_NOT_A_LEVEL = re.compile(
    r"^[- ]?(?:weighted|wi\b|w\b|signal|hyper|hypo|iso|imag|sequence|relax|flair|contrast|post|a?N[0-3x])", re.I
)
_LEVEL = re.compile(r"^(?:Th|[CTDLS])\d")
_SIDE_AFTER = re.compile(
    r"^\s*(?:\w+\s+){0,1}(?:(?:on|of|at) the (?:(left|right)(?:[- ]hand)?(?: side)?\b(?! \w+ (?:lobe|region)))|"
    r"(?:in|at|on|near) the (midline))",
    re.I,
)
_SEQUENCE = re.compile(r"weighted|\bMRI?\b|signal|intens|sequence|imag|flair|contrast", re.I)
_SIDED_TUMOUR = re.compile(
    r"\b(left|right|bilateral|midline)[- ]?(?:sided)?[ ,]+(?:\w+[- ]){0,2}?(?:tumou?rs?|mass|lesion|neoplasm)\b", re.I
)
_TUMOUR_SIDED = re.compile(
    r"\b(?:tumou?r|mass|lesion)\b(?: was| is| lay| located| situated)? on the (left|right)(?: side)?\b(?! \w)", re.I
)
_SIDED_OPERATION = re.compile(
    r"\b(left|right|bilateral)(?:[- ]sided)? (?:[\w-]+ ){0,3}?"
    r"(?!\w*colectomy)(?:\w+ectomy|craniotomy|thoracotomy|lumpectomy|enucleation|exenteration)\b",
    re.I,
)


class _Token(msgspec.Struct):
    start: int
    end: int
    word: str
    anatomy: Mention | None = None
    head: str = ""
    relation: str = ""
    extends: bool = False


def extract(view: SentenceView) -> Iterator[Draft]:
    """The sites and sides of tumours and metastases that one sentence names."""
    tokens = _tokens(view)
    seen: set[TextSpan] = set()
    for index, token in enumerate(tokens):
        if token.anatomy is not None and token.anatomy.span not in seen:
            seen.add(token.anatomy.span)
            draft = _site(view, tokens, index, token.anatomy)
            if draft is not None:
                yield draft
    yield from _sides(view)


def _sides(view: SentenceView) -> Iterator[Draft]:
    for pattern, basis in ((_SIDED_TUMOUR, "tumour"), (_TUMOUR_SIDED, "tumour"), (_SIDED_OPERATION, "operation")):
        for match in view.find(pattern):
            if not _NEGATION.search(view.text[max(0, match.start() - 40) : match.start()]):
                yield Draft(value=TumourSide(side=SIDES[match[1].lower()], basis=basis), spans=(view.place(match),))


def _tokens(view: SentenceView) -> list[_Token]:
    base = view.span.start
    tokens = [
        _Token(start=m.start() + base, end=m.end() + base, word=m[0].lower())
        for m in re.finditer(r"[^\W_]+(?:['’][^\W_]+)?|[^\w\s]", view.text)
    ]
    for mention in view.of("anatomy", "tumour", "site_head", "site_relation", "site_extension_verb"):
        if (mention.weak and mention.kind != "anatomy") or mention.get("rank") == "other":
            continue
        inside = [t for t in tokens if t.start < mention.span.end and mention.span.start < t.end]
        for token in inside:
            if mention.kind == "anatomy":
                token.anatomy = mention
            elif mention.kind == "tumour":
                token.head = "metastasis" if mention.concept == "metastasis" else "tumour"
            elif mention.kind == "site_head":
                token.head = token.head or mention.label
            elif mention.kind == "site_relation":
                token.relation = mention.label
            else:
                token.extends = True
    for token, following in pairwise(tokens):
        if token.head == "tumour" and following.word in NOT_THE_TUMOUR:
            token.head = ""
        if {token.head, following.head} == {"metastasis", "tumour"}:
            token.head = following.head = "metastasis"
    for index, token in enumerate(tokens):
        if token.head == "tumour" and any(t.head == "metastasis" for t in tokens[max(0, index - 3) : index]):
            token.head = "metastasis"
    return tokens


def _site(view: SentenceView, tokens: list[_Token], index: int, anatomy: Mention) -> Draft | None:
    after = view.after(anatomy.span, 80)
    if anatomy.concept in _TISSUES and any(m.span.covers(anatomy.span) for m in view.of("tumour")):
        return None
    if _NORMAL.match(after) or (_LEVEL.match(anatomy.words) and _NOT_A_LEVEL.match(after)):
        return None
    last = max(i for i, t in enumerate(tokens) if t.anatomy is anatomy)
    start = min(i for i, t in enumerate(tokens) if t.anatomy is anatomy)
    role, cue, side = _role_by_following(tokens, last)
    left, first_side = _walk_left(tokens, start, last)
    if role is None:
        role, cue = _role_by_relation(tokens, left)
    if role not in _ROLES:
        role, cue = _role_by_predicate(tokens, left, last)
    if role not in _ROLES or cue is None:
        return None
    if anatomy.weak and not _holds_although_weak(view, tokens, start, anatomy):
        return None
    if _of_another_tumour(view, tokens[cue]):
        return None
    if _negated(view, tokens, cue, start):
        return None
    side = side or first_side
    if side is None and (match := _SIDE_AFTER.match(after)):
        side = SIDES[(match[1] or match[2]).lower()]
    judged = view.assertion(anatomy.span)
    assertion = (
        judged if judged in (Assertion.NEGATED, Assertion.FAMILY, Assertion.OTHER_PATIENT) else Assertion.AFFIRMED
    )
    site, concept = _name(tokens, last, anatomy)
    implied = not is_printed_in_full(anatomy)
    value = TumourSite(site=site, concept=concept, side=side, role=cast(Role, role), implied=implied)
    spans = (anatomy.span, TextSpan(tokens[cue].start, tokens[cue].end))
    earlier = _EARLIER.search(view.before(min(spans), 70))
    return Draft(value=value, spans=spans, assertion=assertion, phase=Phase.BEFORE if earlier else None)


def _holds_although_weak(view: SentenceView, tokens: list[_Token], start: int, anatomy: Mention) -> bool:
    """Weak names ("back", "T2") need an article or, for a vertebra, a sentence that is not about MRI sequences."""
    before = tokens[start - 1].word if start else ""
    if _LEVEL.match(anatomy.words):
        return before in {"at", "of", "level", "vertebra", "body", "from"} and not _SEQUENCE.search(view.text)
    return before in LEAD


def _of_another_tumour(view: SentenceView, head: _Token) -> bool:
    """Whether the tumour word belongs to a differential diagnosis or to one that was excluded."""
    for cue in view.of("diagnosis_cue"):
        if cue.label in ("differential", "excluded") and 0 <= head.start - cue.span.end <= 60 and head.head == "tumour":
            named = (m for m in view.of("tumour") if m.concept not in ("neoplasm", "malignant_neoplasm"))
            return any(m.span.start <= head.start < m.span.end for m in named)
    return False


def _name(tokens: list[_Token], last: int, anatomy: Mention) -> tuple[str, str]:
    """Name and concept; a first adjective takes the noun of the second: "maxillary and ethmoid sinuses"."""
    if _LEVEL.match(anatomy.words):
        return anatomy.words, anatomy.concept
    if anatomy.adjective:
        following = tokens[last + 1 : last + 5]
        if following and following[0].word in _SHARING and following[1:] and following[1].anatomy is not None:
            shared = following[1].anatomy
            noun = _SHARED_NOUNS.get(shared.words.lower().split()[-1])
            if noun and " " in shared.words:
                name = f"{anatomy.words.lower()} {noun}"
                return name, name.replace(" ", "_")
    name = anatomy.label if anatomy.adjective else printed_name(anatomy)
    return (name if _PROPER_NAME.search(name) else name.lower()), anatomy.concept


_TISSUES = words(
    "peripheral_nerve synovium tendon soft_tissue bone skeletal_muscle cartilage bone_marrow adipose_tissue"
)
"""In "synovial sarcoma" or "giant cell tumor of bone" these name the type of tumour, not its site."""
_PROPER_NAME = re.compile(r"\b(?:Meckel|Sylvian|Monro|Vater|Douglas|Gasserian|Bartholin|Achilles)")
_SHARING = words("and or , / - –")
_SHARED_NOUNS = {
    word: noun
    for noun in ("sinus", "bone", "lobe", "scalp", "gyrus", "muscle", "dura", "region", "convexity")
    for word in (noun, noun + "s", noun + "es")
} | {"gyri": "gyrus", "area": "region", "areas": "region"}


def _walk_left(tokens: list[_Token], start: int, last: int) -> tuple[int, str | None]:
    """The place left of the site and of what is coordinated with it, and the nearest side on the way."""
    has_verb = last + 1 < len(tokens) and tokens[last + 1].word in VERBS
    side: str | None = None
    position = start - 1
    while position >= 0:
        token = tokens[position]
        if token.word in SIDES and side is None and token.anatomy is None:
            side = SIDES[token.word]
        if token.relation == "at" and token.word == "of" and _is_partitive(tokens, position):
            position -= 1
            continue
        if token.word == "and" and tokens[position - 1].word in LEAD and tokens[position + 1].word in PARTS | LEAD:
            position -= 1
            continue
        if token.word in JOINS:
            if has_verb or not _follows_site(tokens, position):
                break
        elif ((token.relation or token.head) and token.anatomy is None) or (
            token.anatomy is None and token.word not in LEAD
        ):
            break
        position -= 1
    return position, side


def _is_partitive(tokens: list[_Token], position: int) -> bool:
    """Whether this "of" belongs to the name of a part: "the posterior wall of the stomach", "the right side of the neck"."""
    return position > 0 and tokens[position - 1].word in PARTS


def _follows_site(tokens: list[_Token], position: int) -> bool:
    while position >= 0 and (tokens[position].word in JOINS or tokens[position].word in LEAD):
        if tokens[position].anatomy is not None:
            return True
        position -= 1
    return position >= 0 and tokens[position].anatomy is not None


def _role_by_following(tokens: list[_Token], last: int) -> tuple[str | None, int | None, str | None]:
    """The role of a site that stands in front of its noun: "left frontal lobe tumor", "sellar and suprasellar mass"."""
    free, position, side = 0, last + 1, None
    while position < len(tokens) and free <= 3:
        token = tokens[position]
        if token.head and not (token.anatomy and token.head == "finding"):
            return token.head, position, side
        if token.word in {"and", ","} and position + 1 < len(tokens) and tokens[position + 1].anatomy is not None:
            position += 1
            continue
        if token.anatomy is None and token.word not in {"lobe", "region", "area", "bone", "-", "/", "–"}:
            if token.word in NOT_BETWEEN or token.relation:
                return None, None, None
            free += 1
        position += 1
    return None, None, None


def _role_by_relation(tokens: list[_Token], position: int) -> tuple[str | None, int | None]:
    """The role of a site behind a relation word: "tumor of the", "mass located in the", "it had invaded the"."""
    if position < 0 or not tokens[position].relation:
        return None, None
    kind = tokens[position].relation
    if kind == "near":
        return None, None
    if kind == "toward" and tokens[position].word == "to":
        head, where = _head_left(tokens, position)
        if head == "metastasis":
            return head, where
    if kind == "toward" and not any(t.extends for t in tokens[max(0, position - 4) : position]):
        return None, None
    head, where = _head_left(tokens, position)
    if kind in ("toward", "extension"):
        if head in ("finding", "imaging", "procedure"):
            return head, where
        return ("metastasis" if head == "metastasis" and kind == "toward" else "extension"), position
    if head is None and kind == "seat" and any(t.word in {"it", "which", "this"} for t in tokens[:position]):
        return "tumour", position
    return head, where


def _role_by_predicate(tokens: list[_Token], left: int, last: int) -> tuple[str | None, int | None]:
    """The role of a site in front of what is said of it: "the dura was infiltrated", "in the liver there was a mass"."""
    following = tokens[last + 1 : last + 12]
    if len(following) > 1 and following[0].word in VERBS and following[1].word in EXTENSION_PARTICIPLES:
        return "extension", last + 2
    if following and following[0].word in HOLDS:
        for offset, token in enumerate(following[:8], 1):
            if token.head:
                return token.head, last + offset
    if left > 0 and tokens[left].word == ",":
        # Telegraphic: "solid lesion, left adrenal, 45 mm".
        for index in range(left - 1, max(left - 4, -1), -1):
            if tokens[index].head == "tumour":
                ends = not following or following[0].word in {",", ".", ";", ")"}
                return ("tumour", index) if ends else (None, None)
    if left < 0 or tokens[left].word not in {"in", "within", "on", "over", "at"}:
        return None, None
    if (len(following) > 1 and following[0].word in {",", "there"}) or (
        following[0:1] and following[0].word in {"a", "an", "two"}
    ):
        for offset, token in enumerate(following, 1):
            if token.head:
                return token.head, last + offset
            if token.relation or token.word in CLAUSE:
                break
    return None, None


def _head_left(tokens: list[_Token], position: int) -> tuple[str | None, int | None]:
    reach = 6 if tokens[position].word == "of" else 30 if tokens[position].relation == "seat" else 17
    for index in range(position - 1, max(position - 1 - reach, -1), -1):
        token = tokens[index]
        if token.relation == "near" or (token.word in CLAUSE and token.word != "which"):
            return None, None
        if token.head and (token.anatomy is None or token.head == "tumour"):
            return token.head, index
    return None, None


def _negated(view: SentenceView, tokens: list[_Token], cue: int, site: int) -> bool:
    """Whether a negation stands shortly in front of the cue or between cue and site."""
    low = max(0, min(cue, site) - 6)
    words = view.reading.document.text[tokens[low].start : tokens[max(cue, site)].start]
    return _NEGATION.search(words) is not None


TOPIC = Topic(
    name="site",
    extract=extract,
    values=(TumourSite, TumourSide),
    terms=("anatomy.csv", "tumours.csv", "site.toml", "diagnosis.toml"),
)
