"""Cohorts: who is in and who is not and why, times to an event, and what is estimated from them. All times are in months."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

import msgspec

from caselore.model.row import ReviewRow
from caselore.model.version import SCHEMA_VERSION

CAVEAT = (
    "Published cases are not a population: unusual courses are published more often than usual ones, follow-up ends with "
    "publication, and reports differ in what they tell. These figures describe the reports; they predict nothing for one patient."
)


class Column(msgspec.Struct, frozen=True):
    """A column of the review row, or one entry of it: `age_years`, `ihc.SMA`."""

    name: str
    key: str | None = None

    def __str__(self) -> str:
        return f"{self.name}.{self.key}" if self.key else self.name


class Condition(msgspec.Struct, frozen=True, kw_only=True, tag="condition"):
    """One comparison. `operator` is ==, !=, <, <=, >, >=, "contains", "is one of" or "is reported"; `words` are as written.

    `negated` stands for "not in" and "is not reported".
    """

    column: Column
    operator: str
    values: tuple[str | float, ...] = ()
    negated: bool = False
    words: str


class Negation(msgspec.Struct, frozen=True, kw_only=True, tag="not"):
    """The condition does not hold."""

    part: Expression


class Junction(msgspec.Struct, frozen=True, kw_only=True, tag="junction"):
    """All parts hold (`all` true), or at least one of them."""

    parts: tuple[Expression, ...]
    all: bool


Expression = Condition | Negation | Junction


class Selector(msgspec.Struct, frozen=True, kw_only=True):
    """Which patients are wanted, as written and as understood; no expression takes everybody."""

    words: str = ""
    expression: Expression | None = None


class Member(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One patient with the report the row is from.

    `other_reading` is the row as a second reading of the same sources has it; `repeated` is true for a patient who seems to
    stand in an earlier report of the same collection as well.
    """

    source: str
    row: ReviewRow
    reference: str | None = None
    other_reading: ReviewRow | None = None
    repeated: bool = False


class Exclusion(msgspec.Struct, frozen=True, kw_only=True):
    """A patient who is left out, and why."""

    source: str
    label: str
    reason: str


class Cohort(msgspec.Struct, frozen=True, kw_only=True):
    """The patients a selector takes, and each one it does not take with the reason."""

    where: str
    included: tuple[Member, ...]
    excluded: tuple[Exclusion, ...]


class Endpoint(StrEnum):
    """What is waited for: death of any cause, or the first of local recurrence and death."""

    OVERALL = "overall"
    RECURRENCE_FREE = "recurrence-free"


class TimeZero(StrEnum):
    """Where the clock starts."""

    REPORTED = "reported"
    """where the report starts to count: diagnosis or main operation"""
    DIAGNOSIS = "diagnosis"
    OPERATION = "operation"
    RECURRENCE = "recurrence"


class SurvivalTime(msgspec.Struct, frozen=True, kw_only=True):
    """One patient's months from time zero to the event, or to the last contact without it (`event` false)."""

    source: str
    label: str
    months: float
    event: bool
    group: str = ""


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """A figure with its 95% interval; None where it is not reached or cannot be computed."""

    value: float | None
    lower: float | None = None
    upper: float | None = None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """The Kaplan-Meier curve from `months` on: the number at risk just before, events and censorings at that time."""

    months: float
    at_risk: int
    events: int
    censored: int
    survival: Estimate


class RiskCount(msgspec.Struct, frozen=True, kw_only=True):
    """One column of the table below a curve, in the KMunicate form (Morris 2019, 10.1136/bmjopen-2019-030215).

    `at_risk` just before the time; `censored` and `events` counted up from time zero to before it.
    """

    months: float
    at_risk: int
    censored: int
    events: int


class Landmark(msgspec.Struct, frozen=True, kw_only=True):
    """The share without the event at a time, and how many were still observed there."""

    months: float
    at_risk: int
    survival: Estimate


class RestrictedMean(msgspec.Struct, frozen=True, kw_only=True):
    """Mean months without the event up to the horizon, with its standard error."""

    horizon: float
    mean: Estimate
    standard_error: float


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """The Kaplan-Meier estimate of one group; `restricted_mean` is None for patients who have no follow-up at all."""

    group: str
    patients: int
    events: int
    steps: tuple[Step, ...]
    median: Estimate
    landmarks: tuple[Landmark, ...]
    risk_table: tuple[RiskCount, ...]
    restricted_mean: RestrictedMean | None


class LogRank(msgspec.Struct, frozen=True, kw_only=True):
    """The log-rank test of two groups: chi-squared on one degree of freedom."""

    groups: tuple[str, str]
    chi_squared: float
    p: float


class Hazard(msgspec.Struct, frozen=True, kw_only=True):
    """One coefficient of a Cox model: log hazard ratio, its standard error, hazard ratio with its 95% interval, p."""

    term: str
    coefficient: float
    standard_error: float
    ratio: Estimate
    p: float


class CoxModel(msgspec.Struct, frozen=True, kw_only=True):
    """A Cox model, with or without Firth's penalty. `reference` names the group the ratios of groups compare with.

    `numbers` are the terms that are numbers of the review row; their ratios are for one more of their unit.
    """

    method: str
    patients: int
    events: int
    hazards: tuple[Hazard, ...]
    reference: str = ""
    numbers: tuple[str, ...] = ()


class Survival(msgspec.Struct, frozen=True, kw_only=True):
    """Curves and comparisons for one endpoint; `excluded` are patients of the cohort without a usable time.

    `notes` say what was assumed, and why a comparison is absent.
    """

    endpoint: Endpoint
    time_zero: TimeZero
    definition: str
    curves: tuple[Curve, ...]
    excluded: tuple[Exclusion, ...]
    log_rank: LogRank | None = None
    cox: CoxModel | None = None
    notes: tuple[str, ...] = ()


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """The same analysis when ambiguous rows are read differently: how many patients' times change, and the curves."""

    name: str
    changed: int
    curves: tuple[Curve, ...]


class Proportion(msgspec.Struct, frozen=True, kw_only=True):
    """`count` of the `of` patients for whom it is reported, with the exact interval; `missing` says nothing about it."""

    column: str
    value: str
    count: int
    of: int
    missing: int
    share: Estimate


class Distribution(msgspec.Struct, frozen=True, kw_only=True):
    """Median, quartiles and range of a number over the patients for whom it is reported."""

    column: str
    of: int
    missing: int
    median: float
    quartiles: tuple[float, float]
    range: tuple[float, float]


class Description(msgspec.Struct, frozen=True, kw_only=True):
    """The descriptive table of one group."""

    group: str
    patients: int
    numbers: tuple[Distribution, ...]
    proportions: tuple[Proportion, ...]


class CohortAnalysis(msgspec.Struct, frozen=True, kw_only=True):
    """All that `caselore cohort` says, the caveat with it."""

    cohort: Cohort
    by: str
    descriptions: tuple[Description, ...]
    survival: Survival | None = None
    readings: tuple[Reading, ...] = ()
    caveat: str = CAVEAT
    schema_version: str = SCHEMA_VERSION


def reasons(excluded: tuple[Exclusion, ...]) -> dict[str, int]:
    """How many patients were left out for each reason, the most frequent first."""
    return dict(Counter(one.reason for one in excluded).most_common())
