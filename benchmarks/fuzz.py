"""Mutation fuzzing of every loader: no crash, no hang, nothing but a Document or UnreadableReport.

    python benchmarks/fuzz.py [--seconds 60] [--seed 1] [--only PDF,HTML]

Files rendered from the examples are damaged (bytes flipped, cut, doubled, swapped, spliced with another file) and loaded in
the child process that bounds time and memory. A failing file is written to `--keep`.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import rendering  # noqa: E402
from caselore.reading.bounded import load_bounded  # noqa: E402
from caselore.reading.errors import UnreadableReport  # noqa: E402
from caselore.reading.formats import formats  # noqa: E402

SECONDS = 10.0
"""A mutated example that takes longer counts as a hang."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="names of formats, separated by commas")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failures"))
    options = parser.parse_args()
    chance = random.Random(options.seed)
    only = set(filter(None, options.only.split(",")))
    seeds = {one: rendering.samples(one.name) for one in formats() if not only or one.name in only}
    counts: Counter[tuple[str, str]] = Counter()
    failures = 0
    end = time.monotonic() + options.seconds
    while time.monotonic() < end:
        for one, samples in seeds.items():
            data = rendering.mutated(chance, samples)
            try:
                load_bounded(one.load.__module__, data, "fuzz", seconds=SECONDS)
                counts[one.name, "read"] += 1
            except UnreadableReport as error:
                crashed = "could not be read within" in str(error) or "broke the reader" in str(error)
                counts[one.name, "crashed" if crashed else "refused"] += 1
                if crashed:
                    failures += 1
                    options.keep.mkdir(exist_ok=True)
                    (options.keep / f"{one.name.replace(' ', '_')}-{failures}").write_bytes(data)
    for one in seeds:
        told = ", ".join(f"{what} {counts[one.name, what]}" for what in ("read", "refused", "crashed"))
        print(f"{one.name:12} {told}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
