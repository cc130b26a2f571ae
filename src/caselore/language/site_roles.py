"""How a site is tied to a tumour: the walk from a site to the word that governs it."""

from __future__ import annotations

from caselore.language.lexicon import Mention
from caselore.language.patterns import Pattern
from caselore.language.site_tokens import SiteToken
from caselore.language.site_words import (
    ARTICLES,
    CLAUSE,
    FOUND,
    JOINS,
    LEAD,
    LESIONS,
    NOT_BETWEEN,
    PARTS,
    SHOWN,
    TRACED,
    VERBS,
    words,
)

SIDES = {"left": "left", "right": "right", "bilateral": "bilateral", "both": "bilateral", "midline": "midline"}
SIDES |= {"lt": "left", "rt": "right", "median": "midline", "bilaterally": "bilateral"}
_BESIDE = words("behind beneath under underneath around overlying")
"""After a comma these only tell where the place just named is: "on the neck, behind the muscle"."""
_SUBJECTS = words("he she they we")
_COUNTS = words(
    "one two three four five other others another largest larger smallest smaller latter former first second third"
)
_ADJECTIVE = Pattern(
    r"(?:infra|supra|retro|peri|para|sub|juxta|mid|inter|intra|extra|antero|postero|infero|supero)\w{3,}|\w{3,}(?:al|ar|ior|oid|eal|ary)"
)
"""May stand in front of the name of a site: "the infrarenal vena cava"."""
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
    told = [token.word for token in tokens[position - 1 : position + 12]]
    return told[:2] in (["extended", "from"], ["extending", "from"], ["extends", "from"]) and "to" in told[2:]


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
    if head == "finding" and where is not None and _is_seated_disease(tokens[where : position + 1]):
        return "tumour", where
    if kind in ("toward", "extension"):
        if head in ("finding", "imaging", "procedure") and not _is_shown(tokens[where or 0 : position]):
            return head, where
        return ("metastasis" if head == "metastasis" and kind == "toward" else "extension"), position
    if head is None and kind == "seat" and any(t.word in {"it", "which", "this"} for t in tokens[:position]):
        return "tumour", position
    return head, where


def _is_seated_disease(tokens: list[SiteToken]) -> bool:
    """ "The disease was located in the sinus in case 1, in the nasopharynx in case 2": up to the preposition."""
    return tokens[0].word == "disease" and any(token.relation == "seat" for token in tokens)


def _is_shown(tokens: list[SiteToken]) -> bool:
    """Whether a verb of finding parts the means from what follows: "CT showed (destruction of the body of L3)"."""
    return any(token.word in SHOWN for token in tokens)


def _is_covering(anatomy: Mention) -> bool:
    return anatomy.concept in _COVERINGS or not _COVERINGS.isdisjoint(anatomy.term.parents)


def _head_left(tokens: list[SiteToken], position: int) -> tuple[str | None, int | None]:
    """The noun that a relation word belongs to: "mass in", "mass with edema in", "lesions: one in"."""
    reach = 30 if tokens[position].relation == "seat" else 8 if tokens[position].word == "of" else 17
    aside: tuple[str, int] | None = None
    accompanied = False
    if tokens[position].word == "of" and tokens[position - 1].word in {"that", "those"}:
        return None, None  # "it resembled that of the bladder"
    if tokens[position - 1].word in _COUNTS and (counted := _counted_head(tokens, position))[0]:
        return counted
    for index in _outside_brackets(tokens, position)[:reach]:
        token = tokens[index]
        if index == position - 1 and token.anatomy and token.word.startswith("node"):
            return "finding", index  # "a mass and two enlarged lymph nodes in the groin"
        if (token.relation == "near" and tokens[position - 1].word not in FOUND) or (
            token.word in CLAUSE and token.word != "which"
        ):
            break
        if token.word in _SUBJECTS and index and tokens[index - 1].word in {"and", ","}:
            break  # "the tumor had grown and she was started on ..."
        accompanied = accompanied or (aside is not None and token.word in {"with", "without", "causing"})
        if token.head and (token.anatomy is None or token.head == "tumour"):
            if aside is None and token.head == "finding" and not token.word.startswith("thromb"):
                if index > 1 and tokens[index - 1].word == "and" and tokens[index - 2].head in LESIONS:
                    return tokens[index - 2].head, index - 2  # "swelling and pain in the"
                aside = token.head, index
            elif aside is None or (accompanied and token.head in LESIONS):
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
        if tokens[index].head in LESIONS:
            return tokens[index].head, index
        if tokens[index].head == "procedure":
            break
    return None, None
