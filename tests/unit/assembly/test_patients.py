"""Whom each stretch of a text is about."""

from __future__ import annotations

from itertools import pairwise

import pytest

from caselore import service
from caselore.assembly.patients import segment_shares
from caselore.model.case import Owner, Report
from caselore.model.fact import Value

SINGLE = """Case report

A 40-year-old woman was admitted with a tumor of the orbit. Orbital sarcomas are known to metastasize.

Discussion

{}"""

SERIES = """Case reports

Case 1

A 34-year-old man had a lump in the thigh. It was excised.

Case 2

A 61-year-old woman was seen for back pain. She was irradiated.

Discussion

{}"""


def owners(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    report = service.read_text(text)
    return [(words(report, n), s.owner.value, s.patient_ids) for n, s in enumerate(report.segments)]


def words(report: Report[Value], number: int) -> str:
    span = report.segments[number].span
    return " ".join(report.document.text[span.start : span.end].split())


def owner_of(text: str, start: str) -> tuple[str, tuple[str, ...]]:
    found = [(owner, ids) for said, owner, ids in owners(text) if said.startswith(start)]
    assert found, f"no stretch begins with {start!r}: {[said for said, _, _ in owners(text)]}"
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "owner"),
    [
        ("In our patient, the eye was preserved.", "index"),
        ("The present case shows that the eye can be preserved.", "index"),
        ("We treated the orbit with 50 Gy.", "index"),
        ("She was free of disease.", "index"),
        ("Patients with orbital sarcoma are usually treated by exenteration.", "background"),
        ("The 5-year survival rate is 40% [2].", "background"),
        ("Vision loss, as in our patient, is found in half of the cases.", "background"),
        ("He died after one year.", "background"),
    ],
)
def test_sentences_of_a_discussion(sentence: str, owner: str) -> None:
    assert owner_of(SINGLE.format(sentence), sentence[:6])[0] == owner


@pytest.mark.parametrize(
    ("sentence", "ids"),
    [
        ("Both patients were alive at one year.", ("p1", "p2")),
        ("Neither patient received chemotherapy.", ("p1", "p2")),
        ("Our second patient had a partial response.", ("p2",)),
        ("In Case 1 the margins were free.", ("p1",)),
        ("Patients 1 and 2 were not irradiated.", ("p1", "p2")),
    ],
)
def test_phrases_that_point_at_patients_of_a_series(sentence: str, ids: tuple[str, ...]) -> None:
    assert owner_of(SERIES.format(sentence), sentence[:6]) == ("index", ids)


def test_a_sentence_that_turns_to_another_patient_is_cut() -> None:
    text = SERIES.format("Case 1 was treated by surgery, whereas Case 2 was irradiated.")
    assert owner_of(text, "Case 1 was") == ("index", ("p1",))
    assert owner_of(text, "whereas Case 2") == ("index", ("p2",))


def test_a_general_sentence_in_the_case_section_is_background() -> None:
    assert owner_of(SINGLE.format("X."), "Orbital sarcomas")[0] == "background"


def test_a_retold_patient_is_left_when_the_text_returns_to_its_own() -> None:
    text = SINGLE.format(
        "Brandt et al. [4] treated a 19-year-old man. The tumor recurred after 8 months. He died. "
        "In a series of 30 patients the rate was 40% [5]. Our patient had no recurrence."
    )
    assert [owner_of(text, start)[0] for start in ("Brandt", "The tumor rec", "He died", "In a series", "Our pat")] == [
        "cited", "cited", "cited", "background", "index",
    ]  # fmt: skip


def test_what_others_found_in_their_patient_is_not_the_authors_own() -> None:
    text = SINGLE.format(
        "Brandt et al. [4] treated a woman of 51 years. They found no metastases. She received 50 Gy. "
        "Radiation doses above 45 Gy are generally recommended. She was free of disease after 2 years."
    )
    assert [owner_of(text, start)[0] for start in ("They", "She rec", "Radiation", "She was")] == [
        "cited", "cited", "background", "cited",
    ]  # fmt: skip


def test_this_patient_is_whoever_was_spoken_of_last() -> None:
    text = SINGLE.format("Odell et al. [7] used brachytherapy in 1 patient. This patient died within two months.")
    assert owner_of(text, "This patient")[0] == "cited"
    assert owner_of(SINGLE.format("Exenteration was avoided in this patient."), "Exenteration")[0] == "index"


def test_a_report_without_age_or_sex_is_a_patient_when_it_has_a_course() -> None:
    text = SINGLE.format(
        "Although most of the reported cases were irradiated, there is a report in which the eye was only enucleated. "
        "The patient had no recurrence after 3 years [8]."
    )
    assert owner_of(text, "Although most")[0] == "background"
    assert owner_of(text, "there is a report") == ("cited", ("c1",))
    assert owner_of(text, "The patient had") == ("cited", ("c1",))


def test_another_author_brings_in_another_patient() -> None:
    text = SINGLE.format(
        "Odell et al. [7] treated a patient with brachytherapy. The patient died after 2 months. "
        "Ferrer et al. [9] described a patient who underwent exenteration. The patient was alive at 5 years."
    )
    assert owner_of(text, "The patient died")[1] == ("c1",)
    assert owner_of(text, "The patient was alive")[1] == ("c2",)


def test_surgeons_who_did_something_are_no_advice() -> None:
    text = SINGLE.replace("Orbital sarcomas are known to metastasize.", "Bleeding forced the surgeons to stop.").format(
        "X."
    )
    assert owner_of(text, "Bleeding")[0] == "index"


def test_a_caption_is_of_the_patient_whom_it_names() -> None:
    text = SERIES.format("Text.\n\nFigure 2. Histology of Case 2. The cells express desmin.")
    assert owner_of(text, "Figure 2")[1] == ("p2",)


def test_segments_follow_each_other_without_overlap() -> None:
    report = service.read_text(SERIES.format("Case 1 was treated by surgery, whereas Case 2 was irradiated."))
    spans = [segment.span for segment in report.segments]
    assert all(first.end <= second.start for first, second in pairwise(spans))
    covered = {place for span in spans for place in range(span.start, span.end)}
    told = {place for s in report.document.sentences for place in range(s.span.start, s.span.end)}
    assert covered == told


def test_a_publication_that_is_only_mentioned_is_no_patient() -> None:
    report = service.read_text(SINGLE.format("A patient was also treated by Ito et al. [6], who recovered."))
    assert len(report.cases) == 1


def test_shares_add_up() -> None:
    report = service.read_text(SINGLE.format("In our patient, the eye was preserved. Most patients lose it [3]."))
    shares = segment_shares(report.segments)
    assert shares.index > 0 and shares.background > 0 and shares.cited == 0
    assert sum(getattr(shares, owner.value) for owner in Owner) == pytest.approx(1)


def test_a_text_without_words_has_no_shares() -> None:
    shares = segment_shares(())
    assert [getattr(shares, owner.value) for owner in Owner] == [0, 0, 0, 0]


def test_patients_taken_in_turn_within_a_sentence() -> None:
    text = SERIES.format("Two courses were seen: one with a low-grade tumor who is well, and one with metastases.")
    assert owner_of(text, "Two courses")[1] == ("p1",)
    assert owner_of(text, "and one with")[1] == ("p2",)
