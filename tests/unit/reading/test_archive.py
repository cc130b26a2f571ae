"""Formats by content, folders, archives, standard input, and the bounds of the child process."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from caselore.reading import archive, bounded
from caselore.reading.errors import NothingToRead, UnreadableReport
from caselore.reading.formats import format_of, load
from caselore.reading.sources import load_location, locate, report_files

TEXT = b"Case report\n\nA 44-year-old woman came.\n"
HTML = b"<html><body><p>A woman came.</p></body></html>"
JATS = b"<?xml version='1.0'?><article><body><p>A woman came.</p></body></article>"
BIOC = b'{"documents": [{"passages": [{"text": "A woman came.", "infons": {}}]}]}'


@pytest.mark.parametrize(
    ("data", "suffix", "name"),
    [
        (TEXT, ".txt", "plain text"),
        (TEXT, ".pdf", "plain text"),
        (HTML, ".txt", "HTML"),
        (b"<p>A woman</p>", ".html", "HTML"),
        (b"<p>A woman</p>", ".txt", "plain text"),
        (JATS, "", "JATS"),
        (b"\xff\xfe" + JATS.decode().encode("utf-16-le"), ".xml", "JATS"),
        (b"<?xml version='1.0'?><html><body/></html>", ".xml", "HTML"),
        (BIOC, ".txt", "BioC JSON"),
        (b"{curly} brackets", ".json", "plain text"),
    ],
)
def test_content_tells_the_format(data: bytes, suffix: str, name: str) -> None:
    assert format_of(data, suffix).name == name


def test_the_child_process_gives_the_same_document() -> None:
    assert load(HTML, "any").raw == "A woman came."
    with pytest.raises(UnreadableReport, match="no well-formed XML"):
        load(b"<article><body>", "any")
    assert load(JATS, "any").raw == "A woman came."


def test_what_hangs_is_ended_and_the_next_file_is_read() -> None:
    with pytest.raises(UnreadableReport, match="could not be read within"):
        bounded.load_bounded("caselore.reading.html", b"<div>" * 100_000, "any", seconds=0.5)
    assert load(HTML, "any").raw == "A woman came."


def filled(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for name, data in {"b.txt": TEXT, "a.html": HTML, "c.xml": JATS, "d.json": b'{"gold": 1}', "e.json": BIOC}.items():
        (folder / name).write_bytes(data)
    (folder / "notes.md").write_text("no report")
    return folder


def test_folders_are_searched_by_suffix_and_common_suffixes_by_content(tmp_path: Path) -> None:
    found = report_files([filled(tmp_path / "folder")])
    assert [location.name.name for location in found] == ["a.html", "b.txt", "c.xml", "e.json"]


@pytest.mark.parametrize("name", ["all.zip", "all.tar.gz", "all.bin"])
def test_archives_hold_reports(tmp_path: Path, name: str) -> None:
    folder, packed = filled(tmp_path / "folder"), tmp_path / name
    files = sorted(folder.iterdir())
    if name.endswith(".zip"):
        with zipfile.ZipFile(packed, "w") as out:
            for file in files:
                out.write(file, f"in/{file.name}")
            out.writestr("in/.hidden.txt", TEXT)
    else:
        with tarfile.open(packed, "w:gz") as out:
            for file in files:
                out.add(file, f"in/{file.name}")
    found = report_files([packed])
    assert [str(location) for location in found] == [
        f"{packed}/in/{name}" for name in ("a.html", "b.txt", "c.xml", "e.json")
    ]
    assert [load_location(location).source for location in found] == ["a", "b", "c", "e"]
    with pytest.raises(NothingToRead, match="holds 4 reports"):
        locate(packed)


def test_members_with_paths_outside_are_read_and_never_written(tmp_path: Path) -> None:
    packed = tmp_path / "inside" / "bad.zip"
    packed.parent.mkdir()
    with zipfile.ZipFile(packed, "w") as out:
        out.writestr("../outside.txt", TEXT)
    (location,) = report_files([packed])
    assert load_location(location).source == "outside"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["bad.zip", "inside"]


def test_links_in_a_tar_are_passed_over(tmp_path: Path) -> None:
    packed = tmp_path / "links.tar"
    with tarfile.open(packed, "w") as out:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        out.addfile(link)
    with pytest.raises(NothingToRead):
        report_files([packed])


def test_archives_that_unpack_to_too_much_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = tmp_path / "bomb.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("a.txt", b"a" * 2000)
    monkeypatch.setattr(archive, "LARGEST_MEMBER", 1000)
    with pytest.raises(UnreadableReport, match="1,000 bytes"):
        load_location(report_files([packed])[0])
    monkeypatch.setattr(archive, "LARGEST_TOTAL", 1000)
    with pytest.raises(UnreadableReport, match="holds more than"):
        report_files([packed])


def test_damaged_archives_are_one_sentence(tmp_path: Path) -> None:
    for name, data in {"a.zip": b"PK\x03\x04 no", "b.tar.gz": b"\x1f\x8b no"}.items():
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(UnreadableReport, match="damaged"):
            report_files([path])


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(HTML)))
    assert load_location(locate("-")).raw == "A woman came."
