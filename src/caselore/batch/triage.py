"""Whether a text tells of patients at all: cheap, before it is read.

It leans to keeping: a text that is kept needlessly costs a few milliseconds, one that is set aside is lost.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

import caselore.batch as room
from caselore.model.text import Document


class _Phrases(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`triage.toml`: kinds of phrases, each with its regular expressions."""

    source: str
    at_least: int
    most_taken: int
    enough: int
    short: int
    at_least_in_short: int
    patient: dict[str, tuple[str, ...]]
    other: dict[str, tuple[str, ...]]


def no_case_report(document: Document) -> str | None:
    """Why a document is no case report, or None where it may be one."""
    return no_patients_in(document.text)


def no_patients_in(text: str) -> str | None:
    """Why a text does not tell of a patient, or None where it may."""
    phrases, patterns = _phrases()
    found = sum(bool(pattern.search(text)) for pattern in patterns["patient"])
    if found >= (phrases.at_least_in_short if len(text) <= phrases.short else phrases.enough):
        return None
    against = [name for name, pattern in zip(phrases.other, patterns["other"], strict=True) if pattern.search(text)]
    if found - min(len(against), phrases.most_taken) >= phrases.at_least:
        return None
    return f"no case report: {found} of {len(phrases.patient)} kinds of words about a patient" + (
        f", words of other articles ({', '.join(against)})" if against else ""
    )


@cache
def _phrases() -> tuple[_Phrases, dict[str, list[re.Pattern[str]]]]:
    table = tomllib.loads((files(room) / "triage.toml").read_text(encoding="utf-8"))
    phrases = msgspec.convert(table, _Phrases)
    joined = {
        "patient": [re.compile("|".join(kind), re.I | re.M) for kind in phrases.patient.values()],
        "other": [re.compile("|".join(kind), re.I | re.M) for kind in phrases.other.values()],
    }
    return phrases, joined
