"""Negation given the gold span: F1 on NegEx's annotated sentences and on MACCROBAT's case reports, beside two peers.

    python benchmarks/negation.py [--bench ../shared/bench] [--misses]

Both sets call a complaint that has gone ("her pain resolved") negated, and so does this comparison.
NegEx (Chapman 2001): one condition a sentence, Negated or Affirmed. MACCROBAT (Caufield 2020): Sign_symptom and
Disease_disorder, negated where the attribute POLARITY is NEG. medspaCy and negspaCy are measured in the same process
when they are installed (requirements-bench.in).
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from caselore.language.assertion import judge
from caselore.model.fact import Assertion
from caselore.model.text import TextSpan
from caselore.reading.text import document_from_text


class Item(NamedTuple):
    source: str
    text: str
    start: int
    end: int
    negated: bool


def negex_items(path: Path) -> Iterator[Item]:
    """The condition is printed in capitals within its sentence."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        for row in list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]:
            number, condition, sentence, status = row[:4]
            words = [re.escape(word) for word in condition.split()]
            match = re.search(r"\s+".join(words).upper(), sentence) or re.search(r"\s+".join(words), sentence, re.I)
            if match:
                yield Item(f"negex {number}", sentence, match.start(), match.end(), status.strip() == "Negated")


def maccrobat_items(folder: Path) -> Iterator[Item]:
    """Entities with their sentence; those of several pieces are taken from their first to their last character."""
    for path in sorted(folder.glob("*.ann")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        entities: dict[str, tuple[int, int]] = {}
        events: dict[str, str] = {}
        negated: set[str] = set()
        for line in path.read_text(encoding="utf-8").splitlines():
            parts = line.split("\t")
            if line.startswith("T") and parts[1].split()[0] in ("Sign_symptom", "Disease_disorder"):
                numbers = [int(n) for n in re.findall(r"\d+", parts[1].split(" ", 1)[1])]
                entities[parts[0]] = (min(numbers), max(numbers))
            elif line.startswith("E"):
                events[parts[0]] = parts[1].split()[0].partition(":")[2]
            elif line.startswith("A") and parts[1].startswith("POLARITY") and parts[1].split()[-1] == "NEG":
                negated.add(parts[1].split()[1])
        turned = {events.get(name, name) for name in negated}
        sentences = [match.span() for match in re.finditer(r"[^\n]+", text)]
        for name, (start, end) in entities.items():
            low, high = next(((a, b) for a, b in sentences if a <= start and end <= b), (0, len(text)))
            yield Item(f"{path.stem} {name}", text[low:high], start - low, end - low, name in turned)


def by_caselore(items: list[Item]) -> list[bool]:
    found = []
    for item in items:
        document = document_from_text(item.text, "x")
        text, span = item.text, TextSpan(item.start, item.end)
        if document.text == item.text:
            for sentence in document.sentences:
                if sentence.span.covers(span):
                    text = item.text[sentence.span.start : sentence.span.end]
                    span = TextSpan(span.start - sentence.span.start, span.end - sentence.span.start)
                    break
        judgement = judge(text, span)
        found.append(judgement.assertion is Assertion.NEGATED or judgement.resolved)
    return found


def by_spacy(items: list[Item], build: Callable[[], Callable[[Item], bool]]) -> list[bool]:
    decide = build()
    return [decide(item) for item in items]


def medspacy_decider() -> Callable[[Item], bool]:
    import medspacy
    from spacy.util import filter_spans

    nlp = medspacy.load(medspacy_enable=["medspacy_pyrush", "medspacy_context"])
    before = [name for name in nlp.pipe_names if name != "medspacy_context"]
    context = nlp.get_pipe("medspacy_context")

    def decide(item: Item) -> bool:
        doc = nlp.make_doc(item.text)
        for name in before:
            doc = nlp.get_pipe(name)(doc)
        span = doc.char_span(item.start, item.end, label="X", alignment_mode="expand")
        doc.ents = filter_spans([span])
        doc = context(doc)
        return any(entity._.is_negated for entity in doc.ents)

    return decide


def negspacy_decider() -> Callable[[Item], bool]:
    import spacy
    from negspacy.negation import Negex  # noqa: F401  (registers the pipe)

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    negex = spacy.blank("en")
    negex.add_pipe("sentencizer")
    pipe = negex.add_pipe("negex", config={"chunk_prefix": ["no"]})

    def decide(item: Item) -> bool:
        doc = nlp(item.text)
        span = doc.char_span(item.start, item.end, label="X", alignment_mode="expand")
        doc.ents = [span]
        doc = pipe(doc)
        return any(entity._.negex for entity in doc.ents)

    return decide


def report(name: str, items: list[Item], got: list[bool]) -> None:
    tally = Counter((item.negated, answer) for item, answer in zip(items, got, strict=True))
    tp, fp, fn = tally[True, True], tally[False, True], tally[True, False]
    precision, recall = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    accuracy = (tp + tally[False, False]) / max(len(items), 1)
    print(f"{name:12}{len(items):6}{tp:6}{fp:6}{fn:6}{precision:8.3f}{recall:8.3f}{f1:8.3f}{accuracy:8.3f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bench", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "bench")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    if not options.bench.is_dir():
        print(f"no folder {options.bench}: this benchmark needs the annotated sets", file=sys.stderr)
        return 2
    sets = {
        "NegEx": list(negex_items(options.bench / "negex" / "negex_dev.tsv")),
        "MACCROBAT": list(maccrobat_items(options.bench / "maccrobat")),
    }
    for name, items in sets.items():
        print(f"== {name}\n{'':12}{'n':>6}{'tp':>6}{'fp':>6}{'fn':>6}{'prec':>8}{'rec':>8}{'F1':>8}{'acc':>8}")
        got = by_caselore(items)
        report("caselore", items, got)
        if options.peers:
            for peer, build in (("medspaCy", medspacy_decider), ("negspaCy", negspacy_decider)):
                try:
                    answers = by_spacy(items, build)
                except ImportError:
                    print(f"{peer:12}not installed")
                    continue
                report(peer, items, answers)
        if options.misses:
            for item, answer in zip(items, got, strict=True):
                if item.negated != answer:
                    kind = "MISSED" if item.negated else "WRONG "
                    marked = f"{item.text[: item.start]}[[{item.text[item.start : item.end]}]]{item.text[item.end :]}"
                    print(f"{kind} {item.source}: {marked}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
