"""Cuts a sentence that speaks of several persons into the stretches that belong to each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from caselore.assembly.genericity import Tone, tone
from caselore.assembly.mentions_of_persons import EACH, Pointer, read_introductions, read_references
from caselore.language.patterns import Pattern
from caselore.language.silence import spared
from caselore.language.view import SentenceView
from caselore.model.text import TextSpan

_JOINT = Pattern(
    r";\s+|:\s+(?=an?\s)|\.\s+(?=[A-Z])"
    r"|,\s+(?=(?:and|but|whereas|while|although|though|yet|the other|one|in|our|the present|there (?:is|was))\b)"
    r"|\s(?=and\s+(?:was|were|is|none|both|neither)\s)"
    r"|\s(?=(?:whereas|while)\s)|\s(?=and\s+(?:an?|one|the (?:other|first|second|third))\s)"
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
    return tuple(cuts)


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
        found.append((reference.span.start, ("own", reference.numbers)))
    found += [(match.start(), ("report", match.start())) for match in _REPORT.finditer(text)]
    turns = [match.start() for match in EACH.finditer(text)]
    if len(turns) > 1:
        found += [(place, ("each", number)) for number, place in enumerate(turns)]
    return tuple(sorted(found, key=lambda anchor: anchor[0]))
