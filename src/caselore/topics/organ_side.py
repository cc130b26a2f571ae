"""Sides of organs and regions, whatever is said of them: "the right eye protruded", "a left nephrectomy specimen".

A report may tell only so on which side the tumour of a paired organ was. The column of the side uses it last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.patterns import Pattern
from caselore.language.site_names import side_of_lobe
from caselore.language.site_roles import SIDES, walk_left
from caselore.language.site_tokens import site_tokens
from caselore.language.site_words import SOUND
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Value
from caselore.topics.topic import Draft, Topic


class OrganSide(Value, frozen=True, tag="organ_side"):
    """A place of anatomy.csv and the side that is told of it."""

    site: str
    concept: str
    side: str

    def __str__(self) -> str:
        return f"{self.side} {self.site}"


_TOLD = Pattern(r"\b(?:left|right)\b", re.I)
_BEHIND = Pattern(
    r"^(?: \w+){0,1} (?:on|of|at) (?:the|his|her) (left|right)(?: side)?\b(?! (?:of|\w+ (?:lobe|side)))", re.I
)
""" "The adrenal gland on the right"."""
_SOUND = Pattern(
    r"^\W*(?:(?:side|lobe|gland|and|the|was|were|is|are|appeared|remained|looked|itself)\W+){0,4}" + SOUND,
    re.I,
)
_OTHER = Pattern(
    r"\b(?:no|not|without|normal|healthy|intact|contralateral|opposite|other|unlike|spared|metasta\w+|lymph|nod(?:e|es|al))\b"
    r"[^,;.]{0,30}$",
    re.I,
)
_NODES = Pattern(r"^\W*(?:\w+ )?(?:lymph|nod(?:e|es|al)\b|adenopath|metasta)", re.I)


def extract(view: SentenceView) -> Iterator[Draft]:
    """Each organ of the sentence that has one side, except where it is called sound or holds a metastasis."""
    if view.search(_TOLD) is None:
        return
    tokens = site_tokens(view)
    for anatomy in view.of("anatomy"):
        own = [index for index, token in enumerate(tokens) if token.anatomy is anatomy]
        if (
            not own
            or anatomy.get("part") == "lymph_node_group"
            or view.assertion(anatomy.span) is not Assertion.AFFIRMED
        ):
            continue
        after = view.after(anatomy.span, 60)
        if _SOUND.match(after) or _NODES.match(after) or _OTHER.search(view.before(anatomy.span, 40)):
            continue
        behind = _BEHIND.match(after)
        side = SIDES[behind[1].lower()] if behind else side_of_lobe(anatomy) or walk_left(tokens, own[0], own[-1])[1]
        if side in ("left", "right"):
            value = OrganSide(site=anatomy.label, concept=anatomy.concept, side=side)
            yield Draft(value=value, spans=(anatomy.span,))


TOPIC = Topic(
    name="organ_side", extract=extract, values=(OrganSide,), terms=("anatomy.csv",), reads=("anatomy",), alone=False
)
