"""Names, and what lies above them."""

from __future__ import annotations

from caselore.topics.ontology import ancestors, concepts, named, wholes, within


def test_any_written_form_names_the_concept() -> None:
    assert (term := named("tumours.csv", "LMS")) is not None
    assert term.label == "leiomyosarcoma"
    assert named("tumours.csv", "no tumour") is None


def test_steps_upwards_are_counted() -> None:
    steps = ancestors("tumours.csv", "pleomorphic_leiomyosarcoma")
    assert steps["pleomorphic_leiomyosarcoma"] == 0
    assert steps["leiomyosarcoma"] == 1
    assert steps["smooth_muscle_tumor"] == 2
    assert all(concept in concepts("tumours.csv") for concept in steps)


def test_wholes_leave_out_the_concept_itself_and_know_nothing_above_words_that_are_none() -> None:
    assert "liver" not in wholes("anatomy.csv", "liver")
    assert "lower_limb" in wholes("anatomy.csv", "thigh")
    assert wholes("anatomy.csv", "no such place") == frozenset()


def test_a_place_is_within_itself_and_within_its_wholes() -> None:
    assert within("thigh", {"lower_limb"})
    assert within("lower_limb", {"lower_limb"})
    assert not within("thigh", {"upper_limb"})
