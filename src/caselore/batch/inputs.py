"""What a run can read: a folder, an archive, a list of paths, or an inventory of the PMC open-access bucket."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec

from caselore.batch.lake import Input, Source
from caselore.batch.libraries import library
from caselore.reading.archive import is_archive, read_member
from caselore.reading.errors import NothingToRead, UnreadableReport
from caselore.reading.formats import LIMIT
from caselore.reading.sources import Location, report_files

LISTS = (".csv", ".txt")
MISSING = "missing"
"""The stamp of an input that was not there when it was planned."""
_PATH_COLUMNS = ("path", "file", "filename")
_METADATA_KEY = re.compile(r"(?:.*/)?(PMC\d+)\.(\d+)\.json")


class Partition(msgspec.Struct, frozen=True):
    """Inputs that stay together: shards are cut within a partition, never across."""

    inputs: Iterable[Input]


class _InventoryFile(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    md5: str = msgspec.field(name="MD5checksum", default="")


class _Inventory(msgspec.Struct, frozen=True, kw_only=True):
    """The manifest.json of an Amazon S3 inventory (Amazon S3 User Guide, "Locating your inventory list")."""

    files: tuple[_InventoryFile, ...]
    created: str = msgspec.field(name="creationTimestamp", default="")
    bucket: str = msgspec.field(name="sourceBucket", default="")


def find(path: Path, articles: str | None = None) -> tuple[Source, list[Partition]]:
    """The source at a path and its partitions. `articles` is where the articles of an inventory are.

    Raises NothingToRead for what holds no reports.
    """
    path = path.resolve()
    if path.is_dir():
        found = (_input(location, path) for location in report_files([path]))
        return Source(kind="folder", path=str(path), root=str(path)), [Partition(list(found))]
    if not path.is_file():
        raise NothingToRead(f"{path} does not exist.")
    if path.name.endswith(".json"):
        return _inventory(path, articles)
    if is_archive(path):
        found = (_input(location, path.parent) for location in report_files([path]))
        return Source(kind="archive", path=str(path), root=str(path.parent)), [Partition(list(found))]
    if path.suffix.lower() in LISTS:
        return _listed(path)
    raise NothingToRead(
        f"{path} is neither a folder, an archive, a list of paths (.csv, .txt) nor an inventory (manifest.json); "
        "one report is read by caselore read."
    )


def read_bytes(root: str, one: Input) -> bytes:
    """The bytes of an input. Raises UnreadableReport with a sentence without its name."""
    try:
        if one.member is not None:
            return read_member(Path(root, one.path), one.member)
        with _open(root, one.path) as file:
            return file.read(LIMIT + 1)
    except OSError as error:
        raise UnreadableReport(f"it cannot be read: {(error.strerror or 'no such file').lower()}") from error


def _open(root: str, path: str) -> IO[bytes]:
    """A file of a folder, or of a store that fsspec knows (s3://, gs://, https://)."""
    if "://" not in root:
        return Path(root, path).open("rb")
    opened: IO[bytes] = library("fsspec").open(f"{root.rstrip('/')}/{path}", "rb").open()
    return opened


def _input(location: Location, root: Path) -> Input:
    path = location.path.resolve() if location.path.is_symlink() else location.path
    inside = location.path.relative_to(root).as_posix()
    return Input(path=inside, member=location.member, stamp=_stamp(path))


def _stamp(path: Path) -> str:
    try:
        status = path.stat()
    except OSError:
        return MISSING
    return f"{status.st_size}-{status.st_mtime_ns}"


def _listed(path: Path) -> tuple[Source, list[Partition]]:
    """A list of paths: one a line, or a CSV file with a column path. They count from the folder of the list."""
    root = path.parent
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise NothingToRead(f"{path} is no list of paths in UTF-8.") from error
    names = list(dict.fromkeys(_names(path, text)))
    inputs = [Input(path=name, stamp=_stamp(root / name)) for name in names]
    if all(one.stamp == MISSING for one in inputs):
        raise NothingToRead(
            f"{path} names no file that exists; a .txt or .csv file is read as a list of paths. "
            "For a report itself name its folder, or use caselore read."
        )
    return Source(kind="list", path=str(path), root=str(root)), [Partition(inputs)]


def _names(path: Path, text: str) -> Iterator[str]:
    if path.suffix.lower() == ".txt":
        lines = (line.strip() for line in text.splitlines())
        yield from (line for line in lines if line and not line.startswith("#"))
        return
    table = csv.DictReader(io.StringIO(text))
    column = next((name for name in table.fieldnames or () if name.strip().lower() in _PATH_COLUMNS), None)
    if column is None:
        raise NothingToRead(f"{path} has no column {_PATH_COLUMNS[0]}.")
    yield from (row[column].strip() for row in table if (row[column] or "").strip())


def _inventory(path: Path, articles: str | None) -> tuple[Source, list[Partition]]:
    """The newest version of each article of an inventory; its partitions are kept together."""
    try:
        inventory = msgspec.json.decode(path.read_bytes(), type=_Inventory)
    except msgspec.DecodeError as error:
        raise NothingToRead(f"{path} is no inventory: {error}.") from error
    if articles is None:
        raise NothingToRead(f"{path} is an inventory: tell with --articles where its articles are.")
    files = [_partition_file(path, one) for one in inventory.files]
    newest: dict[int, int] = {}
    for number, version, _ in chain.from_iterable(map(_keys, files)):
        newest[number] = max(version, newest.get(number, 0))
    if not newest:
        raise NothingToRead(f"{path} lists no articles (metadata/PMC<id>.<version>.json).")
    frozen = {
        "bucket": inventory.bucket,
        "created": inventory.created,
        "manifest": hashlib.sha256(path.read_bytes()).hexdigest(),
        **{one.key: one.md5 for one in inventory.files},
    }
    root = articles if "://" in articles else str(Path(articles).resolve())
    return Source(kind="inventory", path=str(path), root=root, frozen=frozen), [
        Partition(_articles(file, newest)) for file in files
    ]


def _partition_file(manifest: Path, one: _InventoryFile) -> Path:
    """Where a partition lies beside its manifest, as it was published. Raises NothingToRead."""
    name = PurePosixPath(one.key).name
    for place in (manifest.parent / name, manifest.parent / "data" / name, manifest.parent.parent / "data" / name):
        if place.is_file():
            with place.open("rb") as file:
                md5 = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
            if one.md5 and md5 != one.md5.lower():
                raise NothingToRead(f"{place} is damaged: its MD5 is not that of the inventory.")
            return place
    raise NothingToRead(f"{name}, a partition of {manifest}, is not beside it.")


def _articles(file: Path, newest: dict[int, int]) -> Iterator[Input]:
    for number, version, etag in _keys(file):
        if newest[number] == version:
            name = f"PMC{number}.{version}"
            yield Input(path=f"{name}/{name}.xml", stamp=etag, metadata=f"metadata/{name}.json")


def _keys(file: Path) -> Iterator[tuple[int, int, str]]:
    """Number, version and ETag of each article of a partition: lines of bucket, key, date, ETag without a header."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        for line in csv.reader(lines):
            if match := _METADATA_KEY.fullmatch(line[1]):
                yield int(match[1][3:]), int(match[2]), line[3] if len(line) > 3 else line[2]
