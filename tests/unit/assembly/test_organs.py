"""Organs that the name of a tumour type implies."""

from __future__ import annotations

from caselore.assembly.organs import implied_organs


def test_every_type_and_organ_is_a_known_concept() -> None:
    assert implied_organs()["hepatoblastoma"] == "liver"


def test_types_that_arise_in_several_organs_imply_none() -> None:
    assert "choriocarcinoma" not in implied_organs()
