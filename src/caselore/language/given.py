"""Was a treatment given, or only planned, advised, declined, withheld, or spoken of in general?

The cue words stand in `given.toml`. The nearest cue decides; a plan is overruled by what the rest of the sentence
tells about it ("was recommended, but the patient refused").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from caselore.language.patterns import Pattern
from caselore.language.silence import spared
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion
from caselore.model.text import TextSpan


class Giving(StrEnum):
    GIVEN = "given"
    PLANNED = "planned"
    """planned, advised, offered, considered; no word of whether it came to pass"""
    DECLINED = "declined"
    WITHHELD = "withheld"
    """not given, for any other reason than the patient's refusal"""
    GENERAL = "general"
    """a statement about the treatment, not about a patient"""
    UNTOLD = "untold"


ASSERTION = {
    Giving.GIVEN: Assertion.AFFIRMED,
    Giving.PLANNED: Assertion.PLANNED,
    Giving.DECLINED: Assertion.DECLINED,
    Giving.WITHHELD: Assertion.NEGATED,
    Giving.GENERAL: Assertion.HYPOTHETICAL,
    Giving.UNTOLD: Assertion.HYPOTHETICAL,
}
"""How a fact about the treatment is asserted."""


class _Cue(msgspec.Struct, frozen=True):
    status: Giving
    after: bool
    reach: int
    strong: bool
    across: bool
    pattern: Pattern


class _Hit(msgspec.Struct, frozen=True):
    """A cue word where it stands in the sentence."""

    status: Giving
    after: bool
    reach: int
    strong: bool
    across: bool
    start: int
    end: int


@cache
def _cues() -> tuple[_Cue, ...]:
    rows = tomllib.loads((files("caselore.language") / "given.toml").read_text(encoding="utf-8"))["cue"]
    return tuple(
        _Cue(
            Giving(row["status"]),
            row["side"] == "after",
            row["reach"],
            row.get("strong", False),
            row.get("across", False),
            Pattern(r"(?<![\w-])(?:" + "|".join(row["words"]).replace(" ", r"\s+") + r")(?![\w])", re.I),
        )
        for row in rows
    )


_BREAK = Pattern(
    r"[;]|\.\s|,?\s\b(?:but(?!\s+(?:no|not|neither)\b)|however|whereas|although|though|while)\b"
    r"|,\s+(?:and\s+)?(?:he|she|the\s+patient|it|they|we|which|who)\b",
    re.I,
)
"""Where what is said of one treatment does not reach the next."""

_VERB = Pattern(r"\b(?:was|were|is|are|had|has|have|did)\b|,(?!\s*(?:or|nor|and|with|plus)\b)", re.I)
"""What ends a list that a determiner governs."""

_REFUSAL_NEXT = Pattern(
    r"^(?:However|But|Unfortunately|Nevertheless|Yet)?,?\s*(?:the|her|his)?\s*"
    r"(?:he|she|patient|family|parents?|mother|father|relatives|they|child's parents|this|it)\b"
    r"[^.;]{0,40}\b(?:refused|declined|rejected|unwilling|not\s+willing|did\s+not\s+(?:want|consent|accept|agree|return))",
    re.I,
)


_JOINED = Pattern(
    r"(?:\s+with\s+(?:[\w-]+\s+){1,3}?margins?)?(?:\s*,)?\s+(?:and|plus|with|or)\s+(?:(?!was|were|but)[\w-]+\s+){0,3}",
    re.I,
)
"""Between two treatments that go together: "resection with wide margins and adjuvant postoperative radiotherapy"."""


_OR = Pattern(r"\s+or\s+(?:(?!by|with|of|from)[\w-]+\s+){0,2}", re.I)


_OPENS = Pattern(r"(?:^|[;:,])\W*(?:(?!(?:with|by|of|and|received|given|had|underwent)\b)[\w-]+\s+){0,2}\Z", re.I)
"""In front of a treatment that is the subject of its clause."""


def _is_one_of_two(view: SentenceView, span: TextSpan, others: Iterable[TextSpan]) -> bool:
    """ "Radiotherapy or chemoradiotherapy achieved control": nobody is said to have had either."""
    pairs = ((min(span, other), max(span, other)) for other in others if not other.overlaps(span))
    return any(
        _OR.fullmatch(view.words(TextSpan(one.end, two.start)))
        and _OPENS.search(view.text[: one.start - view.span.start])
        for one, two in pairs
    )


def is_told_as_done(view: SentenceView, span: TextSpan) -> bool:
    """Whether a participle stands behind "was" or "were"."""
    return _WAS.search(view.text, 0, span.start - view.span.start) is not None


_WAS = Pattern(r"\b(?:was|were|had been)\s+(?:\w+ly\s+|then\s+|also\s+)?\Z", re.I)


def giving(view: SentenceView, span: TextSpan, others: Iterable[TextSpan] = ()) -> Giving:
    """What the sentence says about the treatment named at `span`; `others` are the other treatments it names."""
    start = view.span.start
    status = judge_giving(
        view.text,
        TextSpan(span.start - start, span.end - start),
        [TextSpan(other.start - start, other.end - start) for other in others if other != span],
    )
    if status is Giving.GIVEN and _is_one_of_two(view, span, others):
        return Giving.GENERAL
    if status is Giving.PLANNED and view.next is not None and _REFUSAL_NEXT.search(view.next.text):
        return Giving.DECLINED
    return status


_TREATMENTS = frozenset(
    {"resection", "biopsy", "radiation", "radiosurgery", "brachytherapy", "exploration", "transplant"}
)


def treatments(view: SentenceView) -> tuple[TextSpan, ...]:
    """Where the sentence names a treatment: an operation, irradiation, a drug or a regimen."""
    return tuple(
        mention.span
        for mention in view.of("procedure", "drug", "regimen")
        if mention.kind != "procedure" or mention.get("nature") in _TREATMENTS
    )


_GENERIC = Pattern(
    r"\b(?:with\s+or\s+without|is|are|remains?|should|may|might|can|must|seems?|usually|often|generally|typically|commonly|rarely"
    r"|treatment\s+of\s+choice|mainstay|recommended|literature|reported|prognosis|et\s+al|reviewed?)\b",
    re.I,
)


def is_generic(view: SentenceView) -> bool:
    """Whether a sentence that has no cue speaks in general ("radical excision is the mainstay of treatment").

    One that tells an age is about somebody: "The second is a girl of 9 years with ..., excision, then chemotherapy".
    """
    return _GENERIC.search(view.text) is not None and not view.ages


_ASIDE = Pattern(
    r",\s+(?:for|to|of|from)\s+which\s[^,;.]{1,80},"
    r"|^As\s[^,;.]{0,60}?\b(?:recommend|suggest|advis|propos|plann|intend)\w*[^,;.]{0,30},"
    r"|\bas\s+(?:(?:was|had\s+been|originally|initially)\s+)*(?:planned|recommended|scheduled|advised)\b",
    re.I,
)
"""Remarks beside the statement ("as guidelines recommend,"): their words do not tell what was done."""


_STATEMENT = Pattern(
    r"^(?:\w+\s+){0,2}?(?:treatment|therapy|management)(?:\s+(?:of|for)\s[^,;.]{1,50}?)?(?:\s+(?:still|usually|mainly|primarily|currently|generally"
    r"|largely|often|therefore|thus))*\s+(?:rests|relies|depends|hinges|centers|centres|consists|comprises|remains)\b"
    r"|^\W*the\s+(?:standard|usual|main|recommended|preferred|most\s+(?:commonly|often|frequently|widely)\s+used)\s+(?:\w+\s+){0,2}?"
    r"(?:drugs?|agents?|regimens?|treatments?|therap(?:y|ies)|chemotherap(?:y|ies))\s+(?:is|are|consists?|comprises?|includes?)\b"
    r"|^[^.;]{1,90}?\s(?:tumou?rs|sarcomas|carcinomas|lymphomas|lesions)\s[^.;]{0,60}?\btend\s+to\b"
    r"|^\W*(?:it|they|these\s+tumou?rs|this\s+tumou?r|the\s+tumou?r)\s+(?:\w+\s+)?(?:generally|usually|typically|commonly|often|mostly|most\s+often|rarely)"
    r"\s+(?:develops?|occurs?|arises?|appears?|presents?|affects?|recurs?)\b",
    re.I,
)
""" "Treatment still rests upon resection, followed by regimens based on doxorubicin": about the tumour, whoever has it."""


_IN_VAIN = Pattern(
    r"\bneither\s+(?P<what>[^.;]{1,120}?)\s(?:had\s+(?:any|an|much|the\s+\w+)\s+(?:\w+\s+)?(?:effect|influence|impact|benefit|success)|helped|worked"
    r"|halted|stopped|prevented|controlled|influenced|altered|arrested|affected|improved|brought|changed|achieved|produced|led|relieved"
    r"|(?:could|was\s+able\s+to|were\s+able\s+to|managed\s+to)\s+(?:halt|stop|control|prevent|arrest|influence|help|alter|change|check)"
    r"|(?:was|were|proved)\s+(?:\w+ly\s+)?(?:effective|successful|helpful|of\s+(?:any\s+|much\s+)?(?:use|help|avail|benefit)))",
    re.I,
)
""" "Neither gemcitabine nor docetaxel helped": they were given, and only their effect is denied."""


_AND_WAS = Pattern(r"\band\s+(?:was|were)\s+(?:\w+ly\s+|then\s+|therefore\s+|also\s+)?\Z", re.I)
_ELSEWHERE = Pattern(
    r"[^.;]{0,60}?\bin\s+(?:similar|such|comparable|other|some|selected|most|several|certain)\s+(?:\w+\s+)?(?:cases|patients|situations)\b",
    re.I,
)
""" "Gemcitabine has been given in similar cases": to others."""


def judge_giving(text: str, span: TextSpan, others: Iterable[TextSpan] = ()) -> Giving:
    """The same within one sentence; all places are those in `text`."""
    if _STATEMENT.match(text):
        return Giving.GENERAL
    text = _without_asides(text)
    if any(match.start("what") <= span.start < match.end("what") for match in _IN_VAIN.finditer(text)):
        return Giving.GIVEN
    if _ELSEWHERE.match(text, span.end):
        return Giving.GENERAL
    others = tuple(others)
    near = [hit for hit in _hits(text) if _distance(text, hit, span) >= 0]
    if _WAS.search(text, 0, span.start) and text[: span.end].endswith("ed"):
        # "was resected and sent to the department": the verb says itself that it was done
        near = [hit for hit in near if not (hit.after and hit.status is Giving.GENERAL)]
    if again := _AND_WAS.search(text, 0, span.start):
        # "could not be saved and was enucleated": what stands before the "and" is told of something else
        near = [hit for hit in near if hit.after or hit.start >= again.start()]
    if not near:
        joined = next((other for other in others if _JOINED.fullmatch(text, other.end, span.start)), None)
        return judge_giving(text, joined, [other for other in others if other != joined]) if joined else Giving.UNTOLD
    first = min(near, key=lambda hit: (_distance(text, hit, span), hit.start - hit.end))
    before = [hit for hit in near if not hit.after]
    closest = min(before, key=lambda hit: _distance(text, hit, span), default=first)
    advised = next((hit for hit in before if hit.strong and hit.status is Giving.PLANNED), None)
    if advised and not _VERB.search(text, advised.end, span.start):
        return _what_came_of_it(text, span, advised, others)
    if closest.strong and not _VERB.search(text, closest.end, span.start):
        return closest.status
    if first.status not in (Giving.PLANNED, Giving.GENERAL):
        return first.status
    return _what_came_of_it(text, span, first, others)


@lru_cache(maxsize=64)
def _without_asides(text: str) -> str:
    """The text with blanks in place of asides, so that all places stay."""
    return _ASIDE.sub(lambda match: " " * len(match[0]), text)


@spared
@lru_cache(maxsize=512)
def _hits(text: str) -> tuple[_Hit, ...]:
    """The cues of a sentence; one that begins inside another is left out ("considered for" in "was not considered for")."""
    found = [
        _Hit(cue.status, cue.after, cue.reach, cue.strong, cue.across, match.start(), match.end())
        for cue in _cues()
        for match in cue.pattern.finditer(text)
    ]
    return tuple(h for h in found if not any(o.start < h.start < o.end and o.after == h.after for o in found))


def _distance(text: str, hit: _Hit, span: TextSpan) -> int:
    """Characters between cue and treatment; -1 where the cue does not reach it."""
    gap = (span.end, hit.start) if hit.after else (hit.end, span.start)
    distance = gap[1] - gap[0]
    if not 0 <= distance <= hit.reach:
        return -1
    return distance if hit.across or not _BREAK.search(text, gap[0], gap[1]) else -1


def _what_came_of_it(text: str, span: TextSpan, first: _Hit, others: tuple[TextSpan, ...]) -> Giving:
    """Follows a plan to the end of the sentence or to the next treatment."""
    since = max(span.end, first.end)
    limit = min((other.start for other in others if other.start > since), default=len(text))
    later = [h for h in _hits(text) if h.after and since <= h.start < limit and h.status is not Giving.GENERAL]
    decided = [
        h
        for h in sorted(later, key=lambda h: h.start)
        if h.status is not Giving.PLANNED and not any(_is_object(text, h, other) for other in others)
    ]
    if first.status is Giving.GENERAL:
        decided = [h for h in decided if h.status in (Giving.DECLINED, Giving.WITHHELD)]
    return decided[0].status if decided else first.status


def _is_object(text: str, verb: _Hit, treatment: TextSpan) -> bool:
    """Whether the verb goes with this other treatment ("... and refused surgery")."""
    gap = text[verb.end : treatment.start]
    return verb.end <= treatment.start and len(gap) <= 25 and not re.search(r"[,.;]", gap)
