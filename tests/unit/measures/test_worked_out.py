"""What a measure says of itself: its sum, what it takes for granted, the words it came from, its source; and its limits."""

from __future__ import annotations

import pytest

from caselore import service
from caselore.measures.formula import parameters
from caselore.measures.radiation_dose import bed, eqd2
from caselore.model.measure import Measure, NotComputable

LEIOMYOSARCOMA = "Histology revealed leiomyosarcoma with"


def worked_out(words: str) -> list[Measure | NotComputable]:
    report = service.read_text(f"Case report\n\nA 45-year-old man had a mass of the right thigh. {words}")
    return [one for patient in service.measure(report) for one in patient.measures]


def named(words: str, name: str) -> list[Measure]:
    return [one for one in worked_out(words) if one.name.startswith(name) and isinstance(one, Measure)]


def refused(words: str) -> list[tuple[str, str, str]]:
    found = [one for one in worked_out(words) if isinstance(one, NotComputable)]
    return [(one.name, one.reason, one.evidence[0].quote) for one in found]


@pytest.mark.parametrize(
    ("words", "grade", "how", "assumed"),
    [
        ("9 mitoses per 10 HPF and no necrosis", 1, "2 + mitoses 1 (9 per 10 HPF) + necrosis 0 = 3", None),
        ("10 mitoses per 10 HPF and no necrosis", 2, "2 + mitoses 2 (10 per 10 HPF) + necrosis 0 = 4", None),
        ("19 mitoses per 10 HPF and necrosis of 10%", 2, "2 + mitoses 2 (19 per 10 HPF) + necrosis 1 = 5", None),
        ("12 mitoses per 10 HPF and necrosis of 60%", 3, "2 + mitoses 2 (12 per 10 HPF) + necrosis 2 = 6", None),
        (
            "20 mitoses per 10 HPF and necrosis of less than 50%",
            3,
            "2 + mitoses 3 (20 per 10 HPF) + necrosis 1 = 6",
            None,
        ),
        ("20 mitoses per 10 HPF and necrosis of 50%", 3, "2 + mitoses 3 (20 per 10 HPF) + necrosis 2 = 7", None),
        (
            "3 mitoses per 10 HPF and focal necrosis",
            2,
            "2 + mitoses 1 (3 per 10 HPF) + necrosis 1 = 4",
            "necrosis below half of the tumour",
        ),
    ],
)
def test_grade_tells_its_sum(words: str, grade: int, how: str, assumed: str | None) -> None:
    (found,) = named(f"{LEIOMYOSARCOMA} {words}.", "FNCLCC grade")
    assert (found.value, found.how) == (grade, f"differentiation {how}")
    usual = "differentiation score 2, usual for leiomyosarcoma"
    assert found.assumptions == ((usual, assumed) if assumed else (usual,))
    assert next(one.quote.split()[0] for one in found.evidence) == words.split()[0]
    assert found.source == parameters("fnclcc_grade")["source"]


def test_differentiation_is_that_of_the_type() -> None:
    (found,) = named("Histology revealed synovial sarcoma with 25 mitoses per 10 HPF and no necrosis.", "FNCLCC grade")
    assert (found.value, found.assumptions) == (3, ("differentiation score 3, usual for synovial sarcoma",))


def test_grade_without_necrosis_shows_the_mitoses() -> None:
    told = ("FNCLCC grade", "necrosis is not reported", "12 mitoses per 10 HPF")
    assert refused(f"{LEIOMYOSARCOMA} 12 mitoses per 10 HPF.") == [told]


def test_doses_are_those_of_the_linear_quadratic_model() -> None:
    assert bed(60, 30, 10) == pytest.approx(72)
    assert eqd2(60, 30, 3) == pytest.approx(60)
    assert bed(30, 5, 3) == pytest.approx(90)
    assert eqd2(30, 5, 10) == pytest.approx(40)


def test_course_of_radiotherapy() -> None:
    found = [one for one in worked_out("He received 30 Gy in 5 fractions.") if isinstance(one, Measure)]
    assert [str(one) for one in found] == [
        "BED (a/b 10): 48 Gy",
        "EQD2 (a/b 10): 40 Gy",
        "BED (a/b 3): 90 Gy",
        "EQD2 (a/b 3): 54 Gy",
    ]
    for one in found:
        assert (one.how, one.assumptions) == ("5 fractions of 6 Gy", ())
        assert one.evidence[0].quote == "30 Gy"
        assert one.source == parameters("radiation_dose")["source"]


@pytest.mark.parametrize(("words", "warned"), [("40 Gy in 5 fractions", False), ("45 Gy in 5 fractions", True)])
def test_large_fractions_are_warned_of_above_eight_gray(words: str, warned: bool) -> None:
    caveat = ("the linear-quadratic model is disputed above 8 Gy a fraction",)
    assert {one.assumptions for one in named(f"He received {words}.", "EQD2")} == {caveat if warned else ()}


def test_courses_that_cannot_be_converted_say_why() -> None:
    said = "whether the dose was given at once is not reported"
    assert refused("He received stereotactic radiosurgery with 18 Gy.") == [("EQD2", said, "18 Gy")]
    said = "the number of fractions of 50 Gy is not reported"
    assert refused("He received radiotherapy to 50 Gy.") == [("EQD2", said, "50 Gy")]


def test_cumulative_dose() -> None:
    (found,) = named("He received four cycles of doxorubicin 75 mg/m2.", "cumulative doxorubicin")
    assert (found.value, found.unit, found.how) == (300, "mg/m2", "4 cycles of 75 mg/m2; 55% of 550 mg/m2")
    assert found.assumptions == ("one dose a cycle, the same in each; no dose before this disease",)
    assert {"doxorubicin", "75 mg/m2"} <= {one.quote for one in found.evidence}
    assert found.source == parameters("drug_exposure")["source"]


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("doxorubicin", "dose, number of cycles"),
        ("doxorubicin 60 mg/m2", "number of cycles"),
        ("six cycles of doxorubicin", "dose"),
    ],
)
def test_cumulative_dose_says_what_is_missing(words: str, missing: str) -> None:
    told = ("cumulative doxorubicin", f"not reported: {missing}", "doxorubicin")
    assert refused(f"He received {words}.") == [told]


@pytest.mark.parametrize(
    ("size", "seventh", "eighth"),
    [
        ("5 cm", "T1", "T1"),
        ("5.1 cm", "T2", "T2"),
        ("10 cm", "T2", "T2"),
        ("10.1 cm", "T2", "T3"),
        ("15 cm", "T2", "T3"),
        ("15.1 cm", "T2", "T4"),
    ],
)
def test_category_by_size(size: str, seventh: str, eighth: str) -> None:
    found = named(f"The tumor measured {size}. Histology revealed leiomyosarcoma.", "T category")
    assert [(one.value, one.how, one.evidence[0].quote) for one in found] == [
        (seventh, size, size),
        (eighth, size, size),
    ]
    assert [one.assumptions for one in found] == [
        ("size alone; depth (a, b) is not judged",),
        ("chart of trunk and extremity",),
    ]
    assert [one.source[:36] for one in found] == [f"AJCC Cancer Staging Manual, {n}th edit" for n in (7, 8)]


@pytest.mark.parametrize(
    ("words", "stage", "how", "assumed"),
    [
        (
            "5 cm. Histology revealed leiomyosarcoma, FNCLCC grade 1. CT showed no metastases.",
            "IA",
            "T1 N0 M0 G1",
            ["the denial of metastases holds for lymph nodes too"],
        ),
        (
            "5.1 cm. Histology revealed leiomyosarcoma, grade 2, pT2N0M0.",
            "IIIA",
            "T2 N0 M0 G2",
            ["the grade is that of FNCLCC"],
        ),
        ("4 cm. Histology revealed leiomyosarcoma, FNCLCC grade 3, pT1N0M0.", "II", "T1 N0 M0 G3", []),
        (
            "10.1 cm. Histology revealed low-grade leiomyosarcoma, pT3N0M0.",
            "IB",
            "T3 N0 M0 G1",
            ["low grade taken for G1"],
        ),
        (
            "16 cm. Histology revealed high-grade leiomyosarcoma, pT4N0M0.",
            "IIIB",
            "T4 N0 M0 G2-3",
            ["high grade taken for G2 or G3"],
        ),
        ("7 cm. Histology revealed leiomyosarcoma. Inguinal lymph node metastases were found.", "IV", "T2, N1", []),
        ("7 cm. Histology revealed leiomyosarcoma. CT showed metastases in both lungs.", "IV", "T2, M1", []),
        ("7 cm. Histology revealed leiomyosarcoma, FNCLCC grade 3, pT2N1M0.", "IV", "T2, pT2N1M0", []),
    ],
)
def test_stage_group_tells_how(words: str, stage: str, how: str, assumed: list[str]) -> None:
    (found,) = named(f"The tumor measured {words}", "stage group, AJCC 8th edition")
    assert (found.value, found.how, list(found.assumptions)) == (stage, how, ["size alone decides T", *assumed])
    assert found.evidence[0].quote == words.partition(" cm")[0] + " cm"
    assert found.source.startswith("AJCC Cancer Staging Manual, 8th edition (2017)")


def test_volume() -> None:
    (found,) = named("The tumor measured 4 x 3 x 2 cm.", "tumour volume")
    assert (found.value, found.unit, found.how) == (12.6, "ml", "pi/6 x 40 x 30 x 20 mm")
    assert found.assumptions == ("the tumour is an ellipsoid",)
    assert found.source == "ellipsoid; usual in RANO and in volumetry of meningioma"
    assert found.evidence[0].quote == "4 x 3 x 2 cm"
    assert named("The tumor measured 4 x 3 cm.", "tumour volume") == []
