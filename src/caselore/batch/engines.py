"""Where shards run: in processes of this machine, or on a Dask cluster. An engine is an executor with `submit`."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager

from caselore.batch.lake import LakeUnusable
from caselore.batch.libraries import library

ENGINES = ("local", "dask")
_RETRIES = 10
"""How often Dask gives a shard to another worker when the one that had it dies."""


@contextmanager
def engine(name: str, jobs: int, scheduler: str | None = None) -> Iterator[Executor]:
    """The engine of a run; `scheduler` is the address of a Dask scheduler, without one Dask runs on this machine.

    Raises BatchMissing, and LakeUnusable for a scheduler that does not answer.
    """
    with _local(jobs) if name == "local" else _dask(jobs, scheduler) as executor:
        yield executor


@contextmanager
def _local(jobs: int) -> Iterator[Executor]:
    """Threads that each wait for a reading process of their own: what a report does to it stops nobody else."""
    executor = ThreadPoolExecutor(max_workers=jobs)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


@contextmanager
def _dask(jobs: int, scheduler: str | None) -> Iterator[Executor]:
    distributed = library("distributed")
    try:
        client = (
            distributed.Client(scheduler, timeout=20)
            if scheduler
            else distributed.Client(
                n_workers=jobs, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
            )
        )
    except OSError as error:
        raise LakeUnusable(f"no Dask scheduler answers at {scheduler or 'this machine'}.") from error
    try:
        yield client.get_executor(pure=False, retries=_RETRIES)
    finally:
        client.close()
