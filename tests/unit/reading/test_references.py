"""The reference list in its usual styles."""

# ruff: noqa: E501 - one entry a line

from __future__ import annotations

import pytest

from caselore.reading.references import read_references
from caselore.reading.text import document_from_text

ENTRIES = [
    ("1. Roe AB, Poe C, et al. A mass of the thigh. J Test. 2001;1:2-3.", (1, "Roe", 2001, "A mass of the thigh", None)),
    ("[2] Lind-Roe D. Two masses: a review. Test Lett 2015;7:8. doi: 10.5555/any.2", (2, "Lind-Roe", 2015, "Two masses: a review", "10.5555/any.2")),
    ("(3) van der Meer E. Was it benign? Test Cases 1999;2:4.", (3, "van der Meer", 1999, "Was it benign?", None)),
    ("Baptiste, F.; Okafor, G. Late recurrence after 1990. Test. Rev. 2014, 3, 1–9.", (None, "Baptiste", 2014, "Late recurrence after 1990", None)),
    ("Okafor G (2012). Thigh tumors. Test Rev 3:1-9.", (None, "Okafor", 2012, "Thigh tumors", None)),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "expected"), ENTRIES, ids=[entry for entry, _ in ENTRIES])
def test_entry(entry: str, expected: tuple[int | None, str, int, str, str | None]) -> None:
    (found,) = read_references(document_from_text(f"Discussion\nThis is rare.\n\nReferences\n{entry}", "any"))
    assert (found.number, found.first_author, found.year, found.title, found.doi) == expected


def test_text_before_the_list_is_no_reference() -> None:
    assert read_references(document_from_text("Discussion\n1. Roe A. It was 2001; no list follows.", "any")) == ()
