"""Kills batch runs at random moments and compares the lake after --resume with that of an undisturbed run, byte by byte.

    python benchmarks/kill_batch.py [--moments 10] [--dask 3] [--reports 60] [--seed 1]

Killed by SIGKILL: a reading process, the driver, the whole process group; with --dask also a worker and the scheduler of a
Dask cluster on this machine. Reports are those of examples/, repeated under other names.
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
from pathlib import Path

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


def disturb(reports: Path, lake: Path, shards: int, kill: Callable[[subprocess.Popen[bytes]], None]) -> str:
    """Runs, kills at a random moment after a random number of shards, resumes; tells how far it had come."""
    driver = start(reports, lake)
    wait_for(lake, driver, random.randrange(shards))
    time.sleep(random.uniform(0, 1))
    kill(driver)
    finished = len(list(lake.glob("done/*.json")))
    driver.wait()
    subprocess.run(
        [*COMMAND, str(reports), "--out", str(lake), "--resume", "--shard-size", SHARD], check=False, **SILENT
    )
    return f"after {finished} shards"


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


def disturb_cluster(reports: Path, lake: Path, shards: int, which: int) -> str:
    """Kills the scheduler (0) or a worker (1) of a cluster in mid-run, and resumes without a cluster."""
    with cluster() as (address, processes):
        driver = start(reports, lake, "--engine", "dask", "--scheduler", address)
        wait_for(lake, driver, random.randrange(1, shards))
        finished = len(list(lake.glob("done/*.json")))
        processes[which].kill()
        status = driver.wait(timeout=300)
    subprocess.run([*COMMAND, str(reports), "--out", str(lake), "--resume"], check=False, **SILENT)
    return f"after {finished} shards, the driver ended with {status}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--moments", type=int, default=10)
    parser.add_argument("--dask", type=int, default=3)
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random.seed(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reports = make_reports(folder / "reports", options.reports)
        began = time.monotonic()
        start(reports, folder / "undisturbed").wait()
        seconds = time.monotonic() - began
        shards = len(list((folder / "undisturbed").glob("done/*.json")))
        wanted = content(folder / "undisturbed")
        print(
            f"{options.reports} reports, {len(wanted)} files, {seconds:.1f} s undisturbed with two processes",
            flush=True,
        )
        trials: list[tuple[str, Callable[[Path], str]]] = []
        for kill in (kill_reader, kill_driver, kill_group):
            trials += [(kill.__name__, lambda lake, kill=kill: disturb(reports, lake, shards, kill))] * options.moments
        for which, words in ((1, "kill_dask_worker"), (0, "kill_dask_scheduler")):
            trials += [(words, lambda lake, which=which: disturb_cluster(reports, lake, shards, which))] * options.dask
        wrong = 0
        for number, (words, trial) in enumerate(trials):
            lake = folder / f"lake{number}"
            told = trial(lake)
            same = content(lake) == wanted
            wrong += not same
            print(f"{words:20} {told}: {'the same lake' if same else 'ANOTHER LAKE'}", flush=True)
    print(f"{len(trials)} kills, {wrong} lakes differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
