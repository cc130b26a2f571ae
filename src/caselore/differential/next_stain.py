"""The stain that is expected to tell most, by Shannon's information gain over the posterior.

Source: Lindley 1956, On a measure of the information provided by an experiment, doi:10.1214/aoms/1177728069.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import log2

from caselore.differential.panel import Panel
from caselore.differential.posterior import Shares, posterior
from caselore.model.differential import NextStain, ObservedStain

PROPOSED = 3
_LEADING = 4
"""Diagnoses among which a stain may part two."""


def next_stains(panel: Panel, stains: Sequence[ObservedStain], prior: Shares) -> tuple[NextStain, ...]:
    """At most PROPOSED stains that were not done, the most telling first, each with the two diagnoses it parts best.

    A stain is proposed only where one of the two has published figures for it; what is not known of the other is shown.
    """
    now = posterior(panel, stains, prior)
    leading = sorted(now, key=lambda name: (-now[name], name))[:_LEADING]
    done = {stain.marker for stain in stains}
    found = []
    for marker in panel.markers:
        parts = _parted(panel, leading, now, marker)
        if marker in done or parts is None:
            continue
        found.append(
            NextStain(
                marker=marker,
                gain=_gain(panel, stains, prior, now, marker),
                parts=parts,
                rates=(panel.rate(parts[0], marker), panel.rate(parts[1], marker)),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.gain, one.marker))[:PROPOSED])


def _parted(panel: Panel, leading: Sequence[str], now: Shares, marker: str) -> tuple[str, str] | None:
    """The two leading diagnoses that this marker parts best: probable, and far apart in their rates."""
    studied = {name for name in leading if panel.studies_of(name, marker)}
    pairs = [pair for pair in combinations(leading, 2) if studied.intersection(pair)]
    if not pairs:
        return None
    return max(
        pairs,
        key=lambda pair: now[pair[0]] * now[pair[1]] * abs(panel.mean(pair[0], marker) - panel.mean(pair[1], marker)),
    )


def _gain(panel: Panel, stains: Sequence[ObservedStain], prior: Shares, now: Shares, marker: str) -> float:
    """Bits by which the entropy of the diagnoses is expected to fall."""
    positive = sum(share * panel.mean(name, marker) for name, share in now.items())
    after = [
        _entropy(posterior(panel, [*stains, ObservedStain(marker=marker, positive=result)], prior))
        for result in (True, False)
    ]
    return max(0.0, _entropy(now) - positive * after[0] - (1 - positive) * after[1])


def _entropy(shares: Shares) -> float:
    return -sum(share * log2(share) for share in shares.values() if share > 0)
