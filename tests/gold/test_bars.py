"""The review rows must agree with the annotated rows at least this far (micro F1)."""

from __future__ import annotations

import pytest

from caselore import service
from caselore.evaluation.agreement import Agreement, Score
from shared import SHARED, needs_shared

pytestmark = needs_shared

SETS = {"seeds": "gold", "dev": "dev", "dev_full": "dev_full"}
INDEX = {"seeds": 0.93, "dev": 0.90, "dev_full": 0.88}
CITED = {"seeds": 0.80, "dev_full": 0.80}


@pytest.fixture(scope="module")
def tables() -> dict[str, list[service.Outcome]]:
    return {name: list(service.table(service.report_files([SHARED / name]), jobs=2)) for name in SETS}


def measured(name: str, outcomes: list[service.Outcome], patients: str) -> Agreement:
    return service.evaluate(SHARED / SETS[name], [one.rows for one in outcomes if one.rows], patients)


@pytest.mark.parametrize("name", SETS)
def test_every_report_is_read(name: str, tables: dict[str, list[service.Outcome]]) -> None:
    assert [one.failure for one in tables[name] if one.failure] == []


@pytest.mark.parametrize("name", INDEX)
def test_index_patients(name: str, tables: dict[str, list[service.Outcome]]) -> None:
    total: Score = measured(name, tables[name], "index").total
    assert total.f1 >= INDEX[name]


@pytest.mark.parametrize("name", CITED)
def test_cited_patients(name: str, tables: dict[str, list[service.Outcome]]) -> None:
    total: Score = measured(name, tables[name], "cited").total
    assert total.f1 >= CITED[name]
