"""Bayes by hand on a small panel; what widens, what never excludes, and dependent stains."""

from __future__ import annotations

import pytest

from caselore.differential.next_stain import next_stains
from caselore.differential.posterior import against_rest, against_rival, candidates, flat, posterior, strengths
from caselore.model.differential import ObservedStain
from unit.differential.panels import small_panel

PANEL = small_panel()


def stain(words: str, weight: float = 1.0) -> ObservedStain:
    return ObservedStain(marker=words[:-1], positive=words.endswith("+"), weight=weight)


def test_one_stain_is_bayes_by_hand() -> None:
    panel = small_panel(reporting_error=0.0)
    rates = {name: panel.mean(name, "SMA") for name in panel.diagnoses}
    shares = posterior(panel, [stain("SMA+")], flat(panel))
    assert shares == pytest.approx({name: rate / sum(rates.values()) for name, rate in rates.items()})


def test_shares_add_up_and_the_fitting_diagnosis_leads() -> None:
    shares = posterior(PANEL, [stain("S100+"), stain("SMA-")], flat(PANEL))
    assert sum(shares.values()) == pytest.approx(1)
    assert max(shares, key=lambda name: shares[name]) == "schwannoma"


def test_no_stain_excludes() -> None:
    contradictions = [stain("S100-"), stain("SOX10-"), stain("SMA+")]
    assert posterior(PANEL, contradictions, flat(PANEL))["schwannoma"] > 0


def test_the_prior_counts() -> None:
    prior = {"angiosarcoma": 0.98, "leiomyosarcoma": 0.01, "schwannoma": 0.01}
    assert posterior(PANEL, [stain("SMA+")], prior)["angiosarcoma"] > 0.9


def test_dependent_stains_count_less_than_independent_ones() -> None:
    assert strengths(PANEL, [stain("SMA+"), stain("S100-")]) == (1.0, 1.0)
    both = strengths(PANEL, [stain("SMA+"), stain("desmin+")])
    assert both == (pytest.approx(1 / 1.25), pytest.approx(1 / 1.25))
    alone = posterior(PANEL, [stain("SMA+")], flat(PANEL))["leiomyosarcoma"]
    assert posterior(PANEL, [stain("SMA+"), stain("desmin+")], flat(PANEL))["leiomyosarcoma"] > alone


def test_focal_staining_moves_less() -> None:
    strong = posterior(PANEL, [stain("S100+")], flat(PANEL))["schwannoma"]
    weak = posterior(PANEL, [stain("S100+", weight=0.5)], flat(PANEL))["schwannoma"]
    assert 1 / 3 < weak < strong


def test_intervals_hold_the_share_and_unknown_rates_widen_them() -> None:
    known = {one.diagnosis: one for one in candidates(PANEL, [stain("S100+")], flat(PANEL))}
    assert all(one.low <= one.share <= one.high for one in known.values())
    wide = {one.diagnosis: one for one in candidates(PANEL, [stain("CD31+")], flat(PANEL))}["schwannoma"]
    narrow = known["schwannoma"]
    assert wide.high - wide.low > narrow.high - narrow.low - 0.2


def test_arguments_are_likelihood_ratios() -> None:
    (argument,) = against_rest(PANEL, [stain("S100+")], flat(PANEL), "schwannoma")
    others = (PANEL.mean("leiomyosarcoma", "S100") + PANEL.mean("angiosarcoma", "S100")) / 2
    assert argument.likelihood_ratio == pytest.approx(PANEL.mean("schwannoma", "S100") / others)
    (rival,) = against_rival(PANEL, [stain("S100+")], "leiomyosarcoma", "schwannoma")
    assert rival.likelihood_ratio < 1
    assert rival.rate.total == 20


def test_strongest_argument_first() -> None:
    found = against_rest(PANEL, [stain("SMA-"), stain("S100+")], flat(PANEL), "schwannoma")
    assert [one.stain.marker for one in found] == ["S100", "SMA"]


def test_next_stain_was_not_done_and_parts_two_leading_diagnoses() -> None:
    found = next_stains(PANEL, [stain("SMA+")], flat(PANEL))
    assert found
    assert all(one.gain > 0 and one.marker != "SMA" for one in found)
    assert [one.gain for one in found] == sorted((one.gain for one in found), reverse=True)
    assert all(one.rates[0].studies or one.rates[1].studies for one in found)
