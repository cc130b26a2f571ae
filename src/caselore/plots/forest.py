"""The forest of proportions: each share with its exact interval, and the numbers it was made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from caselore.model.cohort import Description, Proportion
from caselore.plots.libraries import alt
from caselore.plots.style import (
    LINE,
    NothingToDraw,
    breadth,
    colour,
    counted,
    key,
    letters,
    line_axis,
    rows,
    shape,
    shortened,
    titled,
)

COLUMNS = (
    "sex", "origin", "grade", "surgery", "margin", "radiotherapy", "chemotherapy", "recurrence", "status", "disease",
)  # fmt: skip
"""What is drawn where nothing else is asked for."""
_OTHER_HALF = {"male": "female", "metastatic": "primary", "no": "yes", "alive": "dead"}
"""A value that says the same as the other one of its column is not drawn beside it."""
_WIDTH = 300


def forest(descriptions: Sequence[Description], columns: Sequence[str] = COLUMNS, about: str = "") -> alt.VConcatChart:
    """The shares of the columns, group by group; `about` says which patients they are.

    Raises NothingToDraw, TooManyGroups, ChartsMissing.
    """
    shares = [
        (column, value, [(one.group, share) for one in descriptions for share in _shares(one, column, value)])
        for column in columns
        for value in _values(descriptions, column)
    ]
    if not shares:
        raise NothingToDraw(f"Nothing is reported of {', '.join(columns)}, so there is no share to draw.")
    groups = [one.group for one in descriptions]
    patients = {one.group: f"{one.group}: {counted(one.patients, 'patient')}" for one in descriptions}
    parts = [_trees(shares, groups)]
    if len(groups) > 1:
        parts.insert(0, key(patients, points=True))
    note = "With exact 95% intervals (Clopper and Pearson). A report that is silent counts neither way."
    return titled(alt.vconcat(*parts, spacing=8), "Shares of the patients for whom it is reported", [about], [note])


def _values(descriptions: Sequence[Description], column: str) -> list[str]:
    """The values of a column, the most frequent first; of two that exclude each other only one."""
    counts: dict[str, int] = {}
    for one in descriptions:
        for share in one.proportions:
            if share.column == column:
                counts[share.value] = counts.get(share.value, 0) + share.count
    ranked = sorted(counts, key=lambda value: (-counts[value], value))
    return [value for value in ranked if _OTHER_HALF.get(value) not in counts]


def _shares(one: Description, column: str, value: str) -> list[Proportion]:
    return [share for share in one.proportions if (share.column, share.value) == (column, value)]


def _trees(
    shares: Sequence[tuple[str, str, Sequence[tuple[str, Proportion]]]], groups: Sequence[str]
) -> alt.LayerChart:
    names: list[dict[str, Any]] = []
    trees: list[dict[str, Any]] = []
    line = 0
    before = ""
    for column, value, told in shares:
        if before and column != before:
            line += 1
        before = column
        names.append({"line": line, "text": shortened(f"{column.replace('_', ' ')}: {value}", 44)})
        for group, share in told:
            trees.append({"line": line, "group": group, **_figures(share)})
            line += 1
    left = alt.value(-max(breadth(name["text"]) for name in names) - 14)
    scale = alt.Scale(domain=[0, 1], nice=False)
    axis = alt.Axis(format="%", tickCount=5, title="Share of those reported")
    down = line_axis(line)
    base = alt.Chart(rows(trees)).encode(y=down, color=colour(groups))
    layers = [
        base.mark_rule(strokeWidth=1.6).encode(x=alt.X("lower:Q", scale=scale, axis=axis), x2="upper:Q"),
        base.mark_point(filled=True, size=60, opacity=1).encode(
            x=alt.X("share:Q", scale=scale),
            shape=shape(groups),
            tooltip=[alt.Tooltip("group:N"), alt.Tooltip("text:N")],
        ),
        letters(rows(names), x=left, y=down),
        letters(rows(trees), x=alt.value(_WIDTH + 14), y=down),
    ]
    return alt.LayerChart(layer=layers, width=_WIDTH, height=line * LINE, description="Forest chart of proportions")


def _figures(share: Proportion) -> dict[str, Any]:
    value, lower, upper = share.share.value or 0.0, share.share.lower or 0.0, share.share.upper or 0.0
    text = f"{share.count} of {share.of}: {value:.0%} ({lower:.0%} to {upper:.0%})"
    return {"share": value, "lower": lower, "upper": upper, "text": text}
