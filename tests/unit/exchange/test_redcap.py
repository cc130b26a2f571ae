"""REDCap: the dictionary, and rows that come back as they went."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselore.exchange.parquet import read_parquet, to_parquet
from caselore.exchange.redcap import CHOICES, NotRedcap, dictionary, read_records, records
from caselore.exchange.tables import SourceRows
from caselore.model.row import COLUMNS, ReviewRow

_WORD = st.text(st.characters(codec="ascii", categories=("Ll",)), min_size=1, max_size=8)
_NUMBER = st.none() | st.floats(0, 1e5, allow_nan=False).map(lambda value: round(value, 4))
_ROWS = st.builds(
    ReviewRow,
    role=st.sampled_from(CHOICES["role"]),
    label=_WORD,
    age_years=_NUMBER,
    sex=st.sampled_from([None, *CHOICES["sex"]]),
    surgery=st.sampled_from([None, *CHOICES["surgery"]]),
    sites=st.lists(_WORD, max_size=3).map(tuple),
    ihc=st.dictionaries(_WORD, st.sampled_from(["positive", "negative", "conflict"]), max_size=3),
    follow_up_months=_NUMBER,
)
_TABLES = st.lists(_ROWS, min_size=1, max_size=3).map(lambda rows: [SourceRows(source="a", patients=tuple(rows))])


def test_the_dictionary_has_a_field_for_each_column() -> None:
    fields = list(csv.DictReader(io.StringIO(dictionary())))
    assert [field["Variable / Field Name"] for field in fields] == ["record_id", "source", *COLUMNS]
    told = {field["Variable / Field Name"]: field for field in fields}
    assert told["age_years"]["Text Validation Type OR Show Slider Number"] == "number"
    assert "gross_total, gross total" in told["surgery"]["Choices, Calculations, OR Slider Labels"]
    assert all(field["Field Label"] and field["Form Name"] for field in fields)


@settings(deadline=None, max_examples=25)
@given(_TABLES)
def test_rows_come_back_as_they_went(tables: list[SourceRows]) -> None:
    assert read_records(records(tables)) == tables


@settings(deadline=None, max_examples=25)
@given(_TABLES)
def test_parquet_keeps_types(tables: list[SourceRows]) -> None:
    assert read_parquet(to_parquet(tables)) == tables


def test_what_departs_is_told_with_its_line() -> None:
    with pytest.raises(NotRedcap, match="line 2: age_years must be a number"):
        read_records("record_id,label,age_years\n1,case 1,old\n")
    with pytest.raises(NotRedcap, match="label"):
        read_records("record_id,age_years\n1,3\n")
