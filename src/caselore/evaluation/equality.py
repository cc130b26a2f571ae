"""When two cells of review rows say the same."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import caselore.evaluation as room
from caselore.model.row import COLUMNS

TERM_LISTS = ("sites", "symptoms", "absent_symptoms", "agents", "metastases")
MAPS = ("ihc", "immune")
UNSCORED = ("role", "label", "grade_system")
SCALARS = tuple(c for c in COLUMNS if c not in {*TERM_LISTS, *MAPS, *UNSCORED})
FIELDS = (*SCALARS, *TERM_LISTS, *MAPS)
"""The compared columns, in the order of the report."""

_DURATIONS = {"symptom_duration_months", "months_to_recurrence", "follow_up_months"}
_TERM_SCALARS = {"diagnosis", "primary_site"}
_WORD = re.compile(r"[a-z0-9]+")


@cache
def _equivalents() -> tuple[dict[str, str], frozenset[str], dict[str, str]]:
    table = tomllib.loads((files(room) / "equivalents.toml").read_text(encoding="utf-8"))
    groups = [line.split() for line in table["words"]]
    canonical = {word: group[0] for group in groups for word in group}
    return canonical, frozenset(table["fillers"]), table["markers"]


@cache
def term_words(term: str) -> frozenset[str]:
    """The words that matter in a term, each by its representative; all of them where none matters."""
    canonical, fillers, _ = _equivalents()
    printed = _WORD.findall(term.lower())
    kept = [w for w in (canonical.get(word, word) for word in printed) if w not in fillers]
    return frozenset(_singular(word) for word in kept) or frozenset(printed)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 4 and not word.endswith("ss") else word


def same_term(first: object, second: object) -> bool:
    """Terms agree when the words of one are among the words of the other ("breast" and "left breast")."""
    a, b = term_words(str(first)), term_words(str(second))
    return bool(a and b) and (a <= b or b <= a)


def marker_name(name: str) -> str:
    """The name that stands for a stain, whatever its spelling."""
    key = re.sub(r"[^a-z0-9]", "", name.lower().replace("α", "alpha"))
    return _equivalents()[2].get(key, key)


def same_scalar(field: str, curated: Any, got: Any) -> bool:
    """A list of curated values means that any of them is right. Durations may differ by 6 % or half a month, others by 1 %."""
    if isinstance(curated, list):
        return any(same_scalar(field, one, got) for one in curated)
    if isinstance(curated, int | float) and not isinstance(curated, bool):
        try:
            number = float(got)
        except (TypeError, ValueError):
            return False
        slack = max(0.5, 0.06 * curated) if field in _DURATIONS else max(0.051, 0.01 * curated)
        return abs(number - curated) <= slack
    if field in _TERM_SCALARS:
        return same_term(curated, got)
    return str(curated).strip().lower() == str(got).strip().lower()
