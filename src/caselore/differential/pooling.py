"""Studies of one tumour and marker, pooled by a beta-binomial that carries the spread between studies.

Tumours of one study resemble each other (antibody, threshold, reader). With the correlation r of two tumours of a study, n of
them are worth n / (1 + (n - 1) r) independent ones, the design effect of a beta-binomial (Griffiths 1973, doi:10.2307/2529131;
Donner and Klar 2000, chapter 1): a study of thousand tumours outvotes no five studies of twenty.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from functools import cache
from math import lgamma

DRAWS = 600
INTERVAL = (0.025, 0.975)

Counts = tuple[int, int]
"""Positive tumours, all tumours."""


def effective_size(total: int, correlation: float) -> float:
    """Independent tumours that a study of `total` tumours is worth."""
    return total / (1 + (total - 1) * correlation)


def pooled(studies: Iterable[Counts], correlation: float) -> tuple[float, float]:
    """Positive and negative tumours of all studies, in independent tumours."""
    positive = negative = 0.0
    for found, total in studies:
        worth = effective_size(total, correlation) / total
        positive += worth * found
        negative += worth * (total - found)
    return positive, negative


@cache
def draws(alpha: float, beta: float, name: str) -> tuple[float, ...]:
    """Draws of a rate from Beta(alpha, beta); the name seeds them, so that an answer can be had again."""
    chance = random.Random(name)
    return tuple(chance.betavariate(alpha, beta) for _ in range(DRAWS))


def interval(values: Iterable[float]) -> tuple[float, float]:
    """The middle 95% of draws."""
    ordered = sorted(values)
    low, high = (ordered[round(share * (len(ordered) - 1))] for share in INTERVAL)
    return low, high


def log_likelihood(cells: Iterable[Sequence[Counts]], correlation: float) -> float:
    """Beta-binomial log likelihood of all cells, each at its own best rate (of 101 rates from 0.002 to 0.998)."""
    scale = (1 - correlation) / correlation
    grid = [0.002, *(place / 100 for place in range(1, 100)), 0.998]
    return sum(
        max(sum(_log_study(study, rate * scale, (1 - rate) * scale) for study in cell) for rate in grid)
        for cell in cells
    )


def fitted_correlation(cells: Iterable[Sequence[Counts]]) -> float:
    """The correlation of highest likelihood, to two digits, over cells with two studies or more."""
    repeated = [cell for cell in cells if len(cell) > 1]
    return max((place / 100 for place in range(1, 60)), key=lambda value: log_likelihood(repeated, value))


def _log_study(study: Counts, alpha: float, beta: float) -> float:
    positive, total = study
    return _log_beta(alpha + positive, beta + total - positive) - _log_beta(alpha, beta)


def _log_beta(alpha: float, beta: float) -> float:
    return lgamma(alpha) + lgamma(beta) - lgamma(alpha + beta)
