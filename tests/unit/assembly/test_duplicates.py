"""The same report in two formats, the same patient in two publications, and those that only look alike."""

from __future__ import annotations

from typing import Any

import pytest

from caselore.assembly.duplicates import Pair, duplicates
from caselore.assembly.fingerprint import Fingerprint, fingerprint, rules, runs_of, whole_doi
from caselore.model.row import COLUMNS, ReviewRow
from caselore.service import read_text, rows

PATIENT: dict[str, Any] = {
    "age_years": 52,
    "sex": "female",
    "diagnosis": "leiomyosarcoma",
    "sites": ("elbow",),
    "laterality": "left",
    "largest_dimension_mm": 43,
    "symptom_duration_months": 7,
    "surgery": "gross total",
    "follow_up_months": 31,
}
NARRATIVE = """A {age}-year-old woman came with a swelling of the left elbow that had grown for seven months. Magnetic resonance
imaging showed a lobulated mass of forty-three millimetres beside the triceps tendon, bright after contrast medium. The mass was
taken out with a margin of healthy muscle through a posterior incision, and the ulnar nerve was carried forward. Spindle cells
with blunt nuclei lay in crossing bundles; smooth muscle actin and desmin were expressed, whereas melanocytic and epithelial
markers were not. Neither radiotherapy nor drugs were given after the conference had weighed both. The elbow moved freely at the
last visit, and scans of the chest have remained clear during the whole of the surveillance that was agreed with her family.
Sarcomas around this joint are seldom described, and nearly all accounts stress how near the great nerves run to the surface."""


def patient(**changes: Any) -> ReviewRow:
    return ReviewRow(**{"role": "index", "label": "case 1", **PATIENT, **changes})


def report(*patients: ReviewRow, **about: Any) -> Fingerprint:
    return Fingerprint(rows=patients, **about)


def test_rules_are_of_real_columns() -> None:
    assert set(rules().fields) <= set(COLUMNS)
    assert rules().fields["sex"].required


def test_one_patient_published_twice() -> None:
    (pair,) = duplicates([report(patient()), report(patient(label="case 3", follow_up_months=60))])
    assert (pair.first, pair.second, pair.patients) == (0, 1, ("case 1", "case 3"))
    assert "largest dimension mm 43" in pair.reasons
    assert not any(reason.startswith("follow up") for reason in pair.reasons)


def test_patient_retold_in_a_review_is_found_too() -> None:
    retold = patient(role="cited", label="Vance et al. [4]", surgery=None)
    assert [pair.patients for pair in duplicates([report(patient()), report(retold)])] == [
        ("case 1", "Vance et al. [4]")
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"sites": ("knee",)},
        {"sex": "male"},
        {"sex": None},
        {"age_years": 58},
        {"age_years": None},
        {"laterality": "right"},
        {"diagnosis": "liposarcoma"},
        {"largest_dimension_mm": 90},
    ],
    ids=str,
)
def test_one_contradiction_or_gap_in_what_is_required_is_enough(change: dict[str, Any]) -> None:
    assert duplicates([report(patient()), report(patient(**change))]) == []


def test_a_birthday_between_the_reports_is_no_contradiction() -> None:
    assert duplicates([report(patient()), report(patient(age_years=53, rt_dose_gy=60))]) == []  # but age must agree
    assert len(duplicates([report(patient()), report(patient(age_years=52.4))])) == 1


def test_alike_as_patients_of_one_rare_tumour_are() -> None:
    plain = {"largest_dimension_mm": None, "symptom_duration_months": None, "follow_up_months": None}
    alike = patient(**plain, symptoms=("swelling",), rt_dose_gy=60, agents=("doxorubicin",))
    assert duplicates([report(alike), report(alike)]) == []


def test_too_little_is_known() -> None:
    little = ReviewRow(
        role="index", label="case 1", age_years=52, sex="female", largest_dimension_mm=43, follow_up_months=31
    )
    assert duplicates([report(little), report(little)]) == []


def test_dates_are_telling() -> None:
    dated = patient(symptom_duration_months=None, follow_up_months=None)
    day = (frozenset({"2009-03-14"}),)
    other_day = (frozenset({"2009-03-15"}),)
    assert len(duplicates([report(dated, dates=day), report(dated, dates=day)])) == 1
    assert duplicates([report(dated, dates=day), report(dated, dates=other_day)]) == []


def test_patients_of_one_series_are_told_apart_by_their_authors() -> None:
    assert duplicates([report(patient(), patient(label="case 2"))]) == []


def test_the_right_patient_of_a_series_is_found() -> None:
    series = report(patient(label="case 1", age_years=40), patient(label="case 2"), patient(label="case 3", sex="male"))
    assert [pair.patients for pair in duplicates([series, report(patient())])] == [("case 2", "case 1")]


def test_age_at_the_edge_of_two_groups() -> None:
    assert len(duplicates([report(patient(age_years=51.8)), report(patient(age_years=52.1))])) == 1


def test_same_doi_is_one_report_and_its_patients_are_not_listed_again() -> None:
    pairs = duplicates(
        [report(patient(), doi="10.1000/e1"), report(doi="10.1000/e2"), report(patient(), doi="10.1000/e1")]
    )
    assert pairs == [Pair(first=0, second=2, reasons=("DOI 10.1000/e1",))]


@pytest.mark.parametrize(
    ("doi", "whole"),
    [("10.1000/AB12", "10.1000/ab12"), ("10.1000/1477-", None), ("10.1000/journal", None), ("", None), (None, None)],
)
def test_doi_that_a_line_end_cut_off_is_no_doi(doi: str | None, whole: str | None) -> None:
    assert whole_doi(doi) == whole


def of_text(text: str) -> Fingerprint:
    read = read_text(text)
    return fingerprint(read, rows(read))


def test_same_text_in_another_layout() -> None:
    plain = of_text("Case report\n\n" + NARRATIVE.format(age=52))
    words = NARRATIVE.format(age=52).replace("\n", " ")
    other = of_text(
        "Case report\n\n" + "\n\n".join(f"{part}. [7]" for part in words.split(". ")) + "\n\nDiscussion\n\nNothing."
    )
    (pair,) = duplicates([plain, other])
    assert pair.patients is None
    assert pair.reasons[0].endswith("of the text")


def test_other_text_of_the_same_kind() -> None:
    swapped = " ".join(reversed(NARRATIVE.format(age=52).split()))
    texts = [NARRATIVE.format(age=52), swapped]
    assert duplicates([report(runs=runs_of(text)) for text in texts]) == []


def test_short_texts_tell_nothing() -> None:
    sentence = "A 45-year-old woman was admitted with headache and a mass of the frontal lobe."
    assert duplicates([report(runs=runs_of(sentence)), report(runs=runs_of(sentence))]) == []


def test_shared_references_do_not_make_one_report() -> None:
    titles = [part.replace("\n", " ") for part in NARRATIVE.format(age=52).split(". ")]
    cited = [f"{n}. Vance A, Ruiz B. {title}. J Elbows 2001;{n}:1-9." for n, title in enumerate(titles, 1)]
    references = "\n\nReferences\n\n" + "\n".join(cited)
    texts = [
        "Case report\n\nA boy of nine years fell from a tree and broke his wrist, which healed in a plaster within weeks.",
        "Case report\n\nA man of eighty years complained of a cough; his radiographs showed a shadow behind the heart.",
    ]
    assert duplicates([of_text(text + references) for text in texts]) == []
    assert len(duplicates([report(runs=runs_of(text + references)) for text in texts])) == 1  # had they been counted
