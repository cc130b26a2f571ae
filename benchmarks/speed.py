"""Speed of reading: reports and megabytes a second, growth with length, start-up, memory; beside spaCy and medspaCy.

    python benchmarks/speed.py [FOLDER]

FOLDER holds reports as text; default: examples/. Rates are in processor time of one core, warm, so that other work on the
machine disturbs them less; start-up is wall time. Peers are measured in the same process where they are installed
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
    walls = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        walls.append(time.perf_counter() - start)
    print(f"{'caselore ' + ' '.join(Path(one).name for one in arguments):34}{min(walls):8.2f} s, the best of 5")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "examples")
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
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
