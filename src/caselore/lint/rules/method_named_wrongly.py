"""A result is told with the name of another method.

What it finds: silver (reticulin) staining among immunohistochemical results, "density" of an MRI, high power at x200.
Why it matters: stains and signals are tabulated by method.
Example: "Immunohistochemistry was positive for silver staining, CD34 and SMA."
What it leaves alone: sentences that name both methods; "proton density" sequences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.view import SentenceView
from caselore.lint.checked import Checked
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity

_IMMUNO = re.compile(r"\bimmuno-?(?:histochem\w+|stain\w*|histolog\w+|phenotyp\w+)", re.I)
_HISTOCHEMICAL = re.compile(
    r"\b(?:(?:positive )?(?:silver|reticulin|Masson(?:'s)?(?: trichrome)?|Alcian blue|PAS|mucicarmine|Congo red|Giemsa)"
    r"(?: (?:immersion|impregnation))?[- ](?:stain\w*|impregnation))\b",
    re.I,
)
_BOTH = re.compile(r"\bspecial stains?\b|\bhistochemical(?:ly)?\b|\band (?:a )?(?:silver|reticulin|PAS|Masson)", re.I)
_MRI = re.compile(r"\bT[12](?:[- ]?weighted|WI)\b|\bMRI?\b|\bmagnetic resonance\b", re.I)
_DENSITY = re.compile(
    r"\b(?:(?:low|high|lower|higher|iso|hypo|hyper|mixed|equal)[- ]?(?:density|dense)|(?:hypo|hyper|iso)attenuat\w+)\b",
    re.I,
)
_CT = re.compile(r"\bCT\b|\btomograph\w+|\bproton density\b", re.I)
_HIGH_POWER = re.compile(r"\bhigh[- ]power(?:ed)?\b(?! fields?)", re.I)
_MAGNIFIED = re.compile(r"[x×]\s?(\d{2,3})\b|\b(\d{2,3})\s?[x×]", re.I)
_LOWEST_HIGH_POWER = 400


def check(checked: Checked) -> Iterator[Finding]:
    for view in checked.sentences:
        yield from _immuno(checked, view)
        yield from _density(checked, view)
        yield from _power(checked, view)


def _immuno(checked: Checked, view: SentenceView) -> Iterator[Finding]:
    named, other = view.search(_IMMUNO), view.search(_HISTOCHEMICAL)
    if named and other and named.start() < other.start() and not _BOTH.search(view.text):
        message = f"{other[0].strip()!r} is histochemistry, not immunohistochemistry."
        yield found(message, (checked.place(view.place(named)), checked.place(view.place(other))))


def _density(checked: Checked, view: SentenceView) -> Iterator[Finding]:
    named, other = view.search(_MRI), view.search(_DENSITY)
    if named and other and not _CT.search(view.text):
        yield found(
            f"{other[0]!r} is a term of CT; on MRI it is signal.",
            (checked.place(view.place(named)), checked.place(view.place(other))),
        )


def _power(checked: Checked, view: SentenceView) -> Iterator[Finding]:
    named = view.search(_HIGH_POWER)
    if not named:
        return
    nearest = _MAGNIFIED.search(view.text, named.end())
    if nearest is None and view.next is not None and view.next.sentence.paragraph == view.sentence.paragraph:
        following = _MAGNIFIED.search(view.next.text[:60])
        spot = view.next.place(following) if following else None
    else:
        following, spot = nearest, view.place(nearest) if nearest else None
    if following and spot and int(following[1] or following[2]) < _LOWEST_HIGH_POWER:
        power = following[1] or following[2]
        yield found(f"High power at x{power}.", (checked.place(view.place(named)), checked.place(spot)))


RULE = Rule(code="CL404", severity=Severity.NOTE, check=check)
