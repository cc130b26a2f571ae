"""Bytes to text: what is read, what is assumed, what is refused in one sentence."""

from __future__ import annotations

import codecs

import pytest

from caselore.reading.encoding import LIMIT
from caselore.reading.errors import UnreadableReport
from caselore.reading.text import load_bytes

TEXT = "A 40-year-old man with a naïve tumor of 5 µm."


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
)
def test_unicode_is_read_without_a_warning(data: bytes) -> None:
    document = load_bytes(data, "any")
    assert document.raw == TEXT
    assert document.warnings == ()


def test_other_bytes_are_read_as_windows_1252_and_said_so() -> None:
    document = load_bytes(TEXT.encode("cp1252"), "any")
    assert document.raw == TEXT
    assert document.warnings == ("not valid UTF-8; read as Windows-1252",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"PK\x03\x04\x00\x00rest", "not plain text"),
        (bytes(range(1, 9)) * 40, "not plain text"),
        (codecs.BOM_UTF16_LE + b"a", "save it as UTF-8"),
        (b"a" * (LIMIT + 1), "bytes"),
    ],
    ids=["empty", "blank", "zip", "control characters", "half a character", "too large"],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableReport, match=reason) as refusal:
        load_bytes(data, "any")
    assert "\n" not in str(refusal.value)
