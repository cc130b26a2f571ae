"""`caselore cohort` as a person runs it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CASEBOOK = ("--dataset", "intracranial-lms")


def cohort(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "caselore", "cohort", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done


def test_casebook_as_text_lists_exclusions_curves_and_the_caveat() -> None:
    done = cohort(*CASEBOOK, "--where", "age_years >= 18", "--by", "origin", "--endpoint", "overall")
    assert done.returncode == 0
    assert "33 of 44 patients where age_years >= 18" in done.stdout
    assert "left out: 9  age_years not reported" in done.stdout
    assert "at risk" in done.stdout
    assert "Log-rank, metastatic against primary" in done.stdout
    assert "Sensitivity: the same under other readings" in done.stdout
    assert done.stdout.rstrip().splitlines()[-1].startswith("Published cases are not a population:")
    assert "not found by a systematic search" in done.stderr


def test_covariates_stand_beside_the_groups() -> None:
    done = cohort(*CASEBOOK, "--by", "origin", "--endpoint", "overall", "--covariates", "age_years")
    assert done.returncode == 0
    assert "primary against metastatic: hazard ratio" in done.stdout
    assert "age_years, for one more: hazard ratio" in done.stdout
    assert "age_years not reported" in done.stdout


def test_examples_as_json() -> None:
    done = cohort(EXAMPLES, "--endpoint", "recurrence-free", "--format", "json")
    analysis = json.loads(done.stdout)
    chosen, survival = analysis["cohort"], analysis["survival"]
    assert survival["time_zero"] == "operation"
    assert sum(curve["patients"] for curve in survival["curves"]) + len(survival["excluded"]) == len(chosen["included"])
    assert analysis["caveat"].startswith("Published cases are not a population")
    assert "not medical advice" in done.stderr


def test_saved_table_is_taken_as_it_is(tmp_path: Path) -> None:
    row = {"role": "index", "label": "case 1", "age_years": 50, "status": "dead", "follow_up_months": 3}
    path = tmp_path / "rows.json"
    path.write_text(json.dumps([{"source": "=a", "patients": [row, {**row, "label": "case 2", "age_years": None}]}]))
    done = cohort(path, "--where", "age_years > 40", "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(done.stdout)))
    assert (lines[0]["item"], lines[0]["n"]) == ("included", "1")
    assert (lines[1]["group"], lines[1]["item"]) == ("'=a case 2", "age_years not reported")
    assert lines[-1]["part"] == "caveat"


def test_nobody_selected_is_an_answer() -> None:
    done = cohort(*CASEBOOK, "--where", "age_years > 120", "--endpoint", "overall")
    assert done.returncode == 0
    assert "0 of 44 patients" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Name reports to read, a lake with --lake, or a casebook with --casebook or --dataset."),
        (("--dataset", "lms"), "'lms' is no dataset; there is intracranial-lms"),
        ((*CASEBOOK, "--where", "age > 3"), "'age' is no column"),
        ((*CASEBOOK, "--by", "age_years"), "age_years holds a number"),
        ((*CASEBOOK, "--from", "operation"), "--from needs --endpoint"),
        ((*CASEBOOK, "--covariates", "age_years"), "--covariates needs --endpoint"),
        ((*CASEBOOK, "--endpoint", "overall", "--covariates", "sex"), "sex holds text; a covariate is a number"),
        ((*CASEBOOK, "--endpoint", "recurrence-free", "--from", "diagnosis"), "not counted from diagnosis"),
        (("nothing.txt",), "nothing.txt does not exist"),
    ],
)
def test_wrong_use_is_told_in_one_sentence(arguments: tuple[str, ...], message: str) -> None:
    done = cohort(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in " ".join(done.stderr.split())


def test_without_the_statistics_libraries_one_sentence_says_what_to_install() -> None:
    code = "import sys; sys.modules['scipy.stats'] = None; sys.argv[1:] = ['cohort', '--dataset', 'intracranial-lms']\n"
    code += "from caselore.cli.main import run; run()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "Error: Statistics need scipy, which is not installed: pip install 'caselore[stats]'."
    )


def test_other_commands_do_not_load_the_statistics_libraries() -> None:
    code = "import sys, caselore.cli.main; print('scipy' in sys.modules, 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False False"
