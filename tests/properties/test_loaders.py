"""Whatever happens to a file, a loader gives a Document whose quotes are its raw text, or one UnreadableReport."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselore.reading.errors import UnreadableReport
from caselore.reading.format import Format
from caselore.reading.formats import formats
from rendering import mutated, samples

CASES = {one.name: (one, samples(one.name)) for one in formats()}


@pytest.mark.parametrize("name", CASES)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32))
def test_damaged_files_are_read_or_refused(name: str, seed: int) -> None:
    one, files = CASES[name]
    _read(one, mutated(random.Random(seed), files))


@pytest.mark.parametrize("name", CASES)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    _read(CASES[name][0], data)


def _read(one: Format, data: bytes) -> None:
    try:
        document = one.load(data, "any")
    except UnreadableReport as error:
        assert str(error)
        return
    for sentence in document.sentences:
        assert 0 <= sentence.span.start < sentence.span.end <= len(document.text)
        span = document.offsets.to_raw(sentence.span)
        assert 0 <= span.start < span.end <= len(document.raw)
