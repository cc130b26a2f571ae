"""Runs the cases of tests/spec/language/assertion.toml, and checks what data cannot say."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from caselore.language.assertion import judge, sentence_cues
from caselore.language.cues import CueError, read_cues
from caselore.model.fact import Assertion
from caselore.model.text import TextSpan

SPEC = Path(__file__).parents[2] / "spec" / "language" / "assertion.toml"
CASES = [
    pytest.param(text, case["assertion"], id=text[:60])
    for case in tomllib.loads(SPEC.read_text(encoding="utf-8"))["case"]
    for text in case["texts"]
]


@pytest.fixture(autouse=True)
def afresh() -> None:
    """What another test asked of the same sentence is forgotten."""
    sentence_cues.cache_clear()


def marked(text: str) -> tuple[str, TextSpan]:
    before, _, rest = text.partition("[[")
    inside, _, after = rest.partition("]]")
    return before + inside + after, TextSpan(len(before), len(before) + len(inside))


@pytest.mark.parametrize(("text", "assertion"), CASES)
def test_span_has_this_assertion(text: str, assertion: str) -> None:
    assert judge(*marked(text)).assertion.value == assertion


def test_cue_is_a_place_in_the_text() -> None:
    text, span = marked("There was no  evidence of [[metastasis]].")
    cue = judge(text, span).cue
    assert cue is not None
    assert text[cue.start : cue.end] == "no  evidence of"


def test_what_went_is_historical_and_resolved() -> None:
    judgement = judge(*marked("The [[diplopia]] subsided within a week."))
    assert judgement.assertion is Assertion.HISTORICAL
    assert judgement.resolved


@pytest.mark.parametrize("row", ["no,denied,before,list,", "no,negated,behind,list,", "{x} no,negated,before,list,"])
def test_unusable_cue_is_refused_with_its_line(row: str) -> None:
    with pytest.raises(CueError, match="line 2"):
        read_cues(f"cue,assertion,side,reach,note\n{row}\n", {})


@pytest.mark.parametrize(
    ("text", "cue"),
    [("She had no pain, denied [[fever]].", "denied"), ("[[Fever]] was absent and not seen.", "was absent")],
)
def test_of_several_cues_the_nearest_is_named(text: str, cue: str) -> None:
    plain, span = marked(text)
    found = judge(plain, span).cue
    assert found is not None
    assert plain[found.start : found.end] == cue
