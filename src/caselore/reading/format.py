"""File formats: what each loader declares, and which loader a file belongs to."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

import msgspec

from caselore.model.text import Document


class Match(IntEnum):
    """How surely the first bytes of a file tell its format."""

    NO = 0
    MAYBE = 1
    """the bytes do not contradict it"""
    YES = 2


HEAD = 65_536
"""Bytes at the beginning of a file that a format may look at."""


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of file. Declared as `FORMAT` in a module of this package, where it is found by discovery.

    `sniff` judges the first `HEAD` bytes; `load` makes a Document from the whole file and the name of its source, and
    raises UnreadableReport with one sentence for whatever cannot be read. A `common_suffix` is that of many other files
    too: in a folder, only those are taken whose content shows the format. A `trusted` loader runs in this process, the
    others in a child process whose time and memory are bounded.
    """

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], Match]
    load: Callable[[bytes, str], Document]
    common_suffix: bool = False
    trusted: bool = False
