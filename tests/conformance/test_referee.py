"""`caselore evaluate` and the shared referee must count the same."""

from __future__ import annotations

import importlib.util
import json
import random
from types import ModuleType
from typing import Any

import pytest

from caselore.evaluation.agreement import agreement
from caselore.service import load_curated
from shared import SHARED, needs_shared

pytestmark = needs_shared


@pytest.fixture(scope="module")
def referee() -> ModuleType:
    spec = importlib.util.spec_from_file_location("referee", SHARED / "score" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def spoiled(curated: list[dict[str, Any]], seed: int) -> list[dict[str, Any]]:
    """The curated rows with values dropped, swapped between patients and reordered, and lists under scalars cut to one."""
    chance = random.Random(seed)
    rows = [row for table in curated for row in table["patients"]]
    tables = json.loads(json.dumps(curated))
    for table in tables:
        for row in table["patients"]:
            for key in list(row):
                other = chance.choice(rows)
                if key not in ("role", "label") and chance.random() < 0.2:
                    row[key] = other.get(key)
                if isinstance(row[key], list) and key not in (
                    "sites",
                    "symptoms",
                    "absent_symptoms",
                    "agents",
                    "metastases",
                ):
                    row[key] = chance.choice(row[key]) if row[key] else None
        if chance.random() < 0.3:
            chance.shuffle(table["patients"])
        if chance.random() < 0.1:
            table["patients"].pop()
    return [table for table in tables if chance.random() > 0.05]


@pytest.mark.parametrize("folder", ["gold", "dev", "dev_full"])
@pytest.mark.parametrize("patients", ["index", "cited", "all"])
@pytest.mark.parametrize("seed", range(3))
def test_same_counts(referee: ModuleType, folder: str, patients: str, seed: int) -> None:
    curated = load_curated(SHARED / folder)
    got = spoiled(curated, seed)
    tally, misses = referee.score(curated, got, patients)
    ours = agreement(curated, got, patients)
    theirs = {field: (c["tp"], c["fp"], c["fn"]) for field, c in tally.items()}
    assert {field: (s.right, s.extra, s.missing) for field, s in ours.fields.items()} == theirs
    assert len(ours.misses) == len(misses)
