"""Screening spares searches and never a match."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselore.language.literals import fold, required_literals
from caselore.language.patterns import Pattern, screened

_EVERY_CHARACTER = "".join(map(chr, range(sys.maxunicode + 1)))


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\btumou?rs?\b", [{f"|{word}|" for word in ("tumor", "tumour", "tumors", "tumours")}]),
        (
            r"margins? was (?:free|clear)",
            [{f"{m}| |was| |{how}" for m in ("margin", "margins") for how in ("free", "clear")}],
        ),
        (r"(?:biops|resect)\w+ showed", [{"biops", "resect"}, {" |showed"}]),
        (r"(?<![\w-])R[01](?!\w)", [{"|r0|", "|r1|"}]),
        (r"\d+\s?(?:µg|mg)", [{*"0123456789"}, {"μg", "mg"}]),
        (r"(?<!un)known|\w+", []),
        (r"(?:recurrence)?\s*", []),
        (r"relapse(?=.*lung)", [{"relapse"}, {"lung"}]),
    ],
)
def test_what_a_pattern_cannot_do_without(pattern: str, needed: list[set[str]]) -> None:
    found = [{literal.replace("\0", "|") for literal in literals} for literals in required_literals(pattern)]
    assert sorted(map(sorted, found)) == sorted(map(sorted, needed))


def test_pattern_is_not_tried_where_its_words_are_missing_and_matches_where_they_are() -> None:
    margins = Pattern(r"\bmargins? (?:was|were) clear\b", re.I)
    assert margins.search(screened("The swelling was removed.")) is None
    assert list(margins.finditer(screened("The swelling was removed."))) == []
    found = margins.search(screened("All MARGINS were clear."))
    assert found is not None and found.span() == (4, 22)


def test_pattern_made_after_a_text_was_screened_is_tried_on_it() -> None:
    text = screened("A zebra was seen.")
    assert Pattern("zebra was").search(text) is not None


@given(st.text())
def test_text_in_lower_case_meets_the_same_needs(text: str) -> None:
    lowered = text.lower()
    assert len(lowered) != len(text) or fold(lowered) == fold(text)


@pytest.mark.parametrize("letter", "abcdefghijklmnopqrstuvwxyz")
def test_every_character_that_matches_a_letter_where_case_is_ignored_folds_to_it(letter: str) -> None:
    for match in re.finditer(letter, _EVERY_CHARACTER, re.I):
        assert fold(match[0]).strip("\0") == letter


def test_every_digit_folds_to_an_ascii_digit() -> None:
    assert all(fold(match[0]).strip("\0") in "0123456789" for match in re.finditer(r"\d", _EVERY_CHARACTER))


_LOOKALIKE = {"i": "iIıİ", "s": "sSſ", "k": "kK\N{KELVIN SIGN}", "e": "eE"}
_CHARACTERS = ["s", "k", "is", "Ki", "e ", "é", "µ", "[ie]", "[sk-]", "[^s]", ", ", "-", r"\w", r"\d", r"\s", "."]
_PLACES = [r"\b", r"\B", "^", "$", "(?=s)", "(?!k)", "(?<=i)", "(?<!e)", r"(?!\w)", r"(?<![\w-])", r"(?![^\w])"]
_PATTERNS = st.recursive(
    st.sampled_from([*_CHARACTERS, *_PLACES]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{0,2}", "+?", "*+"])).map(
            lambda part: f"(?:{part[0]}){part[1]}"
        ),
        inner.map(lambda part: f"(?>{part})"),
        inner.map(lambda part: f"(?i:{part})"),
    ),
    max_leaves=12,
)
_TEXTS = st.text(st.sampled_from("skieSKIE  \n\xa0ıİſ\N{KELVIN SIGN}éÉµ3٣-."), max_size=14)


@given(_PATTERNS, _TEXTS, st.sampled_from([re.NOFLAG, re.I]))
def test_screen_never_turns_a_match_away(pattern: str, text: str, flags: re.RegexFlag) -> None:
    for match in re.finditer(pattern, text, flags):
        for literals in required_literals(pattern, flags):
            assert any(literal in fold(text) for literal in literals), (pattern, match, literals)


@given(st.data(), _PATTERNS, st.sampled_from([re.NOFLAG, re.I]))
def test_screen_lets_pass_what_was_made_to_match(data: st.DataObject, pattern: str, flags: re.RegexFlag) -> None:
    text = data.draw(
        st.lists(st.sampled_from(sorted({c for cs in _LOOKALIKE.values() for c in cs})), max_size=3).map("".join)
    )
    text += "".join(data.draw(st.sampled_from(_LOOKALIKE.get(c, c))) for c in pattern if c.isalnum() or c in " -")
    if re.search(pattern, text, flags):
        assert all(any(literal in fold(text) for literal in one) for one in required_literals(pattern, flags))
