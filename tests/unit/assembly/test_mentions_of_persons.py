"""Persons that a text brings in, points at, or refers back to."""

from __future__ import annotations

import pytest

from caselore.assembly.mentions_of_persons import (
    Pointer,
    goes_on,
    label_number,
    read_introductions,
    read_references,
)


@pytest.mark.parametrize(
    ("text", "age", "sex"),
    [
        ("A previously healthy 45-year-old man was seen.", 45, "male"),
        ("A woman of 38; on imaging", 38, "female"),
        ("A boy, 3 years old, was brought in.", 3, "male"),
        ("80 yo M seen for headache.", 80, "male"),
        ("An 18-month-old girl had a swelling.", 1.5, "female"),
        ("In the patient described by Ito, et al. [5], aged 44, the tumor was resected.", 44, None),
        ("A 34-year-old accountant consulted us.", 34, None),
        ("There is a report of a man with headache.", None, "male"),
    ],
)
def test_introductions(text: str, age: float | None, sex: str | None) -> None:
    (person,) = read_introductions(text)
    assert (person.age, person.sex, person.weak) == (age, sex, False)


@pytest.mark.parametrize(
    "text",
    [
        "At the age of 8 years he was irradiated.",
        "Her 50-year-old mother had breast cancer.",
        "Patients were 45 to 50 years old.",
        "The women were older than the men.",
        "A 4-year history of pain was given.",
    ],
)
def test_no_introduction(text: str) -> None:
    assert not read_introductions(text)


def test_the_man_goes_back_to_somebody_and_another_man_does_not() -> None:
    assert read_introductions("The 45-year-old man was discharged.")[0].definite
    assert read_introductions("Another 45-year-old man was operated on.")[0].new


def test_places_are_shifted_by_the_offset() -> None:
    (person,) = read_introductions("A 45-year-old man", offset=100)
    assert person.span.start == 100


@pytest.mark.parametrize(
    ("text", "pointer", "numbers"),
    [
        ("Case 2 was irradiated.", Pointer.LABEL, (2,)),
        ("Patients 1-3 had metastases.", Pointer.LABEL, (1, 2, 3)),
        ("Our first patient died.", Pointer.RANK, (1,)),
        ("The other patient is alive.", Pointer.RANK, (0,)),
        ("In both cases, surgery was done.", Pointer.SEVERAL, ()),
        ("In the present case it was absent.", Pointer.OWN, ()),
        ("We describe a rare tumor.", Pointer.AUTHORS, ()),
    ],
)
def test_references(text: str, pointer: Pointer, numbers: tuple[int, ...]) -> None:
    (reference,) = read_references(text)
    assert (reference.pointer, reference.numbers, reference.compared) == (pointer, numbers, False)


def test_a_comparison_is_marked() -> None:
    assert read_references("It may be painless, as in our patient.")[0].compared


@pytest.mark.parametrize(
    "text", ["The last one was smaller.", "Case load was high.", "In the first case series, 9 died."]
)
def test_no_reference(text: str) -> None:
    assert not read_references(text)


def test_sentences_that_go_on() -> None:
    assert goes_on("However, he recovered.")
    assert goes_on("The tumor was resected.")
    assert not goes_on("Chordomas are rare.")


@pytest.mark.parametrize(("printed", "number"), [("3", 3), ("IV", 4), ("two", 2), ("B", 2), ("a", None), ("0", None)])
def test_label_numbers(printed: str, number: int | None) -> None:
    assert label_number(printed) == number
