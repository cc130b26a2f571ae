"""`caselore table` as journals print it, with references, as a person runs it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import bibtexparser
import pytest
import rispy

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
REPORT = EXAMPLES / "05_gist_stomach_letter.txt"


def table(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "caselore", "table", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done


def test_markdown_of_the_examples(tmp_path: Path) -> None:
    done = table(EXAMPLES, "--format", "md", "--references", tmp_path / "refs.bib")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    rows = [line for line in lines if line.startswith("| ")]
    assert len({line.count(" | ") for line in rows}) == 1
    assert any(line.startswith("<sup>a</sup> Worked out") for line in lines)
    assert "not checked by a person" in done.stdout
    entries = bibtexparser.loads((tmp_path / "refs.bib").read_text(encoding="utf-8")).entries
    numbered = [line for line in lines if line[:1].isdigit()]
    assert len(entries) == len(numbered) >= 9


def test_chosen_columns_and_ris_beside_csv(tmp_path: Path) -> None:
    done = table(REPORT, "--format", "csv", "--columns", "age_years,sex", "--references", tmp_path / "refs.ris")
    assert done.stdout.splitlines()[0] == "source,age_years,sex"
    (record,) = rispy.loads((tmp_path / "refs.ris").read_text(encoding="utf-8"))
    assert "gastrointestinal stromal tumour" in record["title"]


@pytest.mark.parametrize(("style", "part"), [("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")])
def test_office_files(style: str, part: str, tmp_path: Path) -> None:
    path = tmp_path / f"table.{style}"
    assert table(REPORT, "--format", style, "-o", path).returncode == 0
    with zipfile.ZipFile(path) as archive:
        assert part in archive.namelist()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--format", "docx"), "docx is no text: name the file with -o."),
        (("--references", "refs.txt"), "refs.txt: references are written as .bib or .ris."),
        (("--format", "md", "--columns", "colour"), "'colour' is no column"),
    ],
)
def test_wrong_use_is_told_before_anything_is_read(arguments: tuple[str, ...], message: str) -> None:
    done = table(REPORT, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in " ".join(done.stderr.split())
