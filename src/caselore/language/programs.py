"""Regular expressions compiled to the programs that Python's matcher runs, which are the same at every start.

Compiling the patterns that one report needs takes several times as long as reading it. This is `re.compile` cut in two:
what it works out from the pattern is kept between starts, and the matcher is made from that. Both halves are private to
`re`; the unit tests compare the result with that of `re.compile`.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import re
from array import array
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import cast

import msgspec

from caselore.language.kept import kept


class Program(msgspec.Struct, frozen=True, array_like=True):
    """What the matcher runs: `code` in words of 32 bits, how many groups there are, and the numbers of those with names."""

    flags: int
    code: bytes
    groups: int
    numbers: dict[str, int]


def compiled(pattern: str, flags: int) -> re.Pattern[str]:
    """The same as `re.compile`; raises re.error for what is no regular expression."""
    ready = program(pattern, flags)
    names: list[str | None] = [None] * (ready.groups + 1)
    for name, number in ready.numbers.items():
        names[number] = name
    code = array("I", ready.code).tolist()
    made = _sre.compile(pattern, ready.flags, code, ready.groups, ready.numbers, tuple(names))
    return cast("re.Pattern[str]", made)


@kept
def program(pattern: str, flags: int) -> Program:
    """The program of a pattern."""
    parsed = parser.parse(pattern, flags)
    code = array("I", compiler._code(parsed, flags)).tobytes()
    return Program(flags | parsed.state.flags, code, parsed.state.groups - 1, parsed.state.groupdict)
