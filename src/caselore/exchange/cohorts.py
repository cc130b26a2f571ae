"""A cohort analysis as text for a screen, and as CSV in the long form that statistics programs take."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from caselore.exchange.tables import cell_text, no_formula
from caselore.model.cohort import (
    CohortAnalysis,
    CoxModel,
    Curve,
    Description,
    Estimate,
    Exclusion,
    Hazard,
    RiskCount,
    Survival,
    reasons,
)

HEADER = ("part", "group", "item", "at", "n", "of", "estimate", "lower", "upper", "p")


def to_text(analysis: CohortAnalysis) -> str:
    """The analysis for a person; the caveat comes last, where it stays on the screen."""
    parts = [_selection(analysis)]
    parts += [_described(one) for one in analysis.descriptions]
    if analysis.survival:
        parts += [_survival(analysis.survival), *(curve_text(one) for one in analysis.survival.curves)]
        parts += [_comparison(analysis.survival), _readings(analysis)]
    return "\n\n".join(part for part in [*parts, analysis.caveat] if part) + "\n"


def _selection(analysis: CohortAnalysis) -> str:
    chosen = analysis.cohort
    of = len(chosen.included) + len(chosen.excluded)
    where = f" where {chosen.where}" if chosen.where else ""
    return "\n".join([f"{len(chosen.included)} of {of} patients{where}", *_left_out(chosen.excluded)])


def _left_out(excluded: tuple[Exclusion, ...]) -> Iterator[str]:
    """Each reason with its count and its patients."""
    for reason, count in reasons(excluded).items():
        who = ", ".join(f"{one.source} {one.label}" for one in excluded if one.reason == reason)
        yield f"  left out: {count}  {reason}  ({who})"


def _described(one: Description) -> str:
    lines = [f"{one.group}: {one.patients} {'patient' if one.patients == 1 else 'patients'}"]
    for number in one.numbers:
        low, high = number.quartiles
        lines.append(
            f"  {number.column}: median {number.median:g} (quartiles {low:g} to {high:g}, range {number.range[0]:g} to "
            f"{number.range[1]:g}); reported for {number.of} of {one.patients}"
        )
    for share in one.proportions:
        lines.append(f"  {share.column} {share.value}: {share.count} of {share.of} reported, {percent(share.share)}")
    return "\n".join(lines)


def _survival(survival: Survival) -> str:
    title = f"{survival.endpoint.capitalize()} survival, {survival.definition}"
    return "\n".join([title, *_left_out(survival.excluded)])


def curve_text(curve: Curve) -> str:
    lines = [
        f"{curve.group}: {curve.patients} patients, {curve.events} events",
        f"  median {_months(curve.median)} (95% interval, log-log)",
    ]
    for landmark in curve.landmarks:
        lines.append(f"  at {landmark.months:g} months {percent(landmark.survival)}; {landmark.at_risk} still observed")
    if mean := curve.restricted_mean:
        lines.append(f"  mean up to {mean.horizon:g} months {_months(mean.mean)}")
    return "\n".join([*lines, *_risk_lines(curve.risk_table)])


def _risk_lines(table: tuple[RiskCount, ...]) -> Iterator[str]:
    rows = (
        ("months", [f"{one.months:g}" for one in table]),
        ("at risk", [str(one.at_risk) for one in table]),
        ("censored", [str(one.censored) for one in table]),
        ("events", [str(one.events) for one in table]),
    )
    for name, cells in rows:
        yield f"  {name:<9}" + "".join(f"{cell:>5}" for cell in cells)


def _comparison(survival: Survival) -> str:
    lines = list(survival.notes)
    if test := survival.log_rank:
        lines.insert(
            0, f"Log-rank, {' against '.join(test.groups)}: chi-squared {test.chi_squared:.2f}, p {_chance(test.p)}"
        )
    if model := survival.cox:
        lines.append(f"{model.method}; {model.patients} patients, {model.events} events")
        lines += [
            f"  {_term(one, model)}: hazard ratio {_ratio(one.ratio)}, p {_chance(one.p)}" for one in model.hazards
        ]
    return "\n".join(lines)


def _term(one: Hazard, model: CoxModel) -> str:
    return f"{one.term}, for one more" if one.term in model.numbers else f"{one.term} against {model.reference}"


def _readings(analysis: CohortAnalysis) -> str:
    lines = [
        f"  {reading.name} ({reading.changed} changed): {curve.group}, {curve.patients} patients, {curve.events} events, "
        f"median {_months(curve.median)}"
        for reading in analysis.readings
        for curve in reading.curves
    ]
    return "\n".join(["Sensitivity: the same under other readings", *lines]) if lines else ""


def _months(estimate: Estimate) -> str:
    if estimate.value is None:
        return "not reached" + (f" (from {estimate.lower:.1f})" if estimate.lower is not None else "")
    return f"{estimate.value:.1f} months ({_limit(estimate.lower)} to {_limit(estimate.upper)})"


def _ratio(estimate: Estimate) -> str:
    low, high = (("none" if limit is None else f"{limit:.2f}") for limit in (estimate.lower, estimate.upper))
    return f"{estimate.value:.2f} ({low} to {high})"


def percent(estimate: Estimate) -> str:
    """A share with its interval, in percent."""
    if estimate.value is None:
        return "no share"
    limits = (estimate.lower, estimate.upper)
    if None in limits:
        return f"{estimate.value:.0%}"
    low, high = (f"{limit:.0%}" for limit in limits)
    return f"{estimate.value:.0%} ({low} to {high})"


def _limit(value: float | None) -> str:
    return "not reached" if value is None else f"{value:.1f}"


def _chance(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def to_csv(analysis: CohortAnalysis) -> str:
    """One figure a line; the caveat is the last line, so that it travels with the file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(_lines(analysis))
    return out.getvalue()


def _lines(analysis: CohortAnalysis) -> Iterator[list[str]]:
    yield _line("cohort", "", "included", n=len(analysis.cohort.included))
    yield from _excluded("cohort", analysis.cohort.excluded)
    for one in analysis.descriptions:
        yield _line("description", one.group, "patients", n=one.patients)
        for number in one.numbers:
            median = Estimate(value=number.median, lower=number.quartiles[0], upper=number.quartiles[1])
            yield _line("description", one.group, f"{number.column} median, quartiles", n=number.of, figures=median)
        for share in one.proportions:
            item = f"{share.column} {share.value}"
            yield _line("description", one.group, item, n=share.count, of=share.of, figures=share.share)
    if survival := analysis.survival:
        yield from _excluded(f"{survival.endpoint} survival", survival.excluded)
        yield from _curve_lines(f"{survival.endpoint} survival", survival.curves)
        yield from _comparison_lines(survival)
    for reading in analysis.readings:
        yield from _curve_lines(f"reading: {reading.name}", reading.curves)
    yield _line("caveat", "", analysis.caveat)


def _excluded(part: str, excluded: Iterable[Exclusion]) -> Iterator[list[str]]:
    for one in excluded:
        yield _line(f"{part}, left out", f"{one.source} {one.label}", one.reason)


def _curve_lines(part: str, curves: Iterable[Curve]) -> Iterator[list[str]]:
    for curve in curves:
        yield _line(part, curve.group, "events", n=curve.events, of=curve.patients)
        yield _line(part, curve.group, "median", figures=curve.median)
        if mean := curve.restricted_mean:
            yield _line(part, curve.group, "restricted mean", at=mean.horizon, figures=mean.mean)
        for step in curve.steps:
            yield _line(part, curve.group, "survival", at=step.months, n=step.at_risk, figures=step.survival)


def _comparison_lines(survival: Survival) -> Iterator[list[str]]:
    if test := survival.log_rank:
        value = Estimate(value=test.chi_squared)
        yield _line("log-rank", " against ".join(test.groups), "chi-squared", figures=value, p=test.p)
    if model := survival.cox:
        for one in model.hazards:
            yield _line(model.method, _term(one, model), "hazard ratio", figures=one.ratio, p=one.p)


def _line(
    part: str,
    group: str,
    item: str,
    *,
    at: float | None = None,
    n: int | None = None,
    of: int | None = None,
    figures: Estimate | None = None,
    p: float | None = None,
) -> list[str]:
    shown = figures or Estimate(value=None)
    figure = [("" if one is None else f"{one:.6g}") for one in (shown.value, shown.lower, shown.upper, p)]
    return [part, *map(no_formula, (group, item)), *(cell_text(one) for one in (at, n, of)), *figure]
