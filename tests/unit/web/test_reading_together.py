"""The reader beyond single cells, saved filters, and readers who are blind to each other until they settle."""

from __future__ import annotations

import re
from typing import Any

import pytest
from litestar.testing import TestClient

from caselore.registry.casebook import Casebook
from caselore.registry.curation import Action
from unit.web.conftest import sign_in
from unit.web.test_access import CLOSED, KEEPS_NOTHING, options

DECISIONS = "/api/reports/knee/patients/p1/decisions"


def form_of(client: TestClient[Any], **fields: Any) -> dict[str, Any]:
    return {"patient": "p1", "_csrf_token": client.cookies["caselore_csrf"], **fields}


def decide(client: TestClient[Any], **fields: Any) -> None:
    answer = client.post("/reports/knee/decide", data=form_of(client, **fields), follow_redirects=False)
    assert answer.status_code == 303, answer.text


def test_a_note_stands_with_its_patient_until_it_is_taken_back(local: TestClient[Any]) -> None:
    decide(local, action="note", note="asked the authors")
    assert "asked the authors" in local.get("/reports/knee/facts").text
    decide(local, action="undo")
    assert '<p class="note">' not in local.get("/reports/knee/facts").text
    decide(local, action="redo")
    assert '<p class="note">' in local.get("/reports/knee/facts").text


def test_a_patient_is_split_and_merged_again_by_forms(local: TestClient[Any], book: Casebook) -> None:
    decide(local, action="split", columns=["age_years", "sex"])
    page = local.get("/reports/knee?patient=split1").text
    assert "case 1, second patient" in page
    assert [entry.row.get("age_years") for entry in book.entries("knee")] == [None, 34.0]
    decide(local, action="merge", value="split1")
    page = local.get("/reports/knee").text
    assert "case 1 was merged into another patient or is a duplicate" in page
    decide(local, action="undo")
    assert "was merged" not in local.get("/reports/knee").text


def test_one_column_is_split_off_too(local: TestClient[Any], book: Casebook) -> None:
    decide(local, action="split", columns="sex")
    assert book.entries("knee")[1].row["sex"] == "male"


def test_a_duplicate_leaves_the_grid(local: TestClient[Any]) -> None:
    decide(local, action="duplicate", value="another report, case 2")
    assert local.get("/casebook.json").json()["total"] == 0
    decide(local, action="undo")
    assert local.get("/casebook.json").json()["total"] == 1


def test_a_fact_beyond_the_row_is_reworded_by_key_and_by_form(local: TestClient[Any]) -> None:
    page = local.get("/reports/knee/facts").text
    column = re.search(r'class="fact proposed other" id="[^"]+" data-key="[^"]+" data-column="(fact:[^"]+)"', page)
    assert column
    local.post(DECISIONS, json={"action": "correct", "column": column[1], "text": "in other words"})
    assert "in other words" in local.get("/reports/knee/facts").text
    decide(local, action="reject", column=column[1])
    assert "in other words" not in local.get("/reports/knee/facts").text.split("decisions</summary>")[0]
    assert local.post(DECISIONS, json={"action": "correct", "column": "fact:no fact"}).status_code == 400


def test_background_is_a_tab_of_its_own(local: TestClient[Any]) -> None:
    page = local.get("/reports/knee?patient=background").text
    assert "stand in nobody's row" in page
    assert 'value="accept"' not in page


def test_findings_of_the_linter_stand_beside_their_line(local: TestClient[Any]) -> None:
    text = (
        "Case report\n\nA 50-year-old man had a sarcoma of the thigh. She was operated on. Her course was uneventful."
    )
    added = local.post("/api/reports", files={"file": ("slip.txt", text.encode())}).json()
    page = local.get(f"/reports/{added['report']}").text
    assert re.search(r'class="ln noted" id="L3".*class="margin (error|warning|note)"', page)


def test_a_cell_of_the_grid_opens_its_sentence(local: TestClient[Any]) -> None:
    grid = local.get("/casebook").text
    address = re.search(r'data-cell="([^"]+column=age_years)"', grid)
    assert address
    cell = local.get(address[1]).text
    assert re.search(r"A\s<b>34-year-old</b> man presented with a mass", cell)
    assert "Open in the report" in cell


def test_filters_are_saved_by_name_and_are_ones_own(team: TestClient[Any]) -> None:
    sign_in(team, "reader")
    told = team.post("/casebook/filters?sex=male", data={"name": "men"}, follow_redirects=True).text
    assert '<a class="tab" href="/casebook?sex=male" aria-current="page">men</a>' in told
    team.post("/logout")
    sign_in(team, "curator")
    assert ">men</a>" not in team.get("/casebook").text
    assert team.post("/casebook/filters/drop", data={"name": "men"}).status_code == 404
    team.post("/logout")
    sign_in(team, "reader")
    assert ">men</a>" not in team.post("/casebook/filters/drop", data={"name": "men"}, follow_redirects=True).text


@pytest.fixture
def differing(book: Casebook) -> Casebook:
    book.decide("knee", "p1", "curator", Action.CORRECT, column="age_years", value=35)
    book.decide("knee", "p1", "bob", Action.ACCEPT, column="age_years")
    book.decide("knee", "p1", "bob", Action.ADD, column="margin", value="R0", quote="completely resected")
    return book


def test_readers_who_differ_are_compared_and_settled(local: TestClient[Any], differing: Casebook) -> None:
    page = local.get("/consensus").text
    assert "2 cells to settle" in page
    assert "completely resected" in page
    told = local.get("/consensus.json?one=bob&other=curator").json()
    assert [(cell["column"], cell["values"]) for cell in told["differences"]] == [
        ("age_years", [34.0, 35.0]),
        ("margin", ["R0", None]),
    ]
    assert {one["column"]: one["agreed"] for one in told["columns"]}["sex"] == 1
    form = {"report": "knee", "patient": "p1", "column": "age_years", "value": "35", "one": "bob", "other": "curator"}
    assert "1 cell to settle" in local.post("/consensus/settle", data=form, follow_redirects=True).text
    wish = {"report": "knee", "patient": "p1", "column": "margin", "value": None}
    assert local.post("/api/consensus", json=wish).status_code == 201
    (entry,) = differing.entries("knee")
    assert (entry.row["age_years"], entry.row.get("margin")) == (35.0, None)
    assert differing.log("knee")[-1].note == "written down by you"


def test_who_reads_blind_sees_their_own_decisions_alone(team: TestClient[Any], differing: Casebook) -> None:
    sign_in(team, "admin")
    assert "Let see others" in team.post("/accounts/curator", data={"blind": "1"}, follow_redirects=True).text
    team.post("/logout")
    sign_in(team, "curator")
    page = team.get("/reports/knee").text
    assert "bob" not in page
    assert "disputed" not in page
    assert {one["reader"] for one in team.get("/api/reports/knee/decisions").json()} == {"curator"}
    assert team.get("/api/reports/knee").json()[0]["row"]["age_years"] == 35
    told = team.post(DECISIONS, json={"action": "correct", "column": "margin", "value": "R1", "seen": 0})
    assert told.json()["states"]["margin"]["state"] == "corrected"
    for path in ("/casebook", "/casebook.json", "/cohort", "/consensus", "/export", "/api/patients", "/similar?like=a"):
        assert team.get(path, follow_redirects=False).status_code == 403


def test_a_new_route_is_shut_to_blind_readers_until_it_says_otherwise() -> None:
    told = {path for method, path, opt in options() if opt.get("blind")}
    assert {path for method, path in CLOSED} > told
    assert told == {
        "/", "/add", "/logout", "/lint", "/api/lint", "/api/read", "/differential", "/differential.json",
        "/reports/{report}", "/reports/{report}/facts", "/reports/{report}/timeline.svg", "/reports/{report}/decide",
        "/api/reports", "/api/reports/{report}", "/api/reports/{report}/decisions",
        "/api/reports/{report}/patients/{patient}/decisions",
        "/reports/{report}/pages/{number}",
    }  # fmt: skip
    assert "/casebook/filters" in KEEPS_NOTHING
