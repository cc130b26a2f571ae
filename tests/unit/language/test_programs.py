"""A pattern made from a kept program is the one that `re.compile` makes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselore.language.programs import compiled

_PATTERNS = (
    r"\b(?P<size>\d+(?:[.,]\d+)?)\s?(?P<unit>cm|mm)\b",
    r"(?i:sarcoma)s?|(?<!no )tumou?r(?=\W|$)",
    r"(?P<mark>[-/.])\d+(?P=mark)\d+",
    r"(a)?(?(1)b|c)",
    r"[^\W\d_]{2,}",
    r"(?s).*?end\Z",
)


@pytest.mark.parametrize("pattern", _PATTERNS)
@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.IGNORECASE | re.MULTILINE])
def test_same_flags_groups_and_names(pattern: str, flags: int) -> None:
    ours, theirs = compiled(pattern, flags), re.compile(pattern, flags)
    assert ours == theirs
    assert (ours.flags, ours.groups, ours.groupindex) == (theirs.flags, theirs.groups, theirs.groupindex)


@given(st.sampled_from(_PATTERNS), st.sampled_from([0, re.IGNORECASE]), st.text("abcABC 12.5-/cmsarcoma\nd"))
def test_same_matches(pattern: str, flags: int, text: str) -> None:
    ours, theirs = compiled(pattern, flags), re.compile(pattern, flags)
    found = [(match.span(), match.groupdict(), match.lastgroup) for match in ours.finditer(text)]
    assert found == [(match.span(), match.groupdict(), match.lastgroup) for match in theirs.finditer(text)]


def test_what_is_no_pattern_is_an_error() -> None:
    with pytest.raises(re.error):
        compiled("(unclosed", 0)
