"""Dates that may be partial, numeric intervals, and points in time relative to an anchor."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import msgspec

DAYS_PER_MONTH = 30.44
"""Mean length of a month in days, the convention of the review row."""
DAYS_PER_YEAR = 365.25
WEEKS_PER_MONTH = 4.345


class PartialDate(msgspec.Struct, frozen=True, order=True):
    """A calendar date of which the day, or day and month, may be unknown. Raises ValueError for impossible dates."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a date with a day needs a month")
        date(self.year, self.month or 1, self.day or 1)

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


class Interval(msgspec.Struct, frozen=True):
    """A number known between two bounds, both included; equal bounds are an exact value.

    `low_open` and `high_open` tell that the author only gave one bound ("> 15": low 15, high 15, high_open).
    """

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"lower bound {self.low} exceeds upper bound {self.high}")

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


class TimePoint(msgspec.Struct, frozen=True, kw_only=True):
    """When something was, in days from an anchor event ("operation", "diagnosis", "first symptom"); negative is before.

    `words` is the expression it was read from.
    """

    anchor: str
    earliest_days: float
    latest_days: float
    words: str = ""
    date: PartialDate | None = None

    @property
    def months(self) -> float:
        return (self.earliest_days + self.latest_days) / 2 / DAYS_PER_MONTH
