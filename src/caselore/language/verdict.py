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

from caselore.language.coordination import MARK
from caselore.model.text import TextSpan


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


_NEGATION = re.compile(
    r"\b(?:no(?! longer than)|not(?! only)|without|lack\w*|absen\w*|loss|lost|fail\w*|neither|never"
    r"|devoid|nor|none|unable|deficien\w+"
    r"|(?:immuno)?-?negativ\w*|non-?(?:immuno)?-?reactiv\w*|unreactive|undetect\w+|unstained|free of"
    r"|non(?=-))\b|n't\b|-ve\b",
    re.I,
)
_EQUIVOCAL = re.compile(
    r"\b(?:equivocal|indeterminate|inconclusive|not contributory|non-?contributory|uninterpretable)\b", re.I
)
_ADJECTIVE = (
    r"(?:immuno[- ]?|non-?|un)?(?:positiv(?:e|es|ely|ity)|negativ(?:e|es|ely|ity)|reactiv(?:e|ity))"
    r"|immune-?reactiv(?:e|ity)|immunoreactiv(?:e|ity)|immunreactiv(?:e|ity)|non-?immunoreactive"
)
_PREPOSITION = r"(?:for|with|to|against|towards?|by|on)"
_NEUTRAL_NOUN = (
    r"(?:immuno[- ]?)?(?:stain(?:ing|s)?|expression|labell?ing|histochemi\w+|marking)|(?:co"
    r"|over)-?expression|IHC|(?:immuno)?signal"
)
_DESCRIPTION = (
    r"(?:(?:strong|weak|diffuse|focal|patchy|moderate|intense|faint|partial|variable|scattered"
    r"|multifocal|widespread|uniform|extensive|occasional|rare|nuclear|cytoplasmic|membran\w+"
    r"|perinuclear|dot-like|paranuclear|granular|complete|significant|any|immuno\w*|staining|stains?"
    r"|expression|reactivity|positivity|labell?ing|signal|markers?|of|for|to|with|the|both|either|and"
    r"|or|protein|nuclear|smooth|skeletal|muscle|pan|anti|specific|antibod\w+|\w+ly|in)[\s,-]+)*"
)
_LOOSE = (
    rf"(?:(?!\b(?:was|were|is|are|but|whereas|while|although|though|however|showed|revealed|had|which"
    rf"|who|except)\b)[^.;{MARK}]|\.(?=\d)){{0,80}}$"
)

_BEFORE = tuple(
    (name, re.compile(pattern, re.I))
    for name, pattern in (
        ("said", rf"\b(?:{_ADJECTIVE})\b(?:\s+(?:\w+\s+){{0,5}}?)?\s*\b(?:{_PREPOSITION}|of)\b{_LOOSE}"),
        (
            "said",
            rf"\b(?:positive|negative|retained|lost|absent"
            rf"|reactive)\s*(?:\(\s*[+-]\s*\)\s*)?(?:\w+\s+){{0,5}}?(?:[:=]|include[ds]?|including|are|were"
            rf"|was|comprised|such as|consisted of|-)\s*{_LOOSE}",
        ),
        ("said", rf"\b(?:co-?|over-?)?express(?:es|ed|ing)?\b(?!\s+(?:in|by)\b){_LOOSE}"),
        (
            "said",
            rf"\b(?:immuno)?(?:stained|marked|label(?:l)?ed|react(?:s|ed)?|decorated|highlighted|marks?"
            rf"|labels?)\b\s+(?:\w+ly\s+|positive\s+|negative\s+)*(?:{_PREPOSITION})\b{_LOOSE}",
        ),
        (
            "noun",
            rf"\b(?:{_NEUTRAL_NOUN})\b\s*(?:results?\s+|patterns?\s+|intensity\s+)?(?:for|of|with|to|against"
            rf"|by)\b{_LOOSE}",
        ),
        (
            "said",
            rf"\b(?:positive|positives|negative|retained|preserved|intact|reduced|decreased"
            rf"|diminished)\s+(?!and\b|or\b){_DESCRIPTION}(?:for\s+)?$",
        ),
        (
            "none",
            rf"\b(?:no|not(?: for| with| to| by)?|neither|nor|without|lack(?:ed|s|ing)?(?: of)?|absence of"
            rf"|absent|loss of|lost|losing|none (?:for|with|of)|devoid of|fail(?:ed|s|ure|ing) to (?:express"
            rf"|show|stain|demonstrate|exhibit|reveal|label|react|display|mark)|(?:did|does|do) not (?:express"
            rf"|show|stain|demonstrate|exhibit|reveal|label|react|display|mark))\s+(?!and\b|or\b)(?:was |were "
            rf"|did |is |are )?{_DESCRIPTION}$",
        ),
    )
)
_AFFIRMING = re.compile(
    r"\b(?:cells|tumou?r|neoplasm|lesion|it|they|which|that|also|\w+ly)\s*$|\b(?:show|reveal"
    r"|demonstrat|display|exhibit|disclos|confirm|had|has|with|there (?:was|were|is)|noted|found"
    r"|retain|preserv|strong|diffuse|focal|weak|patchy|intense|moderate|faint|presence|partial"
    r"|variable|scattered|characteri[sz]ed by|positiv)",
    re.I,
)
_PASSIVE = re.compile(
    r"\b(?:was|were|been|are|is)\s+(?:\w+ly\s+)?(?:immuno)?(?:stained|labell?ed|marked|reacted)\b", re.I
)

_TAIL_END = re.compile(
    rf"[;{MARK}]|\.(?!\d)|,(?!\s*(?:which|that|all|both|respectively|however|each|none|also)\b)"
    rf"|\b(?:but|whereas|while|although|though|however|except\w*|supporting|suggesting|indicating"
    rf"|confirming|consistent|excluding|ruling|in (?:keeping|line|favou?r))\b|\band\b(?!\s+(?:(?:still"
    rf"|only|also)\b|was\b|were\b|both\b|all\b|\w+ly|strong|diffuse|intense|focal|weak)\b)",
    re.I,
)
_STRONG = re.compile(
    r"(?:immuno|non-?|un)?(?:positiv|negativ)\w*\b(?!\s+(?:pregnancy|tests?|culture|blood|margins?"
    r"|lymph|nodes?|history|family|outcome|response|correlation|pressure|control))|\b(?:immuno|non-?"
    r"|un)*reactiv(?:e|ity)\b|\bimmune-?reactivity\b|\b(?:over-?|co-?)?expressed\b|\babsent\b"
    r"|\blost\b|\b(?:retained|maintained)\b"
    r"|\bover-?expression\b|\bpreserved\b|\bintact\b|\bundetectable\b|(?<![\w+-])[+-]ve\b|\black(?:ed"
    r"|ing)\b|\b(?:highlight|decorat|label|labell|mark|stain|react)(?:ed|s|es)\b(?=[^,;.]*\bcells\b)"
    r"|(?:did not|failed to|not|n't|does not|do not)\s+(?:immuno)?(?:stain|react|express|label"
    r"|mark)\b|\b(?:immuno)?stained\b(?!\s+(?:sections|slides))|\bunstained\b",
    re.I,
)
_DESCRIBED = re.compile(
    r"\b(?:was|were|is|are|showed|shows|with|had|revealed|demonstrated|displayed|exhibited|gave|only"
    r"|found|:)\s+[^,;]{0,60}?"
    r"\b(?:strong(?:ly)?|diffuse(?:ly)?|focal(?:ly)?|weak(?:ly)?|patchy|intense|scattered|staining"
    r"|expression|immunostaining|loss|labell?ing|reduced|decreased)\b",
    re.I,
)
_INTERJECTION = re.compile(
    r"\s*,\s*(?:however|in contrast|by contrast|on the other hand|though|instead|in turn|too),"
    r"|\s*(?:and|or|/|,)\s*\d+(?=\s)"
    r"|(?:\s*(?:,\s*and|,|and|or|&|/)\s*(?-i:[A-Za-z]{0,6}\d[\w./-]{0,8}"
    r"|[A-Z]{2,8}[\w-]*)(?:\s*\([^()]{1,20}\))?)+(?=\s+(?:was|were|stain|immuno|negativ|positiv"
    r"|expression))",
    re.I,
)
_WEAK = re.compile(
    r"\b(?:seen|noted|found|observed|present|detected|identified|demonstrated|evident|apparent"
    r"|visible|documented|recorded|revealed|confirmed)\b",
    re.I,
)
_ELIDED = re.compile(r"\s*(?:was|were|did|is|are|does)(?P<not>\s+not|n't)?\s*", re.I)
_NOUN_BEHIND = re.compile(
    rf"\s*(?:protein\s+|nuclear\s+|cytoplasmic\s+|membranous\s+|\)\s*)*(?:{_NEUTRAL_NOUN})\b", re.I
)
_IN_CELLS = re.compile(
    r"\s*(?:only\s+|focally\s+)?in\s+(?:an?\s+|the\s+)?(?:\w+\s+)?(?:subset|few|some|most|all|many"
    r"|scattered|rare|occasional|isolated|single|minority|majority|\d+ ?%)",
    re.I,
)
_EXCEPT = re.compile(r"\b(?:except(?:ing|ions?)?|apart from|aside from|other than|save for|excluding)\b[^,;.]*$", re.I)
_AS_WERE = re.compile(r"\b(?:as|so)\s+(?:was|were|did|is|are)\b[^,;.]*$", re.I)
_GOVERNS_NEXT = re.compile(
    rf"\w*(?:(?!\b(?:but|and|whereas|while|with)\b)[^,;.{MARK}]){{0,30}}?\s+(?:{_PREPOSITION}"
    rf"|of)\b(?:(?!\b(?:was|were|is|are)\b)[^.;,{MARK}]){{0,60}}{MARK}",
    re.I,
)


class _Before(msgspec.Struct, frozen=True):
    name: str
    start: int
    negations: int
    affirmed: bool


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
    for number, group in enumerate(groups):
        limit = groups[number + 1][0].start + 1 if number + 1 < len(groups) else len(text)
        last = found[-1].result if found else None
        here = _verdicts_on(text, group, floor, limit, last, context)
        found += here
        floor = group[-1].end
    return found


def _verdicts_on(
    text: str, group: Sequence[TextSpan], floor: int, limit: int, last: Result | None, context: bool
) -> list[Verdict]:
    start, end = group[0].start, group[-1].end
    lead = text[floor:start]
    before, after = _before(text, floor, start), _after(text, end, limit)
    members = tuple(group)
    if exception := _EXCEPT.search(lead):
        return _exception(text, exception.start() + floor, members, floor, last)
    if after and after.equivocal:
        return [Verdict(result=Result.EQUIVOCAL, cue=TextSpan(after.start, after.end), members=members)]
    if before and before.name == "noun" and before.affirmed and not (after and after.strong):
        return [_verdict(before.negations, before.start, start, members)]
    if before and before.name == "said":
        if after and after.strong and len(group) > 1:
            cut = _cut(text, group, after.plural)
            return [
                _verdict(before.negations, before.start, start, members[:cut]),
                _verdict(after.negations, after.start, after.end, members[cut:]),
            ]
        return [_verdict(before.negations, before.start, start, members)]
    if after and (after.strong or before or context):
        negations = after.negations + (before.negations if before else 0)
        return [_verdict(negations, after.start, after.end, members)]
    if before and (before.name == "none" or before.negations):
        return [_verdict(before.negations, before.start, start, members)]
    tail = text[end : _tail_end(text, end, limit)]
    if (noun := _NOUN_BEHIND.match(tail)) and _AFFIRMING.search(_window(lead)):
        return [_verdict(len(_NEGATION.findall(_window(lead))), end, end + noun.end(), members)]
    if last and _IN_CELLS.match(tail) and "," in lead:
        return [Verdict(result=last, cue=TextSpan(end, end + len(tail)), members=members)]
    if (elided := _ELIDED.fullmatch(tail)) and last:
        contrast = re.search(r"\b(?:but|whereas|while|though|although|however|in contrast)\b", lead, re.I)
        result = Result.NEGATIVE if elided["not"] else last.opposite if contrast else last
        return [Verdict(result=result, cue=TextSpan(end, end + len(tail)), members=members)]
    if elided and elided["not"]:
        return [Verdict(result=Result.NEGATIVE, cue=TextSpan(end, end + len(tail)), members=members)]
    if last and _AS_WERE.search(lead):
        return [Verdict(result=last, cue=TextSpan(floor, start), members=members)]
    return []


def _verdict(negations: int, start: int, end: int, members: tuple[TextSpan, ...]) -> Verdict:
    result = Result.NEGATIVE if negations % 2 else Result.POSITIVE
    return Verdict(result=result, cue=TextSpan(start, end), members=members)


def _exception(text: str, start: int, members: tuple[TextSpan, ...], floor: int, last: Result | None) -> list[Verdict]:
    """What is excepted has the opposite of what is said of the rest, before or behind it."""
    cue = TextSpan(start, members[0].start)
    said = last
    if said is None:
        rest = text[floor:start] if _STRONG.search(text[floor:start]) else text[members[-1].end :]
        polar = _STRONG.search(rest)
        if polar is None:
            return []
        said = Result.NEGATIVE if len(_NEGATION.findall(rest[: polar.end()])) % 2 else Result.POSITIVE
    return [Verdict(result=said.opposite, cue=cue, members=members)]


def _before(text: str, floor: int, start: int) -> _Before | None:
    """The cue nearest to the group among those before it that reach it; "failed to stain for" is "stain for" with a negation."""
    lead = text[floor:start]
    found = [(match.start(), name, match[0]) for name, pattern in _BEFORE for match in _every(pattern, lead)]
    if not found:
        return None
    position, name, words = max(found, key=lambda item: item[0])
    window = _window(lead[:position])
    if (
        name == "said"
        and _PASSIVE.search(window + words[:14])
        and not re.search(r"cells|tumou?r|neoplas|lesion", lead, re.I)
    ):
        return None
    own = re.split(r"[:=]", words)[0]
    return _Before(
        name=name,
        start=floor + position,
        negations=len(_NEGATION.findall(window)) + len(_NEGATION.findall(own)),
        affirmed=bool(_AFFIRMING.search(window) or re.search(r"positiv", words, re.I)),
    )


def _every(pattern: re.Pattern[str], lead: str) -> Iterator[re.Match[str]]:
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
    boundary = _TAIL_END.search(text, end, limit)
    return boundary.start() if boundary else limit


def _after(text: str, end: int, limit: int) -> _After | None:
    aside = _INTERJECTION.match(text, end, limit)
    end = aside.end() if aside else end
    stop = _tail_end(text, end, limit)
    tail = text[end:stop]
    polars = [m for m in _STRONG.finditer(tail) if not _GOVERNS_NEXT.match(text, end + m.start())]
    # "lost in most areas and only weakly positive" is positive: part of the tumour stains
    partly = [m for m in polars[1:] if not _NEGATION.search(tail[polars[0].end() : m.end()])]
    strong = partly[0] if partly else polars[0] if polars else None
    if strong is None and _STRONG.search(tail):
        return None
    polar = strong or _DESCRIBED.search(tail) or _WEAK.search(tail)
    equivocal = _EQUIVOCAL.search(tail)
    if polar is None and equivocal is None:
        return None
    chosen = equivocal or polar
    assert chosen is not None
    if _GOVERNS_NEXT.match(text, end + chosen.end()) and strong is None:
        return None
    return _After(
        start=end + chosen.start(),
        end=end + chosen.end(),
        negations=0 if partly else len(_NEGATION.findall(tail[: chosen.end()])),
        strong=bool(strong or (polar is not None and not _WEAK.fullmatch(polar[0]))),
        plural=bool(re.search(r"\b(?:were|are|all|both)\b", tail[: chosen.start()])),
        equivocal=equivocal is not None,
    )


def _cut(text: str, group: Sequence[TextSpan], plural: bool) -> int:
    """Where a group with a cue on either side parts: "positive for A and B, C was negative"."""
    joints = [text[left.end : right.start] for left, right in pairwise(group)]
    real = [i for i, joint in enumerate(joints, 1) if not joint.lstrip().startswith("(")]
    commas = [i for i in real if "," in joints[i - 1]]
    if plural and commas:
        return commas[-1]
    return real[-1] if real else len(group)
