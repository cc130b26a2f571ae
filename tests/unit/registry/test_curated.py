"""Reports as their readers left them, in every format; patients who came in without a report."""

from __future__ import annotations

from typing import Any

import pytest

from caselore import service
from caselore.assembly.row import cells, review_rows
from caselore.codec import decode_report, encode_report
from caselore.exchange.tables import SourceRows
from caselore.exchange.unsourced import report_of_rows
from caselore.model.case import Report
from caselore.model.curated import Decided, Reworded
from caselore.model.fact import Origin, Value
from caselore.model.row import COLUMNS, ReviewRow
from caselore.registry.casebook import Casebook
from caselore.registry.chosen import chosen_reports
from caselore.registry.curation import Action
from caselore.registry.errors import NotInCasebook
from caselore.registry.facts import keys_of_fact
from caselore.registry.find import Query

CREATED = "2026-01-31T12:00:00Z"
VALUES: dict[str, Any] = {
    "age_years": 35, "sex": "female", "diagnosis": "chordoma", "origin": "metastatic", "primary_site": "lung",
    "sites": ["thigh"], "laterality": "right", "symptoms": ["pain"], "absent_symptoms": ["fever"],
    "symptom_duration_months": 3, "largest_dimension_mm": 55, "immune": {"hiv": "negative"}, "prior_radiation": "no",
    "ihc": {"SMA": "positive", "a stain of nobody": "negative"}, "ki67_percent": 5, "mitoses_per_10_hpf": 4,
    "necrosis": "absent", "grade": "2", "grade_system": "FNCLCC", "kps": 90, "surgery": "gross total", "margin": "R0",
    "radiotherapy": "yes", "rt_dose_gy": 50.4, "rt_fractions": 28, "rt_technique": "IMRT", "chemotherapy": "yes",
    "agents": ["doxorubicin", "a drug of nobody"], "cycles": 4, "recurrence": "yes", "months_to_recurrence": 6,
    "metastases": ["lung"], "status": "dead", "disease": "DOD", "follow_up_months": 14,
}  # fmt: skip


def knee(casebook: Casebook) -> Report[Value]:
    return next(one for one in chosen_reports(casebook, Query()) if one.document.source == "knee")


@pytest.fixture
def decided(casebook: Casebook) -> Casebook:
    """Every column of the man with the knee corrected."""
    for column, value in VALUES.items():
        casebook.decide("knee", "p1", "ann", Action.CORRECT, column=column, value=value)
    return casebook


def test_every_column_can_be_corrected_and_the_report_follows(decided: Casebook) -> None:
    assert set(VALUES) == set(COLUMNS) - {"role", "label"}
    report = knee(decided)
    entry = decided.entries("knee")[0]
    (row,) = review_rows(report)
    assert row == ReviewRow(**{k: tuple(v) if isinstance(v, list) else v for k, v in entry.row.items()})
    assert decode_report(encode_report(report)) == report


@pytest.mark.parametrize("style", service.export_formats())
def test_every_format_takes_what_people_decided(decided: Casebook, style: str) -> None:
    made = service.export_casebook(decided, style, CREATED)
    assert any(name.endswith(".losses.txt") for name in made.files)
    told = b" ".join(made.files.values())
    assert b"chordoma" in told or style in ("xlsx", "docx", "parquet", "bibtex", "ris")


def test_a_rejected_value_is_in_no_export(casebook: Casebook) -> None:
    casebook.decide("knee", "p1", "ann", Action.REJECT, column="age_years")
    report = knee(casebook)
    assert "age_years" not in cells(report.cases[0])
    assert not any("34-year-old" in one.quote for fact in report.cases[0].facts for one in fact.evidence if
                   type(fact.value).__struct_config__.tag == "age")  # fmt: skip


def test_a_value_that_was_added_has_the_words_of_its_reader(casebook: Casebook) -> None:
    casebook.decide("knee", "p1", "ann", Action.ADD, column="margin", value="R0", quote="completely\nresected")
    (fact,) = cells(knee(casebook).cases[0])["margin"].facts
    assert isinstance(fact.value, Decided)
    assert fact.origin is Origin.CURATED
    assert [(one.quote, one.line, one.by) for one in fact.evidence] == [("completely resected", 5, "ann")]


def test_facts_beyond_the_row_are_accepted_reworded_and_rejected(casebook: Casebook) -> None:
    case = casebook.report("knee").cases[0]
    used = {fact.id for cell in cells(case).values() for fact in cell.facts}
    beyond = [fact for fact in case.facts if fact.id not in used and fact.evidence]
    assert len(beyond) >= 2
    first, second = beyond[:2]
    casebook.decide("knee", "p1", "ann", Action.CORRECT, column=keys_of_fact(first)[0], value="in other words")
    casebook.decide("knee", "p1", "ann", Action.REJECT, column=keys_of_fact(second)[0])
    facts = knee(casebook).cases[0].facts
    assert [fact.value for fact in facts if fact.id == first.id] == [Reworded(text="in other words")]
    assert second.id not in {fact.id for fact in facts}
    casebook.decide("knee", "p1", "ann", Action.UNDO)
    assert second.id in {fact.id for fact in knee(casebook).cases[0].facts}
    assert "fact" not in " ".join(casebook.entries("knee")[0].row)


def test_what_nobody_decided_on_is_as_it_was_read(casebook: Casebook) -> None:
    assert knee(casebook) == casebook.report("knee")


def test_a_filter_chooses_the_patients(casebook: Casebook) -> None:
    (report,) = chosen_reports(casebook, Query(facets={"sex": ("male",)}))
    assert report.document.source == "knee"
    with pytest.raises(NotInCasebook, match="nothing to export"):
        chosen_reports(casebook, Query(site="nowhere"))


def test_patients_without_a_report_are_a_report_of_their_own(casebook: Casebook) -> None:
    row = ReviewRow(role="index", label="patient 7", age_years=51, sites=("thigh", "pelvis"), ihc={"SMA": "positive"})
    table = SourceRows(source="registry of others", patients=(row, ReviewRow(role="index", label="empty")))
    assert review_rows(report_of_rows(table)) == (row,)
    told = [next(iter(service.add_rows(casebook, [table]))).what for _ in range(2)]
    assert told == ["new", "unchanged"]
    entry = next(one for one in casebook.entries("registry of others"))
    assert entry.row["age_years"] == 51
    (fact,) = cells(casebook.report("registry of others").cases[0])["age_years"].facts
    assert fact.evidence[0].quote == "age years: 51"
