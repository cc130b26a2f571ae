"""A figure is cited for what its legend does not show.

What it finds: "stains were negative (Fig. 3)" where Figure 3 shows haematoxylin and eosin; histology cited to a legend of a stain.
Why it matters: figures were renumbered or exchanged, and the evidence for a statement is not where it should be.
Example: "MRI showed a mass (Fig. 2)." with "Figure 2. Immunohistochemistry for desmin."
What it leaves alone: legends of several parts, sentences that cite several things at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.view import SentenceView
from caselore.lint.checked import Checked
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity
from caselore.model.text import SectionKind, TextSpan

_POINTER = re.compile(
    r"\(\s?fig(?:ure|s|ures)?\.?\s?(?P<first>\d{1,2})[a-z]?(?:\s?(?:[-–,]|and)\s?(?P<last>\d{1,2}))?[a-z]?\s?\)", re.I
)
_LEGEND = re.compile(r"\W*fig(?:ure)?\.?\s?(?P<number>\d{1,2})\b", re.I)
_PARTS = re.compile(r"\(\s?[a-e]\s?\)|\b[A-E]\)|\b[A-E][:.]\s|\[\(?[A-E]", re.I)
_IMAGING = re.compile(
    r"\b(?:MRI|magnetic resonance|CT|tomograph\w+|radiograph\w*|X-ray|ultraso\w+|angiogra\w+|PET|T[12][- ]?weighted|scan)\b",
    re.I,
)
_STAINED = re.compile(r"\bimmuno-?(?:histochem\w+|stain\w*|reactiv\w+|positiv\w+)|\bIHC\b", re.I)
_HISTOLOGY = re.compile(
    r"\b(?:histolog\w+|histopatholog\w+|microscop\w+|fascicles?|bundles|spindle|pleomorphi\w+|mitos[ei]s|mitotic"
    r"|necrosis|h(?:a|e)?ematoxylin|H ?& ?E|HE)\b",
    re.I,
)


def check(checked: Checked) -> Iterator[Finding]:
    legends: dict[int, list[SentenceView]] = {}
    number = 0
    for view in checked.reading.sentences:
        if view.section is not SectionKind.CAPTION:
            number = 0
            continue
        match = _LEGEND.match(view.text)
        number = int(match["number"]) if match else number
        if number:
            legends.setdefault(number, []).append(view)
    for view in checked.sentences:
        if view.section is SectionKind.CAPTION:
            continue
        for match in _POINTER.finditer(view.text):
            shown = _kind(view.text[: match.start()][-160:])
            for cited in range(int(match["first"]), int(match["last"] or match["first"]) + 1):
                legend = legends.get(cited)
                words = " ".join(part.text for part in legend or ())
                if (
                    not legend
                    or _PARTS.search(words)
                    or (other := _kind(words)) is None
                    or shown is None
                    or other == shown
                ):
                    continue
                message = f"Figure {cited} is cited for {shown}, its legend tells {other}."
                yield found(
                    message,
                    (
                        checked.place(view.place(match)),
                        checked.place(TextSpan(legend[0].span.start, legend[0].span.end)),
                    ),
                )


def _kind(words: str) -> str | None:
    """What a text speaks of, if it speaks of one thing only."""
    kinds = [
        name
        for name, pattern in (("imaging", _IMAGING), ("stains", _STAINED), ("histology", _HISTOLOGY))
        if pattern.search(words)
    ]
    if kinds == ["stains", "histology"] and words.lower().lstrip(" .:").find("immuno") < 60:
        return "stains"
    return kinds[0] if len(kinds) == 1 else None


RULE = Rule(code="CL704", severity=Severity.NOTE, check=check)
