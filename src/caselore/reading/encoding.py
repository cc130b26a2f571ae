"""Bytes to text: which encoding a plain text file is in, and which files are refused."""

from __future__ import annotations

import codecs

from caselore.reading.errors import UnreadableReport

LIMIT = 20_000_000
"""Largest plain text file in bytes; a report has some ten thousand, so more is not one report."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a plain text file, without a byte order mark, and what had to be assumed to read it.

    Raises UnreadableReport for an empty file, one that is not text, and one over `LIMIT` bytes.
    """
    if len(data) > LIMIT:
        raise UnreadableReport(
            f"the file has {len(data):,} bytes; more than {LIMIT:,} bytes of text are not one report"
        )
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], name)), ()
    if b"\x00" in data:
        raise UnreadableReport("the file is not plain text (it holds NUL bytes); save it as UTF-8 text")
    try:
        return _checked(data.decode("utf-8")), ()
    except UnicodeDecodeError:
        text = _checked(data.decode("cp1252", "replace"))
    return text, ("not valid UTF-8; read as Windows-1252",)


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableReport(f"the file says it is {name.upper()} and is not; save it as UTF-8 text") from error


def _checked(text: str) -> str:
    """The text, unless it is empty or mostly made of control characters as a binary file is."""
    if not text.strip():
        raise UnreadableReport("the file is empty: there is no text to read")
    sample = text[:4000]
    odd = sum(1 for char in sample if char < " " and char not in "\t\n\r\f\v\x02")
    if "\x00" in text or odd > len(sample) // 20:
        raise UnreadableReport("the file is not plain text (it holds control characters); save it as UTF-8 text")
    return text
