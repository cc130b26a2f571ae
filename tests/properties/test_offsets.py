"""The offset map holds raw and normalised text together, whatever the text."""

from __future__ import annotations

import itertools
from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st

from caselore.model.text import Document, RawSpan, TextSpan
from caselore.reading.text import document_from_text

_CHARACTERS = st.sampled_from(
    list("abcdeABC0129 .,;:()[]%")
    + list("ﬁﬂﬀ−‐–×µμα\u00ad\ufffe\u00a0\u2009\u200b²³¹")
    + ["-\n", "\n", "\n\n", "\r\n", "\t", "e\u0301"]
)
_PHRASES = st.sampled_from(
    [
        "Introduction\n",
        "Case report\n",
        "Discussion\n",
        "References\n",
        "Conclusion: ",
        "Fig. 1. A mass (arrow).\n",
        "Table 2 Cases\nAge\n12\n",
        "a tumor of the left thigh was re-\nmoved. ",
        "post-\n\noperative course ",
        "limbs1, trunk2,3 and scalp4. Others al5 ",
        "2\n",
        "https://doi.org/10.5555/x.1\n",
        "Smith et al. [4] said so. ",
        "It was 5 × 4 cm2. ",
        "1. Roe A. A title. J Test 2001;1:2-3.\n",
    ]
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    st.lists(st.one_of(_CHARACTERS, _PHRASES), max_size=60).map("".join),
)


def spans(document: Document) -> list[TextSpan]:
    return [section.span for section in document.sections] + [sentence.span for sentence in document.sentences]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_runs_cover_the_text_without_gaps_and_stay_inside_the_raw_text(raw: str) -> None:
    document = document_from_text(raw, "any")
    position = 0
    for run in document.offsets.runs:
        assert run.text == position
        assert run.text_length > 0
        assert 0 <= run.raw < run.raw + run.raw_length <= len(raw)
        position += run.text_length
    assert position == len(document.text)
    assert document.raw == raw


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_longer_runs_are_copied_character_for_character(raw: str) -> None:
    document = document_from_text(raw, "any")
    for run in document.offsets.runs:
        if run.text_length == run.raw_length:
            text = document.text[run.text : run.text + run.text_length]
            source = raw[run.raw : run.raw + run.raw_length]
            changed = [(a, b) for a, b in zip(source, text, strict=True) if a != b]
            # Letters and digits change only from a compatibility form: micro sign, superscripts, ordinals.
            assert all(not a.isalnum() or a == "μ" or normalize("NFKC", a) != a for a, _ in changed), changed


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_place_leads_to_the_raw_text_and_back(raw: str) -> None:
    document = document_from_text(raw, "any")
    for span in spans(document):
        there = document.offsets.to_raw(span)
        assert 0 <= there.start < there.end <= len(raw)
        back = document.offsets.to_text(there)
        assert back is not None
        assert back.covers(span)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_sections_and_sentences_are_ordered_and_nested(raw: str) -> None:
    document = document_from_text(raw, "any")
    for parts in (document.sections, document.sentences):
        for before, after in itertools.pairwise(parts):
            assert before.span.end <= after.span.start
    for sentence in document.sentences:
        inside = [section for section in document.sections if section.span.covers(sentence.span)]
        assert [section.kind for section in inside] == [sentence.section]
        words = document.text[sentence.span.start : sentence.span.end]
        assert words == words.strip() != ""
        assert "\n\n" not in words


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_no_letter_is_lost_between_sentences(raw: str) -> None:
    document = document_from_text(raw, "any")
    covered = 0
    for sentence in document.sentences:
        assert not document.text[covered : sentence.span.start].strip()
        covered = sentence.span.end
    assert not document.text[covered:].strip()


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_document(raw: str) -> None:
    assert document_from_text(raw, "any") == document_from_text(raw, "any")


def test_superscript_digits_behind_a_control_character() -> None:
    document = document_from_text("\x08²", "any")
    assert document.text == "2"
    assert document.offsets.to_raw(document.sentences[0].span) == RawSpan(1, 2)


def test_a_raw_place_that_was_dropped_has_no_place_in_the_text() -> None:
    document = document_from_text("The tumor was re-\nmoved.", "any")
    assert document.text == "The tumor was removed."
    assert document.offsets.to_text(RawSpan(16, 17)) is None
