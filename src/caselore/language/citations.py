"""Citation marks in a sentence: [4], (15), [2,5-7], "Ruan et al.", "Crossley and Nyberg (2001)"."""

from __future__ import annotations

import msgspec

from caselore.model.text import TextSpan


class CitationMark(msgspec.Struct, frozen=True, kw_only=True):
    """A pointer to one or several publications; `numbers` of a numbered style, `author` of a named one, or both."""

    span: TextSpan
    numbers: tuple[int, ...] = ()
    author: str | None = None
    year: int | None = None


def read_citations(text: str, offset: int = 0) -> tuple[CitationMark, ...]:
    """The citation marks of one sentence, in order; `offset` is added to their places."""
    return ()
