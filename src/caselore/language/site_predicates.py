"""How a site is tied to a tumour by what is said of it: "the dura was infiltrated", "the kidney harboured a mass"."""

from __future__ import annotations

from caselore.language.site_roles import SIDES
from caselore.language.site_tokens import SiteToken
from caselore.language.site_words import (
    CLAUSE,
    EXTENSION_PARTICIPLES,
    FILLED,
    LESIONS,
    OF_THE_TUMOUR,
    PARTS,
    PLACE_NOUNS,
    READ_AS,
    SAMPLED,
    SHOWN,
    TO_HOLD,
    TURNS_OUT,
    VERBS,
    words,
)

_COVERED = words("over around near under beneath along between behind overlying below above")
"""In front of an organ that only tells which part of another one is meant: "the pericardium over the ventricle was infiltrated"."""
_DENYING = words("no not never without nor normal benign negative")
_SIDED_NAME = frozenset({"left", "right", "bilateral", "lt", "rt"})
_OWNERS = words("patient man woman boy girl child infant male female lady gentleman")


def role_by_predicate(tokens: list[SiteToken], left: int, last: int) -> tuple[str | None, int | None]:
    """The role of a site in front of what is said of it: "the dura was infiltrated", "in the liver there was a mass"."""
    last = _behind_owner(tokens, last)
    if left < 0 or not tokens[left].relation:
        last = _behind_coordinated(tokens, last)
    following = tokens[last + 1 : last + 12]
    participle = _participle(following)
    if participle is not None and (left < 0 or tokens[left].word not in _COVERED):
        return "extension", last + 1 + participle
    held = (
        _held(following, as_subject=left < 0 or tokens[left].word in {",", ";", ":"})
        or _filling(following)
        or _found_in_sample(tokens, left, following)
    )
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


def _behind_coordinated(tokens: list[SiteToken], last: int) -> int:
    """The last token of the places that share what is said of them: "both lateral ventricles and the third were filled"."""
    index, found = last + 1, last
    joined = False
    while index < len(tokens) and (
        tokens[index].anatomy or tokens[index].word in {",", "and", "the", "both", "left", "right"}
    ):
        joined = joined or tokens[index].word == "and"
        if tokens[index].anatomy:
            found = index
        index += 1
    return found if joined else last


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


def _held(following: list[SiteToken], *, as_subject: bool) -> int | None:
    """How far behind the site the tumour stands that it holds: "the kidney harboured", "was found to contain", and, where
    it is the subject, "the vulva, on the left, showed"."""
    aside = _length_of_aside(following)
    verb = next((i for i, token in enumerate(following[aside : aside + 7], aside) if token.word in TO_HOLD), None)
    if verb is None and as_subject and following[aside : aside + 1] and following[aside].word in SHOWN:
        verb = aside
    if verb is None or not all(token.word in TURNS_OUT for token in following[aside:verb]):
        return None
    return next(
        (offset for offset, token in enumerate(following[: verb + 10], 1) if token.head and offset > verb), None
    )


def _length_of_aside(following: list[SiteToken]) -> int:
    """Of "the bladder, on cystoscopy, bore": the words between two commas behind the place."""
    if following[:1] and following[0].word == ",":
        return next((index + 1 for index, token in enumerate(following[1:6], 1) if token.word == ","), 0)
    return 0


def _filling(following: list[SiteToken]) -> int | None:
    """How far behind the site the tumour stands that fills it: "was filled by a soft tissue mass"."""
    verbs = [token.word for token in following[:6] if token.word != "almost" and not token.word.endswith("ly")]
    if not verbs or verbs[0] not in VERBS or not FILLED.intersection(verbs[:3]):
        return None
    for offset, token in enumerate(following, 1):
        if token.word in CLAUSE or token.word == ",":
            return None
        if token.head in LESIONS:
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
            return index if index is not None and tokens[index].head in LESIONS else None
    return None
