"""Where the time of reading goes: seconds of each stage and each topic, and reports of 14,000 characters a second.

    python benchmarks/profile_read.py [FOLDER ...] [--functions 30]

FOLDER holds reports as text; default: the seeds and every full report of the shared folder. Times are processor time of
one core, warm. `--functions` adds the functions that cost most of themselves, as cProfile counts them.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from caselore import service
from caselore.assembly.listed_patients import listed_patients
from caselore.assembly.patients import attribute
from caselore.assembly.phases import phases
from caselore.assembly.report import assemble
from caselore.language.view import Reading
from caselore.reading.sources import load_location, locate
from caselore.topics.catalogue import lexicon, topics

SHARED = Path(__file__).resolve().parents[2] / "shared"
SEED_LENGTH = 14_000


class Stages:
    """Adds up the processor time of named stages."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        start = time.process_time()
        yield
        self.seconds[name] += time.process_time() - start


def profile(path: Path, stages: Stages) -> int:
    """Reads one report stage by stage, as `assemble` does; returns its length in characters."""
    with stages.timed("read the file"):
        document = load_location(locate(path))
    with stages.timed("find mentions"):
        reading = Reading(document, lexicon())
    with stages.timed("whose patient"):
        listed = listed_patients(reading, attribute(reading))
    with stages.timed("phases"):
        phases(reading, listed.attribution)
    for topic in topics():
        with stages.timed(f"topic {topic.name}"):
            for view in reading.sentences:
                if not topic.reads or view.of(*topic.reads):
                    list(topic.extract(view))
    return len(document.raw)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[SHARED / "seeds", SHARED / "dev_full"])
    parser.add_argument("--functions", type=int, default=0)
    options = parser.parse_args()
    paths = sorted(path for folder in options.folders for path in folder.glob("*.txt"))
    if not paths:
        print("no reports (*.txt) in " + ", ".join(map(str, options.folders)), file=sys.stderr)
        return 2
    service.rows(service.read(paths[0]))  # what is built once is built now
    stages = Stages()
    length = sum(profile(path, stages) for path in paths)
    documents = [load_location(locate(path)) for path in paths]
    counted = cProfile.Profile()
    with stages.timed("all of assembly"):
        reports = [assemble(document) for document in documents]
    with stages.timed("review rows"):
        for report in reports:
            service.rows(report)
    for name, seconds in stages.seconds.most_common():
        print(f"{name:32}{1000 * seconds / length * SEED_LENGTH:9.2f} ms a report")
    whole = sum(stages.seconds[name] for name in ("read the file", "all of assembly", "review rows"))
    print(f"{len(paths)} reports, {length} characters: {length / SEED_LENGTH / whole:.1f} reports a second")
    if options.functions:
        counted.runcall(lambda: [assemble(document) for document in documents])
        pstats.Stats(counted).sort_stats("tottime").print_stats(options.functions)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
