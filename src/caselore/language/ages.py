"""Ages of persons as authors print them: "45-year-old", "aged 45", "18 months", "in her sixties", "45/F"."""

from __future__ import annotations

import msgspec

from caselore.model.text import TextSpan
from caselore.model.time import Interval


class AgeMention(msgspec.Struct, frozen=True, kw_only=True):
    """An age in years, with the sex where the same expression tells it ("45-year-old man", "45/F")."""

    span: TextSpan
    years: Interval
    sex: str | None = None
    """"male" or "female\""""


def read_ages(text: str, offset: int = 0) -> tuple[AgeMention, ...]:
    """The ages of persons in one sentence, in order; `offset` is added to their places."""
    return ()
