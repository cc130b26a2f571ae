"""The site of the tumour where no words tie a place to it: from the title, the subject of the report, what was operated on,
or the name of the tumour type."""

from __future__ import annotations

from typing import cast

from caselore.assembly.cell import CaseFacts, Cell
from caselore.assembly.columns.tumour import diagnosis, is_metastatic
from caselore.assembly.organs import groups_of_places, implied_organs, organs_removed
from caselore.model.fact import Phase
from caselore.topics.diagnosis import Diagnosis
from caselore.topics.ontology import named
from caselore.topics.place_hint import PlaceHint
from caselore.topics.site import TumourSite
from caselore.topics.subject import Subject
from caselore.topics.surgery import Operation


def hinted_site(facts: CaseFacts) -> Cell | None:
    """The best hint of the case; for a metastatic tumour none that tells the organ it came from."""
    if is_metastatic(facts):
        return _place_of_metastasis(facts) or _hint(facts, "title")
    return (
        organ_of_report(facts)
        or _hint(facts, "lesion")
        or _removed_organ(facts)
        or _hint(facts, "operation")
        or _hint(facts, "biopsy")
        or _hint(facts, "imaging")
        or _place_of_metastasis(facts)
    )


def organ_of_report(facts: CaseFacts) -> Cell | None:
    """The organ that the report is about by its opening, the name of the tumour or its title; none where
    the tumour is metastatic, for which they tell where it came from."""
    if is_metastatic(facts):
        return None
    return _site_of_opening(facts) or _implied_site(facts) or _hint(facts, "title")


def places_named(cell: Cell) -> frozenset[str]:
    """The concepts of anatomy.csv that the names in a cell of sites stand for; a name that the table lacks has none."""
    terms = (named("anatomy.csv", str(site)) for site in cast("tuple[object, ...]", cell.value))
    return frozenset(term.concept for term in terms if term is not None)


def _site_of_opening(facts: CaseFacts) -> Cell | None:
    opening = [fact for fact in facts.of(Subject) if fact.value.site and not _is_general(fact.value.site)]
    return Cell(value=(opening[0].value.site,), facts=(opening[0],)) if opening else None


def _is_general(site: str) -> bool:
    term = named("anatomy.csv", site)
    return term is not None and term.concept in groups_of_places()["too_general"]


def _place_of_metastasis(facts: CaseFacts) -> Cell | None:
    """Where a reported metastasis is told of as one: "metastatic carcinoma in a parotid lymph node"."""
    told = [fact for fact in facts.of(TumourSite, phases=(Phase.FIRST,)) if fact.value.role == "metastasis"]
    return Cell(value=(told[0].value.site,), facts=(told[0],)) if told else None


def _hint(facts: CaseFacts, by: str) -> Cell | None:
    """The first hint of a kind; scans and titles name regions whatever they are about."""
    told = [fact for fact in facts.of(PlaceHint, phases=(Phase.FIRST,)) if fact.value.by == by]
    if by in ("title", "imaging"):
        told = [fact for fact in told if not _is_general(fact.value.site)]
    if by == "imaging":
        told = [fact for fact in told if fact.value.concept not in groups_of_places()["containers"]]
    return Cell(value=(told[0].value.site,), facts=(told[0],)) if told else None


def _removed_organ(facts: CaseFacts) -> Cell | None:
    """The organ that an operation takes away by its name: "parotidectomy"."""
    done = [fact for fact in facts.of(Operation, phases=(Phase.FIRST,)) if fact.value.procedure in organs_removed()]
    return Cell(value=(organs_removed()[done[0].value.procedure],), facts=(done[0],)) if done else None


def _implied_site(facts: CaseFacts) -> Cell | None:
    told = diagnosis(facts)
    if told is None:
        return None
    organs = {implied_organs().get(fact.value.concept) for fact in told.facts if isinstance(fact.value, Diagnosis)}
    organ = organs.pop() if len(organs) == 1 else None
    return Cell(value=(organ,), facts=told.facts) if organ else None
