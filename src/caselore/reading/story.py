"""Where a patient's story begins in running text: for reports whose headings are words of their own."""

from __future__ import annotations

import re

_AGE = r"(?:\d{1,3}[- ]?(?:years?|yrs?|months?|weeks?|days?)[- ]?(?:olds?|of age)|aged \d{1,3}|of \d{1,3} years|\d{1,3}[- ]?y/?o)\b"
_COMES = (
    r"(?:presented|was|had|came|underwent|complained|consulted|visited|developed|noticed|suffered|sought|experienced|"
    r"attended|reported)"
)
_STORY = re.compile(
    rf"(?:^|(?<=[.!?:]\s)|(?<=\n))(?:[A-Z][\w/&' -]{{2,45}}[:.–-]\s+)?"
    rf"(?P<begins>(?:An?|One|Our patient|The patient)\b[^.;:\[\]]{{0,60}}?\b{_AGE}[^.\[\]]{{0,200}}?\b{_COMES}\b[^.]*\.)"
)
_OF_OTHERS = re.compile(
    r"\[\d|\(\d{1,3}(?:[,–-]\s?\d{1,3})*\)|\bet al\b|\((?:19|20)\d\d\)|\bby [A-Z][a-z]+\b|\bliterature\b"
)


def story_start(text: str) -> int | None:
    """The place of the first sentence that brings in a patient by age and tells what happened, citing nobody; or None."""
    return next((match.start("begins") for match in _STORY.finditer(text) if not _OF_OTHERS.search(match[0])), None)
