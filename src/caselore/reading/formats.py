"""All formats, and the one way in: bytes of any of them to a Document."""

from __future__ import annotations

import codecs
from functools import cache

import caselore.reading
from caselore.model.discover import discover
from caselore.model.text import Document
from caselore.reading.bounded import load_bounded
from caselore.reading.errors import UnreadableReport
from caselore.reading.format import HEAD, Format, Match

LIMIT = 200_000_000
"""Largest file in bytes."""


@cache
def formats() -> tuple[Format, ...]:
    """Every format that a module of this package declares, by module name."""
    return discover(caselore.reading, "FORMAT", Format)


def suffixes() -> tuple[str, ...]:
    """The endings of file names that stand for a report."""
    return tuple(suffix for one in formats() for suffix in one.suffixes)


def format_of(data: bytes, suffix: str) -> Format:
    """The format that the content shows; where several are possible, the one with this suffix (".xml")."""
    head = _head(data)
    return max(formats(), key=lambda one: (one.sniff(head), suffix.lower() in one.suffixes))


def is_report(suffix: str, data: bytes) -> bool:
    """Whether a file of a folder is a report by its suffix and, where the suffix is a common one, by its content."""
    named = [one for one in formats() if suffix.lower() in one.suffixes]
    return any(not one.common_suffix or one.sniff(_head(data)) is Match.YES for one in named)


def load(data: bytes, source: str, suffix: str = "") -> Document:
    """The Document of a file of any format. Raises UnreadableReport with one sentence for whatever cannot be read."""
    if len(data) > LIMIT:
        raise UnreadableReport(f"the file has {len(data):,} bytes; the limit is {LIMIT:,}")
    found = format_of(data, suffix)
    return found.load(data, source) if found.trusted else load_bounded(found.load.__module__, data, source)


def _head(data: bytes) -> bytes:
    """The beginning of a file, in UTF-8 where a byte order mark says UTF-16."""
    head = data[:HEAD]
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head[len(mark) :].decode(name, "replace").encode("utf-8", "replace")
    return head
