"""Where sentences end, and where a full stop is only that of an abbreviation."""

from __future__ import annotations

import pytest

from caselore.reading.sentences import split_sentences

CASES = [
    ["The mass was 5.2 cm.", "In 2010, Lind et al. [4] found another (Fig. 1)."],
    ["It was 2 cm. in size.", "A margin of approx. 5 mm was kept."],
    ["Dr. A. B. Roe saw her.", "No. 5 was free."],
    ["It was of grade B.", "The margin was free."],
    ["S. aureus grew.", "Cefazolin, i.e. an antibiotic, was given."],
    ["Drug A vs. Drug B was tried.", "Neither helped (p. 5)."],
    ["Was it benign?", "It was not [3].", "He died."],
    ["Seen by Lind et al.", "The course was good."],
    ["SMA (+).", "(b) Ki-67 (+)."],
    ["It was removed (Figs. 3, 4).", "p53 was strong.", "α-SMA was positive.", "h-Caldesmon was not."],
    ["Stage was pT2b.", "12 months later she was well."],
]


@pytest.mark.parametrize("sentences", CASES, ids=[case[0] for case in CASES])
def test_sentences(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[start:end] for start, end in split_sentences(text)] == sentences
