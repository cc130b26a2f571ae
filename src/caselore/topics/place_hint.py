"""Places that hint at the site of the tumour: what was resected, biopsied or imaged, what stands beside a lesion in a
sentence, what the title names.

"An excisional muscle biopsy showed ...", "a wart was taken off the heel": a report may tell only so where the tumour was.
The column of sites uses it where no words tie a place to the tumour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.patterns import Pattern
from caselore.language.site_names import LEVEL, site_name
from caselore.language.site_roles import role_by_following, role_by_relation, walk_left
from caselore.language.site_tokens import SiteToken, site_tokens
from caselore.language.site_words import words
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Value
from caselore.model.text import SectionKind
from caselore.topics.topic import Draft, Topic


class PlaceHint(Value, frozen=True, tag="place_hint"):
    """A place of anatomy.csv as in a row; `by` is "title", "lesion", "operation", "biopsy" or "imaging"."""

    site: str
    concept: str
    by: str

    def __str__(self) -> str:
        return f"{self.by}: {self.site}"


_REMOVALS = words("resection excision removal extirpation amputation disarticulation enucleation specimen lobectomy")
_SAMPLES = words("biopsy biopsies smear puncture")
_PREPOSITIONS = words("from off onto below above beneath across plugging obstructing taking bearing of to by")
_LESIONS = frozenset({"tumour", "presentation"})
_NOT_THERE = frozenset({"near", "contact", "toward"})
_ELSEWHERE = Pattern(
    r"\b(?:without|no|not|after|following|previous\w*|prior|history|with|mimick\w+|simulat\w+|like|near|adjacent|along|"
    r"contralateral|normal|reconstruct\w*|flap|graft|transplant\w*)\b[^,;:.]{0,40}$",
    re.I,
)
_NODES = Pattern(
    r"^\W*(?:\w+ )?(?:lymph|nod(?:e|es|al)\b|adenopath|metasta|approach|flap|graft|marrow|tap\b|-like)", re.I
)
_COMMON_SAMPLES = frozenset({"bone_marrow", "lymph_node", "liver", "skin", "bone"})
"""Biopsied to look for spread, or for another disease."""


def extract(view: SentenceView) -> Iterator[Draft]:
    """Each place that an operation or a biopsy is of; in a title, each place that is named as such."""
    titled = view.section is SectionKind.TITLE
    if not view.of("anatomy"):
        return
    tokens = site_tokens(view)
    for anatomy in view.of("anatomy"):
        own = [index for index, token in enumerate(tokens) if token.anatomy is anatomy]
        if not own or anatomy.weak or LEVEL.match(anatomy.words) or anatomy.get("part") == "lymph_node_group":
            continue
        if _NODES.match(view.after(anatomy.span, 30)) or _ELSEWHERE.search(view.before(anatomy.span, 60)):
            continue
        if any(name.span.covers(anatomy.span) for name in view.of("tumour")):
            continue
        by = _means(tokens, own, titled=titled, adjective=anatomy.adjective)
        if by is None or (by == "biopsy" and anatomy.concept in _COMMON_SAMPLES):
            continue
        if view.assertion(anatomy.span) is Assertion.AFFIRMED:
            site, concept = site_name(tokens, own[-1], anatomy)
            yield Draft(value=PlaceHint(site=site, concept=concept, by=by), spans=(anatomy.span,))


def _means(tokens: list[SiteToken], own: list[int], *, titled: bool, adjective: bool) -> str | None:
    """What was done there: "resection of the", "muscle biopsy"; in a title it is enough that nothing else is told of it."""
    role, cue, _ = role_by_following(tokens, own[-1])
    left = -1
    if role is None:
        left, _ = walk_left(tokens, own[0], own[-1])
        role, cue = role_by_relation(tokens, left)
    if role == "procedure" and cue is not None:
        word = tokens[cue].word
        return "operation" if word in _REMOVALS else "biopsy" if word in _SAMPLES else None
    if role == "imaging" and any(token.head in _LESIONS for token in tokens[own[-1] :]):
        return "imaging"
    if role is not None:
        return None
    return "title" if titled else None if adjective else _beside_lesion(tokens, left)


def _beside_lesion(tokens: list[SiteToken], left: int) -> str | None:
    """Whether the preposition at `left` puts it where a lesion of the sentence may be: "a wart was taken off the heel"."""
    if left < 0 or any(t.relation in _NOT_THERE for t in tokens[max(0, left - 4) : left + 1]):
        return None
    located = tokens[left].relation or tokens[left].word in _PREPOSITIONS
    return "lesion" if located and any(token.head in _LESIONS for token in tokens) else None


TOPIC = Topic(
    name="place_hint",
    extract=extract,
    values=(PlaceHint,),
    terms=("anatomy.csv", "tumours.csv", "site.toml"),
    reads=("anatomy",),
    alone=False,
)
