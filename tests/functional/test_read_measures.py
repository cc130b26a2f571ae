"""`caselore read` shows what was worked out from the facts, and the report stays readable without it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema

from caselore import service
from caselore.codec import decode_report, encode_report, report_schema

REPORT = Path(__file__).resolve().parents[2] / "examples" / "01_synovial_sarcoma_knee.txt"


def read(*arguments: str) -> str:
    command = [sys.executable, "-m", "caselore", "read", str(REPORT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_text_shows_measures_after_the_facts_of_each_own_patient() -> None:
    first, second = read().split("Reyes-Holm et al. [3]")[:2]
    _, _, worked_out = first.partition("worked out from these")
    assert "stage group, AJCC 8th edition: IIIA (T2 N0 M0 G2)" in worked_out
    assert "cannot be computed" in worked_out
    assert "worked out from these" not in second


def test_json_has_measures_beside_the_report() -> None:
    content = json.loads(read("--format", "json"))
    jsonschema.validate(content, report_schema())
    names = {one["name"] for one in content["measures"][0]["measures"]}
    assert {"FNCLCC grade", "EQD2 (a/b 10)", "stage group, AJCC 8th edition"} <= names
    assert content["measures"][0]["patient"] == "case 1"


def test_report_reads_back_with_and_without_measures() -> None:
    report = service.read(REPORT)
    assert decode_report(encode_report(report)) == report
    assert decode_report(encode_report(report, service.measure(report))) == report
    assert "measures" not in json.loads(encode_report(report))
