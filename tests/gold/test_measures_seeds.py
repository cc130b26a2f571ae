"""What can be worked out for the seeds: grades, T categories and doses that a reader can check by hand."""

from __future__ import annotations

from caselore import service
from caselore.model.measure import Measure, NotComputable
from shared import SHARED, needs_shared

pytestmark = needs_shared


def measures(seed: str) -> tuple[Measure | NotComputable, ...]:
    path = next((SHARED / "seeds").glob(f"{seed}_*.txt"))
    return service.measure(service.read(path))[0].measures


def values(seed: str, name: str) -> list[Measure]:
    return [one for one in measures(seed) if isinstance(one, Measure) and one.name == name]


def test_brain_metastasis_of_004_is_grade_3_by_a_score_of_6() -> None:
    (grade,) = values("004", "FNCLCC grade")
    assert grade.value == 3
    assert grade.how == "differentiation 2 + mitoses 3 (40 per 10 HPF) + necrosis 1 = 6"


def test_003_is_grade_2_with_its_assumption_stated() -> None:
    (grade,) = values("003", "FNCLCC grade")
    assert grade.value == 2
    assert grade.assumptions == ("differentiation score 2, usual for leiomyosarcoma",)


def test_30_fractions_of_2_gy_are_60_gy() -> None:
    (dose,) = values("001", "EQD2 (a/b 10)")
    assert (dose.value, dose.unit) == (60.0, "Gy")


def test_whole_brain_radiotherapy_of_004_lacks_its_fractions() -> None:
    reasons = [one.reason for one in measures("004") if isinstance(one, NotComputable) and one.name == "EQD2"]
    assert "the number of fractions of 30 Gy is not reported" in reasons


def test_recurrence_of_004_is_t2_in_both_editions() -> None:
    told = {one.name: one.value for one in measures("004") if isinstance(one, Measure) and one.how == "5.4 cm"}
    assert told == {"T category, AJCC 7th edition": "T2", "T category, AJCC 8th edition": "T2"}
