"""Columns recurrence, months_to_recurrence, status, disease and follow_up_months."""

from __future__ import annotations

from typing import cast

import msgspec

from caselore.assembly.cell import CaseFacts, Cell
from caselore.assembly.columns.tumour import is_metastatic
from caselore.assembly.narrative import is_narrated, narrated
from caselore.assembly.occurrences import CONTACT, DEATH, METASTASIS, RECURRENCE, Placed
from caselore.assembly.timeline import first_recurrence, last_contact
from caselore.assembly.watching import without_watching
from caselore.model.fact import Assertion, Fact, Phase, Value
from caselore.model.text import SectionKind
from caselore.model.time import DAYS_PER_MONTH
from caselore.topics.death import Death
from caselore.topics.follow_up import FollowUp
from caselore.topics.metastasis import Metastasis
from caselore.topics.outcome import Alive, DiseaseStatus
from caselore.topics.recurrence import Recurrence
from caselore.topics.site import TumourSite
from caselore.topics.surgery import Operation

_NARRATIVE = (SectionKind.CASE, SectionKind.OUTCOME, SectionKind.OPERATION, SectionKind.PATHOLOGY)

_SAME_TIME_DAYS = 62
_PAGE = 3_000
"""Characters."""


def recurrence(facts: CaseFacts) -> Cell | None:
    """Yes as soon as one local recurrence after the main resection is told.

    No where one is denied, or where the patient is free of disease and nothing is told of metastases that were removed.
    """
    denied = without_watching(facts.facts, facts.of(Recurrence, Assertion.NEGATED))
    either = narrated([*facts.of(Recurrence), *denied])
    for assertion, value in ((Assertion.AFFIRMED, "yes"), (Assertion.NEGATED, "no")):
        told = [fact for fact in either if _is_local(facts, fact) and fact.assertion is assertion]
        if told:
            return Cell(value=value, facts=tuple(told))
    clear = disease(facts)
    if facts.is_index and clear and clear.value == "NED" and not facts.of(Metastasis) and _is_full_report(facts):
        return Cell(value="no", facts=clear.facts)
    return None


def _is_local(facts: CaseFacts, told: Fact[Recurrence]) -> bool:
    """Whether it is told as local, or in an organ that was told before as that of the tumour."""
    relapse = told.value
    if relapse.local or not relapse.organ:
        return relapse.local
    if all(fact.value.extent == "biopsy" for fact in facts.of(Operation)):
        return False
    own = {
        fact.value.concept
        for fact in facts.of(TumourSite, phases=tuple(Phase))
        if fact.value.role == "tumour" and fact.evidence[0].span.start < told.evidence[-1].span.start
    }
    part = relapse.organ.removesuffix(" region")
    return any(part.startswith(organ) for organ in own) and not is_metastatic(facts)


def _is_full_report(facts: CaseFacts) -> bool:
    """Whether the patient's story goes over pages: a full report tells a relapse, an abstract may leave it out."""
    places = [evidence.span.start for fact in facts.facts for evidence in fact.evidence]
    return max(places, default=0) - min(places, default=0) > _PAGE


def months_to_recurrence(facts: CaseFacts) -> Cell | None:
    told = recurrence(facts)
    if told is None or told.value == "no":
        return None
    items = [_in_own_organ(facts, item) for item in facts.placed]
    item = first_recurrence([item for item in items if is_narrated(item.fact)]) or first_recurrence(items)
    return None if item is None else _months(item)


def _in_own_organ(facts: CaseFacts, item: Placed) -> Placed:
    """A relapse in the organ where the tumour had been is a recurrence there."""
    relapsed = isinstance(item.fact.value, Recurrence) and item.kind == METASTASIS
    own = relapsed and _is_local(facts, cast("Fact[Recurrence]", item.fact))
    return msgspec.structs.replace(item, kind=RECURRENCE) if own and item.days > 0 else item


def follow_up_months(facts: CaseFacts) -> Cell | None:
    """From the main operation or diagnosis to death or last contact."""
    items = list(facts.placed)
    died = _deaths(facts)
    if died and not any(item.kind == DEATH for item in items):
        items = [item for item in items if isinstance(item.fact.value, FollowUp)]
    seen = without_watching(facts.facts, [item.fact for item in items if item.kind == CONTACT])
    items = [item for item in items if item.kind != CONTACT or item.fact in seen]
    item = last_contact([item for item in items if is_narrated(item.fact)]) or last_contact(items)
    if item is None or item.days <= 0:
        return None
    clear = isinstance(item.fact.value, DiseaseStatus) and item.fact.value.status == "NED"
    return None if clear and _returned_after(facts, item.fact, items) else _months(item)


def status(facts: CaseFacts) -> Cell | None:
    """Death wins; a patient is alive where that is said or follows from the disease status, or from recurrence-free follow-up."""
    if died := _deaths(facts):
        return Cell(value="dead", facts=tuple(died))
    told: list[Fact[Value]] = [*facts.of(Alive), *facts.of(DiseaseStatus)]
    if not told and facts.is_index:
        told += [fact for fact in facts.of(Recurrence, Assertion.NEGATED) if fact.value.local]
        told += facts.of(FollowUp)
    told = without_watching(facts.facts, told)
    return Cell(value="alive", facts=tuple(told)) if told else None


def disease(facts: CaseFacts) -> Cell | None:
    """DOD or DOC where the cause of death is told; for the living the state of the disease at the last contact."""
    if died := _deaths(facts):
        return _cause_of_death(facts, died)
    items = list(facts.placed)
    days = {item.fact.id: item.days for item in items}
    states = without_watching(facts.facts, facts.of(DiseaseStatus))
    told = [fact for fact in narrated(states) if not _is_of_another_time(fact, items, days)]
    if not told:
        return None
    latest = max(enumerate(told), key=lambda pair: (days.get(pair[1].id, -1.0) if days else -1.0, pair[0]))[1]
    if latest.value.status == "NED" and _returned_after(facts, latest, items):
        return None
    if latest.value.status == "AWD" and _was_seen_later(latest, items, days):
        return None
    return Cell(value=latest.value.status, facts=(latest,))


def _deaths(facts: CaseFacts) -> list[Fact[Death]]:
    """A death that only the discussion tells is somebody else's where the case report ends with a living patient."""
    told = narrated(facts.of(Death))
    living = any(is_narrated(fact) for fact in (*facts.of(Alive), *facts.of(DiseaseStatus)))
    return [fact for fact in told if is_narrated(fact) or not living]


def _cause_of_death(facts: CaseFacts, died: list[Fact[Death]]) -> Cell | None:
    """A failing organ stands for the disease only where the tumour is known to have spread to that organ."""
    causes = [fact for fact in died if fact.value.cause]
    for fact in reversed(causes):
        if fact.value.cause == "disease":
            return Cell(value="DOD", facts=(fact,))
        if fact.value.cause == "other":
            return Cell(value="DOC", facts=(fact,))
        found = facts.of(Metastasis, Assertion.AFFIRMED, Assertion.POSSIBLE)
        spread = [item for item in found if item.value.concept == fact.value.cause]
        if spread:
            return Cell(value="DOD", facts=(fact, *spread))
    return None


def _was_seen_later(fact: Fact[Value], items: list[Placed], days: dict[str, float]) -> bool:
    """Whether the patient was seen well after this state, which then says nothing of the end."""
    contacts = [item.days for item in items if item.kind == CONTACT]
    return fact.id in days and bool(contacts) and max(contacts) > days[fact.id] + 3 * _SAME_TIME_DAYS


def _is_of_another_time(fact: Fact[Value], items: list[Placed], days: dict[str, float]) -> bool:
    """Whether the discussion tells a state for a time that the case report does not reach: it is another patient's."""
    narrated_days = [item.days for item in items if is_narrated(item.fact)]
    if is_narrated(fact) or fact.id not in days or not narrated_days:
        return False
    return days[fact.id] > max(narrated_days) + max(_SAME_TIME_DAYS, 0.1 * days[fact.id])


def _returned_after(facts: CaseFacts, clear: Fact[Value], items: list[Placed]) -> bool:
    """Whether new disease is told behind the statement, or is placed after it in time."""
    days = {item.fact.id: item.days for item in items}
    led_in = {item.fact.id for item in items if item.led_in}
    told = (*facts.of(Recurrence), *facts.of(Metastasis, Assertion.AFFIRMED, Assertion.POSSIBLE))
    for fact in (fact for fact in told if fact.id not in led_in):
        if fact.id in days and clear.id in days:
            if days[fact.id] > days[clear.id]:
                return True
        elif fact.evidence[0].section in _NARRATIVE and _end(fact) > _end(clear):
            return True
    return False


def _end(fact: Fact[Value]) -> int:
    """Where a fact is told for the last time."""
    return max(evidence.span.end for evidence in fact.evidence)


def _months(item: Placed) -> Cell:
    return Cell(value=round(item.days / DAYS_PER_MONTH, 1), facts=(item.fact,))


COLUMNS = {
    "recurrence": recurrence,
    "months_to_recurrence": months_to_recurrence,
    "status": status,
    "disease": disease,
    "follow_up_months": follow_up_months,
}
