"""Speed of reading: reports and megabytes a second, growth with length, start-up, memory; beside spaCy and medspaCy.

    python benchmarks/speed.py [FOLDER] [--many NUMBER]

FOLDER holds reports as text; default: examples/. Rates and start-up are in processor time of one core, rates warm, so that
other work on the machine disturbs them less. NUMBER is of reports to be read one after the other, to see whether memory
grows; the texts of FOLDER are varied, so that none comes twice. Peers are measured in the same process where they are installed
(requirements-bench.in, in an environment of its own); where they are not, that is said.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from caselore import service
from caselore.reading.sources import load_location, locate

ROOT = Path(__file__).resolve().parents[1]
SEED_LENGTH = 14_000
"""Characters of a usual report; rates are told for reports of this length too."""
TIMES = (1, 10, 100)


def cost(work: Callable[[str], object], texts: list[str], seconds: float = 3.0) -> float:
    """Processor seconds for one round over the texts, after a round that does not count."""
    for text in texts:
        work(text)
    rounds, start = 0, time.process_time()
    while (spent := time.process_time() - start) < seconds:
        for text in texts:
            work(text)
        rounds += 1
    return spent / rounds


def tell_rate(name: str, work: Callable[[str], object], texts: list[str]) -> None:
    spent, length = cost(work, texts), sum(map(len, texts))
    print(
        f"{name:34}{len(texts) / spent:8.1f} reports/s{length / SEED_LENGTH / spent:8.1f} of 14,000 characters/s"
        f"{length / spent / 1e6:8.2f} MB/s"
    )


def tell_peers(texts: list[str]) -> None:
    """The bare tokeniser of spaCy, and medspaCy with its sentences and ConText."""
    try:
        spacy, medspacy = import_module("spacy"), import_module("medspacy")
    except ImportError as error:
        print(f"spaCy and medspaCy: not measured, {error.name} is not installed")
        return
    tell_rate("spaCy, tokeniser alone", spacy.blank("en"), texts)
    peer = medspacy.load(medspacy_enable=["medspacy_target_matcher", "medspacy_context"])
    peer.add_pipe("sentencizer", first=True)
    rule = import_module("medspacy.ner").TargetRule
    words = ("sarcoma", "metastasis", "recurrence", "desmin", "radiotherapy", "resection", "pain", "necrosis")
    peer.get_pipe("medspacy_target_matcher").add([rule(word, "FINDING") for word in words])
    tell_rate(f"medspaCy, {len(words)} targets, ConText", peer, texts)


def tell_growth(text: str) -> None:
    """The same report 1, 10 and 100 times over, one after the other in one text."""
    for times in TIMES:
        longer = "\n\n".join([text] * times)
        start = time.process_time()
        service.read_text(longer)
        spent = time.process_time() - start
        print(f"length x {times:<5}{len(longer):10} characters{1e6 * spent / len(longer):8.2f} s a million characters")


def tell_start(*arguments: str) -> None:
    command = [sys.executable, "-m", "caselore", *arguments]
    spent = []
    for _ in range(5):
        start = _of_children()
        subprocess.run(command, capture_output=True, check=True)
        spent.append(_of_children() - start)
    print(f"{'caselore ' + ' '.join(Path(one).name for one in arguments):34}{min(spent):8.2f} s, the best of 5")


def _of_children() -> float:
    """Processor seconds of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tell_memory(texts: list[str], reports: int) -> None:
    """What the process holds after a tenth, half and all of so many reports."""
    tellings = {reports // 10, reports // 2, reports}
    for number in range(1, reports + 1):
        service.rows(service.read_text(f"{texts[number % len(texts)]}\n\n{number}"))
        if number in tellings:
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
            print(f"after {number:<28}{pages * resource.getpagesize() / 2**20:8.0f} MB")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "examples")
    parser.add_argument("--many", type=int, default=0, metavar="NUMBER", help="reports to read one after the other")
    options = parser.parse_args()
    paths = sorted(options.folder.glob("*.txt"))
    if not paths:
        print(f"no reports (*.txt) in {options.folder}", file=sys.stderr)
        return 2
    texts = [load_location(locate(path)).raw for path in paths]
    print(f"{len(texts)} reports, {sum(map(len, texts))} characters, Python {sys.version.split()[0]}")
    tell_rate("caselore, report and rows", lambda text: service.rows(service.read_text(text)), texts)
    print(f"{'peak memory so far':34}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")
    tell_peers(texts)
    tell_growth(texts[0])
    tell_start("--help")
    tell_start("read", str(ROOT / "examples" / "01_synovial_sarcoma_knee.txt"))
    tell_memory(texts, options.many)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
