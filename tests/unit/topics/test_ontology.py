"""Names, and what lies above them."""

from __future__ import annotations

from caselore.topics.ontology import ancestors, concepts, named


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
