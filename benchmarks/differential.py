"""Whether the stains of annotated patients lead to their diagnosis, and what one source more or less changes.

    python benchmarks/differential.py [--shared ../shared] [--read] [--misses] [--calibration FILE.csv|FILE.svg] [--fit]

Taken are index patients with five stains or more whose diagnosis is in the panel. Settings are chosen on the half "develop"
(seeds, every other report of dev and dev_full); the other half is reported apart and never listed. `--read` takes the stains
that caselore reads from the texts instead of the annotated ones. `--fit` prints the correlation between tumours of one study.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import altair as alt
import msgspec
from scipy.stats import binomtest

from caselore import service
from caselore.differential.answer import in_panel
from caselore.differential.panel import Panel, load_panel
from caselore.differential.pooling import fitted_correlation
from caselore.differential.posterior import flat, posterior
from caselore.differential.stains import reported_stains
from caselore.model.differential import ObservedStain
from caselore.plots.files import to_svg
from extraction import SETS, chosen

ENOUGH = 5
BINS = (0.0, 0.1, 0.2, 0.4, 0.6, 0.8, 1.01)
HALVES = ("develop", "blind")
BARS = {"first": 0.70, "in the first three": 0.88}


class Patient(msgspec.Struct, frozen=True, kw_only=True):
    """A patient with the name of the report, the diagnosis of the panel, and the stains."""

    report: str
    half: str
    truth: str
    stains: tuple[ObservedStain, ...]


def patients(shared: Path, panel: Panel, read: bool) -> Iterator[Patient]:
    for name, (gold_folder, text_folder) in SETS.items():
        for half in HALVES:
            for path in chosen(shared / gold_folder, name, half):
                told = [one for one in json.loads(path.read_text())["patients"] if one["role"] == "index"]
                stains = (
                    read_stains(shared / text_folder / f"{path.stem}.txt")
                    if read
                    else [annotated(one.get("ihc") or {}, panel) for one in told]
                )
                for patient, observed in zip(told, stains, strict=False):
                    truth = diagnosis(patient["diagnosis"], panel)
                    usable = tuple(one for one in observed if one.marker in panel.markers)
                    if len(observed) >= ENOUGH and truth and usable:
                        yield Patient(report=path.stem, half=half, truth=truth, stains=usable)


def annotated(ihc: dict[str, str | list[str]], panel: Panel) -> tuple[ObservedStain, ...]:
    results = {marker: value if isinstance(value, str) else value[0] for marker, value in ihc.items()}
    return reported_stains(results, [], panel.parameters)


def read_stains(path: Path) -> list[tuple[ObservedStain, ...]]:
    """The stains of the index patients as read, paired with the annotated ones by their order."""
    try:
        found = service.differential_of(service.read(path))
    except service.NothingToWeigh:
        return []
    return [one.stains for one in found]


def diagnosis(told: str | list[str] | None, panel: Panel) -> str | None:
    names = told if isinstance(told, list) else [told] if told else []
    return next((label for name in names if (label := in_panel(name, panel))), None)


def rank(panel: Panel, patient: Patient) -> int | None:
    """The place of the true diagnosis; None where the panel has lost it or all stains."""
    stains = [stain for stain in patient.stains if stain.marker in panel.markers]
    if patient.truth not in panel.diagnoses or not stains:
        return None
    shares = posterior(panel, stains, flat(panel))
    return sorted(shares, key=lambda name: -shares[name]).index(patient.truth) + 1


def report(title: str, ranks: Sequence[int]) -> None:
    if not ranks:
        return
    first, three = (sum(one <= limit for one in ranks) for limit in (1, 3))
    of = len(ranks)
    print(
        f"{title:<36}{of:>4} patients   first {first}/{of} {first / of:.0%}   in the first three {three}/{of} {three / of:.0%}"
    )


def calibration(panel: Panel, everybody: Sequence[Patient]) -> list[dict[str, float]]:
    """For every diagnosis of every patient: how often a share of that height is right."""
    pairs = []
    for patient in everybody:
        shares = posterior(panel, patient.stains, flat(panel))
        pairs += [(share, name == patient.truth) for name, share in shares.items()]
    rows = []
    for low, high in pairwise(BINS):
        here = [(share, right) for share, right in pairs if low <= share < high]
        if here:
            rows.append(
                {
                    "from": low,
                    "to": min(high, 1.0),
                    "n": len(here),
                    "mean_share": sum(share for share, _ in here) / len(here),
                    "right": sum(right for _, right in here) / len(here),
                }
            )
    return rows


def drawn(rows: Sequence[dict[str, float]]) -> bytes:
    """How often a share was right, with its exact interval, against the share, as SVG."""
    points = [row | dict(zip(("low", "high"), _exact(row), strict=True)) for row in rows]
    data = alt.InlineData(values=points)
    share = alt.X(
        "mean_share:Q", title="share given to a diagnosis (mean of its class)", scale=alt.Scale(domain=[0, 1])
    )
    right = alt.Y("right:Q", title="how often it was the annotated one", scale=alt.Scale(domain=[0, 1]))
    line = alt.Chart(alt.InlineData(values=[{"x": 0, "y": 0}, {"x": 1, "y": 1}]))
    chart = alt.layer(
        line.mark_line(strokeDash=[4, 4], color="grey").encode(x="x:Q", y="y:Q"),
        alt.Chart(data).mark_rule(strokeWidth=2).encode(x=share, y=alt.Y("low:Q", title=""), y2="high:Q"),
        alt.Chart(data).mark_point(filled=True, size=70, opacity=1).encode(x=share, y=right),
        alt.Chart(data).mark_text(dx=8, align="left", dy=-6).encode(x=share, y=right, text="label:N"),
    ).properties(width=420, height=320)
    return to_svg(chart)


def _exact(row: dict[str, float]) -> tuple[float, float]:
    """The interval of Clopper and Pearson, 95%."""
    interval = binomtest(round(row["right"] * row["n"]), round(row["n"])).proportion_ci(method="exact")
    return float(interval.low), float(interval.high)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--read", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--calibration", type=Path)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    panel = load_panel()
    print(
        f"panel: {len(panel.diagnoses)} diagnoses, {len(panel.markers)} markers, {len(panel.studies())} figures of ",
        end="",
    )
    sources = sorted({study.source for study in panel.studies()})
    print(f"{len(sources)} sources")
    if options.fit:
        print(f"correlation of tumours of one study, by maximum likelihood: {fitted_correlation(panel.counts()):.2f}")
        return 0
    if not options.shared.is_dir():
        print(f"no folder {options.shared}: this benchmark needs the annotated sets", file=sys.stderr)
        return 2
    everybody = list(patients(options.shared, panel, options.read))
    by_half = {half: [one for one in everybody if one.half == half] for half in HALVES}
    ranks = {one: rank(panel, one) or len(panel.diagnoses) for one in everybody}
    report("develop", [ranks[one] for one in by_half["develop"]])
    report("the other half", [ranks[one] for one in by_half["blind"]])
    report("all", list(ranks.values()))
    print(f"asked for: {', '.join(f'{name} {bar:.0%}' for name, bar in BARS.items())}")
    left_out = [rank(panel.without(source), one) for source in sources for one in everybody]
    report("each source left out in turn", [one for one in left_out if one is not None])
    print(f"{left_out.count(None)} of these could not be ranked: without the source the diagnosis has too few figures")
    print("\nshare given   n    mean share   right")
    rows = calibration(panel, everybody)
    for row in rows:
        print(f"{row['from']:.1f} to {row['to']:.1f} {row['n']:>6} {row['mean_share']:>10.2f} {row['right']:>9.2f}")
    if options.calibration and options.calibration.suffix == ".svg":
        options.calibration.write_bytes(drawn([row | {"label": f"n = {row['n']}"} for row in rows]))
    elif options.calibration:
        with options.calibration.open("w", newline="", encoding="utf-8") as target:
            writer = csv.DictWriter(target, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    if options.misses:
        for patient in by_half["develop"]:
            if ranks[patient] > 1:
                print(f"{ranks[patient]:>3} {patient.report} {patient.truth}: {', '.join(map(str, patient.stains))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
