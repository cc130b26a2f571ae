"""The decision whether a treatment was given, on single sentences."""

from __future__ import annotations

import pytest

from caselore.language.given import Giving, judge_giving
from caselore.model.text import TextSpan


def status(sentence: str, word: str, *others: str) -> Giving:
    def place(name: str) -> TextSpan:
        start = sentence.lower().index(name)
        return TextSpan(start, start + len(name))

    return judge_giving(sentence, place(word), [place(other) for other in others])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Adjuvant radiotherapy followed.", Giving.GIVEN),
        ("She received radiotherapy.", Giving.GIVEN),
        ("He is currently undergoing radiotherapy.", Giving.GIVEN),
        ("Radiotherapy to the tumor bed was planned and completed without toxicity.", Giving.GIVEN),
        ("He is alive one year after radiotherapy.", Giving.GIVEN),
        ("Radiotherapy was recommended.", Giving.PLANNED),
        ("She is scheduled to receive radiotherapy.", Giving.PLANNED),
        ("He was referred for radiotherapy.", Giving.PLANNED),
        ("Radiotherapy was advised, but the family declined.", Giving.DECLINED),
        ("He refused radiotherapy.", Giving.DECLINED),
        ("Radiotherapy was discussed and was withheld.", Giving.WITHHELD),
        ("No postoperative radiotherapy was given.", Giving.WITHHELD),
        ("She was not considered for radiotherapy.", Giving.WITHHELD),
        ("Radiotherapy is generally reserved for recurrences.", Giving.GENERAL),
        ("The tumor shrinks in radiotherapy.", Giving.UNTOLD),
    ],
)
def test_one_treatment(sentence: str, expected: Giving) -> None:
    assert status(sentence, "radiotherapy") is expected


def test_each_treatment_has_its_own_cue() -> None:
    sentence = "She refused chemotherapy and received radiotherapy."
    assert status(sentence, "chemotherapy", "radiotherapy") is Giving.DECLINED
    assert status(sentence, "radiotherapy", "chemotherapy") is Giving.GIVEN


def test_a_determiner_holds_for_the_whole_list() -> None:
    sentence = "Neither radiotherapy nor chemotherapy was administered."
    assert status(sentence, "radiotherapy", "chemotherapy") is Giving.WITHHELD
    assert status(sentence, "chemotherapy", "radiotherapy") is Giving.WITHHELD


def test_a_plan_ends_at_the_next_treatment() -> None:
    sentence = "Radiotherapy was recommended and chemotherapy was given."
    assert status(sentence, "radiotherapy", "chemotherapy") is Giving.PLANNED
