"""`caselore report` as a person runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def report(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "caselore", "report", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done


def test_page_of_reports_and_a_casebook_tells_what_could_not_be_read(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    page = tmp_path / "review.html"
    one = EXAMPLES / "06_leiomyosarcoma_brain_metastasis.txt"
    done = report(one, broken, "--dataset", "intracranial-lms", "--where", "age_years >= 18", "-o", page)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Not read: " in done.stderr
    html = page.read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>")
    for told in (
        "reports that could not be read",
        "broken.pdf",
        "age_years not reported: ",
        "not found by a systematic search",
        "Solitary brain metastasis seven years after hysterectomy",
        "doi:10.3857/roj.2020.00577",
    ):
        assert told in html


def test_wrong_use_is_told_in_one_sentence(tmp_path: Path) -> None:
    done = report("-o", tmp_path / "a.html")
    assert done.returncode == 2
    assert "Name reports to read, or a casebook with --dataset." in " ".join(done.stderr.split())
    done = report(EXAMPLES, "--where", "age > 3", "-o", tmp_path / "a.html")
    assert done.returncode == 2
    assert "'age' is no column" in done.stderr
    assert not list(tmp_path.iterdir())
