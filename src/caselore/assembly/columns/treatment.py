"""Columns surgery, margin, radiotherapy (with dose, fractions, technique), chemotherapy, agents and cycles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from caselore.assembly.cell import CaseFacts, Cell
from caselore.assembly.columns.tumour import is_metastatic, primary_site
from caselore.model.fact import Assertion, Fact, Phase, Value
from caselore.topics.further_treatment import FurtherTreatment
from caselore.topics.margins import Margin
from caselore.topics.origin import TumourOrigin
from caselore.topics.radiotherapy import RadiotherapyCourse
from caselore.topics.surgery import IMPLIED, INCOMPLETE, Operation
from caselore.topics.systemic_therapy import DrugLine

_NOT_GIVEN = (Assertion.NEGATED, Assertion.DECLINED)
_FIRST = (Phase.FIRST,)
_LATER = (Phase.LATER,)
_WITH_A_RIM = ("en bloc resection", "radical excision", "wide local excision")
W = TypeVar("W", bound=Value)


def surgery(facts: CaseFacts) -> Cell | None:
    """The extent of the main resection; biopsy where nothing else was done; none where an operation was ruled out."""
    told = _without_source(facts, facts.of(Operation, phases=_FIRST))
    done = [fact for fact in told if fact.value.procedure != IMPLIED]
    if all(fact.value.extent == "biopsy" or fact.value.procedure == INCOMPLETE for fact in done):
        done = [fact for fact in done if fact.value.procedure != INCOMPLETE]
    if all(fact.value.extent == "biopsy" for fact in done):
        # a tumour that progressed under drugs before it was operated: the later operation is the main one
        later = [fact for fact in facts.of(Operation, phases=_LATER) if fact.value.extent != "biopsy"]
        done = later or done or facts.of(Operation, phases=_LATER)
    extents = [fact for fact in done if fact.value.extent in ("gross total", "subtotal")]
    if extents:
        extent = _most_said(extents, lambda fact: fact.value.extent)
        completed = _completed_later(facts, done) if extent == "subtotal" else []
        if completed:
            return Cell(value="gross total", facts=tuple(completed))
        return Cell(value=extent, facts=tuple(fact for fact in extents if fact.value.extent == extent))
    resected = [fact for fact in done if fact.value.extent == "resection"]
    if resected:
        rim = [fact for fact in resected if fact.value.procedure in _WITH_A_RIM]
        clear = [fact for fact in facts.of(Margin, phases=_of_main_operation(facts)) if fact.value.status == "R0"]
        if rim and clear:
            return Cell(value="gross total", facts=(*rim, *clear))
        return Cell(value="resection", facts=tuple(resected))
    if done:
        return Cell(value="biopsy", facts=tuple(done))
    ruled_out = [fact for fact in facts.of(Operation, *_NOT_GIVEN, phases=_FIRST) if fact.value.extent == "resection"]
    if ruled_out:
        return Cell(value="none", facts=tuple(ruled_out))
    return Cell(value="resection", facts=tuple(told)) if told else None


def _of_main_operation(facts: CaseFacts) -> tuple[Phase, ...]:
    """The phases in which the main operation may be told: the later one where only a biopsy came first."""
    first = any(fact.value.extent != "biopsy" for fact in facts.of(Operation, phases=_FIRST))
    return _FIRST if first else (*_FIRST, *_LATER)


def _without_source(facts: CaseFacts, done: list[Fact[Operation]]) -> list[Fact[Operation]]:
    """Of a reported metastasis: without the removal of the organ that it came from ("hysterectomy")."""
    source = primary_site(facts)
    if source is None:
        return done
    removed = [
        evidence.span
        for fact in facts.of(TumourOrigin, phases=tuple(Phase))
        if fact.value.by_operation and fact.value.primary_site == source.value
        for evidence in fact.evidence
    ]
    return [fact for fact in done if not any(fact.evidence[0].span.start == span.start for span in removed)]


def _completed_later(facts: CaseFacts, done: list[Fact[Operation]]) -> list[Fact[Operation]]:
    """A wide or repeated excision with clear margins that made good an incomplete one."""
    clear = any(fact.value.status == "R0" for fact in facts.of(Margin, phases=_FIRST))
    return [fact for fact in done if clear and fact.value.procedure in (*_WITH_A_RIM, "re-excision")]


def margin(facts: CaseFacts) -> Cell | None:
    """The class told most often at the first treatment; of equals the last, which is that of the final specimen."""
    stated = [
        fact for fact in facts.of(Margin, phases=_of_main_operation(facts)) if fact.value.status in ("R0", "R1", "R2")
    ]
    if not stated:
        return None
    status = _most_said(list(reversed(stated)), lambda fact: fact.value.status)
    return Cell(value=status, facts=tuple(fact for fact in stated if fact.value.status == status))


def radiotherapy(facts: CaseFacts) -> Cell | None:
    """Yes where any course was given; no where it is said that none was."""
    return _given_or_not(_courses(facts), facts.of(RadiotherapyCourse, *_NOT_GIVEN)) or _nothing_further(facts)


def rt_dose_gy(facts: CaseFacts) -> Cell | None:
    course = _main_course(facts)
    return Cell(value=course.value.dose_gy, facts=(course,)) if course else None


def rt_fractions(facts: CaseFacts) -> Cell | None:
    """Those of the main course; where no dose is told, the first that are."""
    main = _main_course(facts)
    course = main or next((fact for fact in _courses(facts) if fact.value.fractions), None)
    return Cell(value=course.value.fractions, facts=(course,)) if course and course.value.fractions else None


def rt_technique(facts: CaseFacts) -> Cell | None:
    """That of the main course, or else the first that is told."""
    main = _main_course(facts)
    undosed = [fact for fact in _courses(facts) if not main or not fact.value.dose_gy]
    for course in (*([main] if main else []), *undosed):
        if course.value.technique and course.value.technique != "carbon ion":
            return Cell(value=course.value.technique, facts=(course,))
    return None


def chemotherapy(facts: CaseFacts) -> Cell | None:
    """Yes where cytotoxic drugs were given; targeted, hormonal and immune treatment say nothing about it."""
    given = [fact for fact in _lines(facts) if fact.value.cytotoxic]
    refused = [fact for fact in facts.of(DrugLine, *_NOT_GIVEN) if fact.value.cytotoxic]
    past = facts.of(DrugLine, phases=(Phase.BEFORE,))
    if past and not given and all(fact.phase is Phase.LATER for fact in refused):
        # "further treatment was declined", after drugs of which it is not clear whether they were for this tumour
        return None
    return _given_or_not(given, refused) or _nothing_further(facts)


def agents(facts: CaseFacts) -> Cell | None:
    """Every drug given for the tumour, in the order of the report."""
    given = [fact for fact in _lines(facts) if fact.value.agents]
    given += _carried_out(facts)
    if not given:
        return None
    names = dict.fromkeys(agent for fact in given for agent in fact.value.agents)
    return Cell(value=tuple(names), facts=tuple(given))


def _carried_out(facts: CaseFacts) -> list[Fact[DrugLine]]:
    """Drugs of a schedule of which later words tell cycles without naming a drug: "was scheduled for X and Y. After two cycles"."""
    counted = [
        f for f in facts.of(DrugLine, phases=_FIRST) if f.value.cycles and not f.value.agents and not f.value.cytotoxic
    ]
    planned = [f for f in facts.of(DrugLine, Assertion.PLANNED, phases=_FIRST) if f.value.agents]
    return [f for f in planned if any(f.evidence[0].span.start < c.evidence[0].span.start for c in counted)]


def cycles(facts: CaseFacts) -> Cell | None:
    """The first number of cycles that is told, or a larger one told later of the same course without naming it."""
    lines = _lines(facts)
    counted = [fact for fact in lines if fact.value.cycles]
    if not counted or not any(fact.value.agents or fact.value.cytotoxic for fact in lines):
        return None
    first = counted[0]
    same = [f for f in counted[1:] if f.phase is first.phase and not f.value.agents and not f.value.cytotoxic]
    most = max((first, *same), key=lambda fact: fact.value.cycles or 0)
    return Cell(value=most.value.cycles, facts=(most,))


def _lines(facts: CaseFacts) -> list[Fact[DrugLine]]:
    """Drug lines in order; those of the past count where they treated the primary of a reported metastasis."""
    past = facts.of(DrugLine, phases=(Phase.BEFORE,)) if is_metastatic(facts) else []
    return [*_ordered(facts, DrugLine), *past]


def _ordered(facts: CaseFacts, kind: type[W]) -> list[Fact[W]]:
    """Facts of the first treatment, then later ones."""
    return [*facts.of(kind, phases=_FIRST), *facts.of(kind, phases=_LATER)]


def _courses(facts: CaseFacts) -> list[Fact[RadiotherapyCourse]]:
    """Courses in order, those to the primary of a reported metastasis last.

    An undated mention of the technique of an earlier irradiation is that irradiation.
    """
    earlier = facts.of(RadiotherapyCourse, phases=(Phase.BEFORE,))
    past = {fact.value.technique for fact in earlier} - {None}
    now = [f for f in _ordered(facts, RadiotherapyCourse) if f.value.dose_gy or f.value.technique not in past]
    return [*now, *(earlier if is_metastatic(facts) else [])]


def _main_course(facts: CaseFacts) -> Fact[RadiotherapyCourse] | None:
    """The first course with a dose; one to a distant metastasis only where there is no other."""
    dosed = [fact for fact in _courses(facts) if fact.value.dose_gy]
    local = [fact for fact in dosed if fact.value.target != "metastasis"]
    return next(iter(local or dosed), None)


def _nothing_further(facts: CaseFacts) -> Cell | None:
    """ "No adjuvant treatment": no to both, unless something was given later, so that it held for a time only."""
    told = facts.of(FurtherTreatment, *_NOT_GIVEN, phases=_FIRST)
    if not told or _courses(facts) or _lines(facts):
        return None
    return Cell(value="no", facts=tuple(told))


def _given_or_not(given: list[Fact[W]], refused: list[Fact[W]]) -> Cell | None:
    if given:
        return Cell(value="yes", facts=tuple(given))
    return Cell(value="no", facts=tuple(refused)) if refused else None


def _most_said(facts: list[Fact[W]], key: Callable[[Fact[W]], str]) -> str:
    counted: Counter[str] = Counter()
    for fact in facts:
        counted[key(fact)] += len(fact.evidence)
    return counted.most_common(1)[0][0]


COLUMNS = {
    "surgery": surgery,
    "margin": margin,
    "radiotherapy": radiotherapy,
    "rt_dose_gy": rt_dose_gy,
    "rt_fractions": rt_fractions,
    "rt_technique": rt_technique,
    "chemotherapy": chemotherapy,
    "agents": agents,
    "cycles": cycles,
}
