"""Age and sex of the patient, compared with the hand-annotated case reports of MACCROBAT.

    python benchmarks/maccrobat.py [--shared ../shared] [--misses]

Gold is the first Age and the first Sex entity of each report (a report without one is left out of that column). An age
in words other than years is converted; sex is told by a noun. A report counts as right when the review row of its first
patient has that value.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from caselore import service

FEMALE = {"woman", "female", "lady", "girl", "primipara", "f", "females", "women", "mother", "housewife"}
MALE = {"man", "male", "boy", "gentleman", "m", "men", "males"}


def entities(annotations: str, kind: str) -> list[str]:
    """The words of the entities of one kind, in the order of the text."""
    found = re.findall(rf"^T\d+\t{kind} (\d+)[^\t]*\t(.*)$", annotations, re.M)
    return [words for _, words in sorted(found, key=lambda item: int(item[0]))]


def years(words: str) -> float | None:
    """An annotated age in years; None where it has no number."""
    number = re.search(r"\d+(?:\.\d+)?", words)
    if number is None:
        return None
    per_year = 12 if "month" in words else 52.18 if "week" in words else 365.25 if "day" in words else 1
    return float(number[0]) / per_year


def sex(words: str) -> str | None:
    tokens = set(re.findall(r"[a-z]+", words.lower()))
    return "female" if tokens & FEMALE else "male" if tokens & MALE else None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    folder = options.shared / "bench" / "maccrobat"
    if not folder.is_dir():
        print(f"no folder {folder}: this benchmark needs the annotated reports", file=sys.stderr)
        return 2
    right, told = {"age": 0, "sex": 0}, {"age": 0, "sex": 0}
    for path in sorted(folder.glob("*.ann")):
        annotations = path.read_text(encoding="utf-8")
        rows = service.rows(service.read(path.with_suffix(".txt")))
        row = rows[0] if rows else None
        ages = [age for age in map(years, entities(annotations, "Age")) if age is not None]
        sexes = [found for found in map(sex, entities(annotations, "Sex")) if found]
        got = {"age": row and row.age_years, "sex": row and row.sex}
        for column, gold in (("age", ages), ("sex", sexes)):
            if not gold:
                if got[column] is not None and options.misses:
                    print(f"{path.stem} {column}: not annotated, got {got[column]}")
                continue
            told[column] += 1
            if _same(gold[0], got[column]):
                right[column] += 1
            elif options.misses:
                print(f"{path.stem} {column}: gold {gold[0]}, got {got[column]}")
    for column, count in told.items():
        print(f"{column}: {right[column]} of {count} right, {right[column] / count:.3f}")
    return 0


def _same(gold: object, got: object) -> bool:
    if isinstance(gold, float):
        return isinstance(got, float) and abs(gold - got) <= 0.06
    return gold == got


if __name__ == "__main__":
    sys.exit(main())
