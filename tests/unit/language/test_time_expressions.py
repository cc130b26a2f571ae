"""Dates, durations and offsets: usual wordings and near misses. Lengths are in days."""

from __future__ import annotations

import pytest

from caselore.language.times import TimeExpression, read_times


def _told(time: TimeExpression) -> str:
    value = str(time.date)
    if time.days is not None:
        value = f"{'<' if time.days.low_open else ''}{time.days.middle:.1f} d"
    return " ".join(filter(None, (time.kind.value, value, time.direction and time.direction.value, time.anchor)))


CASES = [
    ("May 10, 2015", ["date 2015-05-10"]),
    ("10 May 2015", ["date 2015-05-10"]),
    ("on the 10th of May 2015", ["date 2015-05-10"]),
    ("2015-05-10 and 10.05.2015", ["date 2015-05-10", "date 2015-05-10"]),
    ("in 05/2015", ["date 2015-05"]),
    ("05/13/2015", ["date 2015-05-13"]),
    ("13/05/2015", ["date 2015-05-13"]),
    ("12/13/2015 and 13/12/2015", ["date 2015-12-13", "date 2015-12-13"]),
    ("05/06/2015", ["date 2015"]),
    ("1/12/2015", ["date 2015"]),
    ("05/05/2015", ["date 2015-05-05"]),
    ("05.06.2015", ["date 2015-06-05"]),
    ("13/13/2015", []),
    ("November 2017", ["date 2017-11"]),
    ("in 2009", ["date 2009"]),
    ("early 2019", ["date 2019"]),
    ("Aug. 2009", ["date 2009-08"]),
    ("31.02.2015", []),
    ("February 30, 2015", []),
    ("pain for 2 weeks", ["duration 14.0 d"]),
    ("a 2-week history of headache", ["duration 14.0 d"]),
    ("6 months", ["duration 182.6 d"]),
    ("an 18-month history", ["duration 547.9 d"]),
    ("two and a half years", ["duration 913.2 d"]),
    ("2 years and 4 months", ["duration 852.3 d"]),
    ("a year and a half", ["duration 547.9 d"]),
    ("several months", []),
    ("10 days", ["duration 10.0 d"]),
    ("3 to 4 weeks", ["duration 24.5 d"]),
    ("half a year later", ["offset 182.6 d after"]),
    ("a fortnight", ["duration 14.0 d"]),
    ("a six-month history", ["duration 182.6 d"]),
    ("within 72 h", ["duration <3.0 d"]),
    ("She died 2 years and 4 months postoperatively.", ["offset 852.3 d after operation"]),
    ("9 years earlier, she had breast cancer", ["offset 3287.5 d before"]),
    ("5 months after surgery", ["offset 152.2 d after operation"]),
    ("seven months later, MRI showed", ["offset 213.1 d after"]),
    ("at 6 months", ["offset 182.6 d after"]),
    ("at 16 months' follow-up there was no recurrence", ["offset 487.0 d after"]),
    ("3 months before admission", ["offset 91.3 d before admission"]),
    ("one month after the end of radiotherapy", ["offset 30.4 d after radiotherapy"]),
    ("on the 26th postoperative day", ["offset 26.0 d after operation"]),
    ("after 18 months of follow-up", ["offset 547.9 d after"]),
    ("within two weeks", ["duration <14.0 d"]),
    ("headache since 6 months", ["duration 182.6 d"]),
    ("for the past 3 years", ["duration 1095.8 d"]),
    ("34 months from the diagnosis", ["offset 1035.0 d after diagnosis"]),
    ("7 years after hysterectomy", ["offset 2557.0 d after operation"]),
    ("on postoperative day 5", ["offset 5.0 d after operation"]),
    ("POD 7", ["offset 7.0 d after operation"]),
    ("every 3 months", []),
    ("5-year survival rate", []),
    ("a 45-year-old man", []),
    ("at the age of 6 years", []),
    ("At 6-month follow-up, he was well", ["offset 182.6 d after"]),
    ("after a follow-up of 24 months", ["offset 730.6 d after"]),
    ("followed up for 24 months", ["duration 730.6 d"]),
    ("the patient was followed for 3 years after surgery", ["duration 1095.8 d after operation"]),
    ("6 months post-operatively", ["offset 182.6 d after operation"]),
    ("A year later", ["offset 365.3 d after"]),
    ("three months prior to presentation", ["offset 91.3 d before admission"]),
    ("on the third day after the operation", ["offset 3.0 d after operation"]),
    ("survived for 11 months after diagnosis", ["duration 334.8 d after diagnosis"]),
    ("11 months after initial diagnosis", ["offset 334.8 d after diagnosis"]),
    ("follow-up of 12 months", ["duration 365.3 d"]),
    ("over the past year", ["duration 365.3 d"]),
    ("10 hours later", ["offset 0.4 d after"]),
    ("2 years ago", ["offset 730.6 d before"]),
    ("with a 6-month follow-up", ["duration 182.6 d"]),
    ("1½ years after", ["offset 547.9 d after"]),
    ("4 weeks' duration", ["duration 28.0 d"]),
    ("the 6-month postoperative MRI", ["offset 182.6 d after operation"]),
    ("1.5 years", ["duration 547.9 d"]),
    ("four-and-a-half years", ["duration 1643.8 d"]),
    ("1 year 6 months after", ["offset 547.9 d after"]),
    ("12 months following completion of chemotherapy", ["offset 365.3 d after chemotherapy"]),
    ("He is alive 5 years after treatment.", ["offset 1826.4 d after"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_times(text: str, expected: list[str]) -> None:
    assert [_told(time) for time in read_times(text)] == expected


def test_places_are_those_of_the_document() -> None:
    (time,) = read_times("pain for 2 weeks", offset=100)
    assert (time.span.start, time.span.end) == (109, 116)


PLACES = [
    ("a year and 3 months", "a year and 3 months", "duration 456.6 d"),
    ("A year and 3 months", "A year and 3 months", "duration 456.6 d"),
    ("two years and one-half", "two years and one-half", "duration 913.2 d"),
    ("three years and a half", "three years and a half", "duration 1278.5 d"),
    ("an hour and a half", "an hour and a half", "duration 0.1 d"),
    ("a couple of weeks", "a couple of weeks", "duration 14.0 d"),
    ("the past month", "the past month", "duration 30.4 d"),
    ("on hospital day 3", "hospital day 3", "offset 3.0 d after admission"),
    ("on the third hospital day", "third hospital day", "offset 3.0 d after admission"),
    ("on the 5th day after surgery", "5th day after", "offset 5.0 d after operation"),
    ("on day 5 following surgery", "day 5 following", "offset 5.0 d after operation"),
    ("on the second day after admission", "second day after", "offset 2.0 d after admission"),
    ("in the third week after chemotherapy", "third week after", "offset 21.0 d after chemotherapy"),
    ("on the 26th postoperative day", "26th postoperative day", "offset 26.0 d after operation"),
    ("six months prior to admission", "six months prior to", "offset 182.6 d before admission"),
    ("3 weeks preoperatively", "3 weeks preoperatively", "offset 21.0 d before operation"),
    ("3 days post operation", "3 days post operation", "offset 3.0 d after operation"),
    ("one week prior", "one week prior", "offset 7.0 d before"),
    ("at 6 months follow-up", "6 months follow-up", "offset 182.6 d after"),
    ("6 months of follow-up", "6 months of follow-up", "offset 182.6 d after"),
    ("with 6 months of follow-up", "6 months", "duration 182.6 d"),
    ("With 6 months of follow-up", "6 months", "duration 182.6 d"),
    ("followed for 2 years", "2 years", "duration 730.6 d"),
    ("within 3 months", "within 3 months", "duration <91.3 d"),
    ("in less than 3 months", "less than 3 months", "duration <91.3 d"),
    ("pain of 3 months' duration", "3 months", "duration 91.3 d"),
    ("a three-month follow-up", "three-month follow-up", "offset 91.3 d after"),
]


@pytest.mark.parametrize(("text", "words", "told"), PLACES)
def test_words_of_a_time_are_its_place(text: str, words: str, told: str) -> None:
    (time,) = read_times(text)
    assert (text[time.span.start : time.span.end], _told(time)) == (words, told)


@pytest.mark.parametrize(
    "text", ["aged 2 years", "2 years old", "at the age of 3 years he", "a 5-year survival", "each 3 months"]
)
def test_ages_rates_and_statistics_are_no_times(text: str) -> None:
    assert read_times(text) == ()


def test_a_smaller_unit_before_a_larger_one_is_two_lengths() -> None:
    assert [_told(time) for time in read_times("2 months and 1 year")] == ["duration 60.9 d", "duration 365.3 d"]
    assert [_told(time) for time in read_times("2 days and 2 days")] == ["duration 2.0 d", "duration 2.0 d"]
