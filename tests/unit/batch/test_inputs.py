"""What can be read: folders, archives, lists and inventories."""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from caselore.batch.inputs import MISSING, find, read_bytes
from caselore.batch.lake import Input
from caselore.reading.errors import NothingToRead, UnreadableReport


def found(path: Path, articles: str | None = None) -> list[list[Input]]:
    return [list(partition.inputs) for partition in find(path, articles)[1]]


def test_folder_in_name_order(tmp_path: Path) -> None:
    for name in ("b.txt", "deep/a.txt", "a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("A case.")
    (inputs,) = found(tmp_path)
    assert [one.name for one in inputs] == ["a.txt", "b.txt", "deep/a.txt"]
    assert read_bytes(str(tmp_path), inputs[0]) == b"A case."


def test_members_of_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x/1.txt", "One.")
        archive.writestr("x/2.txt", "Two.")
    (inputs,) = found(path)
    assert [one.name for one in inputs] == ["all.zip/x/1.txt", "all.zip/x/2.txt"]
    assert read_bytes(str(tmp_path), inputs[1]) == b"Two."
    assert (inputs[1].stem, inputs[1].suffix) == ("2", ".txt")


@pytest.mark.parametrize(
    ("name", "content"),
    [("list.txt", "# ours\na.txt\n\na.txt\ngone.txt\n"), ("list.csv", "id,path\n1,a.txt\n2,\n3,gone.txt\n")],
)
def test_list_names_each_path_once_and_those_that_are_gone(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / "a.txt").write_text("A case.")
    (tmp_path / name).write_text(content)
    (inputs,) = found(tmp_path / name)
    assert [(one.name, one.stamp == MISSING) for one in inputs] == [("a.txt", False), ("gone.txt", True)]
    with pytest.raises(UnreadableReport, match="no such file"):
        read_bytes(str(tmp_path), inputs[1])


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("report.txt", "A 40-year-old man.", "names no file that exists"),
        ("list.csv", "id,title\n1,x\n", "no column path"),
        ("manifest.json", "[]", "no inventory"),
        ("paper.pdf", "x", "neither a folder"),
    ],
)
def test_what_is_no_source_is_told(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(NothingToRead, match=message):
        find(tmp_path / name)


def inventory(folder: Path, *partitions: list[str]) -> Path:
    files = []
    for number, keys in enumerate(partitions):
        data = gzip.compress("".join(f'"bucket","{key}","2026-01-02","etag{key}"\n' for key in keys).encode())
        (folder / f"{number}.csv.gz").write_bytes(data)
        files.append({"key": f"inventory/data/{number}.csv.gz", "MD5checksum": hashlib.md5(data).hexdigest()})
    path = folder / "manifest.json"
    about = {"sourceBucket": "bucket", "creationTimestamp": "1767319200000", "fileSchema": "Bucket, Key"}
    path.write_text(json.dumps({**about, "files": files}))
    return path


def test_inventory_gives_the_newest_version_by_partition(tmp_path: Path) -> None:
    path = inventory(
        tmp_path, ["metadata/PMC1.1.json", "metadata/PMC2.1.json"], ["metadata/PMC1.2.json", "PMC1.2/PMC1.2.xml"]
    )
    source, partitions = find(path, str(tmp_path))
    first, second = (list(one.inputs) for one in partitions)
    assert [one.name for one in first] == ["PMC2.1/PMC2.1.xml"]
    assert [(one.name, one.metadata) for one in second] == [("PMC1.2/PMC1.2.xml", "metadata/PMC1.2.json")]
    assert second[0].stamp == "etagmetadata/PMC1.2.json"
    assert (source.frozen["bucket"], source.frozen["created"]) == ("bucket", "1767319200000")
    assert source.frozen["manifest"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_damaged_partition_is_told(tmp_path: Path) -> None:
    path = inventory(tmp_path, ["metadata/PMC1.1.json"])
    (tmp_path / "0.csv.gz").write_bytes(gzip.compress(b"other"))
    with pytest.raises(NothingToRead, match="damaged"):
        find(path, str(tmp_path))


def test_inventory_needs_its_articles(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match="--articles"):
        find(inventory(tmp_path, ["metadata/PMC1.1.json"]))
