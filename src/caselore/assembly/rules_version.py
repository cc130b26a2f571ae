"""Which rules read a report: the version of the package, and a digest of everything that decides what is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable

_ROOMS = ("assembly", "language", "model", "reading", "topics")
"""Where code and term tables of the reading lie."""
_KINDS = (".py", ".toml", ".csv")


@cache
def rules_version() -> str:
    """For example "0.1.0+5f3a9c01d2ee". Two readings with one version were made by the same rules, tables and code.

    It is taken from the files themselves, once a process (some 20 ms), so that it cannot be out of date.
    """
    # Imported by name: the package itself stands above the rooms that it holds, and importlib.metadata is slow to load.
    return f"{import_module('caselore').__version__}+{digest_of(_ROOMS)[:12]}"


def digest_of(rooms: Sequence[str]) -> str:
    """A digest of the code and the tables of some packages, in hexadecimal."""
    digest = hashlib.sha256()
    for room in rooms:
        for name, content in _contents(files("caselore") / room, room):
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _contents(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    """Every file of rules in a folder and below, in the order of the names; line ends as they are on every system."""
    for one in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{name}/{one.name}"
        if one.name.endswith(_KINDS):
            yield path, one.read_bytes().replace(b"\r\n", b"\n")
        elif "." not in one.name and one.name != "__pycache__":
            yield from _contents(one, path)
