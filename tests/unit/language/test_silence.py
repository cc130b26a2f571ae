"""A function is spared a text only where it would have found nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselore.language.patterns import Pattern, screened
from caselore.language.silence import spared

_PATTERNS = tuple(
    Pattern(words, re.I)
    for words in (r"\bno\s+pain\b", r"(?:left|right) arm", r"\d\s?cm", r"sarcom\w+", r"^arm", r"m$")
)
_WORDS = ("no", "pain", "left", "right", "arm", "4", "cm", "sarcoma", "Arm", " ", "\n", ".", "not", "m")


@pytest.fixture(autouse=True, scope="module")
def _all_patterns_taken_in() -> None:
    """Takes seconds where the whole package was imported: nothing for the first example to wait for."""
    screened("")


def _places(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for pattern in _PATTERNS for match in pattern.finditer(text))


@given(st.lists(st.sampled_from(_WORDS), max_size=8).map("".join))
def test_answer_is_that_of_the_function_itself(text: str) -> None:
    assert spared(_places)(screened(text)) == _places(text)


@given(st.lists(st.sampled_from(_WORDS), max_size=8).map(" ".join), st.integers(1, 5))
def test_questions_that_hang_on_earlier_answers_are_asked(text: str, first: int) -> None:
    def second_only_after_first(text: str) -> str | None:
        if _PATTERNS[0].search(text) or _PATTERNS[first].search(text):
            return "either"
        return "third" if _PATTERNS[3].search(text) else None

    assert spared(second_only_after_first)(screened(text)) == second_only_after_first(text)


def test_function_is_not_called_where_its_words_are_missing() -> None:
    called: list[str] = []

    @spared
    def arms(text: str) -> bool:
        called.append(text)
        return _PATTERNS[1].search(text) is not None

    assert not arms(screened("The leg was swollen."))
    blank = called.pop()
    assert not isinstance(blank, str) and not called
    assert arms(screened("The left arm was swollen."))
    assert called == ["The left arm was swollen."]


def test_function_that_wants_to_know_more_is_called_on_every_text() -> None:
    functions = (
        lambda text: _PATTERNS[1].search(text) is None and len(text),
        lambda text: _PATTERNS[1].search(text) is None and "leg" in text,
        lambda text: _PATTERNS[1].search(text) is None and text == "The leg.",
        lambda text: _PATTERNS[1].search(text) is None and text[4:7],
        lambda text: _PATTERNS[1].search(text) is None and re.search("leg", text) is not None,
        lambda text: _PATTERNS[1].search(text) is None and Pattern(r"\w+").search(text) is not None,
        lambda text: _PATTERNS[1].search(text) is None and f"{text}",
        lambda text: _PATTERNS[1].search(text) is None and bool(text),
    )
    for function in functions:
        assert spared(function)(screened("The leg.")) == function("The leg.")
