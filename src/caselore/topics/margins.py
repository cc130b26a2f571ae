"""Resection margins (AJCC residual tumour classification: R0 none, R1 microscopic, R2 macroscopic)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.language.wording import load_wordings
from caselore.model.fact import Phase, Value
from caselore.topics.topic import Draft, Topic


class Margin(Value, frozen=True, tag="margin"):
    """`status` is "R0", "R1", "R2", or "positive" or "close" where no class is told."""

    status: str

    def __str__(self) -> str:
        return f"margin {self.status}"


_NOT_SURGICAL = Pattern(
    r"\b(?:ill|well|poorly|costal|orbital|lid|eyelid|liver|hepatic|isodose|GTV|CTV|PTV|dose|ciliary|gingival|disc|optic|anal|cortical|superior|sclerotic|irregular|lobulated|smooth|indistinct)"
    r"[\s-]+(?:\w+[\s-]+)?(?:margins?|borders?|edges?)",
    re.I,
)
_GENERAL = Pattern(
    r"\b(?:should|may|can|must|could\s+be|would|recurrence\s+rates?|patients?\s+with|cases\s+with|important|aim|goal|recommended|mainstay|prognostic|to\s+(?:obtain|achieve|ensure|secure|get)|in\s+order\s+to|literature|associated\s+with|if)\b",
    re.I,
)

# margins of a lesion as it is seen, not of a specimen
_IMAGED = Pattern(
    r"\b(?:CT|MRI|MR|(?i:ultraso\w+|sonogra\w+|mammogra\w+|radiogra\w+|X-ray|scans?|tomography|imaging|endoscop\w+|dermoscop\w+|palpation))\b"
)
_OF_A_SPECIMEN = Pattern(r"\b(?:resect|excis|surg|specimen|histo|patho|remov|\w+ectomy|R[012]\b)", re.I)
# the pluperfect tells of an operation before the reported one
_FORMER = Pattern(r"\bhad\s+(?:\w+\s+)?been\b", re.I)


_NOT_REACHED = Pattern(
    r"\b(?:no|not|without|impossible|never)\s+(?:\w+\s+)?\S{0,12}$|\b(?:fail(?:ed|ing|s)?|failure|unable)\s+to\s[^.;,]{0,30}$"
    r"|\b(?:planned|scheduled|deferred|postponed)\s+(?:after|until|once|when)\s[^.;,]{0,30}$",
    re.I,
)
_HINT = Pattern(r"\bmargin|\bedge|\bborder|\bcut ends|\bresection lines?|\b(?:in)?complete\b|\bR ?[012O]\b", re.I)


def extract(view: SentenceView) -> Iterator[Draft]:
    """The statuses told in one sentence, without repetition; goals and general advice are passed over."""
    if not view.search(_HINT) or _GENERAL.search(view.text):
        return
    if _IMAGED.search(view.text) and not _OF_A_SPECIMEN.search(view.text):
        return
    seen: set[str] = set()
    places: list[tuple[int, int]] = []
    for wording in load_wordings("caselore.topics", "margins_wording.toml"):
        status = wording.means
        for match in view.find(wording.pattern):
            inside = any(start < match.end() and match.start() < end for start, end in places)
            if status in seen or inside or _NOT_SURGICAL.search(match[0]) or _denied(view, match):
                continue
            seen.add(status)
            places.append(match.span())
            phase = Phase.BEFORE if _FORMER.search(match[0]) else None
            yield Draft(value=Margin(status=status), spans=(view.place(match),), phase=phase)


def _denied(view: SentenceView, match: re.Match[str]) -> bool:
    within = 0 if match[0][:3].lower() == "no " else 12
    return _NOT_REACHED.search(view.text[max(0, match.start() - 40) : match.start() + within]) is not None


TOPIC = Topic(name="margins", extract=extract, values=(Margin,))
