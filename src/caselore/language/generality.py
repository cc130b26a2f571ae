"""Clauses that tell what such tumours or patients show in general, not what this one showed."""

from __future__ import annotations

import re

from caselore.language.patterns import Pattern

_GENERAL = Pattern(
    r"\b(?:typically|usually|characteristically|classically|often|commonly|generally|frequently|invariably"
    r"|most (?:cases|tumou?rs|of these|authors|patients)|can be|may be|should be|could be(?! (?:clearly "
    r"|also |easily )?(?:demonstrated|detected|shown|found|seen|identified|proved|proven|obtained"
    r"|recognized|recognised))|might be|in general"
    r"|(?:%|percent) of (?:all )?(?:\w+ )?(?:cases|tumou?rs|patients)|tend to|(?:is|are) known to"
    r"|ha(?:s|ve) been (?:reported|described)"
    r"|in the literature|reported cases|is (?:defined|characteri[sz]ed) by|are (?:defined|characteri[sz]ed) by)\b",
    re.I,
)
_CLAUSE_END = Pattern(r"[;]|\.\s|\b(?:but|whereas|while)\b")


def clause(text: str, position: int) -> tuple[int, int]:
    """Start and end of the clause around `position`: between semicolons, sentence ends and contrasts."""
    start = max((match.end() for match in _CLAUSE_END.finditer(text[:position])), default=0)
    stop = _CLAUSE_END.search(text, position)
    return start, stop.start() if stop else len(text)


def is_general(text: str, position: int) -> bool:
    """Whether the clause around `position` speaks of tumours or patients in general."""
    return bool(_GENERAL.search(text[slice(*clause(text, position))]))
