"""Out as a spreadsheet, and a corrected one back."""

from __future__ import annotations

import signal
import subprocess
import sys

import msgspec
import pytest

from caselore.registry.casebook import Casebook
from caselore.registry.errors import DecisionRefused
from caselore.registry.spreadsheet import apply, lines, preview, read_lines, to_csv, to_xlsx


@pytest.mark.parametrize("write", [to_csv, to_xlsx])
def test_an_untouched_spreadsheet_changes_nothing(casebook: Casebook, write: object) -> None:
    data = write(lines(casebook))  # type: ignore[operator]
    found = preview(casebook, read_lines(data))
    assert (found.changes, found.problems) == ((), ())


def test_a_corrected_cell_is_shown_and_then_saved(casebook: Casebook) -> None:
    rows = lines(casebook)
    age = rows[0].index("age_years")
    knee = next(row for row in rows if row[1] == "knee")
    knee[age] = "35"
    found = preview(casebook, rows)
    assert [str(change) for change in found.changes] == [f"{knee[0][:8]} p1, age_years: 34 -> 35"]
    assert casebook.entries("knee")[0].row["age_years"] == 34.0
    assert apply(casebook, found.changes, "ann") == 1
    assert casebook.entries("knee")[0].row["age_years"] == 35.0


def test_what_cannot_be_used_is_said_with_its_line(casebook: Casebook) -> None:
    rows = lines(casebook)
    rows[0].append("mood")
    rows[1][rows[0].index("age_years")] = "old"
    rows[2][2] = "p9"
    problems = preview(casebook, rows).problems
    assert problems[0] == "There is no column 'mood'."
    assert problems[1].startswith("Line 2: age_years must be a number")
    assert problems[2].startswith("Line 3: the casebook has no patient 'p9'")


def test_a_file_that_is_no_spreadsheet_is_refused() -> None:
    with pytest.raises(ValueError, match="UTF-8"):
        read_lines(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="workbook"):
        read_lines(b"PK\x03\x04 no workbook")


def corrected(casebook: Casebook) -> list[list[str]]:
    """Both patients' ages corrected."""
    rows = lines(casebook)
    age = rows[0].index("age_years")
    return [rows[0], *([*row[:age], "40", *row[age + 1 :]] for row in rows[1:])]


def test_one_refused_change_leaves_all_the_others_undone(casebook: Casebook) -> None:
    changes = preview(casebook, corrected(casebook)).changes
    assert len(changes) == 2
    wrong = msgspec.structs.replace(changes[1], column="sex", after="neither")
    with pytest.raises(DecisionRefused, match="one of male, female"):
        apply(casebook, [changes[0], wrong], "ann")
    assert [casebook.log(source) for source in ("knee", "stomach")] == [[], []]


_KILLED = """
import os, signal, sys
from caselore.registry.casebook import Casebook, open_casebook
from caselore.registry.spreadsheet import apply, preview, read_lines
book, store, done = open_casebook(sys.argv[1]), Casebook._store, []
def stored(*given):
    store(*given)
    done.append(given)
    if len(done) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
Casebook._store = stored
apply(book, preview(book, read_lines(sys.stdin.buffer.read())).changes, "ann")
"""


def test_a_killed_spreadsheet_changes_nothing_and_can_be_taken_again(casebook: Casebook, address: str) -> None:
    sheet = to_csv(corrected(casebook))
    done = subprocess.run([sys.executable, "-c", _KILLED, address], input=sheet, check=False)
    assert done.returncode == -signal.SIGKILL
    assert [casebook.log(source) for source in ("knee", "stomach")] == [[], []]
    assert apply(casebook, preview(casebook, read_lines(sheet)).changes, "ann") == 2
    assert preview(casebook, read_lines(sheet)).changes == ()
