"""Cuts what there is to read into shards, and goes on with a plan when some of it has changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import msgspec

from caselore.assembly.rules_version import digest_of
from caselore.batch.inputs import Partition
from caselore.batch.lake import PART, Input, Lake, LakeUnusable, Plan, PlannedShard, Source, digest, write_whole

SHARD_SIZE = 200
SECONDS = 60.0
"""Time for one report."""

_ROOMS = ("model", "reading", "language", "topics", "assembly", "batch")
"""The packages that decide what is read from a report and how it is kept."""


@cache
def reader_version() -> str:
    """The version of caselore and a digest of its rules and term tables."""
    return f"{version('caselore')} {digest_of(_ROOMS)[:16]}"


def make_plan(
    lake: Lake, source: Source, partitions: Iterable[Partition], *, shard_size: int, seconds: float, triage: bool
) -> Plan:
    """Writes the plan of a new lake: the lists of inputs first, the plan itself last."""
    numbered = enumerate(chunk for one in partitions for chunk in _chunks(one.inputs, shard_size))
    shards = [_write_shard(lake, number, inputs) for number, inputs in numbered]
    plan = Plan(
        source=source,
        reader=reader_version(),
        seconds=seconds,
        triage=triage,
        shard_size=shard_size,
        shards=tuple(shards),
    )
    write_whole(lake.plan_file, msgspec.json.encode(plan))
    return plan


def renew_plan(lake: Lake, source: Source, partitions: Iterable[Partition]) -> Plan:
    """The plan of a lake for what there is now: shards without a change stay, new inputs come into new shards.

    Raises LakeUnusable when the lake is of another source.
    """
    plan = lake.plan()
    if (plan.source.kind, plan.source.path) != (source.kind, source.path):
        raise LakeUnusable(f"{lake.folder} was made from {plan.source.path}; start a new lake for {source.path}.")
    now = {one.name: one for partition in partitions for one in partition.inputs}
    shards = []
    for shard in plan.shards:
        planned = lake.inputs(shard.number)
        current = tuple(now.pop(one.name) for one in planned if one.name in now)
        shards.append(shard if current == planned else _write_shard(lake, shard.number, current))
    for number, inputs in enumerate(_chunks(now.values(), plan.shard_size), start=len(shards)):
        shards.append(_write_shard(lake, number, inputs))
    renewed = msgspec.structs.replace(plan, source=source, shards=tuple(shards))
    write_whole(lake.plan_file, msgspec.json.encode(renewed))
    return renewed


def check_reader(lake: Lake, plan: Plan) -> None:
    """Raises LakeUnusable when a plan was begun with other rules: one lake holds the readings of one version."""
    if plan.reader != reader_version():
        raise LakeUnusable(
            f"{lake.folder} was begun with caselore {plan.reader}, this is {reader_version()}: "
            "finish it with that version, or start a new lake."
        )


def unfinished(lake: Lake, plan: Plan) -> list[PlannedShard]:
    """The shards that are still to be read, and those whose files are missing or damaged."""
    return [shard for shard in plan.shards if not lake.is_whole(shard)]


def sweep(lake: Lake, tables: Iterable[str]) -> None:
    """Takes away what interrupted runs left half-written."""
    for folder in (lake.folder, *(lake.folder / name for name in (*tables, "plan", "done"))):
        for part in folder.glob(f".*{PART}"):
            part.unlink(missing_ok=True)


def start_over(lake: Lake, tables: Iterable[str]) -> None:
    """Takes a plan that was never finished away; a lake with a plan is left alone."""
    if not lake.exists():
        for name in (*tables, "plan", "done"):
            shutil.rmtree(lake.folder / name, ignore_errors=True)


def _write_shard(lake: Lake, number: int, inputs: tuple[Input, ...]) -> PlannedShard:
    data = msgspec.json.encode(inputs)
    write_whole(lake.inputs_file(number), data)
    return PlannedShard(number=number, inputs=len(inputs), digest=digest(data))


def _chunks(inputs: Iterable[Input], size: int) -> Iterator[tuple[Input, ...]]:
    rest = iter(inputs)
    while chunk := tuple(islice(rest, size)):
        yield chunk


def check_folder(folder: Path) -> None:
    """Raises LakeUnusable for a folder that holds something else than a lake."""
    if folder.exists() and not folder.is_dir():
        raise LakeUnusable(f"{folder} is a file.")
    strange = [path.name for path in folder.iterdir()] if folder.is_dir() and not (folder / "plan").is_dir() else []
    if strange:
        raise LakeUnusable(f"{folder} holds something else ({strange[0]}); name an empty folder.")
