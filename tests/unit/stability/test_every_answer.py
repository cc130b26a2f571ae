"""Every answer in JSON says by which schema it is written; review tables have a shape that does not change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from caselore.cli.main import run

REPORT = str(Path(__file__).resolve().parents[3] / "examples" / "04_chordoma_sacrum_telegraphic.txt")
LIKE = "A 66-year-old man with a chordoma of the sacrum"


@pytest.mark.parametrize(
    "words",
    [
        ["read", REPORT],
        ["lint", REPORT],
        ["measure", REPORT],
        ["care", REPORT],
        ["cohort", REPORT],
        ["similar", REPORT, "--like", LIKE],
        ["differential", "--ihc", "SMA+ desmin- S100-"],
        ["doctor"],
    ],
    ids=lambda words: words[0],
)
def test_answer_carries_its_version(words: list[str]) -> None:
    done = CliRunner().invoke(run, [*words, "--format", "json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    answers = told if isinstance(told, list) else [told]
    assert [one["schema_version"] for one in answers] == ["1"] * len(answers)
    assert answers


def test_review_table_is_a_list_of_sources_with_patients() -> None:
    done = CliRunner().invoke(run, ["table", REPORT, "--format", "json"])
    assert [set(one) for one in json.loads(done.stdout)] == [{"source", "patients"}]
