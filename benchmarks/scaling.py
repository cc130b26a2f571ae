"""How much faster `caselore batch` is with more reading processes.

    python benchmarks/scaling.py [--jobs 1 2] [--reports 400] [--repeat 2]

Reports are those of examples/ under other names. The clock runs from the first finished shard to the last: start-up does not
count. Where other programs use the machine the second figure tells more: reports for a second of processor time of the readers,
which stays the same as long as readers do not stand in each other's way.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import psutil

ROOT = Path(__file__).resolve().parents[1]
SHARD = 10


class Rate(NamedTuple):
    """Reports a second, on the clock and of processor time, and the mean load of the machine while they were read."""

    clock: float
    processor: float
    load: float


def make_reports(folder: Path, count: int) -> None:
    texts = [path.read_bytes() for path in sorted((ROOT / "examples").glob("*.txt"))]
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:05d}.txt").write_bytes(texts[number % len(texts)])


def spent_by_readers(driver: psutil.Process) -> float:
    """Processor seconds of the reading processes so far."""
    try:
        times = [child.cpu_times() for child in driver.children()]
    except psutil.NoSuchProcess:
        return 0.0
    return sum(one.user + one.system for one in times)


def measure(reports: Path, lake: Path, jobs: int) -> Rate:
    command = [sys.executable, "-m", "caselore", "batch", str(reports), "--out", str(lake), "--jobs", str(jobs)]
    first: tuple[float, int, float] | None = None
    clock, read, spent, loads = 0.0, 0, 0.0, []
    with subprocess.Popen(
        [*command, "--shard-size", str(SHARD)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        driver = psutil.Process(process.pid)
        while process.poll() is None:
            finished = SHARD * len(list(lake.glob("done/*.json")))
            seconds = spent_by_readers(driver)
            if finished >= jobs * SHARD and first is None:
                first = time.monotonic(), finished, seconds
            elif first and finished > read and seconds > spent:
                clock, read, spent = time.monotonic(), finished, seconds
                loads.append(os.getloadavg()[0])
            time.sleep(0.02)
    assert first is not None
    count = read - first[1]
    return Rate(count / (clock - first[0]), count / (spent - first[2]), sum(loads) / len(loads))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--repeat", type=int, default=2, help="rounds; those of different --jobs take turns")
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors, {options.reports} reports")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_reports(folder / "reports", options.reports)
        for turn in range(options.repeat):
            for jobs in options.jobs:
                rate = measure(folder / "reports", folder / f"lake{turn}-{jobs}", jobs)
                print(
                    f"{jobs} processes: {rate.clock:6.1f} reports/s, {rate.processor:6.1f} for a second of processor time "
                    f"(load of the machine {rate.load:.1f})",
                    flush=True,
                )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
