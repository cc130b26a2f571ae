"""What the report is about: the tumour that its opening sentences and its keywords name.

"Hepatoblastoma of the adult is a rare tumour. A man aged 22 ..." says what the man had without saying it of him. Such a
name belongs to the report, and so to each index patient; what is stated of a patient weighs more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.lexicon import Mention
from caselore.language.naming import printed_name
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.model.fact import Phase, Value
from caselore.model.text import SectionKind
from caselore.topics.topic import Draft, Topic


class Subject(Value, frozen=True, tag="subject"):
    """A tumour type as the subject of the report; `concept` is that of tumours.csv."""

    label: str
    concept: str
    by: str
    """"opening" or "keywords\""""
    site: str | None = None
    """the organ that stands with the name: "solitary fibrous tumor of the pleura\""""

    def __str__(self) -> str:
        return f"the report is about {self.label}"


_OPENINGS = 3
"""How many sentences from the start of the text, its abstract or its introduction may name the subject."""
_SAYS_WHAT_IT_IS = Pattern(
    r"^[^;:]{0,90}?\b(?:is|are|was|were|represents?|constitutes?|accounts?|accounting|comprises?|makes?|occurs?|arises?|"
    r"has|have|can|may|remains?|belongs?|develops?)\b"
)
_SHARE_OF_ALL = Pattern(
    r"^\W*(?:(?:less|fewer|not more|no more|at most) than|about|only|some|approximately|among|\d)[^;:]{0,80}"
    r"\b(?:is|are)\s(?:an?\s)?$",
    re.I,
)
""" "Fewer than 1% of all neoplasms of the organ are ..." """
_SUBJECT_STARTS_WITHIN = 90
_ABOUT_SOMEBODY = Pattern(
    r"\b(?:patient|year[- ]old|years old|wom[ae]n|m[ae]n|boy|girl|he|she|his|her|presented|suspect\w*|suspicion"
    r"|excluded|ruled out)\b",
    re.I,
)
_OF = Pattern(r"s?(?: \([\w/-]+\))? (?:of|in) (?:the |an? )?(?:adult |human )?", re.I)
_KEYWORDS = Pattern(r"^\s*key\s?-?words?\b", re.I)


def extract(view: SentenceView) -> Iterator[Draft]:
    """The first tumour type that an opening sentence, or a line of keywords, names as its subject."""
    if _KEYWORDS.match(view.text):
        yield from _first(view, "keywords")
    elif _opens(view) and not _ABOUT_SOMEBODY.search(view.text):
        yield from _first(view, "opening")


def _first(view: SentenceView, by: str) -> Iterator[Draft]:
    for mention in view.of("tumour"):
        if mention.weak or mention.get("rank") or mention.concept in ("neoplasm", "metastasis"):
            continue
        if by == "opening" and not _is_subject(view, mention.span.start, mention.span.end):
            return
        value = Subject(label=printed_name(mention), concept=mention.concept, by=by, site=_organ(view, mention))
        yield Draft(value=value, spans=(mention.span,), phase=Phase.FIRST, of_report=True)
        return


def _organ(view: SentenceView, mention: Mention) -> str | None:
    """The organ right behind the name."""
    behind = _OF.match(view.after(mention.span, 60))
    if behind is None:
        return None
    start = mention.span.end + behind.end()
    return next((m.label for m in view.of("anatomy") if m.span.start == start and not m.weak and not m.adjective), None)


def _is_subject(view: SentenceView, start: int, end: int) -> bool:
    told = _SAYS_WHAT_IT_IS.match(view.text[end - view.span.start :]) or _SHARE_OF_ALL.match(
        view.text[: start - view.span.start]
    )
    return start - view.span.start <= _SUBJECT_STARTS_WITHIN and told is not None


def _opens(view: SentenceView) -> bool:
    """Whether the sentence is among the first of the text, of its abstract or of its introduction."""
    if view.section not in (SectionKind.ABSTRACT, SectionKind.INTRODUCTION, SectionKind.CASE):
        return False
    if view.section is SectionKind.CASE and any(
        sentence.section not in (SectionKind.CASE, SectionKind.TITLE)
        for sentence in view.reading.sentences[: view.index]
    ):
        return False
    before = 0
    neighbour = view.previous
    while neighbour is not None and neighbour.section is view.section and before <= _OPENINGS:
        before += 1
        neighbour = neighbour.previous
    return before < _OPENINGS


TOPIC = Topic(
    name="subject", extract=extract, values=(Subject,), terms=("tumours.csv", "anatomy.csv"), reads=("tumour",)
)
