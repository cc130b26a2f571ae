"""Runs that lose a reader, a worker, the driver or the scheduler on their way: no report is lost, and none comes twice.

Each report is a shard of its own, and what is killed is killed as soon as the first of them is finished.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pyarrow.parquet as parquet
import pytest

from caselore import service
from caselore.batch.tables import TABLES

REPORTS = 24
SILENT = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
NOTE = (
    "Case report\n\nA {age}-year-old woman presented with a mass of the sacrum of {age} mm. Biopsy showed a chordoma."
)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for number in range(REPORTS):
        (folder / f"{number:02d}.txt").write_text(NOTE.format(age=20 + number))
    return folder


def run(lake: Path, path: Path | None = None, **how: Any) -> service.BatchProgress:
    """Reads a folder, or goes on with a lake, in this process."""
    request = service.BatchRequest(path=path, out=lake, resume=path is None, shard_size=1, **how)
    return list(service.batch(request))[-1]


def start(reports: Path, lake: Path, *more: str) -> subprocess.Popen[bytes]:
    """The same in a process that can be killed with all that belongs to it."""
    command = [sys.executable, "-m", "caselore", "batch", str(reports), "--out", str(lake), "--shard-size", "1", *more]
    return subprocess.Popen(command, start_new_session=True, **SILENT)


def wait_for_the_first(lake: Path) -> None:
    """Until a shard is finished; a run that never gets there is a hanging test, and shows as such."""
    while not any(lake.glob("done/*.json")):
        time.sleep(0.005)


def kill_all_of(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def content(lake: Path) -> dict[str, list[dict[str, Any]]]:
    """The lines of each table of a lake that is whole."""
    assert service.verify_lake(lake).faults == ()
    files = {table: sorted((lake / table).glob("*.parquet")) for table in TABLES}
    return {table: [line for path in files[table] for line in parquet.read_table(path).to_pylist()] for table in TABLES}


@pytest.fixture(scope="module")
def undisturbed(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    lake = tmp_path_factory.mktemp("lakes") / "undisturbed"
    assert run(lake, reports).read == REPORTS
    return content(lake)


def test_reader_is_killed(reports: Path, undisturbed: dict[str, Any], tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    others = set(psutil.Process().children())
    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(run, lake, reports)
        wait_for_the_first(lake)
        (reader,) = set(psutil.Process().children()) - others
        reader.kill()
        assert running.result().now == REPORTS
    assert content(lake) == undisturbed


def test_driver_and_its_readers_are_killed(reports: Path, undisturbed: dict[str, Any], tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    driver = start(reports, lake)
    wait_for_the_first(lake)
    kill_all_of(driver)
    run(lake)
    assert content(lake) == undisturbed


class Cluster:
    """A Dask scheduler with two workers, on this machine."""

    def __init__(self, place: Path) -> None:
        about = place / "scheduler.json"
        self.scheduler = self._start(
            place, "scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", about
        )
        while not about.exists() or not about.stat().st_size:
            time.sleep(0.05)
        options = ("--scheduler-file", about, "--nthreads", "1", "--no-nanny", "--death-timeout", "20")
        self.workers = [self._start(place, "worker", *options) for _ in range(2)]
        self.address: str = json.loads(about.read_text())["address"]

    def _start(self, place: Path, what: str, *options: str | Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli.dask_" + what, "--no-dashboard", *map(str, options)]
        return subprocess.Popen(command, cwd=place, start_new_session=True, **SILENT)

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            kill_all_of(process)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.end()


def test_driver_of_a_cluster_is_killed(
    reports: Path, undisturbed: dict[str, Any], cluster: Cluster, tmp_path: Path
) -> None:
    lake = tmp_path / "lake"
    driver = start(reports, lake, "--engine", "dask", "--scheduler", cluster.address)
    wait_for_the_first(lake)
    kill_all_of(driver)
    run(lake, engine="dask", scheduler=cluster.address)
    assert content(lake) == undisturbed


def test_what_a_killed_worker_left_half_written_goes_with_the_end_of_the_run(reports: Path, tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    progress = service.batch(service.BatchRequest(path=reports, out=lake, shard_size=REPORTS))
    next(progress)
    (lake / "patients").mkdir(exist_ok=True)
    (lake / "patients" / ".000000.parquet.1.part").write_bytes(b"half")
    list(progress)
    assert service.verify_lake(lake).faults == ()


def test_worker_and_scheduler_are_killed(
    reports: Path, undisturbed: dict[str, Any], cluster: Cluster, tmp_path: Path
) -> None:
    """A run goes on without a worker by itself; without its scheduler it ends and says so, and goes on elsewhere."""
    one, other = tmp_path / "one", tmp_path / "other"
    with ThreadPoolExecutor(1) as thread:

        def started(lake: Path) -> Future[service.BatchProgress]:
            running = thread.submit(run, lake, reports, engine="dask", scheduler=cluster.address)
            wait_for_the_first(lake)
            return running

        running = started(one)
        kill_all_of(cluster.workers[0])
        assert running.result().now == REPORTS
        assert content(one) == undisturbed
        running = started(other)
        kill_all_of(cluster.scheduler)
        with pytest.raises(service.ShardFailed, match="the Dask scheduler was lost"):
            running.result()
    run(other)
    assert content(other) == undisturbed
