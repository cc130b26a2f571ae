"""Who is told apart: the number of index patients, the cited patients, and whom the stretches of text are about.

    python benchmarks/attribution.py [--shared ../shared] [--half develop|blind|all] [--misses]

For each set: in how many reports the number of index patients is right; precision and recall of cited patients, paired by the
facts they share as the referee does, and by age alone (whether a gold age is printed in a stretch of a cited patient); the
share of stretches by owner.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import msgspec

from caselore import service
from caselore.assembly.patients import segment_shares
from caselore.language.ages import read_ages
from caselore.model.case import Owner, Report, Role
from extraction import SETS, chosen, referee


def ages_told_of(report: Report, role: Role) -> list[float]:
    """The ages printed in the stretches of patients of one role, one list entry for each patient and age."""
    roles = {case.patient.id: case.patient.role for case in report.cases}
    found: set[tuple[str, float]] = set()
    for segment in report.segments:
        for patient_id in segment.patient_ids:
            if roles.get(patient_id) is role:
                words = report.document.text[segment.span.start : segment.span.end]
                found |= {(patient_id, age.years.middle) for age in read_ages(words)}
    return [age for _, age in sorted(found)]


def take(wanted: list[float], offered: list[float]) -> int:
    """How many of the wanted ages are among those offered, each used once."""
    left, hits = list(offered), 0
    for age in wanted:
        match = next((other for other in left if abs(other - age) <= 0.1), None)
        if match is not None:
            left.remove(match)
            hits += 1
    return hits


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--half", choices=["develop", "blind", "all"], default="develop")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    if not options.shared.is_dir():
        print(f"no folder {options.shared}: this benchmark needs the annotated sets", file=sys.stderr)
        return 2
    score = referee(options.shared)
    for name, (gold_folder, text_folder) in SETS.items():
        paths = chosen(options.shared / gold_folder, name, options.half)
        if not paths:
            continue
        counts_right = cited_gold = cited_got = paired = ages_gold = ages_hit = index_ages = 0
        segments = []
        for path in paths:
            gold = json.loads(path.read_text())["patients"]
            report = service.read(options.shared / text_folder / f"{path.stem}.txt")
            got = msgspec.to_builtins(service.rows(report))
            index = [patient for patient in gold if patient["role"] == "index"]
            cited = [patient for patient in gold if patient["role"] != "index"]
            found = [row for row in got if row["role"] != "index"]
            right = len(index) == len(got) - len(found)
            pairs, _ = score.pair(gold, got)
            met = sum(p is not None for g, p in pairs if g is not None and g["role"] != "index")
            ages = [p["age_years"] for p in cited if isinstance(p.get("age_years"), (int, float))]
            hit = take(ages, ages_told_of(report, Role.CITED))
            counts_right, paired, cited_gold, cited_got = (
                counts_right + right, paired + met, cited_gold + len(cited), cited_got + len(found)
            )  # fmt: skip
            ages_gold, ages_hit = ages_gold + len(ages), ages_hit + hit
            index_ages += take(ages, ages_told_of(report, Role.INDEX))
            segments += report.segments
            if options.misses and not (right and met == len(cited) == len(found)):
                labels = [row["label"] for row in found]
                print(
                    f"{path.stem:42} index {len(got) - len(found)} of {len(index)}, cited {met} of {len(cited)}: {labels}"
                )
        shares = segment_shares(tuple(segments))
        print(f"== {name}, {options.half}: {len(paths)} reports")
        print(f"index patients counted right  {counts_right}/{len(paths)}")
        print(f"cited patients                {paired} right of {cited_got} found, {cited_gold} in gold")
        print(
            f"ages of cited patients        {ages_hit}/{ages_gold} in their stretches, {index_ages} in an index patient's"
        )
        print("stretches                     " + ", ".join(f"{o.value} {getattr(shares, o.value):.2f}" for o in Owner))
    return 0


if __name__ == "__main__":
    sys.exit(main())
