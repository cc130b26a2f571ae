from __future__ import annotations

import caselore


def _course(text: str) -> list[tuple[str, str]]:
    report = caselore.read_text(f"Case report\n\nA 50-year-old man was admitted with a lump. {text}")
    return [(event.kind, event.description) for event in report.cases[0].events]


def test_one_event_at_one_time_is_listed_once_with_all_its_evidence() -> None:
    text = (
        "The lump was resected in May 2015. Eleven months after surgery a local recurrence was found. "
        "The recurrence 11 months after surgery was irradiated."
    )
    assert [kind for kind, _ in _course(text)].count("recurrence") == 1


def test_events_of_one_kind_at_two_times_stay_two() -> None:
    text = (
        "The lump was resected in May 2015. He was well 12 months after surgery. "
        "He was alive without evidence of disease 30 months after surgery."
    )
    assert [kind for kind, _ in _course(text)].count("contact") == 2


def test_a_visit_is_listed_only_where_nothing_else_is_told_of_its_time() -> None:
    bare = _course("The lump was resected in May 2015. Two months after surgery a fistula was closed.")
    told = _course("The lump was resected in May 2015. Two months after surgery a local recurrence was found.")
    assert ("visit", "visit") in bare
    assert ("visit", "visit") not in told


def test_denied_findings_are_described_as_denied() -> None:
    found = _course("The lump was resected in May 2015. In May 2016 there was no local recurrence.")
    assert ("contact", "no local recurrence") in found
