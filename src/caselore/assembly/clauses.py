"""Cuts a sentence that speaks of several persons into the stretches that belong to each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from caselore.assembly.genericity import Tone, tone
from caselore.assembly.mentions_of_persons import COMPARED_AGE, EACH, Pointer, read_introductions, read_references
from caselore.language.patterns import Pattern
from caselore.language.persons import NOT_OF_KIN
from caselore.language.silence import spared
from caselore.language.view import SentenceView
from caselore.model.text import TextSpan

_JOINT = Pattern(
    r";\s+|:\s+(?=an?\s)|\.\s+(?=[A-Z])"
    r"|,\s+(?=(?:and|but|whereas|while|although|though|yet|the other|one|in|our|the present|there (?:is|was))\b)"
    r"|\s(?=and\s+(?:was|were|is|none|both|neither)\s)"
    r"|\s(?=(?:whereas|while)\s)|\s(?=and\s+(?:an?|one|the (?:other|first|second|third))\s)"
    r"|(?:,\s+|\s(?=(?:and|but)\s))(?=(?:(?:and|but)\s+)?(?:(?:in|for|to|of)\s+)?(?:(?:the|our)\s+)?"
    r"(?:(?:case|patient)\s+(?:\d|[IVX]+\b|[A-F]\b|(?:one|two|three|four)\b)|(?:second|third|other|latter|man|woman|boy|girl|male|female|older|elder|younger)\b))"
)
_SEXED = Pattern(
    r"\b(?:(?P<he>he)|(?P<she>she)|the\s+(?:(?P<male>man|boy|male\s+patient)|(?P<female>woman|girl|female\s+patient)))\b"
    + NOT_OF_KIN,
    re.IGNORECASE,
)
"""Patients told apart by their sex: "the man was operated on, and the woman irradiated"."""
_SHARED = Pattern(
    r"(?<![\w-])(?:both\s+)?(?:were|had|have|are|presented|underwent|developed|received|came|complained|suffered|died|showed|noticed|"
    r"sought|experienced|consulted)\b"
)
_FINITE = Pattern(
    r"\b(?:was|were|is|are|had|has|have|did|who|which|that|whose|whom|came|went|felt|died|underwent|[a-z]{3,}ed)\b(?<!\baged)(?<!-aged)",
    re.IGNORECASE,
)


_REPORT = Pattern(r"\bthere (?:is|was|has been) (?:a|one|another) (?:\w+ )?report (?=which|in which|where|of an?\b)")

_Key = tuple[str, object]
"""What an anchor names: equal for the same person."""


def clauses(view: SentenceView) -> tuple[TextSpan, ...]:
    """The stretches of a sentence, without gaps; one, unless it names several persons or turns from general to a patient."""
    cuts = _cuts(view.text)
    edges = [0, *cuts, len(view.text)]
    start = view.span.start
    return tuple(TextSpan(start + a, start + b) for a, b in pairwise(edges))


@lru_cache(maxsize=1024)
def _cuts(text: str) -> tuple[int, ...]:
    """Several steps ask for the clauses of the same sentence."""
    anchors = _anchors(text)
    if not anchors:
        return ()
    joints = [match.end() for match in _JOINT.finditer(text)]
    cuts: list[int] = []
    place, key = anchors[0]
    joint = max((joint for joint in joints if joint <= place), default=None)
    if joint is not None and key[0] in ("own", "report") and tone(text[:joint]) is Tone.GENERAL:
        cuts.append(joint)
    for (_, before), (place, key) in pairwise(anchors):
        if before == key:
            continue
        earlier = cuts[-1] if cuts else 0
        joint = max((joint for joint in joints if earlier < joint <= place), default=None)
        if joint is not None and not _within(anchors, before, joint):
            cuts.append(joint)
        elif key[0] == "new" and before[0] == "new":
            cuts.append(place)
    if (shared := _shared(text, anchors, cuts)) is not None:
        cuts.append(shared)
    return tuple(cuts)


def _shared(text: str, anchors: Sequence[tuple[int, _Key]], cuts: Sequence[int]) -> int | None:
    """Where what is said of several begins: "A man of 50 and a woman of 60 | were admitted with pain"."""
    if not cuts or {key[0] for _, key in anchors} != {"new"} or _FINITE.search(text[anchors[0][0] : cuts[-1]]):
        return None
    predicate = _SHARED.search(text, anchors[-1][0])
    if predicate is None or _FINITE.search(text[cuts[-1] : predicate.start()]):
        return None
    return predicate.start()


def is_shared(text: str) -> bool:
    """Whether a stretch behind others begins with what is said of all whom they brought in."""
    return _SHARED.match(text) is not None


def _within(anchors: Sequence[tuple[int, _Key]], key: _Key, joint: int) -> bool:
    """Whether the last anchor of `key` stands behind the joint, so that cutting there would tear it off."""
    return max(place for place, other in anchors if other == key) >= joint


@spared
def _anchors(text: str) -> tuple[tuple[int, _Key], ...]:
    """Where the sentence turns to a person, with a key that is equal for the same person."""
    found: list[tuple[int, _Key]] = []
    for introduction in read_introductions(text):
        if not introduction.weak and not introduction.definite:
            found.append((introduction.span.start, ("new", (introduction.age, introduction.sex))))
    for reference in read_references(text):
        if reference.compared or reference.pointer is Pointer.AUTHORS:
            continue
        if (
            reference.pointer is Pointer.TOGETHER
            and len({key for place, key in found if place < reference.span.start}) < 2
        ):
            continue
        found.append((reference.span.start, ("own", reference.numbers)))
    found += [(match.start(), ("report", match.start())) for match in _REPORT.finditer(text)]
    sexes = [(match.start(), ("sex", match.lastgroup in ("he", "male"))) for match in _SEXED.finditer(text)]
    if len({key for _, key in sexes}) > 1:
        found += sexes
    elif together := _all_before(text, sexes):
        found += [(together, ("own", ())), *sexes]
    ages = [(match.start(), ("old", match["old"] is not None)) for match in COMPARED_AGE.finditer(text)]
    found += ages if len({key for _, key in ages}) > 1 else []
    turns = [match.start() for match in EACH.finditer(text)]
    if len(turns) > 1:
        found += [(place, ("each", number)) for number, place in enumerate(turns)]
    return tuple(sorted(found, key=lambda anchor: anchor[0]))


def _all_before(text: str, sexes: Sequence[tuple[int, _Key]]) -> int | None:
    """Where something is said of all before one is singled out: "Both had a resection; the woman was also irradiated"."""
    of_all = (Pointer.SEVERAL, Pointer.TOGETHER)
    places = [one.span.start for one in read_references(text) if one.pointer in of_all and not one.compared]
    return next((place + 1 for place in places if sexes and place < sexes[0][0]), None)
