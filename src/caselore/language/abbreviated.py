"""Abbreviations of tumour types that a text makes for itself: behind "myxofibrosarcoma (MFS)" MFS is that tumour."""

from __future__ import annotations

import re
from collections.abc import Iterable

from caselore.language.lexicon import Mention, Term
from caselore.language.patterns import Pattern
from caselore.model.text import TextSpan

_SHORTENED = Pattern(r"\s*\(([A-Z][A-Za-z\d-]{1,7}?)s?\)")
_LEAD = 40
"""Characters in front of a name that the abbreviation may begin with: "extra-axial chordoma (EAC)"."""


def without_namesakes(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Without what only shares the abbreviation of a tumour: behind "gangliocytic paraganglioma (GP)" GP is no regimen."""
    short = {match[1] for mention in mentions if mention.kind == "tumour" if (match := _behind(text, mention))}
    if not short:
        return mentions
    return tuple(mention for mention in mentions if mention.kind == "tumour" or mention.words not in short)


def with_abbreviations(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """With the abbreviations that no table has, wherever they stand."""
    known = {mention.words for mention in mentions}
    own: dict[str, Term] = {}
    for mention in mentions:
        if mention.kind == "tumour" and not mention.weak and not mention.adjective and mention.get("rank") == "":
            match = _behind(text, mention)
            if match and match[1] not in known and _stands_for(match[1], text, mention):
                own.setdefault(match[1], mention.term)
    if not own:
        return mentions
    found = (
        Mention(term=own[match[1]], span=TextSpan(match.start(), match.end()), words=match[0])
        for match in re.finditer(rf"\b({'|'.join(sorted(map(re.escape, own), key=len, reverse=True))})s?\b", text)
    )
    return _in_order((*mentions, *found))


def _behind(text: str, mention: Mention) -> re.Match[str] | None:
    return _SHORTENED.match(text, mention.span.end)


def _stands_for(short: str, text: str, mention: Mention) -> bool:
    """Whether at least two capitals, and the letters in their order in the name or in the words that lead up to it."""
    letters = [letter.lower() for letter in short if letter.isalpha()]
    lead = text[max(0, mention.span.start - _LEAD) : mention.span.end].lower()
    characters = iter(lead)
    return sum(letter.isupper() for letter in short) >= 2 and all(letter in characters for letter in letters)


def _in_order(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(mentions, key=lambda m: (m.span.start, -m.span.end, m.kind, m.concept)))
