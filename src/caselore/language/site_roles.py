"""How a site is tied to a tumour: the walk from a site to the word that governs it."""

from __future__ import annotations

from caselore.language.lexicon import Mention
from caselore.language.patterns import Pattern
from caselore.language.site_tokens import SiteToken, site_tokens
from caselore.language.site_words import (
    ARTICLES,
    CLAUSE,
    EXTENSION_PARTICIPLES,
    FILLED,
    JOINS,
    LEAD,
    NOT_BETWEEN,
    OF_THE_TUMOUR,
    PARTS,
    PLACE_NOUNS,
    READ_AS,
    SAMPLED,
    SHOWN,
    TO_HOLD,
    TRACED,
    TURNS_OUT,
    VERBS,
    words,
)

__all__ = [
    "SIDES",
    "SiteToken",
    "role_by_following",
    "role_by_predicate",
    "role_by_relation",
    "site_tokens",
    "walk_left",
]

SIDES = {"left": "left", "right": "right", "bilateral": "bilateral", "both": "bilateral", "midline": "midline"}
SIDES |= {"lt": "left", "rt": "right", "median": "midline", "bilaterally": "bilateral"}
_LESIONS = words("tumour metastasis presentation")
_COVERED = words("over around near under beneath along between behind overlying below above")
"""In front of an organ that only tells which part of another one is meant: "the pericardium over the ventricle was infiltrated"."""
_BESIDE = words("behind beneath under underneath around overlying")
"""After a comma these only tell where the place just named is: "on the neck, behind the muscle"."""
_SUBJECTS = words("he she they we")
_DENYING = words("no not never without nor normal benign negative")
_COUNTS = words(
    "one two three four five other others another largest larger smallest smaller latter former first second third"
)
_ADJECTIVE = Pattern(
    r"(?:infra|supra|retro|peri|para|sub|juxta|mid|inter|intra|extra|antero|postero|infero|supero)\w{3,}|\w{3,}(?:al|ar|ior|oid|eal|ary)"
)
"""May stand in front of the name of a site: "the infrarenal vena cava"."""
_SIDED_NAME = frozenset({"left", "right", "bilateral", "lt", "rt"})
_OWNERS = words("patient man woman boy girl child infant male female lady gentleman")
_COVERINGS = words("dura meninges meninges_cranial meninges_spinal falx tentorium chest_wall abdominal_wall skull_base")


def walk_left(tokens: list[SiteToken], start: int, last: int) -> tuple[int, str | None]:
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
        if token.word == "both":
            if tokens[position + 1].word == "the" or not tokens[last].word.endswith("s"):
                side = None  # "both the ureter and the bladder"
            position -= 1
            continue
        if token.word == "and" and tokens[position - 1].word in LEAD and tokens[position + 1].word in PARTS | LEAD:
            position -= 1
            continue
        if token.word in JOINS:
            if has_verb or not _follows_site(tokens, position):
                break
        elif ((token.relation or token.head) and token.anatomy is None) or (
            token.anatomy is None
            and token.word not in LEAD
            and not _ADJECTIVE.fullmatch(token.word)
            and not _is_described(tokens, position)
        ):
            break
        position -= 1
    return position, side


def _is_described(tokens: list[SiteToken], position: int) -> bool:
    """Whether a word behind an article can only describe the place: "the irradiated left breast", "the extensor surface of"."""
    word = tokens[position].word
    return (
        position > 0 and tokens[position - 1].word in ARTICLES and word.isalpha() and word not in NOT_BETWEEN | CLAUSE
    )


def _is_partitive(tokens: list[SiteToken], position: int) -> bool:
    """Whether this "of" belongs to the name of a part: "the posterior wall of the stomach", "the right side of the neck"."""
    return position > 0 and tokens[position - 1].word in PARTS


def _follows_site(tokens: list[SiteToken], position: int) -> bool:
    while position >= 0 and (tokens[position].word in JOINS or tokens[position].word in LEAD):
        if tokens[position].anatomy is not None:
            return True
        position -= 1
    return position >= 0 and tokens[position].anatomy is not None


def role_by_following(tokens: list[SiteToken], last: int) -> tuple[str | None, int | None, str | None]:
    """The role of a site that stands in front of its noun: "left frontal lobe tumor", "sellar and suprasellar mass"."""
    free, position, side = 0, last + 1, None
    while position < len(tokens) and free <= 3:
        token = tokens[position]
        if token.head and not (token.anatomy and token.head == "finding"):
            return token.head, position, side
        if token.word in {"and", ","} and position + 1 < len(tokens) and tokens[position + 1].anatomy is not None:
            position += 1
            continue
        if token.word == "," and _is_adjective(tokens[last]) and _leads_to_head(tokens[position + 1 : position + 6]):
            position += 1
            continue
        if token.anatomy is None and token.word not in {"lobe", "region", "area", "bone", "-", "/", "–"}:
            if token.word in NOT_BETWEEN or token.relation:
                return None, None, None
            free += 1
        position += 1
    return None, None, None


def _is_adjective(token: SiteToken) -> bool:
    return token.anatomy is not None and token.anatomy.adjective


def _leads_to_head(following: list[SiteToken]) -> bool:
    """Whether only adjectives stand in front of the tumour word: "left frontal, extra-axial mass"."""
    for token in following:
        if token.head == "tumour" and token.anatomy is None:
            return True
        if token.word in NOT_BETWEEN or token.relation or token.head or token.word in CLAUSE:
            return False
    return False


def _is_range(tokens: list[SiteToken], position: int) -> bool:
    """Whether it tells how far something reaches: "extended from the hyoid bone above to the sternum"."""
    words = [token.word for token in tokens[position - 1 : position + 12]]
    return words[:2] in (["extended", "from"], ["extending", "from"], ["extends", "from"]) and "to" in words[2:]


def role_by_relation(tokens: list[SiteToken], position: int) -> tuple[str | None, int | None]:
    """The role of a site behind a relation word: "tumor of the", "mass located in the", "it had invaded the"."""
    if position < 0 or not tokens[position].relation:
        return None, None
    kind = tokens[position].relation
    if _is_range(tokens, position):
        return None, None
    if kind == "near" or (tokens[position].word in _BESIDE and position and tokens[position - 1].word in {",", "and"}):
        return None, None
    if kind == "contact":
        # What a tumour sticks to is a site of its own where it is a covering or a wall, not where it is a vessel or nerve.
        return (
            ("extension", position)
            if any(t.anatomy and _is_covering(t.anatomy) for t in tokens[position:])
            else (None, None)
        )
    if kind == "toward" and tokens[position].word == "to":
        head, where = _head_left(tokens, position)
        if head == "metastasis":
            return head, where
        if head == "tumour" and any(t.word in TRACED for t in tokens[max(0, position - 8) : position]):
            return head, where
    if kind == "toward" and not any(t.extends for t in tokens[max(0, position - 4) : position]):
        return None, None
    head, where = _head_left(tokens, position)
    if kind == "seat" and head == "finding" and where is not None and tokens[where].word == "disease":
        return "tumour", where
    if kind in ("toward", "extension"):
        if head in ("finding", "imaging", "procedure") and not _is_shown(tokens[where or 0 : position]):
            return head, where
        return ("metastasis" if head == "metastasis" and kind == "toward" else "extension"), position
    if head is None and kind == "seat" and any(t.word in {"it", "which", "this"} for t in tokens[:position]):
        return "tumour", position
    return head, where


def _is_shown(tokens: list[SiteToken]) -> bool:
    """Whether a verb of finding parts the means from what follows: "CT showed (destruction of the body of L3)"."""
    return any(token.word in SHOWN for token in tokens)


def role_by_predicate(tokens: list[SiteToken], left: int, last: int) -> tuple[str | None, int | None]:
    """The role of a site in front of what is said of it: "the dura was infiltrated", "in the liver there was a mass"."""
    last = _behind_owner(tokens, last)
    following = tokens[last + 1 : last + 12]
    participle = _participle(following)
    if participle is not None and (left < 0 or tokens[left].word not in _COVERED):
        return "extension", last + 1 + participle
    held = _held(following) or _filling(following) or _found_in_sample(tokens, left, following)
    if held is not None:
        return tokens[last + held].head, last + held
    if left > 0 and tokens[left].word == ",":
        # Telegraphic: "solid lesion, left adrenal, 45 mm".
        for index in range(left - 1, max(left - 7, -1), -1):
            if tokens[index].word in VERBS or tokens[index].relation:
                break
            if tokens[index].head == "tumour":
                ends = not following or following[0].word in {",", ".", ";", ")"}
                return ("tumour", index) if ends else (None, None)
    if left >= 0 and tokens[left].head == "tumour" and tokens[left + 1].word in _SIDED_NAME:
        # Without a preposition: "hypoechoic nodule left thyroid lobe, 2 cm".
        behind = next((token.word for token in following if token.word not in PARTS), ".")
        return (None, None) if behind.isalpha() else ("tumour", left)
    if (place := _place_named(tokens, left)) is not None:
        return "tumour", place
    listed = _list_head(tokens, left) if left > 0 else None
    if listed is not None:
        return tokens[listed].head, listed
    if left < 0 or tokens[left].word not in {"in", "within", "on", "over", "at"}:
        return None, None
    # "In the left frontal lobe MRI showed a mass", but not "on chest CT a mass was seen".
    imaged = bool(following) and following[0].head == "imaging" and any(t.word in SIDES for t in tokens[left:last])
    if (len(following) > 1 and (following[0].word in {",", "there"} or imaged)) or (
        following[0:1] and following[0].word in {"a", "an", "two"}
    ):
        for offset, token in enumerate(following, 1):
            if token.head and token.head != "imaging":
                return token.head, last + offset
            if token.relation or token.word in CLAUSE:
                break
    return None, None


def _place_named(tokens: list[SiteToken], left: int) -> int | None:
    """Where the noun stands for the place of a tumour, told in front: "the site of the lesion was", "its seat being", "site:"."""
    if left < 1 or tokens[left].word not in {"was", "were", "is", "being", ":", "in", "at", "on"}:
        return None
    for index in range(left - 1, max(left - 8, -1), -1):
        token = tokens[index]
        if token.word in PLACE_NOUNS:
            following = tokens[index + 1 : left]
            return index if all(t.head == "tumour" or t.word in OF_THE_TUMOUR for t in following) else None
        if token.head not in {"", "tumour"} or token.anatomy is not None:
            return None
    return None


def _behind_owner(tokens: list[SiteToken], last: int) -> int:
    """The last token of "the left kidney of this 30-year-old man": whose organ it is tells nothing of its role."""
    if [token.word for token in tokens[last + 1 : last + 2]] != ["of"]:
        return last
    for index in range(last + 2, min(last + 10, len(tokens))):
        if tokens[index].word in _OWNERS:
            return index
        if tokens[index].anatomy or tokens[index].head == "tumour":
            break
    return last


def _participle(following: list[SiteToken]) -> int | None:
    """The place of "replaced" in "was almost completely replaced (by tumour)"."""
    if not following or following[0].word not in VERBS:
        return None
    for index, token in enumerate(following[1:7], 1):
        if token.word in EXTENSION_PARTICIPLES:
            return index
        if token.word not in TURNS_OUT and token.word != "almost" and not token.word.endswith("ly"):
            return None
    return None


def _held(following: list[SiteToken]) -> int | None:
    """How far behind the site the tumour stands that it holds: "the kidney harboured", "was found to contain"."""
    verb = next((index for index, token in enumerate(following[:7]) if token.word in TO_HOLD), None)
    if verb is None or not all(token.word in TURNS_OUT for token in following[:verb]):
        return None
    return next((offset for offset, token in enumerate(following[: verb + 8], 1) if token.head), None)


def _filling(following: list[SiteToken]) -> int | None:
    """How far behind the site the tumour stands that fills it: "was filled by a soft tissue mass"."""
    verbs = [token.word for token in following[:6] if token.word != "almost" and not token.word.endswith("ly")]
    if not verbs or verbs[0] not in VERBS or not FILLED.intersection(verbs[:3]):
        return None
    for offset, token in enumerate(following, 1):
        if token.word in CLAUSE or token.word == ",":
            return None
        if token.head in _LESIONS:
            return offset
    return None


def _found_in_sample(tokens: list[SiteToken], left: int, following: list[SiteToken]) -> int | None:
    """How far behind the site the tumour stands that its biopsy showed: "biopsy of the mandible revealed osteosarcoma"."""
    if left < 1 or tokens[left].word not in {"of", "from"} or tokens[left - 1].word not in SAMPLED:
        return None
    read = False
    for offset, token in enumerate(following, 1):
        read = read or token.word in READ_AS
        if token.word in _DENYING or token.word in CLAUSE - {":"}:
            return None
        if read and token.head in {"tumour", "metastasis"}:
            return offset
    return None


def _list_head(tokens: list[SiteToken], left: int) -> int | None:
    """The noun in front of the colon of a list: "three nodules: left forearm, 1 cm; abdomen, 2 cm"."""
    if tokens[left].word not in {":", ";"} and not (tokens[left].word == "and" and tokens[left - 1].word in {",", ";"}):
        return None
    for colon in range(left, -1, -1):
        if tokens[colon].word in VERBS:
            return None
        if tokens[colon].word == ":":
            heads = (i for i in range(colon - 1, max(colon - 12, -1), -1) if tokens[i].head)
            index = next(heads, None)
            return index if index is not None and tokens[index].head in _LESIONS else None
    return None


def _is_covering(anatomy: Mention) -> bool:
    return anatomy.concept in _COVERINGS or not _COVERINGS.isdisjoint(anatomy.term.parents)


def _head_left(tokens: list[SiteToken], position: int) -> tuple[str | None, int | None]:
    """The noun that a relation word belongs to: "mass in", "mass with edema in", "lesions: one in"."""
    reach = 30 if tokens[position].relation == "seat" else 8 if tokens[position].word == "of" else 17
    aside: tuple[str, int] | None = None
    accompanied = False
    for index in _outside_brackets(tokens, position)[:reach]:
        token = tokens[index]
        if token.relation == "near" or (token.word in CLAUSE and token.word != "which"):
            break
        if token.word in _SUBJECTS and index and tokens[index - 1].word in {"and", ","}:
            break  # "the tumor had grown and she was started on ..."
        accompanied = accompanied or (aside is not None and token.word in {"with", "without", "causing"})
        if token.head and (token.anatomy is None or token.head == "tumour"):
            if aside is None and token.head == "finding" and not token.word.startswith("thromb"):
                if index > 1 and tokens[index - 1].word == "and" and tokens[index - 2].head in _LESIONS:
                    return tokens[index - 2].head, index - 2  # "swelling and pain in the"
                aside = token.head, index
            elif aside is None or (accompanied and token.head in _LESIONS):
                return token.head, index
            else:
                return aside
    counted = _counted_head(tokens, position) if accompanied or aside is None else (None, None)
    return counted if counted[0] else aside or (None, None)


def _outside_brackets(tokens: list[SiteToken], position: int) -> list[int]:
    """The places left of `position`, nearest first, without what stands in brackets: "glioma (WHO grade II) of"."""
    found, depth = [], 0
    for index in range(position - 1, -1, -1):
        depth += (tokens[index].word in {")", "]"}) - (tokens[index].word in {"(", "["})
        if depth == 0:
            found.append(index)
    return found


def _counted_head(tokens: list[SiteToken], position: int) -> tuple[str | None, int | None]:
    """The noun that a number stands for: "four lesions were seen: one in the frontal lobe, the largest in the pons"."""
    if not any(token.word in _COUNTS for token in tokens[max(0, position - 6) : position]):
        return None, None
    for index in range(position - 1, -1, -1):
        if tokens[index].head in _LESIONS:
            return tokens[index].head, index
        if tokens[index].head in {"procedure", "imaging"}:
            break
    return None, None
