"""Fictional patients for the tests of cohorts."""

from __future__ import annotations

from typing import Any

from caselore.model.cohort import Member, SurvivalTime
from caselore.model.row import ReviewRow


def row(label: str = "case 1", **columns: Any) -> ReviewRow:
    return ReviewRow(role="index", label=label, **columns)


def member(source: str, **columns: Any) -> Member:
    return Member(source=source, row=row(**columns))


def times(*told: tuple[float, bool], group: str = "") -> list[SurvivalTime]:
    return [
        SurvivalTime(source=str(number), label="case 1", months=months, event=event, group=group)
        for number, (months, event) in enumerate(told)
    ]
