"""The prior is bounded, traced, and moves in the right direction."""

from __future__ import annotations

import pytest

from caselore.differential.panel import load_panel
from caselore.differential.prior import WrongSite, load_figures, prior_factors, prior_shares

PANEL = load_panel()


def factors(age: float | None, *sites: str) -> dict[str, tuple[float, float, float]]:
    return {one.diagnosis: (one.frequency, one.age, one.site) for one in prior_factors(PANEL, age, sites)}


def test_factors_are_bounded_and_shares_add_up() -> None:
    found = prior_factors(PANEL, 8, ("stomach",))
    assert all(0.1 <= factor <= 10 for one in found for factor in (one.frequency, one.age, one.site))
    assert sum(prior_shares(found).values()) == pytest.approx(1)


def test_age_and_site_speak_only_where_there_are_figures() -> None:
    young, old = factors(12), factors(75)
    assert young["Ewing sarcoma"][1] > 1 > old["Ewing sarcoma"][1]
    assert young["meningioma"][1] == old["meningioma"][1] == 1
    assert factors(None)["Ewing sarcoma"][1] == 1


def test_a_place_within_a_place_counts() -> None:
    assert factors(None, "sacrum")["chordoma"][2] > 1
    assert factors(None, "thigh")["chordoma"][2] == pytest.approx(0.1)


def test_sources_are_named_and_every_figure_has_an_identifier() -> None:
    named = {one.diagnosis: one.sources for one in prior_factors(PANEL, 60, ())}
    assert any("10.1371/journal.pone.0246958" in source for source in named["leiomyosarcoma"])
    assert all(figure.identifier.partition(":")[2] for figure in load_figures())


def test_unknown_site_is_refused() -> None:
    with pytest.raises(WrongSite, match="is no site"):
        prior_factors(PANEL, None, ("nowhere",))
