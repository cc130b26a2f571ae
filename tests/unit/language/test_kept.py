"""Kept answers are those of the function, whatever becomes of the file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from caselore.language import kept as room
from caselore.language.kept import keep_in, kept


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = room._folder
    yield
    keep_in(before)


def letters(word: str, least: int) -> frozenset[str]:
    """Something worth keeping."""
    return frozenset(letter for letter in word if word.count(letter) >= least)


def _written_and_read_again(folder: Path) -> room._Answers:
    first = room._Answers(letters)
    first.known(folder)["osteosarcoma\0002"] = letters("osteosarcoma", 2)
    first.changed = True
    first.write(folder)
    return room._Answers(letters)


def test_answers_come_back(tmp_path: Path) -> None:
    folder = tmp_path / "start"
    assert _written_and_read_again(folder).known(folder) == {"osteosarcoma\0002": frozenset("osa")}
    (file,) = folder.iterdir()
    assert file.name.startswith("letters-")


def test_kept_function_gives_the_same_answers(tmp_path: Path) -> None:
    keep_in(tmp_path)
    keeping = kept(letters)
    assert keeping("osteoma", 2) == keeping("osteoma", 2) == letters("osteoma", 2)
    assert keeping("osteoma", 1) == letters("osteoma", 1)


def test_broken_file_is_begun_anew(tmp_path: Path) -> None:
    _written_and_read_again(tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"\xc1 no msgpack")
    assert room._Answers(letters).known(tmp_path) == {}


def test_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "start").write_text("a file where the folder should be")
    assert _written_and_read_again(tmp_path / "start").known(tmp_path / "start") == {}


def test_without_a_folder_nothing_is_kept() -> None:
    keep_in(None)
    assert kept(letters)("osteoma", 2) == frozenset("o")


def test_what_was_worked_out_is_written_before_the_end(tmp_path: Path) -> None:
    keep_in(tmp_path)
    answer = kept(letters)
    answer("osteoma", 1)
    room.keep_now()
    assert room._Answers(letters).known(tmp_path) == {"osteoma\0001": letters("osteoma", 1)}


def test_the_oldest_files_are_taken_away(tmp_path: Path) -> None:
    for number in range(9):
        path = tmp_path / f"letters-{number}.msgpack"
        path.touch()
        os.utime(path, (number, number))
    _written_and_read_again(tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert len(names) == room._VERSIONS
    assert "letters-8.msgpack" in names
    assert "letters-5.msgpack" not in names
