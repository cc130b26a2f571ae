"""What a casebook keeps, finds, refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from caselore.assembly.row import cells
from caselore.assembly.rules_version import rules_version
from caselore.registry.casebook import Casebook, open_casebook
from caselore.registry.curation import Action
from caselore.registry.errors import CasebookUnusable, DecisionRefused, NotInCasebook, Outdated
from caselore.registry.facts import keys_of_fact
from caselore.registry.find import NOT_REPORTED, Query, find
from caselore.registry.schema import metadata
from caselore.service import reread
from unit.registry.conftest import KNEE, read


def test_the_migrations_make_the_tables_of_the_schema(casebook: Casebook) -> None:
    with casebook.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    own = [one for one in differences if "_words" not in str(one)]
    assert own == []


def test_the_same_report_again_changes_nothing(casebook: Casebook) -> None:
    assert casebook.add(read(KNEE, "knee")).what == "unchanged"
    assert len(casebook.reports()) == 2


def test_a_report_comes_back_as_it_was_read(casebook: Casebook) -> None:
    assert casebook.report("knee") == read(KNEE, "knee")


def test_a_newer_reading_keeps_the_decisions(casebook: Casebook) -> None:
    casebook.decide("knee", "p1", "ann", Action.CORRECT, column="age_years", value=35)
    newer = msgspec.structs.replace(read(KNEE, "knee"), rules_version="2")
    assert casebook.add(newer).what == "read again"
    assert casebook.entries("knee")[0].row["age_years"] == 35.0


def test_newer_rules_keep_every_decision_of_people(casebook: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    report = casebook.report("knee")
    assert report.rules_version == rules_version()
    assert casebook.reports()[0].rules_version == rules_version()
    used = {fact.id for cell in cells(report.cases[0]).values() for fact in cell.facts}
    beyond = next(fact for fact in report.cases[0].facts if fact.id not in used and fact.evidence)
    decided: list[dict[str, Any]] = [
        {"action": Action.CORRECT, "column": "age_years", "value": 35},
        {"action": Action.REJECT, "column": "sex"},
        {"action": Action.ADD, "column": "margin", "value": "R0", "quote": "completely resected"},
        {"action": Action.NOTE, "note": "asked the authors"},
        {"action": Action.REJECT, "column": keys_of_fact(beyond)[0]},
        {"action": Action.SPLIT, "value": ["diagnosis"]},
        {"action": Action.ACCEPT, "column": "status"},
        {"action": Action.UNDO},
    ]
    for one in decided:
        casebook.decide("knee", "p1", "ann", **one)
    before, log = casebook.entries("knee"), casebook.log("knee")
    assert list(reread(casebook)) == []
    monkeypatch.setattr("caselore.assembly.report.rules_version", lambda: "newer")
    monkeypatch.setattr("caselore.service.casebooks.rules_version", lambda: "newer")
    assert [one.what for one in reread(casebook)] == ["read again", "read again"]
    assert casebook.reports()[0].rules_version == "newer"
    assert (casebook.entries("knee"), casebook.log("knee")) == (before, log)


def test_a_decision_changes_the_row_and_undo_brings_it_back(casebook: Casebook) -> None:
    assert casebook.decide("knee", "p1", "ann", Action.REJECT, column="sex").row.get("sex") is None
    assert find(casebook.engine, Query()).facets["sex"] == {"female": 1, NOT_REPORTED: 1}
    assert casebook.decide("knee", "p1", "ann", Action.UNDO).row["sex"] == "male"
    assert [one.action for one in casebook.log("knee")] == [Action.REJECT, Action.UNDO]


def test_an_added_value_needs_the_words_of_the_report(casebook: Casebook) -> None:
    with pytest.raises(DecisionRefused, match="needs the words"):
        casebook.decide("knee", "p1", "ann", Action.ADD, column="margin", value="R0")
    with pytest.raises(DecisionRefused, match="not in the report"):
        casebook.decide("knee", "p1", "ann", Action.ADD, column="margin", value="R0", quote="clear margins")
    entry = casebook.decide(
        "knee", "p1", "ann", Action.ADD, column="margin", value="R0", quote="The tumor was completely\n resected"
    )
    assert entry.states["margin"]["state"] == "added"


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("age_years", "old", "age_years cannot be 'old'"),
        ("colour", "red", "no column"),
        ("label", "case 9", "no column"),
    ],
)
def test_a_value_that_the_column_cannot_hold_is_refused(
    casebook: Casebook, column: str, value: str, message: str
) -> None:
    with pytest.raises(DecisionRefused, match=message):
        casebook.decide("knee", "p1", "ann", Action.CORRECT, column=column, value=value)


def test_a_decision_that_somebody_else_has_overtaken_is_not_saved(casebook: Casebook) -> None:
    casebook.decide("knee", "p1", "bob", Action.CORRECT, column="age_years", value=36)
    with pytest.raises(Outdated, match="bob has decided"):
        casebook.decide("knee", "p1", "ann", Action.CORRECT, column="age_years", value=35, seen=0)
    assert len(casebook.log("knee")) == 1


def test_blind_readers_see_their_own_decisions_only(casebook: Casebook) -> None:
    casebook.decide("knee", "p1", "bob", Action.CORRECT, column="age_years", value=36)
    assert casebook.entries("knee", "ann")[0].row["age_years"] == 34.0
    assert casebook.entries("knee", "bob")[0].row["age_years"] == 36.0


def test_split_patients_come_and_go_with_undo(casebook: Casebook) -> None:
    casebook.decide("knee", "p1", "ann", Action.SPLIT, value=["sex"])
    assert [entry.patient for entry in casebook.entries("knee")] == ["p1", "split1"]
    assert find(casebook.engine, Query()).total == 3
    casebook.decide("knee", "p1", "ann", Action.UNDO)
    assert find(casebook.engine, Query()).total == 2


def test_what_is_not_there_is_said(casebook: Casebook) -> None:
    with pytest.raises(NotInCasebook, match="no report that 'hip'"):
        casebook.entries("hip")
    with pytest.raises(NotInCasebook, match="no patient 'p7'"):
        casebook.decide("knee", "p7", "ann", Action.NOTE, note="?")


def test_the_grid_filters_searches_sorts_and_counts(casebook: Casebook) -> None:
    assert [line.source for line in find(casebook.engine, Query(words="gastric mass")).lines] == ["stomach"]
    assert find(casebook.engine, Query(words='"; DROP TABLE reports')).total == 0
    by_status = find(casebook.engine, Query(facets={"status": ("dead",)}))
    assert by_status.total == 1
    assert by_status.facets["status"] == {"alive": 1, "dead": 1}
    assert by_status.facets["sex"] == {"female": 1}
    oldest = find(casebook.engine, Query(sort="age_years", descending=True))
    assert [line.row["age_years"] for line in oldest.lines] == [61.0, 34.0]
    assert find(casebook.engine, Query(site="knee")).total == 1


def test_removing_a_report_takes_everything_of_it(casebook: Casebook) -> None:
    casebook.decide("knee", "p1", "ann", Action.REJECT, column="sex")
    casebook.remove("knee")
    with casebook.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM decisions")).scalar_one() == 0
    assert find(casebook.engine, Query(words="knee")).total == 0
    assert find(casebook.engine, Query(words="stomach")).total == 1


def test_a_file_that_is_no_casebook_is_refused_in_a_sentence(tmp_path: Path) -> None:
    wrong = tmp_path / "notes.db"
    wrong.write_bytes(b"these are notes, not a database" * 100)
    with pytest.raises(CasebookUnusable, match="cannot be opened as a casebook"):
        open_casebook(f"sqlite:///{wrong}")
    with pytest.raises(CasebookUnusable, match="no address of a database"):
        open_casebook("casebook")
