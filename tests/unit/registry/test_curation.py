"""The log: what stands after undo and redo, and the row that is left."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from caselore.registry.curation import CONSENSUS, Action, Decision, effective, overlay, people

MACHINE = {"role": "index", "label": "case 1", "age_years": 34.0, "sex": "male"}


def decision(number: int, reader: str, action: Action, **more: Any) -> Decision:
    return Decision(
        id=number, report="r", patient=more.pop("patient", "p1"), reader=reader, at="", action=action, **more
    )


def test_corrected_rejected_and_added_values_stand_in_the_row() -> None:
    found = overlay(
        MACHINE,
        [
            decision(1, "ann", Action.CORRECT, column="age_years", value=35.0),
            decision(2, "ann", Action.REJECT, column="sex"),
            decision(3, "ann", Action.ADD, column="margin", value="R0", quote="clear margins"),
        ],
    )
    assert found.row == {"role": "index", "label": "case 1", "age_years": 35.0, "margin": "R0"}
    assert {column: state.state for column, state in found.states.items()} == {
        "age_years": "corrected",
        "sex": "rejected",
        "margin": "added",
    }


def test_two_readings_leave_the_machine_s_value_and_say_so_until_a_consensus() -> None:
    log = [
        decision(1, "ann", Action.CORRECT, column="age_years", value=35.0),
        decision(2, "bob", Action.ACCEPT, column="age_years", value=34.0),
    ]
    found = overlay(MACHINE, log)
    assert found.row["age_years"] == 34.0
    assert found.states["age_years"].state == "disputed"
    assert [reading.value for reading in found.states["age_years"].readings] == [35.0, 34.0]
    settled = overlay(MACHINE, [*log, decision(3, CONSENSUS, Action.CORRECT, column="age_years", value=35.0)])
    assert settled.row["age_years"] == 35.0
    assert settled.states["age_years"].state == "corrected"


def test_undo_takes_back_the_reader_s_own_last_decision_only() -> None:
    log = [
        decision(1, "ann", Action.REJECT, column="sex"),
        decision(2, "bob", Action.REJECT, column="age_years"),
        decision(3, "ann", Action.UNDO),
    ]
    assert [one.id for one in effective(log)] == [2]
    assert [one.id for one in effective([*log, decision(4, "ann", Action.REDO)])] == [1, 2]


def test_after_a_new_decision_nothing_can_be_redone() -> None:
    log = [
        decision(1, "ann", Action.REJECT, column="sex"),
        decision(2, "ann", Action.UNDO),
        decision(3, "ann", Action.NOTE, note="asked the authors"),
        decision(4, "ann", Action.REDO),
    ]
    assert [one.id for one in effective(log)] == [3]


@given(st.lists(st.sampled_from(["decide", "undo", "redo"]), max_size=30))
def test_the_log_behaves_like_the_undo_of_an_editor(steps: list[str]) -> None:
    done: list[int] = []
    undone: list[int] = []
    log = []
    for number, step in enumerate(steps):
        action = {"decide": Action.NOTE, "undo": Action.UNDO, "redo": Action.REDO}[step]
        log.append(decision(number, "ann", action))
        if step == "decide":
            done.append(number)
            undone.clear()
        elif step == "undo" and done:
            undone.append(done.pop())
        elif step == "redo" and undone:
            done.append(undone.pop())
    assert [one.id for one in effective(log)] == sorted(done)


def test_a_split_moves_columns_to_a_new_patient_and_a_merge_fills_gaps() -> None:
    split = decision(1, "ann", Action.SPLIT, value={"to": "split1", "columns": ["sex"]})
    found = people({"p1": MACHINE}, [split])
    assert "sex" not in found["p1"].row
    assert found["split1"].row["sex"] == "male"
    other = {"role": "index", "label": "case 2", "margin": "R0", "age_years": 70.0}
    merged = people({"p1": MACHINE, "p2": other}, [decision(2, "ann", Action.MERGE, patient="p2", value="p1")])
    assert merged["p2"].hidden
    assert (merged["p1"].row["margin"], merged["p1"].row["age_years"]) == ("R0", 34.0)


def test_a_patient_whom_a_newer_reading_lost_stays_with_his_decisions() -> None:
    kept = people({}, [decision(1, "ann", Action.CORRECT, column="age_years", value=35.0)])
    assert kept["p1"].row["age_years"] == 35.0
