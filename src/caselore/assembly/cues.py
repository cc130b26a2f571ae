"""Cue tables of this room: regular expressions kept as data, compiled once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from caselore.language.patterns import Pattern


@cache
def table(name: str) -> Mapping[str, Any]:
    """The parsed TOML file `name` beside this module."""
    return tomllib.loads((files("caselore.assembly") / name).read_text(encoding="utf-8"))


def any_of(forms: Iterable[str], flags: int = re.IGNORECASE) -> Pattern:
    """One pattern for all forms, on word boundaries; "~" stands for up to three words, a space for any white space.

    A named group may stand in several forms: they are numbered (`rank1`, `rank2` ...); read them with `named`.
    """
    parts: list[str] = []
    for number, form in enumerate(forms):
        expanded = form.replace(" ~ ", r" (?:[\w'’/-]+,? ){0,3}?").replace(" ", r"\s+")
        expanded = re.sub(r"\(\?P<(\w+)>", rf"(?P<\g<1>{number}>", expanded)
        parts.append(expanded)
    return Pattern(rf"(?<![\w-])(?:{'|'.join(parts)})(?!\w)", flags)


def named(match: re.Match[str], name: str) -> str | None:
    """The text of the group `name`, in whichever form it matched."""
    return next((value for key, value in match.groupdict().items() if value and key.startswith(name)), None)
