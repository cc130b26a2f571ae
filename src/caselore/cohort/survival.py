"""Kaplan-Meier curves with log-log intervals, their medians, landmarks and restricted means, and the log-rank test."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from typing import Any

from caselore.cohort.libraries import statistics
from caselore.cohort.proportions import CONFIDENCE
from caselore.model.cohort import (
    Curve,
    Estimate,
    Landmark,
    LogRank,
    RestrictedMean,
    RiskCount,
    Step,
    SurvivalTime,
)

LANDMARKS = (12.0, 24.0, 60.0)
"""Months at which survival is given: one, two and five years."""
_TOLERANCE = 1e-9
_Z = 1.959963984540054
"""The 97.5% point of the normal distribution."""


def curve(
    times: Sequence[SurvivalTime],
    group: str = "",
    landmarks: Sequence[float] = LANDMARKS,
    horizon: float | None = None,
    ticks: Sequence[float] | None = None,
) -> Curve:
    """The Kaplan-Meier estimate of one group, with everything that is read off it.

    Intervals are log-log (Kalbfleisch and Prentice), which stay between 0 and 1 in small groups. The median and its limits
    are where the curve and its limits reach one half; a curve that stays at one half gives the middle of that stretch, as in
    R's survfit. The restricted mean ends at `horizon`, by default the last follow-up: means of two groups are comparable only
    with the same one. The risk table is made at `ticks`, by default round times up to the last follow-up. Raises
    StatisticsMissing.
    """
    if not times:
        return _empty(group)
    steps = _steps(times)
    return Curve(
        group=group,
        patients=len(times),
        events=sum(one.event for one in times),
        steps=steps,
        median=_median(steps),
        landmarks=tuple(landmark(times, steps, months) for months in landmarks if months <= steps[-1].months),
        risk_table=risk_table(times, round_times(steps[-1].months) if ticks is None else ticks),
        restricted_mean=restricted_mean(steps, steps[-1].months if horizon is None else horizon),
    )


def _empty(group: str) -> Curve:
    nothing = Estimate(value=None)
    return Curve(
        group=group,
        patients=0,
        events=0,
        steps=(),
        median=nothing,
        landmarks=(),
        risk_table=(),
        restricted_mean=None,
    )


def _steps(times: Sequence[SurvivalTime]) -> tuple[Step, ...]:
    survival = statistics().ecdf(_censored(times)).sf
    with warnings.catch_warnings():
        # Where the curve is 1 or 0 the log-log interval does not exist; the limits are then absent.
        warnings.simplefilter("ignore", RuntimeWarning)
        limits = survival.confidence_interval(confidence_level=CONFIDENCE, method="log-log")
    columns = (survival.quantiles, survival.probabilities, limits.low.probabilities, limits.high.probabilities)
    steps = []
    for months, value, lower, upper in zip(*(column.tolist() for column in columns), strict=True):
        here = [one for one in times if one.months == months]
        events = sum(one.event for one in here)
        steps.append(
            Step(
                months=months,
                at_risk=sum(one.months >= months for one in times),
                events=events,
                censored=len(here) - events,
                survival=Estimate(value=value, lower=_number(lower), upper=_number(upper)),
            )
        )
    return tuple(steps)


def _censored(times: Sequence[SurvivalTime]) -> Any:
    return statistics().CensoredData(
        uncensored=[one.months for one in times if one.event], right=[one.months for one in times if not one.event]
    )


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _median(steps: Sequence[Step]) -> Estimate:
    return Estimate(
        value=_first_at_half(steps, [step.survival.value for step in steps]),
        lower=_first_at_half(steps, [step.survival.lower for step in steps]),
        upper=_first_at_half(steps, [step.survival.upper for step in steps]),
    )


def _first_at_half(steps: Sequence[Step], values: Sequence[float | None]) -> float | None:
    known = [(step.months, value) for step, value in zip(steps, values, strict=True) if value is not None]
    low = [(months, value) for months, value in known if value < 0.5 + _TOLERANCE]
    if not low:
        return None
    start, height = low[0]
    below = [months for months, value in low if value < height - _TOLERANCE]
    if abs(height - 0.5) < _TOLERANCE and below:
        return (start + below[0]) / 2
    return start


def landmark(times: Sequence[SurvivalTime], steps: Sequence[Step], months: float) -> Landmark:
    """The curve at a time, with the number who are observed to it or beyond."""
    before = [step.survival for step in steps if step.months <= months + _TOLERANCE]
    return Landmark(
        months=months,
        at_risk=sum(one.months >= months for one in times),
        survival=before[-1] if before else Estimate(value=1.0),
    )


def risk_table(times: Sequence[SurvivalTime], ticks: Sequence[float]) -> tuple[RiskCount, ...]:
    """The numbers below a curve at each tick; at risk, censored and events make up all patients."""
    return tuple(
        RiskCount(
            months=tick,
            at_risk=sum(one.months >= tick for one in times),
            censored=sum(one.months < tick and not one.event for one in times),
            events=sum(one.months < tick and one.event for one in times),
        )
        for tick in ticks
    )


def round_times(longest: float) -> tuple[float, ...]:
    """Four to eight round times from zero to the last follow-up or just before it."""
    width = next((w for w in (1, 2, 3, 6, 12, 24, 36, 60) if longest / w < 8), 120)
    return tuple(float(tick) for tick in range(0, math.floor(longest) + 1, width))


def restricted_mean(steps: Sequence[Step], horizon: float) -> RestrictedMean:
    """The area under the curve to the horizon, its standard error and 95% interval.

    Variance: the sum over event times of (remaining area)^2 d / (n (n - d)), Klein and Moeschberger, Survival Analysis, 2nd
    edition, 4.5. A last time at which all who are left have the event adds nothing, because no area remains behind it.
    """
    within = [step for step in steps if step.months < horizon and step.events]
    starts = [0.0, *(step.months for step in within)]
    heights = [1.0, *(step.survival.value or 0.0 for step in within)]
    widths = [end - start for start, end in zip(starts, [*starts[1:], horizon], strict=True)]
    areas = [height * width for height, width in zip(heights, widths, strict=True)]
    mean = sum(areas)
    variance = sum(
        sum(areas[number:]) ** 2 * step.events / (step.at_risk * (step.at_risk - step.events))
        for number, step in enumerate(within, start=1)
        if step.at_risk > step.events
    )
    error = math.sqrt(variance)
    interval = Estimate(value=mean, lower=max(0.0, mean - _Z * error), upper=min(horizon, mean + _Z * error))
    return RestrictedMean(horizon=horizon, mean=interval, standard_error=error)


def log_rank(first: Sequence[SurvivalTime], second: Sequence[SurvivalTime]) -> LogRank:
    """The log-rank test of two groups that both have patients; names are those of the groups. Raises StatisticsMissing."""
    result = statistics().logrank(_censored(first), _censored(second))
    return LogRank(
        groups=(first[0].group, second[0].group), chi_squared=float(result.statistic) ** 2, p=float(result.pvalue)
    )
