"""What an author says of a coordinated group: found or not found, by the nearest cue that governs it.

Every cue is counted by its negations: "showed no loss of INI1" has two and is positive, "did not stain for CD34" has one. A
cue stands before its group ("positive for A and B", "lack of A") or behind it ("A and B were lost"); behind a governed noun
("staining for A was absent") the two are read together, and where each has its own verdict the group is split.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

import msgspec

from caselore.language.patterns import Pattern
from caselore.language.verdict_cues import (
    ADDED,
    ADDITION,
    AFFIRMING,
    ALONG_WITH,
    ALSO,
    APART,
    APPOSED,
    AS_WERE,
    BEFORE,
    CONTRAST,
    DEGREE_BEHIND,
    DEMONSTRATED,
    DESCRIBED,
    DESCRIBED_LEAD,
    ELIDED,
    EQUIVOCAL,
    EXCEPT,
    EXCLUSION,
    EXISTENTIAL,
    GOVERNS_NEXT,
    IN_CELLS,
    IN_NONE,
    INTERJECTION,
    INTERPRETED,
    LISTED,
    NEGATION,
    NOUN_BEHIND,
    PASSIVE,
    POLAR_BEHIND,
    PREDICATE,
    SEEN,
    STRONG,
    TAIL_END,
    WEAK,
)
from caselore.model.text import TextSpan

_NONE_OF_THESE = Pattern(r"\b(?:no(?: other)?|none of the(?: other)?)\s+(?:[\w-]+\s+){1,4}[(:][^).;]*$", re.IGNORECASE)
""" "No other hormones (A, B) were expressed" denies what stands in the brackets."""


class Result(StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"
    EQUIVOCAL = "equivocal"

    @property
    def opposite(self) -> Result:
        return {Result.POSITIVE: Result.NEGATIVE, Result.NEGATIVE: Result.POSITIVE}.get(self, self)


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """A result and its cue, in the coordinates of the sentence; `members` are the group's spans that it holds for."""

    result: Result
    cue: TextSpan
    members: tuple[TextSpan, ...]


class _Before(msgspec.Struct, frozen=True):
    name: str
    start: int
    negations: int
    affirmed: bool
    existential: bool
    """a noun behind a verb ("showed staining for A") and not itself the subject ("staining for A was ...")"""


class _After(msgspec.Struct, frozen=True):
    start: int
    end: int
    negations: int
    strong: bool
    plural: bool
    equivocal: bool


def verdicts(text: str, groups: Sequence[Sequence[TextSpan]], *, context: bool) -> list[Verdict]:
    """The verdicts on groups of mentions of one sentence; `text` is masked, `groups` ordered, spans in its coordinates.

    `context` tells that the sentence is about staining (or testing), so that "A was seen" says something about A.
    """
    found: list[Verdict] = []
    floor = 0
    added: tuple[TextSpan, ...] = ()
    groups = [part for group in groups for part in _parted(text, group)]
    for number, group in enumerate(groups):
        limit = groups[number + 1][0].start + 1 if number + 1 < len(groups) else len(text)
        last = found[-1].result if found else None
        here = _across_an_exclusion(text, group) or _verdicts_on(text, group, floor, limit, last, context)
        if here and added:
            here.insert(0, Verdict(result=here[0].result, cue=here[0].cue, members=added))
        added = tuple(group) if not here and ADDITION.search(text[floor : group[0].start]) else ()
        found += here
        floor = max([group[-1].end, *(verdict.cue.end for verdict in here if verdict.cue.end < limit)])
    return found


def _parted(text: str, group: Sequence[TextSpan]) -> list[Sequence[TextSpan]]:
    """ "Apart from A and B, C was lost" and "In addition to A, C was": what is set apart or added ends at the last comma."""
    lead, behind = text[: group[0].start], text[group[-1].end :]
    if not (EXCEPT.search(lead) or ADDITION.search(lead)) or not PREDICATE.match(behind):
        return [group]
    commas = [i for i in range(1, len(group)) if APART.fullmatch(text[group[i - 1].end : group[i].start])]
    return [group[: commas[-1]], group[commas[-1] :]] if commas else [group]


def _across_an_exclusion(text: str, group: Sequence[TextSpan]) -> list[Verdict]:
    """ "A, but not B, was positive": what is said behind the exclusion is said of A."""
    aside = EXCLUSION.match(text, group[-1].end)
    after = _after(text, aside.end(), len(text)) if aside else None
    return [_verdict(after.negations, after.start, after.end, tuple(group))] if after else []


def contrasted(text: str, members: tuple[TextSpan, ...]) -> Verdict | None:
    """What is said of a group behind a contrast: "stained the vessels but was negative in the tumour" is negative."""
    joint = CONTRAST.match(text, members[-1].end)
    polar = STRONG.search(joint["predicate"]) if joint else None
    if joint is None or polar is None:
        return None
    negations = len(NEGATION.findall(joint["predicate"][: polar.end()]))
    return _verdict(negations, joint.start("predicate"), joint.start("predicate") + polar.end(), members)


def _verdicts_on(
    text: str, group: Sequence[TextSpan], floor: int, limit: int, last: Result | None, context: bool
) -> list[Verdict]:
    start, end = group[0].start, group[-1].end
    lead = text[floor:start]
    before, after = _before(text, floor, start), _after(text, end, limit)
    members = tuple(group)
    if (exception := EXCEPT.search(lead)) and not (ADDITION.search(lead) or ALSO.match(text, end)):
        return _exception(text, exception.start() + floor, members, floor, last)
    if before is None and (apposed := APPOSED.match(text, end)):
        result = Result.POSITIVE if apposed["plus"] else Result.NEGATIVE
        return [Verdict(result=result, cue=TextSpan(*apposed.span()), members=members)]
    if after and after.equivocal:
        return [Verdict(result=Result.EQUIVOCAL, cue=TextSpan(after.start, after.end), members=members)]
    if (noun := POLAR_BEHIND.match(text, end, limit)) and before and before.name == "said":
        return [_verdict(len(NEGATION.findall(noun[0])), end, noun.end(), members)]
    if before and (before.name == "said" or before.existential):
        if after and after.strong and len(group) > 1:
            cut = _cut(text, group, after.plural)
            return [
                _verdict(before.negations, before.start, start, members[:cut]),
                _verdict(after.negations, after.start, after.end, members[cut:]),
            ]
        return [_verdict(before.negations, before.start, start, members)]
    if before and before.name == "none" and after and after.strong and not after.plural and _starts_anew(text, group):
        return [
            _verdict(before.negations, before.start, start, members[:-1]),
            _verdict(after.negations, after.start, after.end, members[-1:]),
        ]
    if after and (after.strong or before or context):
        negations = after.negations + (before.negations if before else len(_NONE_OF_THESE.findall(text[:start])))
        cue = (before.start, start) if before and not after.strong else (after.start, after.end)
        return [_verdict(negations, *cue, members)]
    if before and (before.name == "none" or before.negations or before.affirmed):
        return [_verdict(before.negations, before.start, start, members)]
    tail = text[end : _tail_end(text, end, limit)]
    if (noun := NOUN_BEHIND.match(tail)) and AFFIRMING.search(_window(lead)):
        return [_verdict(len(NEGATION.findall(_window(lead))), end, end + noun.end(), members)]
    if last and re.fullmatch(r"\s*,\s*(?:and\s+)?(?:also\s+)?", lead) and NOUN_BEHIND.match(tail):
        return [Verdict(result=last, cue=TextSpan(end, end + len(tail)), members=members)]
    if last and IN_NONE.match(tail):
        return [Verdict(result=Result.NEGATIVE, cue=TextSpan(end, end + len(tail)), members=members)]
    if last and IN_CELLS.match(tail) and "," in lead:
        return [Verdict(result=last, cue=TextSpan(end, end + len(tail)), members=members)]
    elided = ELIDED.fullmatch(tail)
    denied = bool(elided and (elided["not"] or elided["not_at_all"] or elided["none"]))
    if elided and last:
        contrast = re.search(r"\b(?:but|whereas|while|though|although|however|in contrast)\b", lead, re.I)
        result = Result.NEGATIVE if denied else last.opposite if contrast else last
        return [Verdict(result=result, cue=TextSpan(end, end + len(tail)), members=members)]
    if denied:
        return [Verdict(result=Result.NEGATIVE, cue=TextSpan(end, end + len(tail)), members=members)]
    if LISTED.search(lead):
        return [_verdict(0, floor, start, members)]
    if named := DEMONSTRATED.search(lead):
        return [_verdict(len(NEGATION.findall(named[0])), floor + named.start(), start, members)]
    if last and (AS_WERE.search(lead) or ALONG_WITH.search(lead)):
        return [Verdict(result=last, cue=TextSpan(floor, start), members=members)]
    return _by_degree(text, members, before, floor, context)


def _by_degree(
    text: str, members: tuple[TextSpan, ...], before: _Before | None, floor: int, context: bool
) -> list[Verdict]:
    """Without a word of result: "expression of A pointed to a sarcoma", "strong A was typical", "A diffuse, B focal"."""
    start, end = members[0].start, members[-1].end
    if before and before.name == "noun" and INTERPRETED.match(text, end):
        return [_verdict(before.negations, before.start, start, members)]
    if before or not context:
        return []
    if described := DESCRIBED_LEAD.search(text[floor:start]):
        negations = len(NEGATION.findall(_window(text[floor : floor + described.start()])))
        return [_verdict(negations, floor + described.start(), start, members)]
    behind = DEGREE_BEHIND.match(text, end)
    return [_verdict(0, end, behind.end(), members)] if behind else []


def _verdict(negations: int, start: int, end: int, members: tuple[TextSpan, ...]) -> Verdict:
    result = Result.NEGATIVE if negations % 2 else Result.POSITIVE
    return Verdict(result=result, cue=TextSpan(start, end), members=members)


def _exception(text: str, start: int, members: tuple[TextSpan, ...], floor: int, last: Result | None) -> list[Verdict]:
    """What is excepted has the opposite of what is said of the rest, before or behind it."""
    cue = TextSpan(start, members[0].start)
    said = last
    if said is None:
        rest = text[floor:start] if STRONG.search(text[floor:start]) else text[members[-1].end :]
        polar = STRONG.search(rest)
        if polar is None:
            return []
        said = Result.NEGATIVE if len(NEGATION.findall(rest[: polar.end()])) % 2 else Result.POSITIVE
    return [Verdict(result=said.opposite, cue=cue, members=members)]


def _before(text: str, floor: int, start: int) -> _Before | None:
    """The cue nearest to the group among those before it that reach it; "failed to stain for" is "stain for" with a negation."""
    lead = text[floor:start]
    found = [(match.start(), name, match[0]) for name, pattern in BEFORE for match in _every(pattern, lead)]
    if not found:
        return None
    position, name, words = max(found, key=lambda item: item[0])
    window = _window(lead[:position])
    if (
        name == "said"
        and PASSIVE.search(window + words[:14])
        and not re.search(r"cells|tumou?r|neoplas|lesion", lead, re.I)
    ):
        return None
    own = re.split(r"[:=]", words)[0]
    added = bool(floor and ADDED.fullmatch(lead[:position]))
    return _Before(
        name=name,
        start=floor + position,
        negations=len(NEGATION.findall(window)) + len(NEGATION.findall(own)),
        affirmed=bool(
            added
            or AFFIRMING.search(window)
            or re.search(rf"positiv|reactivity|expressivity|\b(?:{SEEN})\b", words, re.I)
        ),
        existential=name == "noun" and bool(EXISTENTIAL.search(window)),
    )


def _every(pattern: Pattern, lead: str) -> Iterator[re.Match[str]]:
    """All matches of a pattern that ends with the text, also those inside one another."""
    position = 0
    while match := pattern.search(lead, position):
        yield match
        position = match.start() + 1


def _window(lead: str) -> str:
    """The words before a cue that can negate or affirm it: those of its own clause."""
    part = re.split(r"[,;:.]|\b(?:and|but|whereas|while|although)\b", lead)[-1]
    return part[-60:]


def _tail_end(text: str, end: int, limit: int) -> int:
    boundary = TAIL_END.search(text, end, limit)
    return boundary.start() if boundary else limit


def _after(text: str, end: int, limit: int) -> _After | None:
    aside = INTERJECTION.match(text, end, limit)
    end = aside.end() if aside else end
    stop = _tail_end(text, end, limit)
    tail = text[end:stop]
    polars = [m for m in STRONG.finditer(tail) if not GOVERNS_NEXT.match(text, end + m.start())]
    # "lost in most areas and only weakly positive" is positive: part of the tumour stains
    partly = [m for m in polars[1:] if not NEGATION.search(tail[polars[0].end() : m.end()])]
    strong = partly[0] if partly else polars[0] if polars else None
    if strong and strong[0].lower().endswith(("ity", "expression")):
        strong = ([m for m in (*polars, *WEAK.finditer(tail)) if m.start() >= strong.start()])[-1]
    if strong is None and STRONG.search(tail):
        return None
    polar = strong or DESCRIBED.search(tail) or WEAK.search(tail)
    equivocal = EQUIVOCAL.search(tail)
    if polar is None and equivocal is None:
        return None
    chosen = equivocal or polar
    assert chosen is not None
    if GOVERNS_NEXT.match(text, end + chosen.end()) and strong is None:
        return None
    return _After(
        start=end + chosen.start(),
        end=end + chosen.end(),
        negations=0 if partly else len(NEGATION.findall(tail[: chosen.end()])),
        strong=bool(strong or (polar is not None and not WEAK.fullmatch(polar[0]))),
        plural=bool(re.search(r"\b(?:were|are|all|both)\b", tail[: chosen.start()])),
        equivocal=equivocal is not None,
    )


def _starts_anew(text: str, group: Sequence[TextSpan]) -> bool:
    """ "not for A, and B was positive": the last member is the subject of a clause of its own."""
    return (
        len(group) > 1 and re.fullmatch(r"\s*,\s*and\s+(?:the\s+)?", text[group[-2].end : group[-1].start]) is not None
    )


def _cut(text: str, group: Sequence[TextSpan], plural: bool) -> int:
    """Where a group with a cue on either side parts: "positive for A and B, C was negative"."""
    joints = [text[left.end : right.start] for left, right in pairwise(group)]
    real = [i for i, joint in enumerate(joints, 1) if not joint.lstrip().startswith("(")]
    commas = [i for i in real if "," in joints[i - 1]]
    if plural and commas:
        return commas[-1]
    return real[-1] if real else len(group)
