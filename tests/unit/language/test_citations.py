"""Citation marks, and numbers that only look like them."""

from __future__ import annotations

import pytest

from caselore.language.citations import read_citations
from caselore.model.text import TextSpan

FOUND = [
    ("A mass of this kind is rare [4].", [("[4]", (4,), None, None)]),
    ("Some were cystic [2,5-7].", [("[2,5-7]", (2, 5, 6, 7), None, None)]),
    ("Most arose in the thigh (12–14).", [("(12–14)", (12, 13, 14), None, None)]),
    ("They are said to be painful (3, 11).", [("(3, 11)", (3, 11), None, None)]),
    ("Okafor et al. reported a girl.", [("Okafor et al.", (), "Okafor", None)]),
    ("Okafor et al. [9] treated a girl.", [("Okafor et al. [9]", (9,), "Okafor", None)]),
    ("Okafor TN, et al., [9] treated a girl.", [("Okafor TN, et al., [9]", (9,), "Okafor", None)]),
    ("Lind and Baptiste (2001) saw a boy.", [("Lind and Baptiste (2001)", (), "Lind", 2001)]),
    ("Lind and Baptiste [8] saw a boy.", [("Lind and Baptiste [8]", (8,), "Lind", None)]),
    (
        "This was known (Lind et al., 2004; Roe, 2005).",
        [("Lind et al., 2004", (), "Lind", 2004), ("Roe, 2005", (), "Roe", 2005)],
    ),
    (
        "Lind-Roe and co-workers saw a boy [11].",
        [("Lind-Roe and co-workers", (), "Lind-Roe", None), ("[11]", (11,), None, None)],
    ),
    ("A boy was described by Baptiste [8].", [("Baptiste [8]", (8,), "Baptiste", None)]),
    ("Lind, in 1886, reported a girl.", [("Lind, in 1886", (), "Lind", 1886)]),
    ("Lind and Roe in 1955 described a boy.", [("Lind and Roe in 1955", (), "Lind", 1955)]),
    ("In 1944 John E. Baptiste reported a sarcoma.", [("Baptiste", (), "Baptiste", 1944)]),
    ("A case was reported by T. N. Okafor, who saw a boy.", [("T. N. Okafor", (), "Okafor", None)]),
    ("van der Meer et al. (2) agree.", [("van der Meer et al. (2)", (2,), "van der Meer", None)]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text for text, _ in FOUND])
def test_marks(text: str, expected: list[tuple[str, tuple[int, ...], str | None, int | None]]) -> None:
    marks = read_citations(text)
    assert [(text[m.span.start : m.span.end], m.numbers, m.author, m.year) for m in marks] == expected


@pytest.mark.parametrize(
    "text",
    [
        "She was given five (5) cycles.",
        "The median age was 50 years (3–11).",
        "Lesions were seen in 5 (10%) patients.",
        "In 2019 (2020) the series grew.",
        "The tumor was grade (2).",
        "We recorded (1) age; (2) sex; (3) site.",
        "Gamma Knife and Cyber Knife were used.",
        "The range was wide [12-3].",
        "The Case (31 years) is ours.",
    ],
)
def test_near_misses(text: str) -> None:
    assert read_citations(text) == ()


def test_places_are_moved_by_the_offset() -> None:
    (mark,) = read_citations("Seen before [4].", 100)
    assert mark.span == TextSpan(112, 115)
