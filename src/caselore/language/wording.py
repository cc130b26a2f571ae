"""Tables of wordings: TOML files that hold regular expressions with what they mean.

`[words]` defines names that patterns use as {NAME}; each `[[wording]]` has a `means` and a list of `patterns`. A space
stands for any white space, matching ignores case.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from caselore.language.patterns import Pattern


class Wording(msgspec.Struct, frozen=True):
    """A pattern and what it says."""

    means: str
    pattern: Pattern


@cache
def load_wordings(package: str, name: str) -> tuple[Wording, ...]:
    """The wordings of one TOML file in `package`, in its order; raises KeyError for a {NAME} that [words] lacks."""
    table = tomllib.loads((files(package) / name).read_text(encoding="utf-8"))
    words: dict[str, str] = {}
    for key, value in table.get("words", {}).items():
        words[key] = _filled(value, words)
    return tuple(
        Wording(row["means"], Pattern(_filled(pattern, words).replace(" ", r"\s+"), re.I))
        for row in table["wording"]
        for pattern in row["patterns"]
    )


def _filled(pattern: str, words: dict[str, str]) -> str:
    return re.sub(r"\{([A-Z_]+)\}", lambda match: words[match[1]], pattern)
