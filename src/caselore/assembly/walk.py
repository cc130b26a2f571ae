"""The walk through a report: unit by unit, whom it speaks of, given whom it spoke of before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from caselore.assembly.cited_patients import CitedPatients
from caselore.assembly.clauses import is_shared
from caselore.assembly.exhibits import Exhibits
from caselore.assembly.genericity import Tone
from caselore.assembly.mentions_of_persons import Pointer
from caselore.assembly.own_patients import OwnPatients
from caselore.assembly.retold import tells_of_others
from caselore.assembly.series import CASE_SECTIONS, Series, starting_label
from caselore.assembly.unit import NOBODY, UNKNOWN, Owned, Unit
from caselore.language.patterns import Pattern
from caselore.model.case import Owner, Patient, Segment
from caselore.model.text import SectionKind


class Zone(Enum):
    """What a sentence is about when it does not say so."""

    CASE = auto()
    """under a case heading: the patient"""
    MIXED = auto()
    """abstracts and texts without headings: as the sentence sounds"""
    LITERATURE = auto()
    """introduction, discussion, conclusion: nobody in particular"""
    CAPTION = auto()
    TABLE = auto()
    TITLE = auto()
    ASIDE = auto()
    """references and back matter"""


_ZONES = {
    SectionKind.TITLE: Zone.TITLE,
    SectionKind.ABSTRACT: Zone.MIXED,
    SectionKind.INTRODUCTION: Zone.LITERATURE,
    SectionKind.DISCUSSION: Zone.LITERATURE,
    SectionKind.CONCLUSION: Zone.LITERATURE,
    SectionKind.CAPTION: Zone.CAPTION,
    SectionKind.TABLE: Zone.TABLE,
    SectionKind.REFERENCES: Zone.ASIDE,
    SectionKind.BACK_MATTER: Zone.ASIDE,
}
_BESIDE_THE_STORY = frozenset({Zone.CAPTION, Zone.TABLE, Zone.ASIDE})
_OF_A_GROUP = Pattern(r"\b(?:of them|of these|of those|their|they)\b", re.IGNORECASE)
""" "Several of them had metastases": goes on with whoever was spoken of together."""
_PART = Pattern(
    r"\W*(?:interventions?|treatments?|management|operations?|outcomes?|results?|follow-?up|diagnos[ei]s|pathology)\s?:",
    re.IGNORECASE,
)
"""Labels of the parts of an abstract."""
_PRONOUN_START = Pattern(r"\W*(?:he|she|his|her)\b", re.IGNORECASE)


class Walk:
    """Keeps whom the text speaks of. `through` gives one segment for each unit and fills `patients`."""

    def __init__(self, series: Series, units: Sequence[Unit], *, case_heading: bool) -> None:
        self._units = units
        self._case_heading = case_heading
        self._own = OwnPatients(series)
        self._cited = CitedPatients(units)
        self._exhibits = Exhibits(self._own)
        self._owned: Owned = NOBODY
        """whom the last unit was about"""
        self._told: Owned = NOBODY
        """the last patient of this paragraph"""

    @property
    def patients(self) -> tuple[Patient, ...]:
        return (*self._own.patients, *self._cited.patients)

    def through(self) -> tuple[Segment, ...]:
        """Whom each unit is about, in order."""
        segments: list[Segment] = []
        for at, unit in enumerate(self._units):
            begins = at == 0 or not unit.in_paragraph_of(self._units[at - 1])
            # A new paragraph forgets whom the last one retold, unless a pronoun goes on (a page break in between).
            if begins and not _PRONOUN_START.match(unit.text):
                self._owned = self._told = NOBODY
                self._own.begin_paragraph()
            if unit.opens_sentence and _PART.match(unit.text):
                self._own.begin_part()
            zone = self._zone(unit.view.section)
            owned = self._of_all_before(unit, segments) or self._step(zone, at, begins=begins)
            if zone not in _BESIDE_THE_STORY:
                self._owned = owned
                self._told = owned if owned[1] else self._told
                self._own.has_told(unit, owned)
            segments.append(Segment(span=unit.span, owner=owned[0], patient_ids=owned[1]))
        return tuple(segments)

    @staticmethod
    def _of_all_before(unit: Unit, segments: Sequence[Segment]) -> Owned | None:
        """Whom the clauses in front told of, where they share what the unit says: "A man and a woman | were admitted"."""
        if unit.opens_sentence or not (is_shared(unit.text) or unit.points(Pointer.TOGETHER)):
            return None
        told = [segment for segment in segments if unit.view.span.covers(segment.span)]
        owners = {segment.owner for segment in told}
        ids = tuple(dict.fromkeys(one for segment in told for one in segment.patient_ids))
        return (owners.pop(), ids) if len(told) > 1 and len(owners) == 1 and len(ids) == len(told) else None

    def _zone(self, section: SectionKind) -> Zone:
        if section in CASE_SECTIONS:
            return Zone.CASE if self._case_heading or section is not SectionKind.CASE else Zone.MIXED
        return _ZONES[section]

    def _step(self, zone: Zone, at: int, *, begins: bool) -> Owned:
        unit = self._units[at]
        match zone:
            case Zone.ASIDE:
                return NOBODY
            case Zone.TITLE if at == 0 or not unit.text.rstrip().endswith("."):
                return self._own.all()
            case Zone.CAPTION:
                return self._exhibits.caption(unit, begins=begins)
            case Zone.TABLE:
                return self._exhibits.table(unit)
            case Zone.LITERATURE:
                return self._in_literature(at)
            case _:
                return self._in_case(at, certain=zone is Zone.CASE)

    def _in_case(self, at: int, *, certain: bool) -> Owned:
        """Case sections (`certain`), abstracts and texts without headings: mostly the authors' patients."""
        unit = self._units[at]
        label = starting_label(unit.text) if unit.opens_sentence else None
        if label is not None and label <= len(self._own.ids):
            return self._own.turn_to(label)
        return (
            self._newly_cited(at, in_literature=False)
            or self._cited.still_told(at, self._owned)
            or (self._pointed_at(unit) if self._own.numbers(unit) or self._own.are_listed(unit) else None)
            or self._introduced(unit)
            or self._pointed_at(unit)
            or self._own.told_apart(unit)
            or self._as_it_sounds(unit, certain=certain)
        )

    def _in_literature(self, at: int) -> Owned:
        """Introduction, discussion, conclusion: general, unless the words point at somebody."""
        unit = self._units[at]
        return (
            self._newly_cited(at, in_literature=True)
            or (self._cited.still_told(at, self._owned) if unit.points_at_this_one else None)
            or self._pointed_at(unit, in_literature=True)
            or self._cited.still_told(at, self._owned)
            or (self._cited.still_told(at, self._told) if unit.refers_back and not unit.has_group else None)
            or self._own_again(unit)
            or NOBODY
        )

    def _newly_cited(self, at: int, *, in_literature: bool) -> Owned | None:
        """Among literature any citation makes a new person a cited one; elsewhere the words must say that others reported it."""
        unit = self._units[at]
        elsewhere = in_literature or unit.names_source or self._goes_on_from_source(at)
        if self._own.is_claimed(unit) or not elsewhere:
            return None
        if not unit.described and self._owned[0] is Owner.CITED and not self._cited.turns_to_other(unit, self._owned):
            return None
        return self._cited.introduced(at)

    def _goes_on_from_source(self, at: int) -> bool:
        """Whether it brings in somebody else than the authors' patient just behind another report ("In a recent report [6]")."""
        unit = self._units[at]
        if not self._own.introduced or not unit.newcomers or not self._own.is_stranger(unit.newcomers[0]):
            return False
        return any(
            earlier.in_paragraph_of(unit) and tells_of_others(earlier.text) and not self._own.is_claimed(earlier)
            for earlier in self._units[max(0, at - 2) : at]
        )

    def _introduced(self, unit: Unit) -> Owned | None:
        """The patient of the authors whom the unit introduces."""
        if not unit.described or not self._own.ids:
            return None
        if unit.names_source and self._own.introduced and not self._own.is_claimed(unit):
            return NOBODY
        self._own.introduced = True
        if not self._own.are_several:
            return self._own.all()
        person = unit.described[0]
        matched = self._own.match(person)
        sure = not person.definite or person.age is not None
        return self._own.turn_to(matched) if matched and sure else None

    def _pointed_at(self, unit: Unit, *, in_literature: bool = False) -> Owned | None:
        """The patients pointed at; figures of a cohort in the same breath may be anybody's ("longer than the median")."""
        if self._owned[0] is Owner.CITED and all(one.pointer is Pointer.TOGETHER for one in unit.references):
            return None
        found = self._own.pointed_at(unit)
        if found is not None and in_literature and unit.tells_of_cohort and (unit.credits or unit.has_group):
            return UNKNOWN
        self._own.introduced |= found is not None
        return found

    def _as_it_sounds(self, unit: Unit, *, certain: bool) -> Owned:
        """Nobody is named: a person referred back to, else what the sentence sounds like."""
        weight = unit.weight
        if unit.opens_with_authors and not self._own.introduced:
            return NOBODY
        if unit.has_pronoun or (unit.refers_back and weight.general <= weight.specific + 1):
            self._own.introduced = True
            return self._own.one()
        if unit.has_group and unit.tells_of_cohort:
            return NOBODY
        if self._owned == NOBODY and self._own.introduced and _OF_A_GROUP.search(unit.text):
            return NOBODY
        if not certain and (unit.opens_with_authors or (unit.has_group and weight.general)):
            return NOBODY
        if unit.is_past and self._own.introduced and not (unit.has_group or unit.tells_of_cohort):
            return self._own.whoever(unit)
        if certain:
            return NOBODY if weight.general >= weight.specific + 2 and not unit.is_past else self._own.whoever(unit)
        if weight.tone is Tone.NEUTRAL:
            return self._own.one() if self._own.introduced else NOBODY
        return self._own.whoever(unit) if weight.tone is Tone.SPECIFIC else NOBODY

    def _own_again(self, unit: Unit) -> Owned | None:
        """The authors' patient among literature: introduced with the same age or sex, or referred back to."""
        if unit.credits:
            return None
        if unit.described and self._own.ids:
            person = unit.described[0]
            if person.age is None and unit.tone is Tone.GENERAL:
                return None
            matched = self._own.match(person)
            return self._own.these([matched]) if matched else UNKNOWN
        if unit.has_group:
            return None
        last_was_own = self._owned[0] is Owner.INDEX
        if unit.refers_back:
            if last_was_own:
                return self._owned
            return self._own.all() if self._own.only_one_fits(unit) and unit.tone is not Tone.GENERAL else None
        goes_on = unit.tone is Tone.SPECIFIC and (unit.goes_on or (unit.is_past and not unit.weight.general))
        return self._owned if last_was_own and goes_on else None
