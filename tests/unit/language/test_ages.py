"""Ages of persons: usual wordings and near misses. Ages are in years."""

from __future__ import annotations

import pytest

from caselore.language.ages import AgeMention, read_ages


def _told(age: AgeMention) -> str:
    years = f"{age.years.low:.4g}" + (f"-{age.years.high:.4g}" if age.years.high != age.years.low else "")
    return f"{years} {age.sex}" if age.sex else years


CASES = [
    ("A 45-year-old woman", ["45 female"]),
    ("a 45 year old man", ["45 male"]),
    ("He was 45 years old", ["45"]),
    ("68-years-old male", ["68 male"]),
    ("a woman aged 45 years", ["45 female"]),
    ("aged 45", ["45"]),
    ("At the age of 6 years she had", ["6"]),
    ("45-yo F", ["45 female"]),
    ("a 45 y/o male", ["45 male"]),
    ("45/F", ["45 female"]),
    ("(F, 28)", ["28 female"]),
    ("M/52", ["52 male"]),
    ("a woman of 33", ["33 female"]),
    ("a man of 70 years", ["70 male"]),
    ("18-month-old boy", ["1.5 male"]),
    ("3-day-old", ["0.008214"]),
    ("a 2.5-year-old girl", ["2.5 female"]),
    ("a thirty-three-year-old female", ["33 female"]),
    ("in her sixties", ["60-69"]),
    ("age 45", ["45"]),
    ("a 26 years old lady", ["26 female"]),
    ("6 7/12 years old", ["6.583"]),
    ("5 years and 6 months old", ["5.5"]),
    ("gestational age of 32 weeks", []),
    ("mean age of 45 years", []),
    ("10-year history", []),
    ("for 45 years", []),
    ("65 years of age", ["65"]),
    ("13 months of age", ["1.083"]),
    ("The 28-year-old previously healthy, right-handed Caucasian man", ["28 male"]),
    ("33 - year old", ["33"]),
    ("75–year–old", ["75"]),
    ("36-yr-old", ["36"]),
    ("9 year-old", ["9"]),
    ("over 60 years of age", []),
    ("(45 years, male)", ["45 male"]),
    ("Age: 45 years", ["45"]),
    ("a 26 years woman", ["26 female"]),
    ("a man, 45 years", ["45 male"]),
    ("a male patient of 45 years", ["45 male"]),
    ("a 35- and a 45-year-old woman", ["35", "45 female"]),
    ("10F catheter, 12 F", []),
    ("ratio M/F 2", []),
    ("patients aged 20 to 40 years", ["20-40"]),
    ("octogenarian", []),
    ("in his late 50s", ["57-59"]),
    ("a boy, 7 years of age", ["7 male"]),
    ("A 7 year and 4 month-old boy", ["7.333 male"]),
    ("Case 2: 54-year-old/male", ["54"]),
    ("woman of 3 children", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_ages(text: str, expected: list[str]) -> None:
    assert [_told(age) for age in read_ages(text)] == expected


def test_places_are_those_of_the_document() -> None:
    (age,) = read_ages("a 45-year-old man", offset=100)
    assert (age.span.start, age.span.end) == (102, 113)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A woman, 54, presented with headache", ["54 female"]),
        ("the patient (male, 54)", ["54 male"]),
        ("At 54, she was admitted", ["54"]),
        ("At 6 months he was well", []),
        ("an infant of 7 months", ["0.5833"]),
        ("a patient of 3 years of follow-up", []),
        ("a woman of 34 noticed a lump", ["34 female"]),
        ("a 7-month infant", ["0.5833"]),
        ("M/E 2 and T2/F", []),
    ],
)
def test_ages_without_the_word_old(text: str, expected: list[str]) -> None:
    assert [_told(age) for age in read_ages(text)] == expected
