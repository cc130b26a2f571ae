"""The side of a tumour where it stands with the word for the tumour, an operation or a scan, not with a site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView

_SIDED_TUMOUR = Pattern(
    r"\b(left|right|bilateral|midline)[- ]?(?:sided)?[ ,]+(?:\w+[- ]){0,2}?(?:tumou?rs?|mass|lesion|neoplasm)\b", re.I
)
_TUMOUR_SIDED = Pattern(
    r"\b(?:tumou?r|mass|lesion)\b(?: was| is| lay| located| situated)? on the (left|right)(?: side)?\b(?! \w)", re.I
)
_SIDED_OPERATION = Pattern(
    r"\b(left|right)(?:[- ]sided)? (?:(?!hepatic|liver)[\w-]+ ){0,3}?"
    r"(?!\w*colectomy|\w*hepatectomy)(?:\w+ectomy|craniotomy|thoracotomy|lumpectomy|enucleation|exenteration)\b",
    re.I,
)
_SIDED_IMAGING = Pattern(
    r"\b(?:MRI|MR imaging|magnetic resonance imaging|CT|computed tomography|radiographs?|radiography|X-?rays?|"
    r"ultraso\w+)(?: \([^)]{1,20}\))?(?: scans?| images?)? of (?:the |his |her )?(left|right) "
    r"(?=[^.;]{3,120}\b(?:mass|lesion|tumou?r|neoplasm|nodule|swelling)\b)(?![^.;]{0,60}\b(?:normal|unremarkable|no)\b)",
    re.I,
)
""" "MRI of the left knee showed a mass behind the joint": the side of what was looked at."""
_SIDED = (
    (_SIDED_TUMOUR, "tumour"),
    (_TUMOUR_SIDED, "tumour"),
    (_SIDED_OPERATION, "operation"),
    (_SIDED_IMAGING, "examination"),
)


def sides_told(view: SentenceView) -> Iterator[tuple[re.Match[str], str]]:
    """Matches whose first group is the side, and what has that side: "tumour", "operation" or "examination"."""
    for pattern, basis in _SIDED:
        for match in view.find(pattern):
            yield match, basis
