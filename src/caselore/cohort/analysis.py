"""The whole of `caselore cohort`: selection, groups, description, survival, and the same again under other readings."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from caselore.cohort.columns import Kind, kind_of, value_of, wrong_column
from caselore.cohort.cox import NoModel, cox
from caselore.cohort.describe import describe
from caselore.cohort.endpoints import STARTS, Grouping, definition, survival_times
from caselore.cohort.judge import cohort, holds
from caselore.cohort.select import WrongExpression, selector
from caselore.cohort.survival import curve, log_rank, round_times
from caselore.model.cohort import (
    Cohort,
    CohortAnalysis,
    Column,
    CoxModel,
    Curve,
    Endpoint,
    LogRank,
    Member,
    Reading,
    Survival,
    SurvivalTime,
    TimeZero,
)
from caselore.model.row import ReviewRow

_EVENTS_PER_TERM = 10
"""Fewer events for each term make unstable ratios (Peduzzi 1995, 10.1016/0895-4356(95)00048-8)."""
UNKNOWN = "not reported"
"""The group of patients whose report does not tell; it is shown, and takes no part in comparisons."""


def analyse(
    members: Sequence[Member],
    where: str = "",
    by: str = "",
    endpoint: Endpoint | None = None,
    start: TimeZero | None = None,
    covariates: Sequence[str] = (),
) -> CohortAnalysis:
    """Selects, describes and, when an endpoint is given, estimates survival; `by` is a column or an expression.

    `covariates` are columns of numbers that the Cox model takes beside the groups. Raises WrongExpression, WrongEndpoint and
    StatisticsMissing.
    """
    wanted = selector(where)
    grouping = group_by(by)
    _check_numbers(covariates)
    chosen = cohort(members, wanted)
    groups: dict[str, list[Member]] = {}
    for member in chosen.included:
        groups.setdefault(grouping(member.row), []).append(member)
    analysis = CohortAnalysis(cohort=chosen, by=by.strip(), descriptions=describe(dict(sorted(groups.items()))))
    if endpoint is None:
        return analysis
    start = start or STARTS[endpoint][0]
    return msgspec.structs.replace(
        analysis,
        survival=survival(chosen, endpoint, start, grouping, covariates),
        readings=_readings(members, where, endpoint, start, grouping),
    )


def group_by(words: str) -> Grouping:
    """The values of a text column, or "yes" and "no" for an expression; no words make one group. Raises WrongExpression."""
    words = words.strip()
    if not words:
        return lambda row: "all"
    name, _, key = words.partition(".")
    column = Column(name, key or None)
    if wrong_column(column) is None:
        if kind_of(column) is not Kind.TEXT:
            example = f"{name} >= 40" if kind_of(column) is Kind.NUMBER else f'"lung" in {name}'
            raise WrongExpression(f"{words} holds {kind_of(column)}; to group by it write an expression: {example}.")
        return lambda row: str(value_of(row, column) or UNKNOWN)
    expression = selector(words).expression
    assert expression is not None, "words that are not empty make an expression"
    names = {True: f"{words}: yes", False: f"{words}: no", None: UNKNOWN}
    return lambda row: names[holds(row, expression)]


def _check_numbers(covariates: Sequence[str]) -> None:
    """Raises WrongExpression for a column that holds no numbers."""
    for name in covariates:
        wrong = wrong_column(Column(name))
        if wrong is None and kind_of(Column(name)) is not Kind.NUMBER:
            wrong = f"{name} holds {kind_of(Column(name))}; a covariate is a number, groups are made by an expression"
        if wrong is not None:
            raise WrongExpression(f"{wrong}.")


def survival(
    chosen: Cohort, endpoint: Endpoint, start: TimeZero, grouping: Grouping, covariates: Sequence[str] = ()
) -> Survival:
    """Curves of each group, and their comparison where it can be made; `notes` say why not."""
    times, excluded = survival_times(chosen.included, endpoint, start, grouping)
    test, notes = _tested(times)
    told = [
        (one, member.row)
        for member in chosen.included
        for one in survival_times([member], endpoint, start, grouping)[0]
        if one.group != UNKNOWN
    ]
    model, more = _modelled(told, covariates)
    notes = (*notes, *more)
    return Survival(
        endpoint=endpoint,
        time_zero=start,
        definition=definition(endpoint, start),
        curves=_curves(times),
        excluded=tuple(excluded),
        log_rank=test,
        cox=model,
        notes=notes,
    )


def _by_group(times: Sequence[SurvivalTime]) -> dict[str, list[SurvivalTime]]:
    return {group: [one for one in times if one.group == group] for group in sorted({one.group for one in times})}


def _curves(times: Sequence[SurvivalTime]) -> tuple[Curve, ...]:
    """One curve a group; restricted means up to the last time that every group is observed to, risk tables at the same times."""
    groups = _by_group(times)
    ends = [max(one.months for one in members) for members in groups.values()]
    horizon, ticks = min(ends, default=None), round_times(max(ends, default=0.0))
    return tuple(curve(members, group, horizon=horizon, ticks=ticks) for group, members in groups.items())


def _tested(times: Sequence[SurvivalTime]) -> tuple[LogRank | None, tuple[str, ...]]:
    """The log-rank test of two groups, or why there is none; unknown groups take no part."""
    groups = _by_group([one for one in times if one.group != UNKNOWN])
    if len(groups) < 2:
        return None, ()
    if len(groups) > 2:
        return None, (f"No log-rank test: it compares two groups, here are {len(groups)}.",)
    if not any(one.event for members in groups.values() for one in members):
        return None, ("No log-rank test: no event was observed.",)
    return log_rank(*groups.values()), ()


def _modelled(
    told: Sequence[tuple[SurvivalTime, ReviewRow]], covariates: Sequence[str]
) -> tuple[CoxModel | None, tuple[str, ...]]:
    """The Cox model of the groups, each against the first, and of numbers of the row; and what must be said of it."""
    usable = [(one, row) for one, row in told if all(getattr(row, name) is not None for name in covariates)]
    groups = sorted({one.group for one, _ in usable})
    terms = {name: [float(one.group == name) for one, _ in usable] for name in groups[1:]}
    terms |= {name: [float(getattr(row, name)) for _, row in usable] for name in covariates}
    if not terms:
        return None, ()
    notes = []
    if missing := len(told) - len(usable):
        notes.append(
            f"{missing} of {len(told)} patients are not in the Cox model: {' or '.join(covariates)} not reported."
        )
    try:
        model = cox([one for one, _ in usable], terms, reference=groups[0] if groups[1:] else "", numbers=covariates)
    except NoModel as error:
        return None, (*notes, f"No Cox model: {error}")
    if covariates and model.events < _EVENTS_PER_TERM * len(terms):
        notes.append(f"{model.events} events are few for {len(terms)} terms of a Cox model; the ratios are unstable.")
    return model, tuple(notes)


def _readings(
    members: Sequence[Member], where: str, endpoint: Endpoint, start: TimeZero, grouping: Grouping
) -> tuple[Reading, ...]:
    """The curves when ambiguous rows are read the other way, and when patients who seem repeated are left out.

    The selection is made anew: a row may be in under one reading and out under the other.
    """
    other = [
        member if member.other_reading is None else msgspec.structs.replace(member, row=member.other_reading)
        for member in members
    ]
    once = [member for member in members if not member.repeated]
    silent = [_event_free_if_silent(member, endpoint) for member in members]
    as_read = _times_of(members, where, endpoint, start, grouping)
    found = []
    for name, read in (
        ("rows with two readings read the second way", other),
        ("without patients who seem to be there twice", once),
        ("silence about the event read as no event", silent),
    ):
        times = _times_of(read, where, endpoint, start, grouping)
        changed = {(time.source, time.label) for time in {*times} ^ {*as_read}}
        if changed:
            found.append(Reading(name=name, changed=len(changed), curves=_curves(times)))
    return tuple(found)


def _times_of(
    members: Sequence[Member], where: str, endpoint: Endpoint, start: TimeZero, grouping: Grouping
) -> list[SurvivalTime]:
    return survival_times(cohort(members, selector(where)).included, endpoint, start, grouping)[0]


def _event_free_if_silent(member: Member, endpoint: Endpoint) -> Member:
    """A follow-up time is told but not the event: this reading takes it that none was seen."""
    row = member.row
    silent = {"status": "alive"} if row.status is None else {}
    if endpoint is Endpoint.RECURRENCE_FREE and row.recurrence is None:
        silent["recurrence"] = "no"
    if row.follow_up_months is None or not silent:
        return member
    return msgspec.structs.replace(member, row=msgspec.structs.replace(row, **silent))
