"""How many injected errors the linter finds, and how often it speaks up on reports that were not touched.

    python benchmarks/lint.py [--shared ../shared] [--seed 1] [--misses]

Each mutator changes one thing in a clean report, as a slip of the pen would; an error counts as found when a finding that
the clean report does not have overlaps the changed place. Mutators that find nothing to change in a report pass it over.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec

from caselore import service
from caselore.model.case import Report, Role
from caselore.model.fact import Fact, Value
from caselore.topics.demographics import Age, Sex
from caselore.topics.ihc import Stain
from caselore.topics.outcome import Alive, DiseaseStatus
from caselore.topics.site import TumourSite

ROOT = Path(__file__).resolve().parents[1]


class Changed(msgspec.Struct):
    text: str
    start: int
    end: int


Mutator = Callable[[str, Report[Value], random.Random], Changed | None]


def replaced(text: str, start: int, end: int, new: str) -> Changed:
    return Changed(text[:start] + new + text[end:], start, start + len(new))


def inserted(text: str, at: int, sentence: str) -> Changed:
    return Changed(text[:at] + sentence + text[at:], at, at + len(sentence))


def own_facts(report: Report[Value], kind: type[Value]) -> list[Fact[Value]]:
    return [f for c in report.cases if c.patient.role is Role.INDEX for f in c.facts if isinstance(f.value, kind)]


def marker_both_ways(text: str, report: Report[Value], chance: random.Random) -> Changed | None:
    stains = [f for f in own_facts(report, Stain) if f.value.result == "positive" and not f.value.extent]  # type: ignore[attr-defined]
    if not stains:
        return None
    stain = chance.choice(stains)
    end = text.find(".", max(e.span.end for e in stain.evidence))
    name = stain.value.marker  # type: ignore[attr-defined]
    return inserted(text, end + 1, f" The tumor cells were negative for {name}.") if end > 0 else None


def side_flipped(text: str, report: Report[Value], chance: random.Random) -> Changed | None:
    told: dict[str, list[tuple[int, int]]] = {}
    for fact in own_facts(report, TumourSite):
        if fact.value.side in ("left", "right") and fact.value.role == "tumour":  # type: ignore[attr-defined]
            for e in fact.evidence:
                near = re.search(r"\b(left|right)\b", text[max(0, e.span.start - 25) : e.span.end])
                if near:
                    at = max(0, e.span.start - 25) + near.start()
                    told.setdefault(fact.value.concept, []).append((at, at + len(near[0])))  # type: ignore[attr-defined]
    places = [sorted(set(spans)) for spans in told.values() if len(set(spans)) > 1]
    if not places:
        return None
    start, end = chance.choice(chance.choice(places)[1:])
    return replaced(text, start, end, "right" if text[start:end] == "left" else "left")


def sex_flipped(text: str, report: Report[Value], chance: random.Random) -> Changed | None:
    nouns = {"man": "woman", "woman": "man", "male": "female", "female": "male", "boy": "girl", "girl": "boy"}
    places = [e for f in own_facts(report, Sex) for e in f.evidence if e.quote.lower() in nouns]
    if len(places) < 2:
        return None
    place = chance.choice(places[1:])
    return replaced(text, place.span.start, place.span.end, nouns[place.quote.lower()])


def pronoun_flipped(text: str, report: Report[Value], chance: random.Random) -> Changed | None:
    words = {"He": "She", "She": "He"}
    found = [
        m
        for m in re.finditer(r"(?<=[.] )(?:He|She)\b", text)
        if not re.search(r"\b(?:his|her|him)\b", text[m.end() : m.end() + 80])
    ]
    if len(found) < 1 or sum(c.patient.role is Role.INDEX for c in report.cases) != 1:
        return None
    match = chance.choice(found)
    return replaced(text, match.start(), match.end(), words[match[0]])


def age_changed(text: str, report: Report[Value], chance: random.Random) -> Changed | None:
    places = [
        e
        for f in own_facts(report, Age)
        for e in f.evidence
        if len(f.evidence) > 1 and re.match(r"\d\d-year-old", e.quote)
    ]
    if not places:
        return None
    place = chance.choice(places)
    age = int(place.quote[:2])
    new = age + 10 if age < 80 else age - 10
    return replaced(text, place.span.start, place.span.start + 2, str(new))


def dose_changed(text: str, _: Report[Value], chance: random.Random) -> Changed | None:
    found = list(re.finditer(r"(\d{2})(?:\.\d)? Gy (?:in|over) \d{2} fractions of \d", text))
    if not found:
        return None
    match = chance.choice(found)
    return replaced(text, match.start(1), match.end(1), str(int(match[1]) + 6))


def percent_changed(text: str, _: Report[Value], chance: random.Random) -> Changed | None:
    found = list(re.finditer(r"\d+ (?:of|out of) \d+ [^.;%]{0,30}\((\d{2})(?:\.\d)?%\)", text))
    if not found:
        return None
    match = chance.choice(found)
    return replaced(text, match.start(1), match.end(1), str(min(99, int(match[1]) + 17)))


def misspelt(text: str, _: Report[Value], chance: random.Random) -> Changed | None:
    slips = {
        "dura mater": "dura matter",
        "Epstein-Barr": "Ebstein-Barr",
        "vimentin": "vimetin",
        "leiomyosarcoma": "leiomyosacoma",
        "metastasis": "metastatis",
        "radiotherapy": "radiotheraphy",
        "immunohistochemistry": "immunohistochemestry",
        "caldesmon": "calmodulin",
    }
    word = chance.choice(sorted(slips))
    match = re.search(rf"\b{word}\b", text) if word != "caldesmon" else re.search(r"(?<=h-)caldesmon", text)
    return replaced(text, match.start(), match.end(), slips[word]) if match else None


def figure_renumbered(text: str, _: Report[Value], chance: random.Random) -> Changed | None:
    legends = [int(n) for n in re.findall(r"(?m)^\s*(?:Figure|Fig\.) (\d)\b", text)]
    found = list(re.finditer(r"\((?:Figure|Fig\.) (\d)\)", text))
    if not legends or not found:
        return None
    match = chance.choice(found)
    return replaced(text, match.start(1), match.end(1), str(max(legends) + 2))


def score_wrong(text: str, report: Report[Value], _: random.Random) -> Changed | None:
    at = re.search(r"FNCLCC grade ([123])\b", text)
    if not at:
        return None
    wrong = {"1": 6, "2": 7, "3": 4}[at[1]]
    return inserted(text, at.end(), f" (score {wrong})")


def out_of_bounds(text: str, _: Report[Value], chance: random.Random) -> Changed | None:
    found = list(re.finditer(r"Ki-67[^.;,]{0,30}?\b(\d{2}) ?%", text))
    if not found:
        return None
    match = chance.choice(found)
    return replaced(text, match.start(1), match.end(1), "1" + match[1])


def date_impossible(text: str, _: Report[Value], chance: random.Random) -> Changed | None:
    found = list(re.finditer(r"\b\d{1,2} (?:April|June|September|November|February) (?:19|20)\d\d", text))
    if not found:
        return None
    match = chance.choice(found)
    return replaced(text, match.start(), match.start() + match[0].index(" "), "31")


def size_against_stage(text: str, report: Report[Value], _: random.Random) -> Changed | None:
    rows = [row for row in service.rows(report) if row.role == "index"]
    if (
        len(rows) != 1
        or not rows[0].largest_dimension_mm
        or rows[0].largest_dimension_mm <= 50
        or "sarcoma" not in (rows[0].diagnosis or "")
    ):
        return None
    match = list(re.finditer(r"\d cm[^.]*\. ", text))
    return inserted(text, match[-1].end(), "The tumor was staged as pT1N0M0. ") if match else None


def outcome_flipped(text: str, report: Report[Value], _: random.Random) -> Changed | None:
    alive = [
        e
        for f in own_facts(report, Alive) + own_facts(report, DiseaseStatus)
        for e in f.evidence
        if e.section == "abstract"
    ]
    body = [
        e
        for f in own_facts(report, Alive) + own_facts(report, DiseaseStatus)
        for e in f.evidence
        if e.section not in ("abstract", "discussion", "conclusion")
    ]
    if not alive or not body or sum(c.patient.role is Role.INDEX for c in report.cases) != 1:
        return None
    start = text.rfind(". ", 0, alive[-1].span.start) + 2
    end = text.find(".", alive[-1].span.end) + 1
    return replaced(text, start, end, "The patient died of disease.") if 1 < start < end else None


def abstract_number_changed(text: str, report: Report[Value], chance: random.Random) -> Changed | None:
    head = report.document.offsets
    found = []
    for section in report.document.sections:
        if section.kind == "abstract":
            raw = head.to_raw(section.span)
            found += list(re.compile(r"\b(\d{2})(?: months| Gy)\b").finditer(text, raw.start, raw.end))
    found = [m for m in found if len(re.findall(rf"\b{m[0]}\b", text)) > 1]
    if not found:
        return None
    match = chance.choice(found)
    return replaced(text, match.start(1), match.end(1), str(int(match[1]) + 13))


def count_changed(text: str, report: Report[Value], _: random.Random) -> Changed | None:
    match = re.search(r"\b[Ww]e (?:report|present|describe) (two|three)\b", text)
    if not match:
        return None
    return replaced(text, match.start(1), match.end(1), {"two": "three", "three": "four"}[match[1]])


def interval_changed(text: str, report: Report[Value], chance: random.Random) -> Changed | None:
    """An interval that stands beside the dates of operation and contact: nine months more."""
    dates = re.findall(
        r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}", text
    )
    found = list(re.finditer(r"\b(\d{1,2}) months (?:after|later|post)", text))
    if len(dates) < 2 or not found:
        return None
    match = chance.choice(found)
    return replaced(text, match.start(1), match.end(1), str(int(match[1]) + 9))


def year_before_operation(text: str, report: Report[Value], _: random.Random) -> Changed | None:
    """The last year that is told, put before the first one."""
    raw = report.document.raw
    years = [m for m in re.finditer(r"\b(?:19|20)\d\d\b", raw) if _in_case(report, m.start())]
    if len({m[0] for m in years}) < 2:
        return None
    first = min(int(m[0]) for m in years)
    last = max(years, key=lambda m: int(m[0]))
    return replaced(text, last.start(), last.end(), str(first - 2))


def _in_case(report: Report[Value], at: int) -> bool:
    spans = [report.document.offsets.to_raw(s.span) for s in report.document.sections if s.kind in ("case", "outcome")]
    return any(span.start <= at < span.end for span in spans)


def counts_and_percentage(text: str, _: Report[Value], __: random.Random) -> Changed | None:
    at = re.search(r"\.\s+(?=[A-Z])", text[len(text) // 2 :])
    if at is None:
        return None
    return inserted(text, len(text) // 2 + at.end(), "Local recurrence was seen in 8 of 40 patients (35%). ")


MUTATORS: tuple[Mutator, ...] = (
    marker_both_ways, side_flipped, sex_flipped, pronoun_flipped, age_changed, dose_changed, percent_changed, misspelt,
    figure_renumbered, score_wrong, out_of_bounds, date_impossible, size_against_stage, outcome_flipped,
    abstract_number_changed, count_changed, interval_changed, year_before_operation, counts_and_percentage,
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    folders = [options.shared / "dev_full", options.shared / "dev", ROOT / "examples"]
    paths = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    tried: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    spoken = 0
    for path in paths:
        text = path.read_text(encoding="utf-8")
        report = service.read_text(text, path.stem)
        clean = service.lint(report).findings
        spoken += len(clean)
        before = {one.message for one in clean}
        for mutator in MUTATORS:
            changed = mutator(text, report, random.Random(f"{options.seed}{path.stem}"))
            if changed is None:
                continue
            name = mutator.__name__
            tried[name] += 1
            after = service.lint(service.read_text(changed.text)).findings
            if any(
                one.message not in before and any(p.start < changed.end and changed.start < p.end for p in one.places)
                for one in after
            ):
                hits[name] += 1
            elif options.misses:
                around = " ".join(changed.text[max(0, changed.start - 60) : changed.end + 40].split())
                print(f"missed {name} in {path.stem}: {around}")
    for mutator in MUTATORS:
        name = mutator.__name__
        print(f"{name:26} {hits[name]:3} of {tried[name]:3}")
    print(f"{'all':26} {hits.total():3} of {tried.total():3}  {hits.total() / tried.total():.2f}")
    print(f"findings per clean report  {spoken / len(paths):.2f} ({spoken} in {len(paths)} reports)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
