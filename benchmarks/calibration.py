"""Measures how often the filled cells of each column are right on the annotated sets, and writes the table that ships.

    python benchmarks/calibration.py [--shared ../shared]

The sets are those that patterns were developed on, so the shares are somewhat too good for other reports.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import msgspec

from caselore import service
from caselore.evaluation.agreement import Score, agreement

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src" / "caselore" / "assembly" / "calibration.toml"
SETS = (("gold", "seeds"), ("dev", "dev"), ("dev_full", "dev_full"))


def measure(shared: Path) -> dict[str, Score]:
    scores: dict[str, Score] = {}
    for gold, texts in SETS:
        curated = service.load_curated(shared / gold)
        files = [shared / texts / f"{one['source']}.txt" for one in curated]
        tables = [outcome.rows for outcome in service.table(service.report_files(files), jobs=2) if outcome.rows]
        result = agreement(curated, [msgspec.to_builtins(table) for table in tables], "index")
        for field, score in result.fields.items():
            before = scores.get(field, Score())
            scores[field] = Score(
                right=before.right + score.right,
                extra=before.extra + score.extra,
                missing=before.missing + score.missing,
            )
    return scores


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options = parser.parse_args()
    if not options.shared.is_dir():
        print(f"no folder {options.shared}: this benchmark needs the annotated sets", file=sys.stderr)
        return 2
    lines = [
        "# How many filled cells of index patients agreed with the curated rows, by column.",
        "# Written by benchmarks/calibration.py on 83 annotated reports; do not edit by hand.",
        "",
        "[columns]",
    ]
    for field, score in sorted(measure(options.shared).items()):
        filled = score.right + score.extra
        if filled:
            lines.append(f"{field} = {{ right = {score.right}, filled = {filled} }}")
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(TARGET.read_text(encoding="utf-8"), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
