"""Proves that every input of a lake is accounted for exactly once, and that its files are as they were written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from caselore.batch.lake import PART, Done, Lake, Plan, PlannedShard, file_digest
from caselore.batch.libraries import library
from caselore.batch.tables import READ, TABLES

_OTHERS = ("plan", "done")


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What a check of a lake counted, and what is wrong; `faults` are sentences."""

    shards: int
    inputs: int
    read: int
    set_aside: int
    failures: int
    patients: int
    faults: tuple[str, ...]


def verify(lake: Lake) -> Verified:
    """Checks a whole lake, shard by shard. Raises LakeUnusable for a folder that is none."""
    plan = lake.plan()
    faults = [*_strange_files(lake, plan), *_twice_planned(lake, plan)]
    counts: Counter[str] = Counter()
    for shard in plan.shards:
        done = lake.done(shard.number)
        listed = inputs_digest(lake, shard) == shard.digest
        wrong = [] if listed else [f"the list of inputs of shard {shard.name} is missing or damaged."]
        wrong += _wrong_files(lake, shard, done)
        if done is not None:
            counts.update(read=done.read, set_aside=done.set_aside, failures=done.failures)
            counts["patients"] += done.files["patients"].rows if "patients" in done.files else 0
        faults += wrong or _wrong_accounts(lake, shard)
    return Verified(
        shards=len(plan.shards),
        inputs=plan.inputs,
        read=counts["read"],
        set_aside=counts["set_aside"],
        failures=counts["failures"],
        patients=counts["patients"],
        faults=tuple(faults),
    )


def _strange_files(lake: Lake, plan: Plan) -> Iterator[str]:
    """Files that no shard of the plan has written, such as a copy: they would be counted twice."""
    names = {shard.name for shard in plan.shards}
    for folder in (*TABLES, *_OTHERS):
        suffix = ".json" if folder in _OTHERS else ".parquet"
        for path in sorted((lake.folder / folder).glob("*")):
            if path.name.endswith(PART):
                yield f"{folder}/{path.name} was left by an interrupted run; --resume takes it away."
            elif path.stem not in names or path.suffix != suffix:
                yield f"{folder}/{path.name} belongs to no shard of the plan."


def _twice_planned(lake: Lake, plan: Plan) -> Iterator[str]:
    """Inputs that stand in two shards. Digests instead of names: a lake may have millions of inputs."""
    seen: set[int] = set()
    for shard in plan.shards:
        for one in lake.inputs(shard.number) if inputs_digest(lake, shard) == shard.digest else ():
            if hash(one.name) in seen:
                yield f"{one.name} is planned twice."
            seen.add(hash(one.name))


def inputs_digest(lake: Lake, shard: PlannedShard) -> str | None:
    """The digest of a shard's list of inputs, None where it is missing."""
    path = lake.inputs_file(shard.number)
    return file_digest(path) if path.is_file() else None


def _wrong_files(lake: Lake, shard: PlannedShard, done: Done | None) -> Iterator[str]:
    if done is None:
        yield f"shard {shard.name} ({shard.inputs} inputs) is not finished."
        return
    if done.shard != shard.digest:
        yield f"shard {shard.name} was read from another list of inputs than the plan gives it."
    for table in TABLES:
        path, file = lake.table_file(table, shard.number), done.files.get(table)
        if file is None or not path.is_file():
            yield f"{table}/{path.name} is missing."
        elif file_digest(path) != file.digest:
            yield f"{table}/{path.name} is damaged: its bytes are not those that were written."


def _wrong_accounts(lake: Lake, shard: PlannedShard) -> Iterator[str]:
    """Each input once among reports and failures; each patient of a report once among patients and rows."""
    reports = _columns(lake, "reports", shard, ["input", "outcome", "index_patients", "cited_patients"])
    failures = _columns(lake, "failures", shard, ["input"])
    accounted = Counter([one["input"] for one in reports] + [one["input"] for one in failures])
    planned = Counter(one.name for one in lake.inputs(shard.number))
    for name in sorted(planned.keys() | accounted.keys()):
        if planned[name] != accounted[name]:
            yield f"{name} is accounted for {accounted[name]} times instead of {planned[name]} (shard {shard.name})."
    told = {one["input"]: one["index_patients"] + one["cited_patients"] for one in reports if one["outcome"] == READ}
    for table in ("patients", "rows"):
        kept = Counter(one["input"] for one in _columns(lake, table, shard, ["input"]))
        for name in sorted(told.keys() | kept.keys()):
            if told.get(name, 0) != kept[name]:
                yield f"{name} has {kept[name]} lines in {table} instead of {told.get(name, 0)} (shard {shard.name})."


def _columns(lake: Lake, table: str, shard: PlannedShard, names: list[str]) -> list[dict[str, Any]]:
    read = library("pyarrow.parquet").read_table(lake.table_file(table, shard.number), columns=names)
    lines: list[dict[str, Any]] = read.to_pylist()
    return lines
