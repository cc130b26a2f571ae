"""Dates and durations in a sentence, and what a duration is counted from."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from caselore.model.text import TextSpan
from caselore.model.time import DAYS_PER_MONTH, Interval, PartialDate


class TimeKind(StrEnum):
    DATE = "date"
    DURATION = "duration"
    """a length of time that lasts or has passed ("for 3 months", "a 2-week history")"""
    OFFSET = "offset"
    """a point told by its distance from another ("3 months after surgery", "9 years earlier", "at 6 months")"""


class Direction(StrEnum):
    AFTER = "after"
    BEFORE = "before"


class TimeExpression(msgspec.Struct, frozen=True, kw_only=True):
    """A date, or a length of time in days with its direction and the printed anchor.

    `anchor` is one of "operation", "diagnosis", "symptom", "admission", "discharge", "radiotherapy", "chemotherapy",
    "recurrence", "metastasis", "biopsy", "birth", or None where the words leave it to the context ("later", "at 6 months").
    """

    kind: TimeKind
    span: TextSpan
    date: PartialDate | None = None
    days: Interval | None = None
    direction: Direction | None = None
    anchor: str | None = None

    @property
    def months(self) -> float | None:
        """The middle of `days` in months of 30.44 days."""
        return None if self.days is None else self.days.middle / DAYS_PER_MONTH


def read_times(text: str, offset: int = 0) -> tuple[TimeExpression, ...]:
    """The times of one sentence, in order; `offset` is added to their places."""
    return ()
