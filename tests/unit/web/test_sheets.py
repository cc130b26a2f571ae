"""The pages of a PDF beside what was read from them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from caselore.reading.text import load_bytes
from caselore.registry.casebook import Casebook
from rendering import as_pdf, parts_of

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "05_gist_stomach_letter.txt"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return as_pdf(parts_of(load_bytes(EXAMPLE.read_bytes(), "letter")))


def test_a_report_from_a_pdf_shows_its_pages_with_the_places(local: TestClient[Any], pdf: bytes) -> None:
    report = local.post("/api/reports", files={"file": ("letter.pdf", pdf)}).json()["report"]
    assert "PDF pages" in local.get(f"/reports/{report}").text
    page = local.get(f"/reports/{report}", params={"view": "pages"}).text
    assert f'<image href="/reports/{report}/pages/1" width="595.0" height="842.0"/>' in page
    box = re.search(r'class="box k-pt" data-key="c-age_years" x="([\d.]+)" y="([\d.]+)"', page)
    assert box
    assert 0 < float(box[1]) < 595
    assert 0 < float(box[2]) < 842
    assert 'class="ln' not in page
    picture = local.get(f"/reports/{report}/pages/1")
    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert len(set(picture.content)) > 100
    assert local.get(f"/reports/{report}/pages/9").status_code == 400


def test_a_report_from_text_has_no_pages(local: TestClient[Any]) -> None:
    assert "PDF pages" not in local.get("/reports/knee", params={"view": "pages"}).text
    assert local.get("/reports/knee/pages/1").status_code == 404


def test_pages_come_to_a_report_that_was_there_without_them(local: TestClient[Any], book: Casebook, pdf: bytes) -> None:
    report = local.post("/api/reports", files={"file": ("letter.pdf", pdf)}).json()["report"]
    read = book.report(report)
    book.remove(report)
    book.add(read)
    assert local.get(f"/reports/{report}/pages/1").status_code == 404
    assert local.post("/api/reports", files={"file": ("letter.pdf", pdf)}).json()["what"] == "unchanged"
    assert local.get(f"/reports/{report}/pages/1").status_code == 200
