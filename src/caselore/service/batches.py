"""From one folder to the whole literature: runs over lakes, and what is asked of them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError, as_completed
from pathlib import Path

import msgspec

from caselore.batch.engines import engine
from caselore.batch.inputs import find
from caselore.batch.lake import Done, Lake, LakeUnusable, Plan
from caselore.batch.plan import (
    SECONDS,
    SHARD_SIZE,
    check_folder,
    check_reader,
    make_plan,
    renew_plan,
    start_over,
    sweep,
    unfinished,
)
from caselore.batch.queries import ask, inputs_of, tables_of
from caselore.batch.run import ShardFailed, run_shard, task
from caselore.batch.tables import SET_ASIDE, TABLES
from caselore.batch.verify import Verified, verify
from caselore.exchange.tables import SourceRows
from caselore.reading.sources import Location
from caselore.service.cohorts import cohort
from caselore.settings import START_CACHE


class BatchRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is to do. Without a `path` the plan that the lake has is gone on with.

    `triage` None is yes for a new lake, and what it was begun with for one that is gone on with.
    """

    out: Path
    path: Path | None = None
    articles: str | None = None
    engine: str = "local"
    scheduler: str | None = None
    resume: bool = False
    jobs: int = 1
    shard_size: int = SHARD_SIZE
    seconds: float = SECONDS
    triage: bool | None = None


class BatchProgress(msgspec.Struct, frozen=True, kw_only=True):
    """Where a run is. Counts are of inputs; `before` are those that earlier runs had finished."""

    inputs: int
    before: int
    read: int = 0
    set_aside: int = 0
    failures: int = 0

    @property
    def now(self) -> int:
        """Inputs that this run has finished."""
        return self.read + self.set_aside + self.failures


def batch(request: BatchRequest) -> Iterator[BatchProgress]:
    """Runs what is unfinished of a lake; progress after each shard, the first before any.

    Raises NothingToRead, LakeUnusable, BatchMissing, ShardFailed.
    """
    lake = Lake(request.out)
    try:
        plan = _plan(lake, request)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise LakeUnusable(f"{error.filename or lake.folder} cannot be used: {why}.") from error
    check_reader(lake, plan)
    todo = unfinished(lake, plan)
    progress = BatchProgress(inputs=plan.inputs, before=plan.inputs - sum(shard.inputs for shard in todo))
    yield progress
    if not todo:
        return
    with engine(request.engine, request.jobs, request.scheduler) as executor:
        folder = str(lake.folder.resolve())
        tasks = [task(folder, plan, shard, str(START_CACHE)) for shard in todo]
        running = [executor.submit(run_shard, one) for one in tasks]
        for future in as_completed(running):
            try:
                progress = _after(progress, future.result())
            except CancelledError as error:
                raise ShardFailed("the Dask scheduler was lost; start one and go on with --resume.") from error
            yield progress
    # a worker that was killed while the others went on leaves its half-written table behind
    sweep(lake, TABLES)


def _plan(lake: Lake, request: BatchRequest) -> Plan:
    check_folder(lake.folder)
    if not request.resume:
        if lake.exists():
            raise LakeUnusable(f"{lake.folder} holds a lake already; --resume goes on with it.")
        if request.path is None:
            raise LakeUnusable("Name what is to be read, or go on with a lake by --resume.")
    if not lake.exists():
        if request.path is None:
            raise LakeUnusable(f"{lake.folder} holds no lake to go on with; name what is to be read.")
        start_over(lake, TABLES)
        source, partitions = find(request.path, request.articles)
        return make_plan(
            lake,
            source,
            partitions,
            shard_size=request.shard_size,
            seconds=request.seconds,
            triage=request.triage is not False,
        )
    plan = lake.plan()
    check_reader(lake, plan)
    if request.triage not in (None, plan.triage):
        begun = "with" if plan.triage else "without"
        raise LakeUnusable(f"{lake.folder} was begun {begun} triage; start a new lake for a run that is not.")
    sweep(lake, TABLES)
    if request.path is None:
        return plan
    return renew_plan(lake, *find(request.path, request.articles))


def _after(progress: BatchProgress, done: Done) -> BatchProgress:
    return msgspec.structs.replace(
        progress,
        read=progress.read + done.read,
        set_aside=progress.set_aside + done.set_aside,
        failures=progress.failures + done.failures,
    )


def verify_lake(folder: Path) -> Verified:
    """Whether every input of a lake is accounted for exactly once, with what is wrong. Raises LakeUnusable, BatchMissing."""
    return verify(Lake(folder))


def batch_failures(folder: Path) -> Iterator[tuple[str, ...]]:
    """Inputs that could not be read, with the reason."""
    yield from ask(Lake(folder), "SELECT input, reason FROM failures ORDER BY input")


def batch_set_aside(folder: Path) -> Iterator[tuple[str, ...]]:
    """Inputs that were not read in full, as they are no case reports or a gate kept them out, with the reason."""
    yield from ask(Lake(folder), "SELECT input, reason FROM reports WHERE outcome = ? ORDER BY input", (SET_ASIDE,))


def lake_missing(folder: Path) -> int:
    """How many inputs of a lake are not read yet, or were and their rows are gone. Raises LakeUnusable."""
    lake = Lake(folder)
    there = {path.stem for path in folder.glob("done/*.json")} & {path.stem for path in folder.glob("rows/*.parquet")}
    return sum(shard.inputs for shard in lake.plan().shards if shard.name not in there)


def lake_tables(folder: Path) -> Iterator[SourceRows]:
    """The review rows of a lake, report by report. Raises LakeUnusable, BatchMissing."""
    lake = Lake(folder)
    lake.plan()
    return tables_of(lake)


def lake_locations(folder: Path, where: str = "") -> list[Location]:
    """Where the reports of a lake lie that tell of a patient of this selection, to be read into a casebook.

    Raises WrongExpression, and LakeUnusable for reports that are on no disk.
    """
    lake = Lake(folder)
    root = lake.plan().source.root
    if "://" in root:
        raise LakeUnusable(f"the reports of {folder} are at {root}; fetch them to a folder first.")
    chosen = cohort(lake_tables(folder), where=where).cohort.included
    inputs = inputs_of(lake, {member.source for member in chosen})
    return [Location(Path(root, one.path), one.member) for one in inputs]
