"""What facts tell of a patient's course, as kinds of events, and such an event once its time is known."""

from __future__ import annotations

import msgspec

from caselore.model.fact import Assertion, Fact, Value
from caselore.topics.course import Milestone
from caselore.topics.death import Death
from caselore.topics.follow_up import FollowUp
from caselore.topics.metastasis import Metastasis
from caselore.topics.outcome import Alive, DiseaseStatus
from caselore.topics.recurrence import Recurrence

CONTACT = "contact"
DEATH = "death"
RECURRENCE = "recurrence"
METASTASIS = "metastasis"
VISIT = "visit"


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """An event on the patient's clock: days from the main operation or diagnosis, and the fact that tells it.

    `exact` tells that the author counted from the operation or the diagnosis himself, `led_in` that the text had told of
    no admission or treatment yet: an event that brought the patient.
    """

    kind: str
    low: float
    high: float
    exact: bool
    fact: Fact[Value]
    led_in: bool = False

    @property
    def days(self) -> float:
        return (self.low + self.high) / 2


_TELLING = (Milestone, Death, Alive, DiseaseStatus, FollowUp, Recurrence, Metastasis)


def kind_of(fact: Fact[Value]) -> str | None:
    """Which event a fact tells, None where it tells none."""
    value = fact.value
    if not isinstance(value, _TELLING):
        return None
    affirmed = fact.assertion is Assertion.AFFIRMED
    if isinstance(value, Milestone):
        return value.event if affirmed else None
    if isinstance(value, Death):
        return DEATH if affirmed else None
    if isinstance(value, Alive | DiseaseStatus | FollowUp):
        return CONTACT if affirmed else None
    if isinstance(value, Recurrence):
        return _found_or_denied(fact, RECURRENCE if value.local else METASTASIS)
    if isinstance(value, Metastasis):
        return _found_or_denied(fact, METASTASIS)
    return None


def _found_or_denied(fact: Fact[Value], kind: str) -> str | None:
    if fact.assertion is Assertion.NEGATED:
        return CONTACT
    return kind if fact.assertion in (Assertion.AFFIRMED, Assertion.POSSIBLE) else None


def tells_of_no_disease(fact: Fact[Value]) -> bool:
    """Whether a fact says that the tumour was gone, or had not come back."""
    value = fact.value
    if isinstance(value, DiseaseStatus):
        return value.status == "NED"
    return isinstance(value, Recurrence) and value.local and fact.assertion is Assertion.NEGATED
