"""Words that tell a person's sex, and words for relatives."""

from __future__ import annotations

import re

from caselore.language.patterns import Pattern

MALE_NOUNS = (
    r"m[ae]n|males?|boys?|gentlem[ae]n|fathers?|husbands?|sons?|grandfathers?|schoolboys?|businessm[ae]n|fisherm[ae]n|"
    r"widower|chairman|serviceman|workman|policeman|fireman|salesman|farmhand"
)
FEMALE_NOUNS = (
    r"wom[ae]n|females?|girls?|lad(?:y|ies)|mothers?|wi(?:fe|ves)|daughters?|grandmothers?|schoolgirls?|housewi(?:fe|ves)|"
    r"homemakers?|widow|nun|multigravida|primigravida|primipara|multipara|nullipara|nulligravida?|gravida|businesswom[ae]n|"
    r"parturient|primiparous|multiparous|nulliparous"
)
SEX_NOUN = rf"(?:(?P<male>{MALE_NOUNS})|(?P<female>{FEMALE_NOUNS}))"

RELATIVES = (
    r"fathers?|mothers?|parents?|brothers?|sisters?|siblings?|twins?|(?:half-?)(?:brothers?|sisters?)|sons?|daughters?|"
    r"(?:grand|step|god)?(?:father|mother|son|daughter|parent|child|children)s?|uncles?|aunts?|cousins?|nephews?|nieces?|"
    r"husbands?|wi(?:fe|ves)|spouse|relatives?|offspring|partner|boyfriend|girlfriend|kin|donors?"
)

NOT_OF_KIN = rf"(?!['’]s?\s+(?:\w+\s+)?(?:{RELATIVES}|family)\b)"
"""Behind "the boy": his tumour or his course, but not his mother."""

_SEX = Pattern(rf"\b{SEX_NOUN}\b", re.I)


def sex_of(noun: str) -> str | None:
    """ "male" or "female" for a noun or a letter M or F; None for other words."""
    if noun in ("M", "F", "m", "f"):
        return "male" if noun in "Mm" else "female"
    match = _SEX.search(noun)
    return match.lastgroup if match else None
