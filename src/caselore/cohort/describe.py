"""The descriptive table: numbers with median and quartiles, categories as exact proportions, group by group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median, quantiles

from caselore.cohort.columns import value_of
from caselore.cohort.proportions import proportion
from caselore.model.cohort import Column, Description, Distribution, Member, Proportion
from caselore.model.row import ReviewRow

NUMBERS = (
    "age_years",
    "largest_dimension_mm",
    "ki67_percent",
    "rt_dose_gy",
    "months_to_recurrence",
    "follow_up_months",
)
CATEGORIES = (
    "role",
    "sex",
    "origin",
    "laterality",
    "grade",
    "surgery",
    "margin",
    "radiotherapy",
    "chemotherapy",
    "recurrence",
    "status",
    "disease",
)


def describe(groups: Mapping[str, Sequence[Member]]) -> tuple[Description, ...]:
    """One description a group. Denominators are the patients for whom a column is reported, never the whole group."""
    return tuple(_description(group, [member.row for member in members]) for group, members in groups.items())


def _description(group: str, rows: list[ReviewRow]) -> Description:
    numbers = (_distribution(column, rows) for column in NUMBERS)
    return Description(
        group=group,
        patients=len(rows),
        numbers=tuple(one for one in numbers if one is not None),
        proportions=tuple(one for column in CATEGORIES for one in _proportions(column, rows)),
    )


def _distribution(column: str, rows: Sequence[ReviewRow]) -> Distribution | None:
    values = sorted(float(getattr(row, column)) for row in rows if getattr(row, column) is not None)
    if not values:
        return None
    low, _, high = quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    return Distribution(
        column=column,
        of=len(values),
        missing=len(rows) - len(values),
        median=median(values),
        quartiles=(low, high),
        range=(values[0], values[-1]),
    )


def _proportions(column: str, rows: Sequence[ReviewRow]) -> list[Proportion]:
    known = [str(value) for row in rows if (value := value_of(row, Column(column))) is not None]
    return [
        Proportion(
            column=column,
            value=value,
            count=count,
            of=len(known),
            missing=len(rows) - len(known),
            share=proportion(count, len(known)),
        )
        for value, count in sorted(Counter(known).items(), key=lambda pair: (-pair[1], pair[0]))
    ]
