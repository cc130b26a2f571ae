"""What the pages show and do, by forms and by the API."""

from __future__ import annotations

import html
import io
import json
import re
from typing import Any
from zipfile import ZipFile

import pytest
from litestar.testing import TestClient

from caselore import service
from caselore.registry.casebook import Casebook
from caselore.registry.curation import Action

DECISIONS = "/api/reports/knee/patients/p1/decisions"


def test_the_reader_marks_the_words_of_a_cell(local: TestClient[Any], book: Casebook) -> None:
    page = local.get(f"/reports/{book.reports()[0].id}").text
    assert 'data-key="c-age_years" data-letters="PT">34-year-old</mark>' in page
    assert '<li class="fact proposed" id="c-age_years"' in page


def test_a_decision_is_seen_everywhere(local: TestClient[Any]) -> None:
    told = local.post(DECISIONS, json={"action": "correct", "column": "age_years", "text": "35"})
    assert told.json()["row"]["age_years"] == 35
    assert 'fact corrected" id="c-age_years"' in local.get("/reports/knee/facts").text
    assert local.get("/casebook.json").json()["lines"][0]["row"]["age_years"] == 35
    assert "35" in local.get("/casebook.csv").text
    local.post(DECISIONS, json={"action": "undo"})
    assert local.get("/api/reports/knee").json()[0]["row"]["age_years"] == 34


def test_a_form_does_the_same_without_a_script(local: TestClient[Any]) -> None:
    form = {"patient": "p1", "column": "sex", "action": "reject", "_csrf_token": local.cookies["caselore_csrf"]}
    assert local.post("/reports/knee/decide", data=form, follow_redirects=False).status_code == 303
    assert local.get("/api/reports/knee/decisions").json()[0]["reader"] == "you"


@pytest.mark.parametrize(
    ("wish", "status", "words"),
    [
        ({"action": "correct", "column": "age_years", "text": "old"}, 400, "must be a number"),
        ({"action": "add", "column": "margin", "value": "R0", "quote": "no such words"}, 400, "not in the report"),
        ({"action": "dance"}, 400, "Validation failed"),
    ],
)
def test_what_cannot_be_decided_is_said(local: TestClient[Any], wish: dict[str, Any], status: int, words: str) -> None:
    told = local.post(DECISIONS, json=wish)
    assert told.status_code == status
    assert words in told.json()["error"]


def test_an_overtaken_decision_is_not_saved(local: TestClient[Any], book: Casebook) -> None:
    book.decide("knee", "p1", "bob", Action.CORRECT, column="age_years", value=36)
    told = local.post(DECISIONS, json={"action": "correct", "column": "age_years", "text": "35", "seen": 0})
    assert told.status_code == 409
    assert "bob has decided" in told.json()["error"]


def test_uploads_are_read_or_refused_one_by_one(local: TestClient[Any]) -> None:
    good = local.post(
        "/api/reports", files={"file": ("../../etc/report.txt", b"Case report\n\nA 50-year-old woman had a sarcoma.")}
    )
    assert good.json()["what"] == "new"
    bad = local.post("/api/reports", files={"file": ("picture.png", b"\x89PNG\r\n\x1a\n")})
    assert bad.status_code == 201
    assert "picture.png" in bad.json()["failure"]
    assert "/tmp" not in json.dumps(bad.json())


def test_pasted_text_opens_in_the_reader(local: TestClient[Any]) -> None:
    form = {"text": "Case report\n\nA 51-year-old woman had a sarcoma."}
    opened = local.post("/add", data=form, files={"files": ("", b"")}, follow_redirects=True)
    assert "51-year-old" in opened.text


def token_of(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_spreadsheet_goes_out_and_comes_back(local: TestClient[Any]) -> None:
    sheet = local.get("/casebook.csv").content.replace(b",34,", b",35,")
    shown = local.post("/import", files={"file": ("a.csv", sheet)}).text
    assert "1 cells would change" in shown
    assert local.get("/api/reports/knee").json()[0]["row"]["age_years"] == 34
    kept = {"token": token_of(shown)}
    assert "1 cells changed" in local.post("/import/keep", data=kept).text
    assert local.get("/api/reports/knee").json()[0]["row"]["age_years"] == 35
    assert local.post("/import/keep", data=kept).status_code == 400


def test_patients_of_others_are_shown_before_they_are_added(local: TestClient[Any]) -> None:
    table = [{"source": "others", "patients": [{"role": "index", "label": "case 1", "age_years": 51}]}]
    sent = {"file": ("others.json", json.dumps(table).encode())}
    assert local.post("/api/imports", files=sent).json()["tables"][0]["patients"][0]["age_years"] == 51
    shown = local.post("/import", files=sent).text
    assert "1 patients would be added" in shown
    assert len(local.get("/api/reports").json()) == 1
    assert "others" in local.post("/import/keep", data={"token": token_of(shown)}).text
    assert local.post("/api/imports/kept", files=sent).json()[0]["what"] == "unchanged"
    assert len(local.get("/api/reports").json()) == 2
    assert local.post("/api/imports", files={"file": ("a.json", b"{}")}).status_code == 400


@pytest.mark.parametrize("style", ["phenopacket", "csv"])
def test_an_export_says_what_it_leaves_out_and_holds_what_was_decided(local: TestClient[Any], style: str) -> None:
    local.post(DECISIONS, json={"action": "correct", "column": "age_years", "text": "35"})
    assert "no place in this format" in local.get("/export", params={"to": style}).text
    answers = (
        local.get("/export.zip", params={"to": style}),
        local.get(f"/api/exports/{style}"),
        local.post("/api/exports", json={"to": style}),
    )
    for answer in answers:
        with ZipFile(io.BytesIO(answer.content)) as archive:
            told = b"".join(archive.read(name) for name in archive.namelist() if "sidecar" not in name)
            assert any(name.endswith(".losses.txt") for name in archive.namelist())
        assert b"35" in told
        assert b"P34Y" not in told
    assert local.get(f"/api/exports/{style}/losses").json()


def test_an_export_takes_the_filters_of_the_grid(local: TestClient[Any]) -> None:
    assert local.get("/api/exports/csv", params={"sex": "female"}).status_code == 404
    assert local.get("/api/exports/csv", params={"sex": "male"}).status_code == 200
    assert local.get("/api/exports/paper").status_code == 404
    assert "No patient fits" in local.get("/export", params={"sex": "female", "to": "csv"}).text
    assert "/export?sex=male" in local.get("/casebook", params={"sex": "male"}).text
    assert "phenopacket" in local.get("/api/exports").json()


def test_the_cohort_page_says_what_is_wrong_with_a_condition(local: TestClient[Any]) -> None:
    assert "Nobody is in" in local.get("/cohort", params={"where": "age_years > 90"}).text
    assert 'role="alert"' in local.get("/cohort", params={"where": "age_years >"}).text
    assert local.get("/cohort/survival.svg").headers["content-type"].startswith("image/svg+xml")
    assert local.get("/cohort/else.svg").status_code == 404


def test_lint_keeps_nothing(local: TestClient[Any]) -> None:
    form = {"text": "A 50-year-old man was seen. The patient, a 52-year-old man, had a sarcoma. She was operated on."}
    assert "findings" in local.post("/lint", data=form).text
    assert len(local.get("/api/reports").json()) == 1


def test_an_empty_casebook_says_what_to_do(local: TestClient[Any]) -> None:
    assert local.delete("/api/reports/knee").status_code == 204
    assert "The casebook is empty" in local.get("/").text
    assert "add reports" in local.get("/casebook").text


@pytest.mark.parametrize(
    ("query", "shown"),
    [("", True), ("?column=sex&value=male", True), ("?column=sex&value=female", False), ("?column=age_years", True),
     ("?at=6", True), ("?at=13", False), ("?group=male&by=sex", True), ("?where=age_years+%3E+90&reason=", False)],
)  # fmt: skip
def test_every_number_of_the_cohort_opens_its_patients(local: TestClient[Any], query: str, shown: bool) -> None:
    answer = local.get(f"/cohort/patients{query}")
    assert answer.status_code == 200
    assert ("knee, case 1" in answer.text) is shown


def test_who_is_left_out_is_listed_by_reason(local: TestClient[Any]) -> None:
    page = local.get("/cohort", params={"where": "age_years > 90"}).text
    link = re.search(r'href="(/cohort/patients[^"]*reason=[^"]*)"', page)
    assert link
    assert "knee, case 1" in local.get(html.unescape(link[1])).text


def test_reports_are_listed_page_by_page(
    local: TestClient[Any], book: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caselore.web.home._SHOWN", 1)
    book.add(service.read_text("Case report\n\nA 50-year-old woman had a sarcoma.", "zoo"))
    assert "page 1 of 2" in local.get("/").text
    second = local.get("/?page=2").text
    assert ">zoo<" in second
    assert ">knee<" not in second
    assert "no reports on this page" in local.get("/?page=9").text


def test_a_report_is_taken_out_by_its_whole_name_only(local: TestClient[Any]) -> None:
    key = local.get("/api/reports").json()[0]["id"]
    assert local.delete(f"/api/reports/{key[:6]}").status_code == 400
    assert local.delete(f"/api/reports/{key}").status_code == 204


def test_charts_come_as_specifications_and_nothing_needs_eval(local: TestClient[Any]) -> None:
    told = local.get("/cohort/survival.json").json()
    assert told["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert 'data-chart="/cohort/survival.json' in local.get("/cohort").text
    assert local.get("/static/vendor/charts.js").status_code == 200


def test_enter_in_a_field_saves_what_was_typed(local: TestClient[Any]) -> None:
    page = local.get("/reports/knee/facts?patient=p1").text
    form = page[page.index('id="c-age_years"') :]
    assert re.findall(r'name="action" value="(\w+)"', form)[0] == "correct", "browsers press the first button"
