"""Review rows as CSV."""

from __future__ import annotations

import csv
import io

from caselore.exchange.tables import SourceRows, cell_text, to_csv
from caselore.model.row import ReviewRow

ROW = ReviewRow(
    role="index",
    label="case 1",
    age_years=1.5,
    sites=("lung", "pleura"),
    ihc={"SMA": "positive", "S100": "conflict"},
    follow_up_months=12.04,
)
TABLES = [SourceRows(source="a|b", patients=(ROW, ReviewRow(role="cited", label="=Doe, [3]")))]


def test_cells_as_people_write_them() -> None:
    assert cell_text(None) == ""
    assert cell_text(60.0) == "60"
    assert cell_text(0.4567) == "0.46"
    assert cell_text({"SMA": "positive", "S100": "conflict", "hiv": "negative"}) == "SMA+; S100+/-; hiv-"
    assert cell_text({"transplant": "yes"}) == "transplant: yes"


def test_csv_reads_back_and_no_cell_is_a_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(TABLES))))
    assert [row["source"] for row in rows] == ["a|b", "a|b"]
    assert rows[0]["sites"] == "lung; pleura"
    assert rows[1]["label"] == "'=Doe, [3]"
