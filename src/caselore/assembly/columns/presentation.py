"""Columns symptoms, absent_symptoms and symptom_duration_months."""

from __future__ import annotations

import re
from collections.abc import Iterable

from caselore.assembly.cell import CaseFacts, Cell
from caselore.model.fact import Assertion, Fact, Phase
from caselore.topics.presentation import Symptom, SymptomDuration

_ENOUGH = 2
"""So many complaints tell how the patient came; a laboratory or imaging finding told along with them is left out."""
_LUMPS = {"lump", "swelling", "nodule", "bump", "masses", "nodules", "papule"}


_GENERAL = {
    "pain",
    "mass",
    "swelling",
    "lesion",
    "nodule",
    "nodules",
    "papule",
    "bleeding",
    "edema",
    "ulcer",
    "skin_lesion",
    "limb_weakness",
    "weakness",
    "discharge",
    "neurologic_deficit",
    "cranial_nerve_palsy",
    "radiculopathy",
    "asthenia",
}
"""Terms so general that a more precise one beside them says all; other broader terms stand beside ("ataxia, dysmetria")."""


def symptoms(facts: CaseFacts) -> Cell | None:
    """Complaints and signs at presentation, the most precise ones only."""
    present = facts.of(Symptom, phases=(Phase.FIRST,))
    complaints = [fact for fact in present if not fact.value.finding]
    return _terms(complaints if len(complaints) >= _ENOUGH else present)


def absent_symptoms(facts: CaseFacts) -> Cell | None:
    """Complaints that were explicitly denied and are not told elsewhere."""
    present = [_words(fact.value) for fact in facts.of(Symptom, phases=(Phase.FIRST,))]
    denied = facts.of(Symptom, Assertion.NEGATED, phases=(Phase.FIRST,))
    return _terms(
        (fact for fact in denied if not any(_words(fact.value) <= told for told in present)), keep_broader=True
    )


def symptom_duration_months(facts: CaseFacts) -> Cell | None:
    """The first duration told."""
    for fact in facts.of(SymptomDuration, phases=(Phase.FIRST,)):
        return Cell(value=fact.value.months, facts=(fact,))
    return None


def _terms(found: Iterable[Fact[Symptom]], *, keep_broader: bool = False) -> Cell | None:
    """One term a concept; "pain" gives way to "knee pain", and to "headache" unless `keep_broader` (both are denied)."""
    kept: dict[str, Fact[Symptom]] = {}
    for fact in found:
        kept.setdefault(fact.value.concept, fact)
    broader = (
        set() if keep_broader else _GENERAL & {concept for fact in kept.values() for concept in fact.value.broader}
    )
    precise = [fact for concept, fact in kept.items() if concept not in broader]
    chosen: list[Fact[Symptom]] = []
    for fact in precise:
        own = _words(fact.value)
        others = [_words(other.value) for other in precise if other is not fact]
        if any(own < other for other in others) or own in [_words(other.value) for other in chosen]:
            continue
        if "lesion" in own and any("mass" in other for other in others):
            continue  # the lesion is the mass
        chosen.append(fact)
    if not chosen:
        return None
    return Cell(value=tuple(fact.value.label for fact in chosen), facts=tuple(chosen))


def _words(symptom: Symptom) -> frozenset[str]:
    return frozenset("mass" if word in _LUMPS else word for word in re.findall(r"[a-z0-9]+", symptom.label.lower()))


COLUMNS = {
    "symptoms": symptoms,
    "absent_symptoms": absent_symptoms,
    "symptom_duration_months": symptom_duration_months,
}
