"""The selection language: what it takes, what it leaves out and why, and what it refuses."""

from __future__ import annotations

import pytest

from caselore.cohort.judge import cohort, holds, why_not
from caselore.cohort.select import MOST_NESTED, WrongExpression, selector
from cohort_rows import member, row

PATIENT = row(
    age_years=52,
    sex="female",
    origin="primary",
    diagnosis="Leiomyosarcoma",
    sites=("frontal lobe",),
    metastases=("lung", "liver"),
    ihc={"SMA": "positive"},
    immune={"ebv": "negative"},
    grade="3",
)


@pytest.mark.parametrize(
    "words",
    [
        "",
        'origin == "primary" and age_years >= 18 and "lung" in metastases',
        "origin == 'primary'",
        'sex == "FEMALE"',
        'not sex == "male"',
        'sex != "male"',
        "age_years == 52.0",
        "age_years in (51, 52)",
        "age_years > -1",
        'sex in ("female", "other")',
        'sex not in ("male", "other")',
        '"bone" not in metastases',
        '"sarcoma" in diagnosis',
        'ihc.SMA == "positive"',
        'ihc.sma == "positive"',
        'immune.ebv == "negative"',
        "kps is not reported",
        "age_years is reported and ihc.desmin is not reported",
        'kps > 70 or origin == "primary"',
        'sex == "male" and age_years > 90 or grade == "3"',
        'sex == "female" or sex == "male" and age_years > 90',
        'not (sex == "male" or kps is reported)',
    ],
)
def test_taken(words: str) -> None:
    assert why_not(PATIENT, selector(words)) is None


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("kps >= 70", "kps not reported"),
        ("not kps >= 70", "kps not reported"),
        ('kps >= 70 and "lung" in absent_symptoms', "kps and absent_symptoms not reported"),
        ('kps >= 70 and sex == "male"', 'not: sex == "male"'),
        ('kps >= 70 or sex == "male"', "kps not reported"),
        ('ihc.desmin == "positive"', "ihc.desmin not reported"),
        ('ihc.desmin != "positive"', "ihc.desmin not reported"),
        ('age_years < 18 or sex == "male"', 'not: age_years < 18 or sex == "male"'),
        ('not (sex == "female" and age_years > 18)', 'not: not (sex == "female" and age_years > 18)'),
        ('"lung" not in metastases', 'not: "lung" not in metastases'),
        ("age_years is not reported", "not: age_years is not reported"),
    ],
)
def test_left_out_with_the_reason(words: str, reason: str) -> None:
    assert why_not(PATIENT, selector(words)) == reason


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("age >= 18", "character 1, at 'age': 'age' is no column"),
        ("age_yeers >= 18", "did you mean age_years?"),
        ("age_years = 18", "character 11: '=' means nothing here (equality is written \"==\")"),
        ('age_years >= "18"', "character 14, at '\"18\"': age_years is compared with a number"),
        ("grade >= 3", "character 7, at '>=': grade holds text, which has no order"),
        ("grade == 3", "grade is compared with text in quotation marks"),
        ('metastases == "lung"', 'write "lung" in metastases'),
        ('ihc == "positive"', "ihc holds named entries: write ihc.SMA"),
        ("sex.x == 'a'", "sex has no entries"),
        ("immune.hvi == 'positive'", "immune has hiv, ebv, transplant, immunocompetent"),
        ('"18" in age_years', "age_years holds a number"),
        ('(sex == "male"', 'where it ends: ")" was expected'),
        ("sex", "a comparison of sex was expected"),
        ('sex == "male" age_years > 3', 'character 15, at \'age_years\': "and", "or" or the end was expected'),
        ('sex == "male', "character 8: '\"' means nothing here"),
        ("and", "the name of a column was expected"),
        ("age_years > 1e5", "character"),
        ("__import__('os').system('true')", "character 17: '.' means nothing here"),
        ("not " * (MOST_NESTED + 1) + 'sex == "male"', "stand inside each other"),
    ],
)
def test_refused_in_one_sentence_with_the_place(words: str, part: str) -> None:
    with pytest.raises(WrongExpression) as caught:
        selector(words)
    message = str(caught.value)
    assert part in message
    assert message.count("\n") == 0


def test_every_patient_is_either_in_or_out() -> None:
    members = [member("a", age_years=20), member("b", age_years=10), member("c")]
    chosen = cohort(members, selector("age_years >= 18"))
    assert [one.source for one in chosen.included] == ["a"]
    assert {one.source: one.reason for one in chosen.excluded} == {
        "b": "not: age_years >= 18",
        "c": "age_years not reported",
    }


def test_zero_is_a_value_and_an_empty_list_is_silence() -> None:
    expression = selector("follow_up_months == 0").expression
    assert expression is not None
    assert holds(row(follow_up_months=0.0), expression) is True
    assert why_not(row(), selector("metastases is reported")) == "not: metastases is reported"
