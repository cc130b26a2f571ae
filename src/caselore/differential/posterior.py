"""Bayes over the diagnoses of the panel: prior, likelihood of every stain, posterior shares with credible intervals.

The likelihood of a stain is its pooled rate (or one minus it), kept away from 0 and 1 by the error of reporting, and raised to
an exponent: its weight, divided among stains that depend on each other. Intervals come from draws of all rates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log

from caselore.differential.panel import Panel
from caselore.differential.pooling import DRAWS, interval
from caselore.model.differential import Argument, Candidate, ObservedStain
from caselore.topics.catalogue import load_terms

Shares = Mapping[str, float]
"""A share for each diagnosis of the panel; they add up to one."""


def flat(panel: Panel) -> Shares:
    """Every diagnosis alike."""
    return {diagnosis: 1 / len(panel.diagnoses) for diagnosis in panel.diagnoses}


def strengths(panel: Panel, stains: Sequence[ObservedStain]) -> tuple[float, ...]:
    """The exponent of each stain: its weight, less where stains that depend on it were done too."""
    dependence = panel.parameters.dependence
    done = {stain.marker for stain in stains}
    beside = {marker: len(done.intersection(group)) - 1 for group in dependence.groups for marker in group}
    return tuple(stain.weight / (1 + beside.get(stain.marker, 0) * dependence.correlation) for stain in stains)


def posterior(panel: Panel, stains: Sequence[ObservedStain], prior: Shares) -> Shares:
    """The share of each diagnosis by the pooled rates. All stains must be of the panel."""
    powers = strengths(panel, stains)
    return _normalised(
        {
            diagnosis: log(prior[diagnosis])
            + sum(
                _log_likelihood(panel, stain, power, panel.mean(diagnosis, stain.marker))
                for stain, power in zip(stains, powers, strict=True)
            )
            for diagnosis in panel.diagnoses
        }
    )


def candidates(panel: Panel, stains: Sequence[ObservedStain], prior: Shares) -> tuple[Candidate, ...]:
    """Every diagnosis with its share, interval and arguments; the most probable first."""
    shares = posterior(panel, stains, prior)
    intervals = _intervals(panel, stains, prior)
    codes = {term.label: dict(term.codes) for term in load_terms("tumours.csv")}
    found = []
    for diagnosis, share in shares.items():
        low, high = intervals[diagnosis]
        found.append(
            Candidate(
                diagnosis=diagnosis,
                share=share,
                low=min(low, share),
                high=max(high, share),
                prior=prior[diagnosis],
                arguments=against_rest(panel, stains, prior, diagnosis),
                also=panel.indistinct_from(diagnosis),
                codes=codes[diagnosis],
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.share, one.diagnosis)))


def against_rest(panel: Panel, stains: Sequence[ObservedStain], prior: Shares, diagnosis: str) -> tuple[Argument, ...]:
    """What each stain says for a diagnosis against all others together, weighted by their prior."""
    others = [name for name in panel.diagnoses if name != diagnosis]
    weight = sum(prior[name] for name in others)
    mixture = {
        stain.marker: sum(prior[name] * panel.mean(name, stain.marker) for name in others) / weight for stain in stains
    }
    return _arguments(panel, stains, diagnosis, mixture)


def against_rival(panel: Panel, stains: Sequence[ObservedStain], diagnosis: str, rival: str) -> tuple[Argument, ...]:
    """What each stain says for a diagnosis against one other."""
    return _arguments(panel, stains, diagnosis, {stain.marker: panel.mean(rival, stain.marker) for stain in stains})


def _arguments(
    panel: Panel, stains: Sequence[ObservedStain], diagnosis: str, others: Mapping[str, float]
) -> tuple[Argument, ...]:
    found = []
    for stain, power in zip(stains, strengths(panel, stains), strict=True):
        mine = _log_likelihood(panel, stain, power, panel.mean(diagnosis, stain.marker))
        theirs = _log_likelihood(panel, stain, power, others[stain.marker])
        found.append(
            Argument(
                stain=stain,
                likelihood_ratio=exp(mine - theirs),
                strength=power,
                rate=panel.rate(diagnosis, stain.marker),
            )
        )
    return tuple(sorted(found, key=lambda one: -abs(log(one.likelihood_ratio))))


def _log_likelihood(panel: Panel, stain: ObservedStain, power: float, rate: float) -> float:
    error = panel.parameters.pooling.reporting_error
    kept = min(max(rate, error), 1 - error)
    return power * log(kept if stain.positive else 1 - kept)


def _normalised(logs: Mapping[str, float]) -> dict[str, float]:
    highest = max(logs.values())
    shares = {name: exp(value - highest) for name, value in logs.items()}
    total = sum(shares.values())
    return {name: share / total for name, share in shares.items()}


def _intervals(panel: Panel, stains: Sequence[ObservedStain], prior: Shares) -> dict[str, tuple[float, float]]:
    """The middle 95% of each share under draws of all rates."""
    powers = strengths(panel, stains)
    logs = {diagnosis: [log(prior[diagnosis])] * DRAWS for diagnosis in panel.diagnoses}
    for diagnosis, sums in logs.items():
        for stain, power in zip(stains, powers, strict=True):
            rates = panel.draws(diagnosis, stain.marker)
            for number, rate in enumerate(rates):
                sums[number] += _log_likelihood(panel, stain, power, rate)
    drawn = [_normalised({name: sums[number] for name, sums in logs.items()}) for number in range(DRAWS)]
    return {name: interval(shares[name] for shares in drawn) for name in panel.diagnoses}
