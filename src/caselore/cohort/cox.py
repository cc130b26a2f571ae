"""Cox regression, with Firth's penalty by default: it stays finite where all events are in one group."""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from caselore.cohort.libraries import firth
from caselore.model.cohort import CoxModel, Estimate, Hazard, SurvivalTime

PENALISED = "Cox model with Firth's penalty, intervals and p from the profile likelihood, ties by Breslow's method"
ORDINARY = "Cox model, intervals and p by Wald's method, ties by Breslow's method"
_FIRTH = 0.5
_EXACT = (1e-8, 1e-7, 1e-6)
"""Steps and gradients below the first end the search, so that ten printed digits do not depend on where it began; the next is
taken where rounding keeps the search from getting there. The ordinary model begins with the second, which ends where R's ends."""


class NoModel(ValueError):
    """No Cox model can be fitted to these times; the message says why."""


def cox(
    times: Sequence[SurvivalTime],
    covariates: Mapping[str, Sequence[float]],
    penalised: bool = True,
    reference: str = "",
    numbers: Sequence[str] = (),
) -> CoxModel:
    """Hazard ratios of the covariates, one number per patient each in the order of `times`; `numbers` names those that are
    numbers of the row, the others stand for a group against `reference`.

    Firth's penalty (Heinze and Schemper 2001, 10.1111/j.0006-341X.2001.00114.x) removes the first-order bias of small samples.
    Without it (`penalised` false) a group without events has no finite ratio. Raises NoModel, StatisticsMissing.
    """
    names = list(covariates)
    events = sum(one.event for one in times)
    if events == 0:
        raise NoModel("no event was observed, so there is no hazard to compare.")
    flat = [name for name in names if len(set(covariates[name])) < 2]
    if flat or not names:
        raise NoModel(f"{flat[0] if flat else 'nothing'} differs between the patients, so there is nothing to compare.")
    rows = [list(values) for values in zip(*covariates.values(), strict=True)]
    model, limits = _fitted(rows, ([one.event for one in times], [one.months for one in times]), penalised)
    chances = model.lrt_pvalues_ if penalised else model.pvalues_
    hazards = [
        Hazard(
            term=name,
            coefficient=float(model.coef_[i]),
            standard_error=float(model.bse_[i]),
            ratio=Estimate(
                value=math.exp(model.coef_[i]), lower=_ratio(float(limits[i][0])), upper=_ratio(float(limits[i][1]))
            ),
            p=float(chances[i]),
        )
        for i, name in enumerate(names)
    ]
    return CoxModel(
        method=PENALISED if penalised else ORDINARY,
        patients=len(times),
        events=events,
        hazards=tuple(hazards),
        reference=reference,
        numbers=tuple(numbers),
    )


def _fitted(rows: list[list[float]], outcome: tuple[list[bool], list[float]], penalised: bool) -> tuple[Any, Any]:
    """The model and the limits of its coefficients, as exactly as they can be had. Raises NoModel, StatisticsMissing."""
    weight = _FIRTH if penalised else 0.0
    for exact in _EXACT if penalised else _EXACT[1:]:
        model = firth().FirthCoxPH(backend="numpy", max_iter=500, gtol=exact, xtol=exact, penalty_weight=weight)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # whether it converged is asked below, in our own words
            try:
                model.fit(rows, outcome)
                if penalised and model.converged_:
                    model.lrt()
                limits = model.conf_int(method="pl" if penalised else "wald", max_iter=500, tol=_EXACT[1])
            except (ArithmeticError, ValueError) as error:
                raise NoModel(f"the model cannot be fitted to so few patients ({error}).") from error
        if model.converged_ and not (penalised and any(map(math.isnan, model.lrt_pvalues_))):
            return model, limits
    raise NoModel("the model does not converge; the groups are too small or separated.")


def _ratio(logarithm: float) -> float | None:
    """The limit of a ratio; None where the profile has none."""
    return math.exp(logarithm) if math.isfinite(logarithm) and logarithm < 700 else None
