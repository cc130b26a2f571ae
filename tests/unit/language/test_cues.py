"""The table of cues as it is read, and where cues stand in a text; on a small table of their own."""

from __future__ import annotations

import pytest

from caselore.language.assertion import SentenceCues
from caselore.language.cues import CueError, CueHit, CueMatcher, Reach, Side, fold_cue, read_cues
from caselore.model.fact import Assertion
from caselore.model.text import TextSpan

HEADER = "cue,assertion,side,reach,note\n"
CLASSES = {"be": ["was", "were"], "seen": ["seen", "found"]}
TABLE = HEADER + "\n".join(
    [
        "no,negated,before,list,",
        "no change,pseudo,before,,",
        "not {be} {seen},negated,after,clause,",
        "patient's own,historical,before,adjacent,",
        "gone,resolved,after,sentence,",
        "possible,possible,both,phrase,",
        "possible,possible,before,phrase,said twice: the first row of a side counts",
    ]
)


def hits(text: str) -> list[tuple[str, str]]:
    found = CueMatcher(read_cues(TABLE, CLASSES)).find(text)
    return [(hit.cue.words, text[hit.start : hit.end]) for hit in found]


def test_rows_become_cues() -> None:
    cues = {(cue.words, cue.side): cue for cue in read_cues(TABLE, CLASSES)}
    no = cues["no", Side.BEFORE]
    assert (no.assertion, no.reach, no.resolved) == (Assertion.NEGATED, Reach.LIST, False)
    assert cues["no change", Side.BEFORE].assertion is None
    assert cues["no change", Side.BEFORE].reach is Reach.CLAUSE
    gone = cues["gone", Side.AFTER]
    assert (gone.assertion, gone.reach, gone.resolved) == (Assertion.HISTORICAL, Reach.SENTENCE, True)
    assert cues["possible", Side.BOTH].reach is Reach.PHRASE
    assert [words for words, side in cues if words.startswith("not")] == [
        "not was seen",
        "not was found",
        "not were seen",
        "not were found",
    ]
    assert len(cues) == 10


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("no,denied,before,list,", "line 2: 'denied' is not a valid Assertion"),
        ("no,negated,behind,list,", "line 2: 'behind' is not a valid Side"),
        ("no,negated,before,far,", "line 2: 'far' is not a valid Reach"),
        ("{x} no {y},negated,before,list,", "line 2: there is no word class 'x'"),
        ("no,negated,before", "line 2: the row has another number of cells than the header"),
        ("no,negated,before,list,,more", "line 2: the row has another number of cells than the header"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(row: str, message: str) -> None:
    with pytest.raises(CueError) as error:
        read_cues(f"{HEADER}{row}\n", CLASSES)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("There was no mass.", [("no", "no")]),
        ("No mass, NO pain", [("no", "No"), ("no", "NO")]),
        ("nodes and piano", []),
        ("2no, no2, -no-", [("no", "no")]),
        ("no change in size, no pain", [("no change", "no change"), ("no", "no")]),
        ("It not  was \n found.", [("not was found", "not  was \n found")]),
        ("\u00a0no\u00a0mass", [("no", "no")]),
        (
            "his patient’s own, her patient‘s own",
            [("patient's own", "patient’s own"), ("patient's own", "patient‘s own")],
        ),
        ("İ no", [("no", "no")]),
        ("İ  no", [("no", "no")]),
        ("possible", [("possible", "possible"), ("possible", "possible")]),
        ("no", [("no", "no")]),
        ("", []),
    ],
)
def test_cues_of_a_text(text: str, found: list[tuple[str, str]]) -> None:
    assert hits(text) == found


def test_a_cue_of_two_sides_stands_in_order() -> None:
    found = CueMatcher(read_cues(TABLE, CLASSES)).find("possible")
    assert [hit.cue.side for hit in found] == sorted([Side.BEFORE, Side.BOTH])
    assert isinstance(found[0], CueHit)


def test_words_are_folded() -> None:
    assert fold_cue("Patient’s OWN") == "patient's own"


@pytest.mark.parametrize(
    ("text", "words", "assertion"),
    [
        ("There was no lesion and no pain of the arm.", "pain", Assertion.NEGATED),
        ("There was a lesion without pain.", "lesion", Assertion.AFFIRMED),
        ("The lesion was not seen.", "lesion", Assertion.NEGATED),
    ],
)
def test_a_sentence_that_nobody_asked_about_before(text: str, words: str, assertion: Assertion) -> None:
    at = text.index(words)
    assert SentenceCues(text).judge(TextSpan(at, at + len(words))).assertion is assertion


def test_a_row_that_stands_for_too_many_cues_is_refused() -> None:
    classes = {"ten": [f"w{number}" for number in range(10)]}
    assert len(read_cues(HEADER + "{ten} {ten} {ten},negated,before,,", classes)) == 1_000
    with pytest.raises(CueError, match="line 2: the row stands for 10000 cues, 5000 at most"):
        read_cues(HEADER + "{ten} {ten} {ten} {ten},negated,before,,", classes)
