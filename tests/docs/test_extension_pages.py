"""The examples of the pages on adding something: each file, put where the page says, is found and does what its spec says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from caselore import service

PAGES = Path(__file__).resolve().parents[2] / "docs" / "how-to"
BLOCK = re.compile(r"```(?:python|toml)\n# ((?:src/caselore|tests/spec)/[\w/]+\.\w+)\n(.*?)```", re.S)
NAMES = ("add_a_topic", "add_a_lint_rule", "add_a_measure", "add_a_format")
FILES = {
    path: text for name in NAMES for path, text in BLOCK.findall((PAGES / f"{name}.md").read_text(encoding="utf-8"))
}

WITH_THEM = """
import importlib, json, sys
from pathlib import Path
folder = Path(sys.argv[1])
for room in ("topics", "lint.rules", "measures", "exchange"):
    importlib.import_module(f"caselore.{room}").__path__.append(str(folder / "src" / "caselore" / room.replace(".", "/")))
from caselore import service
found = []
for text in json.loads(sys.argv[2]):
    report = service.read_text(text)
    found.append({
        "facts": [str(fact.value) for case in report.cases for fact in case.facts if fact.topic == "handedness"],
        "fires": [one.message for one in service.lint(report).findings if one.code == "CL990"],
        "measures": [str(one) for case in service.measure(report) for one in case.measures if one.name == "tumour area"],
        "formats": "quotes" in service.export_formats(),
        "quotes": service.export([report], "quotes", "2026-01-31T12:00:00Z").files["text.quotes.tsv"].decode(),
    })
print(json.dumps(found))
"""


def test_each_file_is_found_and_does_what_its_spec_says(tmp_path: Path) -> None:
    assert sorted(Path(path).suffix for path in FILES) == [".py"] * 4 + [".toml"] * 3
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    cases = [case for path, text in FILES.items() if path.endswith(".toml") for case in tomllib.loads(text)["case"]]
    texts = [
        case["text"] if case["text"].startswith("Case report") else f"Case report\n\n{case['text']}" for case in cases
    ]
    done = subprocess.run(
        [sys.executable, "-c", WITH_THEM, str(tmp_path), json.dumps(texts)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for case, found in zip(cases, json.loads(done.stdout), strict=True):
        if "facts" in case:
            assert found["facts"] == case["facts"], case["text"]
        elif "measures" in case:
            assert found["measures"] == case["measures"], case["text"]
        else:
            assert found["fires"] == ([case["fires"]] if "fires" in case else []), case["text"]
        assert found["formats"]
        assert "case 1\t" in found["quotes"]


def test_the_sentences_of_the_page_on_terms_are_read_as_it_says() -> None:
    page = (PAGES / "add_a_term.md").read_text(encoding="utf-8")
    block = re.search(r"```toml\n(.*?)```", page, re.S)
    assert block is not None
    for case in tomllib.loads(block[1])["case"]:
        report = service.read_text(f"Case report\n\n{case['text']}")
        facts = [str(f.value) for patient in report.cases for f in patient.facts if f.topic == "presentation"]
        assert facts == case["facts"]
