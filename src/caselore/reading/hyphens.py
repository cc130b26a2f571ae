"""Line-end hyphens: which belong to the word and which only to the line."""

from __future__ import annotations

import re
from collections import Counter

_BROKEN = re.compile(r"[\w'’-]+[-‐‑\u00ad\ufffe][ \t]*[\r\n]\s*[\w'’-]+")
_LINE_END = re.compile(r"[-‐‑\u00ad\ufffe][ \t]*[\r\n]")
_WORD = re.compile(r"[^\W\d_][\w'’]*(?:[-‐‑][\w'’]+)*")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


SECOND_PARTS = _words(
    "based shaped sided positive negative associated related weighted enhanced enhancing deficient derived specific "
    "induced defined differentiated threatening sectional named known looking containing forming resistant sensitive "
    "dependent independent mediated guided assisted matched stained treated cell cells power grade dose"
)
"""Second parts that follow a word of its own with a hyphen, whatever that word is."""
SECOND_PARTS_OF_WORDS = _words(
    "old year years month months week weeks day days like up free term type field fold fed line lying density risk "
    "hour hours minute mm cm gy"
)
"""Second parts that also end words written as one ("midline"): the first part must be a word of the text."""
MEASURES = _words("year month week day hour minute cell mm cm")
KEEP_AFTER = _words(
    "self non well ill x half cross quasi short long low high small large left right first second third two three "
    "four five six seven eight nine ten full part free soft single "
)
"""First parts that are usually followed by a hyphen."""
CLOSED = _words("some with there where here how what when every any out over under up down fore inter intra head back")
"""First parts of words written as one."""


def vocabulary(text: str) -> Counter[str]:
    """The words of a text in lower case, hyphenated ones as a whole, apart from those broken at the end of a line."""
    whole = _BROKEN.sub(" ", text) if _LINE_END.search(text) else text
    folded = whole.replace("‐", "-").replace("‑", "-").casefold()
    if len(folded) == len(whole):
        return Counter(_WORD.findall(folded))
    return Counter(word.replace("‐", "-").replace("‑", "-").casefold() for word in _WORD.findall(whole))


def keeps_hyphen(before: str, after: str, words: Counter[str]) -> bool:
    """Whether the hyphen between `before`, which ends a line, and `after`, which begins the next, belongs to the word.

    What the text does elsewhere decides; then digits and capitals, and the usual first and second parts of compounds.
    """
    left = re.search(r"[\w'’-]*$", before)
    right = re.match(r"[\w'’]*", after)
    first, second = (left[0] if left else ""), (right[0] if right else "")
    if not first or not second:
        return True
    last_part = first.rsplit("-", 1)[-1]
    if not last_part[-1:].islower() or not second[0].islower():
        return True
    joined, hyphenated = words[(first + second).casefold()], words[f"{first}-{second}".casefold()]
    if joined != hyphenated:
        return hyphenated > joined
    piece = last_part.casefold()
    if piece in CLOSED:
        return False
    if piece in KEEP_AFTER:
        return not (len(piece) <= 4 and words[piece] == 0) or piece in {"non", "self"}
    known = len(piece) >= 3 and words[piece] > 0
    if second in SECOND_PARTS and len(piece) >= 3:
        return True
    if second in SECOND_PARTS_OF_WORDS and (known or piece in MEASURES):
        return True
    return known and len(piece) >= 4 and len(second) >= 4 and words[second.casefold()] > 0
