"""Where a cell is from: quotes with their sentences, what was worked out, what else is told."""

from __future__ import annotations

from caselore import service
from caselore.assembly.provenance import CellSource, sourced
from caselore.codec import encode_report

TEXT = """Schwannoma of the ulnar nerve: a case report

Case report

A 52-year-old woman had noticed a lump of the left forearm for six weeks. MRI showed a mass of 2.5 cm. The tumour was excised
completely. Ki-67 was 5%. In the second count Ki-67 was 8%. Recurrence occurred 14 months after surgery. She was alive two years
after surgery.
"""


def sources(text: str = TEXT) -> dict[str, CellSource]:
    report = sourced(service.read_text(text, "report"))
    return {source.column: source for source in report.patients[0].sources}


def test_each_cell_has_quotes_with_line_and_sentence() -> None:
    quote = sources()["age_years"].quotes[0]
    assert (quote.words, quote.line, quote.before) == ("52-year-old", 5, "A ")
    assert quote.after == " woman had noticed a lump of the left forearm for six weeks."


def test_rows_and_sources_agree() -> None:
    report = service.read_text(TEXT, "report")
    (patient,) = sourced(report).patients
    assert patient.row == service.rows(report)[0]
    for source in patient.sources:
        assert getattr(patient.row, source.column) not in (None, (), {})
        assert source.quotes


def test_other_units_are_worked_out_and_printed_numbers_are_not() -> None:
    found = sources()
    assert found["symptom_duration_months"].worked_out, "six weeks"
    assert found["follow_up_months"].worked_out, "two years"
    assert not found["months_to_recurrence"].worked_out
    assert not found["age_years"].worked_out
    assert not found["largest_dimension_mm"].worked_out, "centimetres are only another way to print it"
    assert not found["sex"].worked_out


def test_a_second_value_is_told_beside_the_first() -> None:
    assert sources()["ki67_percent"].also == (8.0,)
    assert sources()["age_years"].also == ()


def test_long_sentences_are_cut_at_a_word() -> None:
    text = TEXT.replace("woman had", f"woman, {'who lived in a quiet village and ' * 20}had")
    (quote, *_) = sources(text)["age_years"].quotes
    assert quote.after.endswith(" ...")
    assert len(quote.after) < 240


def test_reading_twice_gives_the_same() -> None:
    report = service.read_text(TEXT, "report")
    before = encode_report(report)
    assert sourced(report) == sourced(report)
    assert encode_report(report) == before
