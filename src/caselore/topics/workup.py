"""The staging work-up: by which studies spread was looked for, and whether any was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from caselore.language.generality import is_general
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.model.fact import Value
from caselore.topics.topic import Draft, Topic


class StagingWorkup(Value, frozen=True, tag="staging_workup"):
    """`means` are the modalities that the sentence names, in its order (none where it only says work-up or staging)."""

    means: tuple[str, ...]
    result: Literal["no spread", "spread"]

    def __str__(self) -> str:
        return f"{', '.join(self.means) or 'staging'}: {self.result}"


_SPREAD = (
    r"(?:metasta\w+|dissemination|(?:distant|systemic|extracranial|extra-?axial|further|other|additional) "
    r"(?:\w+ )?(?:disease|spread|lesions?|tumou?rs?|foci|involvement|deposits?)|primary (?:tumou?r|site|lesion) elsewhere|"
    r"another primary|secondary lesions?)"
)
_LOOKED_FOR = Pattern(
    r"\b(?:staging|work-?up|metastatic survey|skeletal survey|search for (?:a primary|metasta\w+)|"
    r"assessment of (?:distant )?spread|extension (?:study|assessment)|tumou?r search)\b",
    re.I,
)
_NONE_FOUND = Pattern(
    rf"\b(?:no(?! longer)|without|negative for|free of|excluded|exclude|ruled out|absence of|(?:did|does) not "
    rf"(?:show|reveal|demonstrate|disclose|identify|detect|find))\b[^.;]{{0,70}}?\b{_SPREAD}|"
    rf"\b{_SPREAD}\b[^.;]{{0,40}}?\b(?:was|were|had been) (?:not (?:found|seen|detected|identified|present|evident)|"
    rf"excluded|ruled out|absent)\b",
    re.I,
)
_CLEAR = Pattern(r"\b(?:was|were|remained|proved|:)\s+(?:\w+ly )?(?:negative|unremarkable|normal|clear)\b", re.I)
_FOUND = Pattern(
    rf"\b(?:showed|revealed|demonstrated|disclosed|identified|detected|found|confirmed|:)\s[^.;]{{0,60}}?\b{_SPREAD}",
    re.I,
)
_LATER = Pattern(
    r"\b(?:follow-?up|surveillance|recurren\w+|relaps\w+|months? (?:later|after)|years? (?:later|after))\b", re.I
)
"""A scan of the follow-up stages nothing."""


def extract(view: SentenceView) -> Iterator[Draft]:
    """At most one work-up a sentence; scans of the follow-up and statements in general are passed over."""
    looked = view.search(_LOOKED_FOR)
    if not (looked or view.of("modality")) or _LATER.search(view.text):
        return
    none, found = view.search(_NONE_FOUND), view.search(_FOUND)
    clear = view.search(_CLEAR) if looked else None
    told = none or clear or (found if looked else None)
    if told is None or is_general(view.text, told.start()):
        return
    means = tuple(dict.fromkeys(mention.label for mention in view.of("modality")))
    spans = tuple(mention.span for mention in view.of("modality")) or ((view.place(looked),) if looked else ())
    yield Draft(
        value=StagingWorkup(means=means, result="spread" if told is found else "no spread"),
        spans=(view.place(told), *spans),
    )


TOPIC = Topic(name="workup", extract=extract, values=(StagingWorkup,), terms=("imaging.toml",), alone=False)
