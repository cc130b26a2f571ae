"""What the processes of `caselore batch` hold in memory while they read many short reports, each of another patient.

    python benchmarks/memory.py [--reports 10000] [--jobs 1] [--seed 1]

The reports are invented, 300 to 700 characters each: sites, tumours, ages, sizes, dates and treatments vary, and each has names of
people and places that no other has, so that whatever is kept of the words of a report would show. RSS and its peak are of the
largest reading process, told when so many reports are finished; after the run the growth since the first of them is told.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

SHARD = 200
MARKS = (1_000, 3_000, 10_000, 30_000, 100_000)
MEGABYTE = 2**20
TUMOURS = (
    "leiomyosarcoma",
    "chordoma",
    "angiosarcoma",
    "adrenocortical carcinoma",
    "synovial sarcoma",
    "thymoma",
    "Merkel cell carcinoma",
    "myxoid liposarcoma",
    "solitary fibrous tumour",
    "epithelioid sarcoma",
)
SITES = (
    "thigh",
    "sacrum",
    "liver",
    "left kidney",
    "forearm",
    "mediastinum",
    "scalp",
    "retroperitoneum",
    "breast",
    "neck",
)
SIGNS = ("pain", "a growing mass", "swelling", "weight loss", "bleeding", "numbness", "fatigue")
STAINS = ("desmin", "S100", "CD34", "cytokeratin AE1/AE3", "SMA", "STAT6", "brachyury", "synaptophysin", "TLE1", "CD31")
COURSES = (
    "Wide excision with clear margins was followed by {dose} Gy in {fractions} fractions.",
    "After {cycles} cycles of doxorubicin and ifosfamide the tumour was resected; necrosis was {share}%.",
    "The tumour could not be resected, and {drug} was given for {cycles} months.",
    "Resection was incomplete (R1). The patient declined further treatment.",
)
ENDS = (
    "There was no evidence of disease after {months} months.",
    "Local recurrence was found {months} months after surgery.",
    "Metastases to the lungs appeared after {months} months, and the patient died {cycles} months later.",
    "The patient was alive with disease at {months} months.",
)
SYLLABLES = tuple(first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou")


def name(chance: random.Random) -> str:
    """A word that hardly ever comes twice."""
    return "".join(chance.choices(SYLLABLES, k=5)).capitalize()


def report(chance: random.Random) -> str:
    """One invented patient."""
    numbers = {
        "dose": chance.randrange(40, 71, 2),
        "fractions": chance.randrange(20, 36),
        "cycles": chance.randrange(2, 9),
        "share": chance.randrange(5, 96),
        "months": chance.randrange(3, 120),
        "drug": chance.choice(("pazopanib", "trabectedin", "imatinib", "mitotane")),
    }
    positive, negative = chance.sample(STAINS, 2)
    man = chance.random() < 0.5
    size, site, mitoses = chance.randrange(8, 210) / 10, chance.choice(SITES), chance.randrange(1, 40)
    return "\n\n".join(
        (
            f"Case report from {name(chance)} hospital, {name(chance)}",
            f"A {chance.randrange(1, 96)}-year-old {'man' if man else 'woman'} was referred by Dr. {name(chance)} in "
            f"{chance.choice(('March', 'June', 'October'))} {chance.randrange(1990, 2025)} with {chance.choice(SIGNS)} of "
            f"{chance.randrange(2, 30)} months. MRI showed a mass of {size} cm in the {site}. Biopsy showed "
            f"{chance.choice(TUMOURS)}, positive for {positive} and negative for {negative}; there were {mitoses} mitoses "
            "per 10 high-power fields.",
            f"{chance.choice(COURSES).format(**numbers)} {chance.choice(ENDS).format(**numbers)}",
        )
    )


def make_reports(folder: Path, count: int, seed: int) -> None:
    """So many files, a thousand in each folder."""
    chance = random.Random(seed)
    for number in range(count):
        inside = folder / f"{number // 1000:04d}"
        inside.mkdir(parents=True, exist_ok=True)
        (inside / f"{number:07d}.txt").write_text(report(chance), encoding="utf-8")


def largest_reader(driver: psutil.Process) -> tuple[float, float]:
    """RSS now and at its peak, in MB."""
    held = [(0.0, 0.0)]
    for child in driver.children():
        try:
            lines = Path(f"/proc/{child.pid}/status").read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        about = dict(line.split(":", 1) for line in lines)
        if "VmRSS" in about:
            held.append((int(about["VmRSS"].split()[0]) / 1024, int(about["VmHWM"].split()[0]) / 1024))
    return max(held)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    marks = sorted({mark for mark in MARKS if mark < options.reports} | {options.reports - SHARD})
    told: list[float] = []
    with tempfile.TemporaryDirectory() as place:
        reports, lake = Path(place, "reports"), Path(place, "lake")
        make_reports(reports, options.reports, options.seed)
        command = [sys.executable, "-m", "caselore", "batch", str(reports), "--out", str(lake)]
        command += ["--jobs", str(options.jobs), "--shard-size", str(SHARD)]
        began = time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            driver = psutil.Process(process.pid)
            while marks and process.poll() is None:
                finished = SHARD * len(list(lake.glob("done/*.json")))
                if finished >= marks[0]:
                    now, peak = largest_reader(driver)
                    print(
                        f"after {finished:>9,} reports: reader {now:6.1f} MB, at its peak {peak:6.1f} MB; driver "
                        f"{driver.memory_info().rss / MEGABYTE:6.1f} MB; {finished / (time.monotonic() - began):5.1f} reports/s",
                        flush=True,
                    )
                    told.append(peak)
                    marks = [mark for mark in marks if mark > finished]
                time.sleep(0.5)
        if process.returncode:
            print(f"The run ended with {process.returncode}.", file=sys.stderr)
            return 1
    print(f"The peak grew by {100 * (told[-1] / told[0] - 1):.1f}% since the first line.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
