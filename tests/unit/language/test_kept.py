"""Kept answers are those of the function, whatever becomes of the file."""

from __future__ import annotations

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
    first._write(folder)
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
