"""Agreement of the review rows with the annotated rows of the shared sets, field by field.

    python benchmarks/extraction.py [--shared ../shared] [--half develop|blind|all] [--fields ihc,sites] [--misses] [--cited]

`--half develop` takes every other report of dev and dev_full (by name); patterns are written while looking at these only,
and `--half blind` tells what they are worth on the rest (without listing misses).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path

import msgspec

from caselore import service

SETS = {"seeds": ("gold", "seeds"), "dev": ("dev", "dev"), "dev_full": ("dev_full", "dev_full")}


def referee(shared: Path):
    spec = importlib.util.spec_from_file_location("score", shared / "score" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def chosen(folder: Path, name: str, half: str) -> list[Path]:
    golds = sorted(folder.glob("*.json"))
    if name == "seeds":
        return golds if half != "blind" else []
    return {"develop": golds[::2], "blind": golds[1::2], "all": golds}[half]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--half", choices=["develop", "blind", "all"], default="develop")
    parser.add_argument("--fields", default="")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--cited", action="store_true")
    options = parser.parse_args()
    if not options.shared.is_dir():
        print(f"no folder {options.shared}: this benchmark needs the annotated sets", file=sys.stderr)
        return 2
    score = referee(options.shared)
    fields = set(filter(None, options.fields.split(",")))
    for name in options.sets.split(","):
        gold_folder, text_folder = SETS[name]
        paths = chosen(options.shared / gold_folder, name, options.half)
        if not paths:
            continue
        gold = [json.loads(path.read_text()) for path in paths]
        predicted = []
        for path in paths:
            report = service.read(options.shared / text_folder / f"{path.stem}.txt")
            predicted.append({"source": path.stem, "patients": msgspec.to_builtins(service.rows(report))})
        tally, misses = score.score(gold, predicted, "cited" if options.cited else "index")
        print(f"== {name}, {options.half}, {'cited' if options.cited else 'index'}: {len(paths)} reports")
        if options.misses and options.half != "blind":
            for miss in misses:
                if not fields or miss[2] in fields:
                    print("{:28} {!s:10} {:24} {:6} gold={} got={}".format(*miss))
        for field in score.SCALARS + score.TERMS + score.MAPS:
            if field in tally and (not fields or field in fields):
                c = tally[field]
                p, r, f = score.prf(c)
                print(f"{field:26}{c['tp']:5}{c['fp']:5}{c['fn']:5}{p:8.3f}{r:8.3f}{f:8.3f}")
        total = sum(tally.values(), Counter())
        p, r, f = score.prf(total)
        print(f"{'MICRO':26}{total['tp']:5}{total['fp']:5}{total['fn']:5}{p:8.3f}{r:8.3f}{f:8.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
