"""Curves of small groups by hand, and against lifelines."""

from __future__ import annotations

import random

import pytest
from lifelines import KaplanMeierFitter
from lifelines.statistics import logrank_test
from lifelines.utils import median_survival_times

from caselore.cohort.cox import NoModel, cox
from caselore.cohort.proportions import proportion
from caselore.cohort.survival import curve, landmark, log_rank, restricted_mean, risk_table
from caselore.model.cohort import Estimate, SurvivalTime
from cohort_rows import times

FOUR = times((1, True), (2, False), (3, True), (4, False))


def random_times(seed: int, count: int = 30) -> list[SurvivalTime]:
    chance = random.Random(seed)
    return times(*((float(chance.randint(1, 20)), chance.random() < 0.6) for _ in range(count)))


def test_curve_by_hand() -> None:
    got = curve(FOUR)
    assert (got.patients, got.events) == (4, 2)
    assert [(step.months, step.at_risk, step.events, step.censored) for step in got.steps] == [
        (1, 4, 1, 0),
        (2, 3, 0, 1),
        (3, 2, 1, 0),
        (4, 1, 0, 1),
    ]
    assert [step.survival.value for step in got.steps] == pytest.approx([0.75, 0.75, 0.375, 0.375])
    assert got.median.value == 3


def test_median_on_a_flat_half_is_the_middle_of_the_stretch() -> None:
    assert curve(times((2, True), (6, True))).median.value == 4
    assert curve(times((2, True), (6, False))).median.value == 2


def test_median_that_is_not_reached() -> None:
    got = curve(times((1, True), (5, False), (6, False)))
    assert got.median.value is None
    assert got.landmarks == ()


def test_nobody() -> None:
    got = curve([])
    assert (got.patients, got.steps, got.restricted_mean) == (0, (), None)


def test_risk_table_adds_up_at_every_tick() -> None:
    table = risk_table(FOUR, (0, 2, 3, 4.5))
    assert [(one.at_risk, one.censored, one.events) for one in table] == [(4, 0, 0), (3, 0, 1), (2, 1, 1), (0, 2, 2)]
    assert all(one.at_risk + one.censored + one.events == 4 for one in table)


def test_landmark_before_the_first_event_is_everybody() -> None:
    got = landmark(FOUR, curve(FOUR).steps, 0.5)
    assert (got.at_risk, got.survival) == (4, Estimate(value=1.0))


def test_restricted_mean_without_censoring_is_the_mean_with_its_usual_variance() -> None:
    told = (1.0, 2.0, 4.0, 9.0)
    got = restricted_mean(curve(times(*((months, True) for months in told))).steps, 9.0)
    mean = sum(told) / 4
    assert got.mean.value == pytest.approx(mean)
    assert got.standard_error == pytest.approx((sum((one - mean) ** 2 for one in told) / 16) ** 0.5)


@pytest.mark.parametrize("seed", range(5))
def test_curve_and_interval_as_lifelines_has_them(seed: int) -> None:
    told = random_times(seed)
    oracle = KaplanMeierFitter().fit([one.months for one in told], [one.event for one in told])
    got = curve(told)
    table = oracle.survival_function_["KM_estimate"]
    limits = oracle.confidence_interval_
    for step in got.steps:
        assert step.survival.value == pytest.approx(table[step.months])
        if step.survival.lower is not None and 0 < (step.survival.value or 0) < 1:
            assert step.survival.lower == pytest.approx(limits.loc[step.months].iloc[0])
            assert step.survival.upper == pytest.approx(limits.loc[step.months].iloc[1])
    if got.median.value is not None and all(abs((step.survival.value or 0) - 0.5) > 1e-6 for step in got.steps):
        assert got.median.value == median_survival_times(oracle.survival_function_)


@pytest.mark.parametrize("seed", range(5))
def test_log_rank_as_lifelines_has_it(seed: int) -> None:
    first, second = random_times(seed), random_times(seed + 100, 12)
    oracle = logrank_test(
        [one.months for one in first],
        [one.months for one in second],
        [one.event for one in first],
        [one.event for one in second],
    )
    got = log_rank(first, second)
    assert got.chi_squared == pytest.approx(oracle.test_statistic)
    assert got.p == pytest.approx(oracle.p_value)


SEPARATED = [*times((1, True), (2, True), (3, True), (4, True)), *times((5, False), (6, False), (7, False))]


def test_firth_stays_finite_where_all_events_are_in_one_group() -> None:
    hazard = cox(SEPARATED, {"treated": [0, 0, 0, 0, 1, 1, 1]}).hazards[0]
    assert hazard.ratio.value is not None
    assert 0 < hazard.ratio.value < 1
    assert hazard.ratio.upper is not None
    assert hazard.ratio.upper < 1
    assert 0 < hazard.p < 0.05


def test_no_model_is_said_with_the_reason() -> None:
    with pytest.raises(NoModel, match="no event was observed"):
        cox(times((1, False), (2, False)), {"x": [0, 1]})
    with pytest.raises(NoModel, match="x differs"):
        cox(times((1, True), (2, False)), {"x": [1, 1]})


def test_exact_proportions() -> None:
    none_of_ten = proportion(0, 10)
    assert (none_of_ten.value, none_of_ten.lower) == (0, 0)
    assert none_of_ten.upper == pytest.approx(1 - 0.025 ** (1 / 10))
    assert proportion(0, 0) == Estimate(value=None)
