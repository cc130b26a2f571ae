"""Widths of margins in mm: how far from the tumour was cut, and how near the tumour came to the edge of the specimen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.generality import is_general
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.model.fact import Value
from caselore.topics.topic import Draft, Topic


class MarginWidth(Value, frozen=True, tag="margin_width"):
    """`mm` of the `margin`: "closest" where the report measures the nearest one, else "excision"."""

    mm: float
    margin: str

    def __str__(self) -> str:
        return f"{self.margin} margin {self.mm:g} mm"


_LENGTH = (
    r"(?P<length>\d+(?:\.\d+)?)[\s-]?(?P<unit>mm|cm)\b(?!\s*(?:[x×*]|from\s+the\s+anal|in\s+(?:size|diameter|length)))"
)
_CLOSEST = Pattern(
    rf"\b(?:closest|nearest|narrowest|minimum|minimal|shortest)\s+(?:\w+\s+){{0,2}}(?:margin|distance)\b[^.;\d]{{0,50}}{_LENGTH}",
    re.I,
)
_WIDTH = Pattern(
    rf"\bmargins?\s+(?:(?:of|was|were|is)\s+)(?:about\s+|approximately\s+|at\s+least\s+|only\s+)?{_LENGTH}"
    r"|\b(?P<length2>\d+(?:\.\d+)?)[\s-]?(?P<unit2>mm|cm)\s+(?:(?:clear|free|surgical|safety|lateral|wide|negative|circumferential|tumou?r-free)\s+)*margins?\b",
    re.I,
)
_OTHER = Pattern(
    r"\b(?:costal|orbital|ciliary|lid|eyelid|liver|hepatic|gingival|anal|cortical|isodose|GTV|CTV|PTV|Gy|radiotherapy|irradiat\w+|radiation|target\s+volume)\b",
    re.I,
)
_ADVICE = Pattern(
    r"\b(?:should|recommend\w*|advi[sc]\w+|require[sd]?|guideline\w*|ideal\w*|literature|studies|series|patients|rates?|planned|may|can|must|if)\b",
    re.I,
)
_SURGERY = Pattern(r"excis|resect|remov|specimen|surg|\w+ectomy|histo|patho|microscop|tumou?r|lesion|biops", re.I)


_HINT = Pattern("margin|distance")


def extract(view: SentenceView) -> Iterator[Draft]:
    """At most one width of each kind in a sentence that tells of an operation or a specimen, no advice."""
    if not view.search(_HINT):
        return
    if _OTHER.search(view.text) or _ADVICE.search(view.text) or not _SURGERY.search(view.text):
        return
    closest = view.search(_CLOSEST)
    match = closest or view.search(_WIDTH)
    if match is None or is_general(view.text, match.start()):
        return
    span = view.place(match)
    value = MarginWidth(mm=_mm(match), margin="closest" if closest else "excision")
    yield Draft(value=value, spans=(span,), assertion=view.assertion(span))


def _mm(match: re.Match[str]) -> float:
    groups = match.groupdict()
    length, unit = groups["length"] or groups.get("length2"), groups["unit"] or groups.get("unit2")
    return float(length or 0) * (10 if (unit or "").lower() == "cm" else 1)


TOPIC = Topic(name="margin_width", extract=extract, values=(MarginWidth,), alone=False)
