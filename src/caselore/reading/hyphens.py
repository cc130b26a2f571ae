"""Line-end hyphens: which belong to the word and which only to the line."""

from __future__ import annotations

import re
from collections import Counter

_BROKEN = re.compile(r"[\w'’-]+[-‐‑\u00ad\ufffe][ \t]*[\r\n]\s*[\w'’-]+")
_WORD = re.compile(r"[^\W\d_][\w'’]*(?:[-‐‑][\w'’]+)*")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


KEEP_BEFORE = _words(
    "old year years month months week weeks day days based like up free term sided shaped positive negative "
    "associated related weighted enhanced enhancing dose grade deficient derived specific induced defined "
    "differentiated threatening sectional type cell named known looking containing forming resistant sensitive "
    "dependent independent power field fold mediated guided assisted fed mm cm gy hour hours minute line lying "
    "matched stained like density risk "
)
"""Second parts that authors write with a hyphen when the first part is a word of its own."""
KEEP_AFTER = _words(
    "self non well ill x half cross quasi short long low high small large left right first second third two three "
    "four five six seven eight nine ten full part free soft single "
)
"""First parts that are usually followed by a hyphen."""
CLOSED = _words("some with there where here how what when every any out over under up down fore inter intra head back")
"""First parts of words written as one."""


def vocabulary(text: str) -> Counter[str]:
    """The words of a text in lower case, hyphenated ones as a whole, apart from those broken at the end of a line."""
    whole = _BROKEN.sub(" ", text)
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
    if second in KEEP_BEFORE and (known or len(piece) >= 5):
        return True
    return known and len(piece) >= 4 and len(second) >= 4 and words[second.casefold()] > 0
