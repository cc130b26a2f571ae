"""Dates that are printed are read back; what no calendar has is never read."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from caselore.language.times import TimeKind, read_times

DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))
FORMS = st.sampled_from(
    (
        "%B {day}, %Y",
        "{day} %B %Y",
        "{day}th of %B %Y",
        "%Y-%m-%d",
        "%d.%m.%Y",
        "%b. {day}, %Y",
        "{day} %b %Y",
        "%Y/%m/%d",
    )
)


@given(DATES, FORMS)
def test_a_printed_date_is_read_back(day: date, form: str) -> None:
    printed = day.strftime(form).replace("{day}", str(day.day))
    times = read_times(f"On {printed} the patient was admitted.")
    assert [str(time.date) for time in times] == [day.isoformat()]


@given(st.integers(1, 99), st.integers(1, 99), st.integers(1900, 2099), st.sampled_from("./-"))
def test_what_no_calendar_has_is_no_date(first: int, second: int, year: int, mark: str) -> None:
    for time in read_times(f"seen {first:02d}{mark}{second:02d}{mark}{year} again"):
        assert time.kind is TimeKind.DATE
        assert time.date is not None
        assert time.date.year == year
        if time.date.day is not None:
            assert {time.date.day, time.date.month} == {first, second}
    if min(first, second) > 12 or max(first, second) > 31:
        assert read_times(f"seen {first:02d}{mark}{second:02d}{mark}{year} again") == ()


@given(st.text(alphabet="0123456789 ./-ofMayJunth,years months after×xcm%", max_size=60))
def test_any_text_is_read_without_an_error_and_in_order(text: str) -> None:
    spans = [time.span for time in read_times(text)]
    assert spans == sorted(spans)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
