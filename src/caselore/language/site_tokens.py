"""The tokens of a sentence as the roles of sites need them: which are places, tumour words, relations, verbs of growing."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import msgspec

from caselore.language.lexicon import Mention
from caselore.language.patterns import Pattern
from caselore.language.site_words import NO_TUMOUR_MASS, NOT_A_LESION_GROWTH, NOT_THE_TUMOUR, words
from caselore.language.view import SentenceView

_TOKEN = Pattern(r"\d+(?:[.,·]\d+)+|[^\W_]+(?:['’][^\W_]+)?|[^\w\s]")


_LISTING = words(": above including namely notably especially particularly chiefly mainly")


class SiteToken(msgspec.Struct):
    start: int
    end: int
    word: str
    anatomy: Mention | None = None
    head: str = ""
    relation: str = ""
    extends: bool = False


@lru_cache(maxsize=2)
def site_tokens(view: SentenceView) -> list[SiteToken]:
    """The tokens of a sentence; kept for the next topic that asks for those of the same sentence."""
    base = view.span.start
    tokens = [SiteToken(m.start() + base, m.end() + base, m[0].lower()) for m in _TOKEN.finditer(view.text)]
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
        if token.word == "mass" and following.word in {"effect", "effects"}:
            token.head = ""
        if following.word == "mass" and token.word in NO_TUMOUR_MASS:
            following.head = ""
        if token.word in {"growth", "growths"} and not token.head and following.word not in NOT_A_LESION_GROWTH:
            token.head = "tumour" if _is_a_thing(tokens, token) else ""
        if {token.head, following.head} == {"metastasis", "tumour"}:
            token.head = following.head = "metastasis"
    _follow_metastases(tokens)
    return tokens


def _follow_metastases(tokens: list[SiteToken]) -> None:
    """A tumour word right behind "metastases", or in the list of them that follows, is one of them."""
    for index, token in enumerate(tokens):
        if token.head == "tumour":
            left = tokens[max(0, index - 10) : index]
            near = any(t.head == "metastasis" for t in left[-3:])
            listed = any(
                t.head == "metastasis" and any(u.word in _LISTING for u in left[place:]) for place, t in enumerate(left)
            )
            if near or listed:
                token.head = "metastasis"


def _is_a_thing(tokens: list[SiteToken], growth: SiteToken) -> bool:
    """Whether "growth" is a lesion, "a fleshy, bleeding growth", and not how something grew, "the growth of the tumour"."""
    place = tokens.index(growth)
    for token in reversed(tokens[max(0, place - 7) : place]):
        if token.word in {"a", "an", "growths"}:
            return True
        if token.head not in {"", "finding"} or token.relation or token.word in {"the", "its", "their"}:
            return False
    return growth.word == "growths"
