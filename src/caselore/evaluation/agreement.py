"""Precision, recall and F1 of review rows against curated rows, field by field, with every miss."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import msgspec

from caselore.evaluation.equality import FIELDS, MAPS, SCALARS, TERM_LISTS, marker_name, same_scalar, same_term

Row = Mapping[str, Any]


class Outcome(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    """both rows have a value, and they differ: counts as one extra and one missing"""
    EXTRA = "extra"
    MISSING = "missing"


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """One cell, or one item of a list or map cell, in both rows."""

    field: str
    outcome: Outcome
    curated: Any = None
    got: Any = None


class Miss(msgspec.Struct, frozen=True, kw_only=True):
    source: str
    patient: str
    field: str
    outcome: Outcome
    curated: Any
    got: Any


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of one field. Precision, recall and F1 are 0 where nothing could be counted."""

    right: int = 0
    extra: int = 0
    missing: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right + self.extra else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missing) if self.right + self.missing else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def plus(self, outcome: Outcome) -> Score:
        return Score(
            right=self.right + (outcome is Outcome.RIGHT),
            extra=self.extra + (outcome in (Outcome.EXTRA, Outcome.WRONG)),
            missing=self.missing + (outcome in (Outcome.MISSING, Outcome.WRONG)),
        )


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """`fields` holds only fields that occur; `total` counts all cells (micro average)."""

    fields: dict[str, Score]
    total: Score
    misses: tuple[Miss, ...]
    reports: int

    @property
    def macro_f1(self) -> float:
        return sum(score.f1 for score in self.fields.values()) / len(self.fields) if self.fields else 0.0


def compare(curated: Row, got: Row) -> list[Comparison]:
    """Every filled cell of either row; list items and map entries count one by one."""
    found = [c for field in SCALARS if (c := _compare_scalar(field, curated.get(field), got.get(field)))]
    for field in TERM_LISTS:
        found += _compare_terms(field, curated.get(field) or [], got.get(field) or [])
    for field in MAPS:
        found += _compare_maps(field, curated.get(field) or {}, got.get(field) or {})
    return found


def _compare_scalar(field: str, curated: Any, got: Any) -> Comparison | None:
    no_curated, no_got = _empty(curated), _empty(got)
    if no_curated and no_got:
        return None
    if field == "origin" and (str(curated), str(got)) in {("None", "primary"), ("primary", "None")}:
        return None  # whether "primary" goes without saying is not a question of right or wrong
    if no_curated:
        outcome = Outcome.EXTRA
    elif no_got:
        outcome = Outcome.MISSING
    else:
        outcome = Outcome.RIGHT if same_scalar(field, curated, got) else Outcome.WRONG
    return Comparison(field=field, outcome=outcome, curated=curated, got=got)


def _compare_terms(field: str, curated: list[Any], got: list[Any]) -> list[Comparison]:
    found, used = [], set()
    for term in curated:
        hits = [index for index, other in enumerate(got) if same_term(term, other)]
        used.update(hits)
        outcome = Outcome.RIGHT if hits else Outcome.MISSING
        found.append(Comparison(field=field, outcome=outcome, curated=term, got=got[hits[0]] if hits else None))
    extra = [other for index, other in enumerate(got) if index not in used]
    return found + [Comparison(field=field, outcome=Outcome.EXTRA, got=other) for other in extra]


def _compare_maps(field: str, curated: dict[str, Any], got: dict[str, Any]) -> list[Comparison]:
    ours = {marker_name(key): value for key, value in got.items()}
    theirs = {marker_name(key): value for key, value in curated.items()}
    found = []
    for key in sorted(theirs.keys() | ours.keys()):
        if key not in ours:
            outcome = Outcome.MISSING
        elif key not in theirs:
            outcome = Outcome.EXTRA
        else:
            outcome = Outcome.RIGHT if str(theirs[key]).lower() == str(ours[key]).lower() else Outcome.WRONG
        show = [f"{key}={side[key]}" if key in side else None for side in (theirs, ours)]
        found.append(Comparison(field=field, outcome=outcome, curated=show[0], got=show[1]))
    return found


def _empty(value: Any) -> bool:
    return value is None or value in ("", [], {}, ())


def pair_patients(curated: list[Row], got: list[Row]) -> list[tuple[Row | None, Row | None]]:
    """Index patients in order; each curated cited patient with the free cited row that agrees in most cells, if any does.

    Cited rows that remain are no error: curated tables need not list every retold patient.
    """
    ours, theirs = _by_role(got), _by_role(curated)
    longest = max(len(ours[0]), len(theirs[0]))
    pairs: list[tuple[Row | None, Row | None]] = [(_get(theirs[0], n), _get(ours[0], n)) for n in range(longest)]
    free = list(ours[1])
    for row in theirs[1]:
        counts = [sum(c.outcome is Outcome.RIGHT for c in compare(row, other)) for other in free]
        best = max(range(len(free)), key=lambda n: (counts[n], -n), default=None)
        pairs.append((row, free.pop(best) if best is not None and counts[best] else None))
    return pairs


def _by_role(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    return [r for r in rows if r.get("role") == "index"], [r for r in rows if r.get("role") != "index"]


def _get(rows: list[Row], index: int) -> Row | None:
    return rows[index] if index < len(rows) else None


def agreement(
    curated: Iterable[Mapping[str, Any]], got: Iterable[Mapping[str, Any]], patients: str = "all"
) -> Agreement:
    """Agreement of tables (objects with "source" and "patients"), matched by source.

    `patients` is "index", "cited" or "all". A curated report without a counterpart counts as all missing.
    """
    by_source = {table["source"]: table["patients"] for table in got}
    scores: dict[str, Score] = {}
    misses: list[Miss] = []
    total, reports = Score(), 0
    for table in curated:
        reports += 1
        for theirs, ours in pair_patients(list(table["patients"]), list(by_source.get(table["source"], []))):
            either = theirs or ours or {}
            role = "index" if either.get("role") == "index" else "cited"
            if patients not in ("all", role):
                continue
            for c in compare(theirs or {}, ours or {}):
                scores[c.field] = scores.get(c.field, Score()).plus(c.outcome)
                total = total.plus(c.outcome)
                if c.outcome is not Outcome.RIGHT:
                    label = str(either.get("label") or "")
                    miss = Miss(
                        source=table["source"],
                        patient=label,
                        field=c.field,
                        outcome=c.outcome,
                        curated=c.curated,
                        got=c.got,
                    )
                    misses.append(miss)
    fields = {field: scores[field] for field in FIELDS if field in scores}
    return Agreement(fields=fields, total=total, misses=tuple(misses), reports=reports)
