"""Pooling by hand-made numbers, and its beta-binomial against SciPy's."""

from __future__ import annotations

import random
from math import comb, log

import pytest
from scipy.stats import betabinom

from caselore.differential.pooling import (
    draws,
    effective_size,
    fitted_correlation,
    interval,
    log_likelihood,
    pooled,
)


def test_a_large_study_is_worth_few_tumours_and_independent_ones_all() -> None:
    assert effective_size(1, 0.1) == 1
    assert effective_size(11, 0.1) == pytest.approx(5.5)
    assert effective_size(1000, 0.1) < 10
    assert effective_size(1000, 0.0) == 1000


def test_pooling_adds_studies_at_their_worth() -> None:
    positive, negative = pooled([(11, 11), (0, 11)], 0.1)
    assert (positive, negative) == pytest.approx((5.5, 5.5))


def test_log_likelihood_is_the_beta_binomial() -> None:
    cell, correlation = [(3, 10), (5, 10)], 0.1
    scale = (1 - correlation) / correlation
    rates = [0.002, *(place / 100 for place in range(1, 100)), 0.998]
    expected = max(
        sum(betabinom.logpmf(k, n, rate * scale, (1 - rate) * scale) - log(comb(n, k)) for k, n in cell)
        for rate in rates
    )
    assert log_likelihood([cell], correlation) == pytest.approx(expected)


@pytest.mark.parametrize("truth", [0.05, 0.3])
def test_fit_finds_the_correlation_that_made_the_studies(truth: float) -> None:
    chance = random.Random(7)
    scale = (1 - truth) / truth
    cells = []
    for _ in range(60):
        rate = chance.uniform(0.2, 0.8)
        studies = []
        for _ in range(4):
            own = chance.betavariate(rate * scale, (1 - rate) * scale)
            studies.append((sum(chance.random() < own for _ in range(30)), 30))
        cells.append(studies)
    assert fitted_correlation(cells) == pytest.approx(truth, abs=0.07)


def test_draws_are_the_same_each_time_and_differ_between_cells() -> None:
    assert draws(3.0, 2.0, "one") == draws(3.0, 2.0, "one")
    assert draws(3.0, 2.0, "one") != draws(3.0, 2.0, "other")
    low, high = interval(draws(30.0, 20.0, "one"))
    assert 0.4 < low < 0.6 < high < 0.8
