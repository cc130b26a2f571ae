"""Which time belongs to the words in double brackets, told as anchor, days (or earliest..latest), date, and words."""

from __future__ import annotations

import pytest

from caselore.language.timing import first_of_several, time_of
from caselore.language.view import Reading, SentenceView
from caselore.model.text import TextSpan
from caselore.model.time import TimePoint
from caselore.reading.text import load_bytes
from caselore.topics.catalogue import lexicon


def placed(marked: str) -> tuple[SentenceView, TextSpan]:
    before, _, rest = marked.partition("[[")
    inside, _, after = rest.partition("]]")
    (view,) = Reading(load_bytes((before + inside + after).encode(), "text"), lexicon()).sentences
    start = view.span.start + len(before)
    return view, TextSpan(start, start + len(inside))


def told(when: TimePoint | None) -> str | None:
    if when is None:
        return None
    low, high = round(when.earliest_days), round(when.latest_days)
    days = str(low) if low == high else f"{low}..{high}"
    return " ".join(filter(None, (when.anchor, days, str(when.date or ""), f"({when.words})")))


@pytest.mark.parametrize(
    ("sentence", "when"),
    [
        ("The tumor [[recurred]] 7 months after surgery.", "operation 213 (7 months after)"),
        ("The tumor [[recurred]] on postoperative day 40.", "operation 40 (postoperative day 40)"),
        ("The tumor [[recurred]] 6 months after the operation.", "operation 183 (6 months after)"),
        ("The tumor [[recurred]] 6 months after the second operation.", "reoperation 183 (6 months after)"),
        ("She had [[breast cancer]] 9 years before admission.", "admission -3288 (9 years before)"),
        ("At 5 months the tumor [[recurred]].", "start 152 (5 months)"),
        ("The patient [[died]].", None),
        # each of two times belongs to its clause
        ("The tumor [[recurred]] at 7 months and he died 3 months later.", "start 213 (7 months)"),
        ("The tumor recurred at 7 months and he [[died]] 3 months later.", "preceding event 91 (3 months later)"),
        ("A [[recurrence]], found at 5 months, was resected at 9 months.", "start 152 (5 months)"),
        ("A recurrence, found at 5 months, was [[resected]] at 9 months.", "start 274 (9 months)"),
        # a time that opens the sentence holds for all of it
        ("Two years later, the tumor [[recurred]].", "preceding event 731 (Two years later)"),
        ("Two years later, MRI was done, but the tumor had [[recurred]].", "preceding event 731 (Two years later)"),
        ("Imaging of the abdomen and of the chest was clear at 12 months, but he [[died]].", "untold 0 ()"),
        ("Although no mass was [[felt]], a marker rose 2 years after surgery.", None),
        # one time told by two clocks
        (
            "She [[died]] 2 months after the recurrence, 14 months after the diagnosis.",
            "diagnosis 426 (14 months after)",
        ),
        ("She [[died]] two months later, 14 months after surgery.", "operation 426 (14 months after)"),
        (
            "She [[relapsed]] 2 months after radiotherapy and walked again 14 months after surgery.",
            "radiotherapy 61 (2 months after)",
        ),
        ("After 6 cycles of chemotherapy she fell and [[died]] 3 days later.", "course of treatment 3 (3 days later)"),
        # counted from what was told before
        ("The tumor [[recurred]] another 5 months later.", "preceding event 152 (5 months later)"),
        ("Subsequently, 8 months on, the tumor [[recurred]].", "preceding event 244 (8 months on)"),
        # dates, and dates beside a distance
        ("In May 2014, the tumor [[recurred]].", "calendar 0 2014-05 (May 2014)"),
        ("In May 2014, 3 months after surgery, the tumor [[recurred]].", "operation 91 2014-05 (3 months after)"),
        ("The tumor [[recurred]] (in March 2012, 14 months after surgery).", "operation 426 2012-03 (14 months after)"),
        ("The tumor [[recurred]] in May 2014 and 2 years after surgery.", "calendar 0 2014-05 (May 2014)"),
        # lengths of time are points only where the words make them so
        ("The tumor [[recurred]] within 4 months.", "start 122 (within 4 months)"),
        ("The tumor [[recurred]] in only 4 months.", "start 122 (only 4 months)"),
        ("The tumor [[recurred]] after 4 months.", "start 122 (4 months)"),
        ("An interval of 8 months passed before [[recurrence]].", "start 244 (8 months)"),
        ("He had [[pain]] for 2 years.", None),
        # what ends a state comes when it has lasted
        ("He was well for 2 years, when a [[recurrence]] was found.", "start 731 (2 years)"),
        ("He had pain for 2 years, when a [[mass]] was found.", None),
        # neither a frequency nor an age is a time
        ("He was [[followed]] every 3 months.", None),
        ("MRI every 6 months showed no [[recurrence]].", None),
        ("She was aged 40 years when the tumor [[recurred]].", None),
    ],
)
def test_time_of_the_marked_words(sentence: str, when: str | None) -> None:
    assert told(time_of(*placed(sentence))) == when


def test_a_state_may_last() -> None:
    view, span = placed("He was [[well]] for 2 years.")
    assert time_of(view, span) is None
    assert told(time_of(view, span, durations=True)) == "start 731 (2 years)"


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("The tumor [[recurred]] 12 and 20 months after surgery.", 365),
        ("The tumor [[recurred]] at 12, 20 and 30 months.", 365),
        ("The tumor [[recurred]] 20 months after surgery.", 609),
        ("The tumor [[recurred]] 20 and 12 months after surgery.", 365),
    ],
)
def test_first_of_several_numbers(sentence: str, days: int) -> None:
    view, span = placed(sentence)
    when = time_of(view, span)
    assert when is not None
    first = first_of_several(view, when)
    assert (round(first.earliest_days), round(first.latest_days)) == (days, days)
    assert (first.anchor, first.words) == (when.anchor, when.words)
