"""How the author stands to a span of words: affirmed, negated, possible, planned, declined, historical, family, other."""

from __future__ import annotations

import msgspec

from caselore.model.fact import Assertion
from caselore.model.text import TextSpan


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """An assertion and the cue words that made it (None: affirmed by default), in the coordinates of the given text."""

    assertion: Assertion
    cue: TextSpan | None = None


def judge(text: str, span: TextSpan) -> Judgement:
    """The assertion of `span` within the sentence `text`; both in the sentence's own coordinates."""
    return Judgement(assertion=Assertion.AFFIRMED)
