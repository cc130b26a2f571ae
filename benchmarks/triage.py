"""What triage throws out and what it lets through, on texts that are known to be case reports and on texts known to be none.

    python benchmarks/triage.py --cases FOLDER [--cases FOLDER ...] --others FOLDER [--others FOLDER ...] [--names]

Every report of a folder counts (.txt, .xml, .pdf, ...; see `caselore formats`). For each folder the share that was judged rightly
is told with its exact 95% interval, and with --names each text that was not, with the reason. Then the cost: processor time of one
core for opening a text, for triage and for reading it in full.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from caselore.assembly.report import assemble
from caselore.batch.triage import no_case_report
from caselore.cohort.proportions import proportion
from caselore.model.text import Document
from caselore.reading.errors import UnreadableReport
from caselore.reading.sources import Location, load_location, report_files

TIMED = 40
"""Texts of each side that are read in full to see what that costs."""
_Answer = TypeVar("_Answer")


def load_all(places: Iterable[Location]) -> list[Document]:
    """Those that can be read; the others are named."""
    documents = []
    for place in places:
        try:
            documents.append(load_location(place))
        except UnreadableReport as error:
            print(f"not counted: {error}")
    return documents


def judge(folders: list[Path], kept: bool, names: bool) -> tuple[int, int]:
    """How many texts were kept, or set aside, as they should be, and how many there were."""
    right = total = 0
    for folder in folders:
        documents = load_all(report_files([folder]))
        wrong = [(one, reason) for one in documents if ((reason := no_case_report(one)) is None) is not kept]
        tell("kept" if kept else "set aside", len(documents) - len(wrong), len(documents), folder.name)
        for one, reason in wrong if names else ():
            print(f"    {one.source}: {reason or 'kept'}")
        right, total = right + len(documents) - len(wrong), total + len(documents)
    return right, total


def tell(word: str, count: int, of: int, name: str) -> None:
    share = proportion(count, of)
    print(f"{name:24}{count:6} of {of:5} {word}: {share.value:6.1%} ({share.lower:.1%} to {share.upper:.1%})")


def cost(work: Callable[[_Answer], object], on: list[_Answer]) -> float:
    """Processor milliseconds for each."""
    start = time.process_time()
    for one in on:
        work(one)
    return 1000 * (time.process_time() - start) / len(on)


def tell_cost(words: str, folders: list[Path]) -> None:
    places = report_files(folders)
    chosen = load_all(places[:: max(1, len(places) // TIMED)])
    assemble(chosen[0])  # terms and patterns are loaded before the clock starts
    print(
        f"{words} ({sum(len(one.text) for one in chosen) // len(chosen):,} characters on average): "
        f"opened in {cost(load_location, places[:: max(1, len(places) // TIMED)]):.2f} ms, "
        f"triage {cost(no_case_report, chosen):.2f} ms, read in full {cost(assemble, chosen):.1f} ms"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=Path, action="append", required=True, metavar="FOLDER")
    parser.add_argument("--others", type=Path, action="append", required=True, metavar="FOLDER")
    parser.add_argument("--names", action="store_true", help="name each text that was judged wrongly")
    options = parser.parse_args()
    tell("kept", *judge(options.cases, kept=True, names=options.names), "sensitivity")
    tell("set aside", *judge(options.others, kept=False, names=options.names), "specificity")
    tell_cost("case reports", options.cases)
    tell_cost("other texts", options.others)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
