"""Ages of several patients in one breath: "two women, aged 34 and 47 years", "the first aged 80 years and the second 25 years"."""

from __future__ import annotations

import re

import msgspec

from caselore.language.patterns import Pattern
from caselore.model.text import TextSpan

_AGE = r"\d{1,2}(?:\.\d)?"
_AGES = Pattern(
    r"\b(?:aged|ages|ages were|ages of|they were|"
    r"(?:patients|women|men|girls|boys|children|brothers|sisters|siblings)(?: were|,| of)) "
    rf"(?P<ages>{_AGE}(?:, {_AGE})*,? and {_AGE})\b(?![.%]\d)(?:[ -](?P<unit>years?|months?)\b|(?=[,.;)]))",
    re.I,
)
_BY_RANK = Pattern(
    rf"\b(?:the first|one) (?:was |is )?(?:aged |of )?"
    rf"(?P<ages>{_AGE}(?: years)?[^.;\d]{{0,20}}\bthe (?:second|other)\b[^.;\d]{{0,80}}? {_AGE} years)\b"
    r"(?! (?:ago|earlier|before|later|after|history))",
    re.I,
)


_APPOSED = Pattern(
    rf"[,;(:]\s?(?P<ages>{_AGE}(?:, {_AGE})*,? and {_AGE})[\s-](?P<unit>y(?:ea)?rs?\.?|y|months?)[\s-](?:old|of age)\b",
    re.I,
)


class ListedAges(msgspec.Struct, frozen=True):
    """One age in years for each of several patients, in their order."""

    span: TextSpan
    years: tuple[float, ...]


def read_listed_ages(text: str, offset: int = 0) -> ListedAges | None:
    """The first list of ages in a sentence; `offset` is where `text` starts in the document."""
    match = _AGES.search(text) or _BY_RANK.search(text) or _APPOSED.search(text)
    if match is None:
        return None
    in_months = (match.groupdict().get("unit") or "y").lower().startswith("m")
    years = tuple(round(float(age) / (12 if in_months else 1), 2) for age in re.findall(_AGE, match["ages"]))
    return ListedAges(span=TextSpan(match.start() + offset, match.end() + offset), years=years)
