"""The text points at a figure or a table that is not there.

What it finds: "(Fig. 5)" in a report with four figures.
Why it matters: the reader looks for evidence that was cut or renumbered.
Example: "Imaging showed a mass (Figure 3)." with the legends of Figures 1 and 2 only.
What it leaves alone: reports whose legends are not part of the text, supplements, figures of other publications.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.lint.checked import Checked
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Place, Severity
from caselore.model.text import SectionKind

_POINTER = re.compile(
    r"\b(?P<kind>[Ff]ig(?:ure|s|ures)?|[Tt]ables?)\.?\s?(?P<first>\d{1,2})(?:[A-Za-z]?\s?(?:[-–,&]|and)\s?(?P<last>\d{1,2})(?![\d.]))?"
)
_LEGEND = re.compile(r"\W*(?P<kind>fig(?:ure)?|table)s?\.?\s?(?P<number>\d{1,2})\b", re.I)
_ELSEWHERE = re.compile(r"\b(?:supplement\w*|in (?:ref|their)|of (?:ref|their)|online)\b", re.I)


def check(checked: Checked) -> Iterator[Finding]:
    legends = _legends(checked)
    for kind, numbers in legends.items():
        pointers = [(number, place) for number, place in _pointers(checked, kind) if number > max(numbers)]
        for number in sorted({number for number, _ in pointers}):
            where = [place for n, place in pointers if n == number]
            yield found(f"{kind} {number} is not there; the last one is {kind} {max(numbers)}.", where)


def _legends(checked: Checked) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for view in checked.reading.sentences:
        match = _LEGEND.match(view.text)
        if match and view.section in (SectionKind.CAPTION, SectionKind.TABLE):
            found.setdefault(_kind(match["kind"]), set()).add(int(match["number"]))
    return found


def _kind(printed: str) -> str:
    return "Table" if printed.lower().startswith("tab") else "Figure"


def _pointers(checked: Checked, kind: str) -> Iterator[tuple[int, Place]]:
    for view in checked.sentences:
        if view.section in (SectionKind.CAPTION, SectionKind.TABLE) and _LEGEND.match(view.text):
            continue
        for match in _POINTER.finditer(view.text):
            if _kind(match["kind"]) == kind and not _ELSEWHERE.search(
                view.text[max(0, match.start() - 30) : match.end() + 30]
            ):
                yield int(match["last"] or match["first"]), checked.place(view.place(match))


RULE = Rule(code="CL702", severity=Severity.WARNING, check=check)
