"""Reports and patients that appear more than once in a review: found and told, never merged."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import msgspec

from caselore.assembly.fingerprint import FieldRule, Fingerprint, rules
from caselore.model.row import ReviewRow

_WORD = re.compile(r"[a-z0-9]+")
_IDLE = frozenset({"the", "of", "and", "in", "left", "right", "region", "area", "lobe"})
_COMMON = 50
"""A run of words in more reports than this is a formula of a publisher."""


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two reports, by their place in the list, that are one; or, with labels, a patient of each that are one."""

    first: int
    second: int
    reasons: tuple[str, ...]
    patients: tuple[str, str] | None = None


def duplicates(reports: Sequence[Fingerprint]) -> list[Pair]:
    """Every pair of reports, then every pair of patients of different reports, that seem to be the same.

    Patients of two reports that are one are not listed again; patients of one report are never compared: their authors
    tell them apart.
    """
    whole = list(_same_reports(reports))
    known = {(pair.first, pair.second) for pair in whole}
    return whole + [pair for pair in _same_patients(reports) if (pair.first, pair.second) not in known]


def _same_reports(reports: Sequence[Fingerprint]) -> Iterator[Pair]:
    rule = rules().report
    shared = _shared_runs(reports)
    by_doi: dict[str, list[int]] = defaultdict(list)
    for index, report in enumerate(reports):
        if report.doi is not None:
            by_doi[report.doi].append(index)
    same_doi = {pair for held in by_doi.values() for pair in combinations(held, 2)}
    for first, second in sorted(same_doi | shared.keys()):
        one, other = reports[first], reports[second]
        reasons = []
        if (first, second) in same_doi:
            reasons.append(f"DOI {one.doi}")
        smaller = min(len(one.runs), len(other.runs))
        if smaller >= rule.least and shared[first, second] >= rule.share * smaller:
            reasons.append(f"{shared[first, second] / smaller:.0%} of the text")
        if reasons:
            yield Pair(first=first, second=second, reasons=tuple(reasons))


def _shared_runs(reports: Sequence[Fingerprint]) -> Counter[tuple[int, int]]:
    holders: dict[int, list[int]] = defaultdict(list)
    for index, report in enumerate(reports):
        for run in report.runs:
            holders[run].append(index)
    return Counter(pair for held in holders.values() if len(held) <= _COMMON for pair in combinations(held, 2))


def _same_patients(reports: Sequence[Fingerprint]) -> Iterator[Pair]:
    # Only patients of one sex and about one age are compared one by one: all others contradict each other.
    groups: dict[tuple[str | None, int], list[tuple[int, int]]] = defaultdict(list)
    for index, report in enumerate(reports):
        for number, row in enumerate(report.rows):
            if row.age_years is not None and row.sex is not None:
                groups[row.sex, int(row.age_years)].append((index, number))
    pairs = []
    for (sex, age), group in groups.items():
        near = groups.get((sex, age + 1), [])
        pairs += [*combinations(group, 2), *((one, other) for one in group for other in near)]
    for one, other in sorted(tuple(sorted(pair)) for pair in pairs):
        if one[0] != other[0] and (reasons := _agreements(reports[one[0]], one[1], reports[other[0]], other[1])):
            labels = (reports[one[0]].rows[one[1]].label, reports[other[0]].rows[other[1]].label)
            yield Pair(first=one[0], second=other[0], reasons=reasons, patients=labels)


def _agreements(one: Fingerprint, mine: int, other: Fingerprint, theirs: int) -> tuple[str, ...]:
    """What agrees between two patients, enough of it; nothing where it is not enough or something contradicts."""
    needed, table = rules().patient, rules().fields
    found, telling = [], 0
    for name, rule in table.items():
        verdict = _compare(rule, getattr(one.rows[mine], name), getattr(other.rows[theirs], name))
        if verdict is False or (rule.required and verdict is None):
            return ()
        if verdict:
            found.append(_said(name, one.rows[mine]))
            telling += rule.telling
    dates = _dates(one, mine) & _dates(other, theirs)
    if dates:
        found.append(f"date {min(dates)}")
        telling += 1
    return tuple(found) if len(found) >= needed.agreements and telling >= needed.telling else ()


def _compare(rule: FieldRule, mine: object, theirs: object) -> bool | None:
    """True: they agree. False: they contradict each other. None: neither."""
    if mine in (None, ()) or theirs in (None, ()):
        return None
    if isinstance(mine, int | float) and isinstance(theirs, int | float):
        distance = abs(mine - theirs)
        if distance <= (rule.same or 0.0):
            return True
        limit = None if rule.apart is None else rule.apart * (max(mine, theirs) if rule.relative else 1.0)
        return False if limit is not None and distance > limit else None
    if _words(mine) & _words(theirs):
        return True
    return False if rule.opposes else None


def _words(value: object) -> frozenset[str]:
    terms = value if isinstance(value, tuple) else (value,)
    printed = frozenset(word for term in terms for word in _WORD.findall(str(term).lower()))
    return printed - _IDLE or printed


def _said(name: str, row: ReviewRow) -> str:
    value = getattr(row, name)
    words = ", ".join(value) if isinstance(value, tuple) else f"{value:g}" if isinstance(value, float) else str(value)
    return f"{name.replace('_', ' ')} {words}"


def _dates(report: Fingerprint, number: int) -> frozenset[str]:
    return report.dates[number] if number < len(report.dates) else frozenset()
