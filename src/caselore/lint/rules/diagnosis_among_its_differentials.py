"""The diagnosis stands among the diagnoses that it has to be told from.

What it finds: "leiomyosarcoma must be differentiated from leiomyosarcoma, meningioma and schwannoma".
Why it matters: the sentence was taken from elsewhere, or another entity was meant (leiomyoma).
Example: "The differential diagnosis of this leiomyosarcoma includes leiomyosarcoma and myofibroma."
What it leaves alone: the same type at another site or of another grade ("metastatic", "uterine", "low-grade").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.lint.checked import Checked
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity

_CUE = re.compile(
    r"\b(?:(?:must|should|needs?|has|have) to be (?:differentiated|distinguished|separated)"
    r"|(?:must|should|needs?) be (?:differentiated|distinguished)"
    r"|differential diagnos[ei]s (?:of|for) .{3,90}? includes?|(?:differentiated|distinguished) from)\b",
    re.I,
)
_FROM = re.compile(r"\bfrom\b|\bincludes?\b|\bsuch as\b", re.I)
_QUALIFIED = re.compile(
    r"\b(?:metasta\w+|uterine|primary|secondary|low[- ]grade|high[- ]grade|epithelioid|myxoid|pleomorphic|benign"
    r"|inflammatory|well|de)[- ]?(?:\w+\s)?$",
    re.I,
)


def check(checked: Checked) -> Iterator[Finding]:
    for view in checked.sentences:
        cue = view.search(_CUE)
        if cue is None or len(view.of("tumour")) < 3:
            continue
        turn = _FROM.search(view.text, cue.start())
        if turn is None:
            continue
        border = view.span.start + turn.end()
        subjects = [m for m in view.of("tumour") if m.span.end <= border and m.get("rank") != "generic"]
        for other in view.of("tumour"):
            same = [m for m in subjects if m.concept == other.concept]
            if other.span.start >= border and same and not _QUALIFIED.search(view.before(other.span, 25)):
                message = f"{other.label.capitalize()} is to be told from {other.label}."
                yield found(message, (checked.place(same[0].span), checked.place(other.span)))


RULE = Rule(code="CL405", severity=Severity.WARNING, check=check)
