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


def test_an_operation_is_not_another_one_because_days_are_counted_from_it() -> None:
    found = _course("The lump was resected on 4 May 2015. Seven days after complete resection the wound was dry.")
    assert [kind for kind, _ in found].count("operation") == 1


def test_a_contact_beside_the_death_is_not_told_twice() -> None:
    found = _course(
        "The lump was resected on 4 May 2015. He died 8 months after surgery. "
        "Eight months after surgery there was no local recurrence."
    )
    assert [kind for kind, _ in found][-1] == "death"
    assert "contact" not in [kind for kind, _ in found]


def test_a_death_that_would_come_before_a_recurrence_has_no_time() -> None:
    report = caselore.read_text(
        "Case report\n\nA 50-year-old man was admitted with a lump. The lump was resected on 4 May 2015. "
        "A local recurrence was found 20 months after surgery. He died 3 months after surgery."
    )
    death = report.cases[0].events[-1]
    assert (death.kind, death.when) == ("death", None)


def test_the_first_operation_is_not_told_by_the_time_of_something_else() -> None:
    report = caselore.read_text(
        "Case report\n\nA 50-year-old man was admitted with a lump. The lump was resected and three years later he is well."
    )
    operation = next(event for event in report.cases[0].events if event.kind == "operation")
    assert operation.when is not None
    assert operation.when.words == ""
