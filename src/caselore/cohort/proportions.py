"""Shares of small groups, with exact intervals."""

from __future__ import annotations

from caselore.cohort.libraries import statistics
from caselore.model.cohort import Estimate

CONFIDENCE = 0.95


def proportion(count: int, of: int) -> Estimate:
    """`count` of `of` with the exact 95% interval of Clopper and Pearson (1934, 10.1093/biomet/26.4.404).

    It covers at least 95% however small the group. Nobody at all has no share. Raises StatisticsMissing.
    """
    if of == 0:
        return Estimate(value=None)
    interval = statistics().binomtest(count, of).proportion_ci(confidence_level=CONFIDENCE, method="exact")
    return Estimate(value=count / of, lower=float(interval.low), upper=float(interval.high))
