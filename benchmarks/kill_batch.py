"""Kills batch runs at random moments and compares the lake after --resume with that of an undisturbed run, byte by byte.

    python benchmarks/kill_batch.py [--moments 10] [--dask 3] [--reports 60] [--seed 1]

Killed by SIGKILL: a reading process, the driver, the whole process group; and of a Dask cluster on this machine a worker, the
scheduler and the driver, so many times as --dask tells. The moment is random within a random shard, after the first and before the
last is finished; it is told how often it was so, for a run may be over before the signal reaches it. Reports are those of
examples/, repeated under other names.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import psutil

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [sys.executable, "-m", "caselore", "batch"]
SHARD = "4"
Start = Callable[[Path], subprocess.Popen[bytes]]
SILENT = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def make_reports(folder: Path, count: int) -> Path:
    texts = [path.read_bytes() for path in sorted((ROOT / "examples").glob("*.txt"))]
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:05d}.txt").write_bytes(texts[number % len(texts)])
    return folder


def content(lake: Path) -> dict[str, str]:
    """The digest of every file of the tables."""
    return {
        str(path.relative_to(lake)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(lake.glob("*/*.parquet"))
    }


def start(reports: Path, lake: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [*COMMAND, str(reports), "--out", str(lake), "--shard-size", SHARD, "--jobs", "2", *more]
    return subprocess.Popen(command, start_new_session=True, **SILENT)


def readers(driver: subprocess.Popen[bytes]) -> list[psutil.Process]:
    with contextlib.suppress(psutil.NoSuchProcess):
        return [
            one for one in psutil.Process(driver.pid).children() if "caselore.batch.reader" in " ".join(one.cmdline())
        ]
    return []


def kill_reader(driver: subprocess.Popen[bytes]) -> None:
    """One of those that are reading."""
    if alive := readers(driver):
        with contextlib.suppress(psutil.NoSuchProcess):
            random.choice(alive).kill()


def kill_driver(driver: subprocess.Popen[bytes]) -> None:
    driver.kill()


def kill_group(driver: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(driver.pid, signal.SIGKILL)


def wait_for(lake: Path, driver: subprocess.Popen[bytes], shards: int) -> None:
    """Until so many shards are finished, or the run is over."""
    while len(list(lake.glob("done/*.json"))) < shards and driver.poll() is None:
        time.sleep(0.02)


class Run(NamedTuple):
    """The undisturbed run: where its reports are, its shards, the seconds for one of them, and the digests of its files."""

    reports: Path
    shards: int
    seconds: float
    wanted: dict[str, str]


class Outcome(NamedTuple):
    """How many shards were finished when the signal came, and whether the lake was the same after --resume."""

    finished: int
    same: bool


def wait_for_the_moment(lake: Path, driver: subprocess.Popen[bytes], run: Run) -> None:
    """A random moment within a random shard that is neither the first nor the last."""
    wait_for(lake, driver, random.randrange(1, run.shards - 1))
    time.sleep(random.uniform(0, run.seconds))


def resumed(lake: Path, run: Run, finished: int) -> Outcome:
    subprocess.run([*COMMAND, "--out", str(lake), "--resume", "--jobs", "2"], check=False, **SILENT)
    return Outcome(finished, content(lake) == run.wanted)


def finished_shards(lake: Path) -> int:
    return len(list(lake.glob("done/*.json")))


def disturb(run: Run, lake: Path, kill: Callable[[subprocess.Popen[bytes]], None]) -> Outcome:
    """Runs, kills, and resumes when the driver has ended."""
    driver = start(run.reports, lake)
    wait_for_the_moment(lake, driver, run)
    finished = finished_shards(lake) if driver.poll() is None else run.shards
    kill(driver)
    driver.wait()
    return resumed(lake, run, finished)


@contextlib.contextmanager
def cluster() -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A Dask scheduler and two workers on this machine: its address and the three processes."""
    binaries = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as folder:
        about = Path(folder, "scheduler.json")
        scheduler = [str(binaries / "dask"), "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
        processes = [subprocess.Popen([*scheduler, "--scheduler-file", str(about)], cwd=folder, **SILENT)]
        while not about.exists() or not about.stat().st_size:
            time.sleep(0.2)
        worker = [str(binaries / "dask"), "worker", "--scheduler-file", str(about), "--nthreads", "1", "--no-dashboard"]
        limits = ["--no-nanny", "--death-timeout", "20"]
        processes += [subprocess.Popen([*worker, *limits], cwd=folder, **SILENT) for _ in range(2)]
        try:
            yield json.loads(about.read_text())["address"], processes
        finally:
            for process in processes:
                process.kill()
                process.wait()


def disturb_cluster(run: Run, lake: Path, which: str) -> Outcome:
    """Kills the scheduler, a worker or the driver of a cluster in mid-run, and resumes without a cluster."""
    with cluster() as (address, processes):
        driver = start(run.reports, lake, "--engine", "dask", "--scheduler", address)
        wait_for_the_moment(lake, driver, run)
        finished = finished_shards(lake) if driver.poll() is None else run.shards
        {"scheduler": processes[0], "worker": processes[1], "driver": driver}[which].kill()
        driver.wait(timeout=300)
    return resumed(lake, run, finished)


def undisturbed(folder: Path, count: int) -> Run:
    reports, lake = make_reports(folder / "reports", count), folder / "undisturbed"
    driver = start(reports, lake)
    wait_for(lake, driver, 1)
    began = time.monotonic()
    driver.wait()
    shards = finished_shards(lake)
    return Run(reports, shards, (time.monotonic() - began) / (shards - 1), content(lake))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--moments", type=int, default=10)
    parser.add_argument("--dask", type=int, default=3)
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random.seed(options.seed)
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run = undisturbed(folder, options.reports)
        print(f"{options.reports} reports in {run.shards} shards of {run.seconds:.1f} s, two processes", flush=True)
        trials: list[tuple[str, int, Callable[[Path], Outcome]]] = [
            (kill.__name__, options.moments, partial(disturb, run, kill=kill))
            for kill in (kill_reader, kill_driver, kill_group)
        ]
        trials += [
            (f"kill_dask_{which}", options.dask, partial(disturb_cluster, run, which=which))
            for which in ("worker", "scheduler", "driver")
        ]
        for words, times, trial in trials:
            outcomes = [trial(folder / f"{words}{number}") for number in range(times)]
            struck = [one.finished for one in outcomes if 1 <= one.finished < run.shards]
            same = sum(one.same for one in outcomes)
            wrong += times - same
            print(
                f"{words:20} {times} times, {len(struck)} of them in mid-run (finished shards: {sorted(struck)}): "
                f"{same} lakes the same",
                flush=True,
            )
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
