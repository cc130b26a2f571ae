"""The lake: a folder with the plan of a run, one Parquet file a table and shard, and what was finished.

    plan.json             what is read, by which rules, and the shards with their digests
    plan/00000.json       the inputs of a shard
    reports/00000.parquet and so on for each table
    done/00000.json       written last: the digests of the shard's files

Every file is written under another name, synced and renamed, so that a file that is there is whole.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path, PurePosixPath

import msgspec

LAYOUT = 1
"""Version of the layout of a lake."""
PART = ".part"
"""Ending of files that are being written."""


class LakeUnusable(ValueError):
    """The folder is no lake, or not the right one for what was asked; the message is a sentence for the user."""


class Input(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One report to be read: a file below the root of the plan, or a member of an archive there.

    `stamp` tells whether the input has changed since it was planned: size and time of a file, or its ETag in an inventory.
    `metadata` is the path of a description of the article, of the kind that the PMC open-access bucket has.
    """

    path: str
    stamp: str
    member: str | None = None
    metadata: str | None = None

    @property
    def name(self) -> str:
        """What the tables call it."""
        return self.path if self.member is None else f"{self.path}/{self.member}"

    @property
    def stem(self) -> str:
        """The name of the file without its ending, which names the source of a report."""
        return PurePosixPath(self.member or self.path).stem

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.member or self.path).suffix


class Source(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a run reads. `kind` is folder, archive, list or inventory; `root` is a folder or the address of a store.

    `path` is what was named; `frozen` tells of an inventory when it was made, and the MD5 of each of its partitions.
    """

    kind: str
    path: str
    root: str
    frozen: dict[str, str] = {}


class PlannedShard(msgspec.Struct, frozen=True, kw_only=True):
    """A shard: its number, how many inputs it has, and the digest of the file that lists them."""

    number: int
    inputs: int
    digest: str

    @property
    def name(self) -> str:
        return shard_name(self.number)


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A run: `reader` is the version and digest of the rules, `seconds` the time for one report."""

    source: Source
    reader: str
    seconds: float
    triage: bool
    shard_size: int
    shards: tuple[PlannedShard, ...]
    layout: int = LAYOUT

    @property
    def inputs(self) -> int:
        return sum(shard.inputs for shard in self.shards)


class TableFile(msgspec.Struct, frozen=True, kw_only=True):
    """A Parquet file: how many rows it has and the SHA-256 of its bytes."""

    rows: int
    digest: str


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """A finished shard. `shard` is the digest of its list of inputs; `files` are its tables."""

    shard: str
    read: int
    set_aside: int
    failures: int
    files: dict[str, TableFile]


def shard_name(number: int) -> str:
    """The name of a shard's files, without their ending."""
    return f"{number:06d}"


def digest(data: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Lake:
    """Where the files of a lake are."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def at(cls, folder: str) -> Lake:
        return cls(Path(folder))

    @property
    def plan_file(self) -> Path:
        return self.folder / "plan.json"

    def inputs_file(self, number: int) -> Path:
        return self.folder / "plan" / f"{shard_name(number)}.json"

    def table_file(self, table: str, number: int) -> Path:
        return self.folder / table / f"{shard_name(number)}.parquet"

    def done_file(self, number: int) -> Path:
        return self.folder / "done" / f"{shard_name(number)}.json"

    def exists(self) -> bool:
        return self.plan_file.is_file()

    def plan(self) -> Plan:
        """The plan of the run. Raises LakeUnusable."""
        try:
            plan = msgspec.json.decode(self.plan_file.read_bytes(), type=Plan)
        except (OSError, msgspec.DecodeError) as error:
            raise LakeUnusable(f"{self.folder} is no lake: it has no plan.json that can be read.") from error
        if plan.layout != LAYOUT:
            raise LakeUnusable(f"{self.folder} was written by another version of caselore; start a new lake.")
        return plan

    def inputs(self, number: int) -> tuple[Input, ...]:
        """The inputs of a shard. Raises LakeUnusable."""
        path = self.inputs_file(number)
        try:
            return msgspec.json.decode(path.read_bytes(), type=tuple[Input, ...])
        except (OSError, msgspec.DecodeError) as error:
            raise LakeUnusable(f"{path} cannot be read; start a new lake.") from error

    def done(self, number: int) -> Done | None:
        """What is known of a finished shard, None for one that is not."""
        try:
            return msgspec.json.decode(self.done_file(number).read_bytes(), type=Done)
        except (OSError, msgspec.DecodeError):
            return None

    def is_whole(self, shard: PlannedShard) -> bool:
        """Whether a shard is finished, from the inputs that the plan gives it, and its files are as they were written."""
        done = self.done(shard.number)
        return (
            done is not None
            and done.shard == shard.digest
            and all(
                (path := self.table_file(table, shard.number)).is_file() and file_digest(path) == file.digest
                for table, file in done.files.items()
            )
        )


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file that is either whole or not there, also after a loss of power."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}{PART}")
    with aside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
