"""The patients of the authors during the walk: which of them a unit points at, and whose case is being told."""

from __future__ import annotations

import re

from caselore.assembly.in_turn import takes_in_turn
from caselore.assembly.mentions_of_persons import (
    EACH,
    ONE_TO_BEGIN,
    Introduction,
    Pointer,
    Reference,
    compared_age,
    counted,
    label_number,
    names_both_sexes,
    person_sex,
    pronoun_sex,
)
from caselore.assembly.series import Profile, Series, counts_of_patients, stated_count
from caselore.assembly.unit import NOBODY, UNKNOWN, Owned, Unit
from caselore.language.patterns import Pattern
from caselore.model.case import Owner, Patient, Role

_OF_ALL = (Pointer.SEVERAL, Pointer.TOGETHER)
_PLURAL = Pattern(
    r"\b(?:two|three|four|several|multiple|numerous|multifocal|bilateral\w*|both|lesions|masses|nodules|metastases|tumou?rs)\b",
    re.IGNORECASE,
)
_PARTIAL = Pattern(
    r"\b(?:one|another|two|three|some|several)\s+(?:of\s+(?:them|our|the|these)\b|(?:patients?|cases?|wom[ae]n|m[ae]n|child\w*)\b|(?=with|had|who)\b)",
    re.IGNORECASE,
)
"""Some of several patients, without saying which."""
_REST = Pattern(
    r"\bthe\s+(?:other|remaining)\s+(?:(?P<count>two|three|four|five|[2-5])\b(?!\s+(?:lesions|nodules|tumou?rs|masses|years?|months?|weeks?|days?|cycles)\b)"
    r"|(?:patients|cases|women|men|children)\b)",
    re.IGNORECASE,
)
""" "In the other two": all patients but one."""


class OwnPatients:
    """`current` holds the id of the patient whose case is being told; nothing between the cases of a series."""

    def __init__(self, series: Series) -> None:
        self._profiles = series.profiles
        self.ids = tuple(f"p{number}" for number in range(1, len(series) + 1))
        self.current: tuple[str, ...] = self.ids if len(series) == 1 else ()
        self._all_told = False
        """whether the last words about a patient were about all of several"""
        self._group: tuple[str, ...] = ()
        """the last patients that were told of together, where those were not all"""
        self._last: tuple[str, ...] = ()
        self._counted_else = False
        """whether several lesions or the like of the one patient told of were counted"""
        self.introduced = False
        """whether the text has spoken of a patient yet"""

    @property
    def patients(self) -> tuple[Patient, ...]:
        return tuple(
            Patient(id=patient_id, role=Role.INDEX, label=f"case {number}")
            for number, patient_id in enumerate(self.ids, 1)
        )

    @property
    def are_several(self) -> bool:
        return len(self.ids) > 1

    def all(self) -> Owned:
        return (Owner.INDEX, self.ids) if self.ids else NOBODY

    def one(self) -> Owned:
        """The patient whose case is being told."""
        if not self.ids:
            return NOBODY
        return (Owner.INDEX, self.current) if self.current else UNKNOWN

    def whoever(self, unit: Unit) -> Owned:
        """The same for words without a person: after words about all of several they go on with all, unless of a part."""
        if self.are_several and unit.opens_sentence and ONE_TO_BEGIN.match(unit.text):
            return UNKNOWN
        if not self._all_told or unit.has_group:
            return self.one()
        return UNKNOWN if _PARTIAL.search(unit.text) else self.all()

    def has_told(self, unit: Unit, owned: Owned) -> None:
        """Keeps whether what "both" counts may be something else than patients."""
        alone = self.are_several and len(owned[1]) == 1
        known = self._counted_else and owned[1] == self._last
        self._counted_else = alone and (known or _PLURAL.search(unit.text) is not None)
        self._last = owned[1]

    def begin_paragraph(self) -> None:
        """What was told of all ends with its paragraph, where somebody's case was being told before it."""
        self._counted_else = False
        self._all_told = self._all_told and not self.current

    def begin_part(self) -> None:
        """A labelled part ("Outcomes:") behind the words about the last of several patients is about all of them."""
        if self.are_several and self.current == self.ids[-1:]:
            self.current, self._all_told = (), True

    def told_apart(self, unit: Unit) -> Owned | None:
        """The only one of several patients who is "the woman", "she" or "the older man", where another was told of last."""
        if not self.are_several:
            return None
        sex, oldest = person_sex(unit.text), compared_age(unit.text)
        if oldest is None and names_both_sexes(unit.text) and {"male", "female"} <= {one.sex for one in self._profiles}:
            return UNKNOWN
        fitting = [
            number
            for number, profile in enumerate(self._profiles, 1)
            if sex is None or profile.sex == sex or (oldest is not None and profile.sex is None)
        ]
        if oldest is not None:
            ages = [self._profiles[number - 1].age for number in fitting]
            known = [age for age in ages if age is not None]
            wanted = max(known, default=0.0) if oldest else min(known, default=0.0)
            fitting = (
                fitting
                if len(known) < len(ages)
                else [n for n, age in zip(fitting, ages, strict=True) if age == wanted]
            )
        elif sex is None or any(profile.sex is None for profile in self._profiles):
            return None
        return self.turn_to(fitting[0]) if len(fitting) == 1 and self.current != (self.ids[fitting[0] - 1],) else None

    def these(self, numbers: list[int]) -> Owned:
        ids = tuple(self.ids[number - 1] for number in sorted(set(numbers)))
        return (Owner.INDEX, ids) if ids else UNKNOWN

    def turn_to(self, number: int) -> Owned:
        self.current = (self.ids[number - 1],)
        self.introduced, self._all_told = True, False
        return Owner.INDEX, self.current

    def numbers(self, unit: Unit) -> list[int]:
        """The numbers of the patients that labels and ranks in the unit point at ("Case 2", "our first patient")."""
        pointed = [number for reference in unit.references for number in self._resolved(reference)]
        return pointed or self._each_in_turn(unit) or self._first_of_all(unit)

    def _each_in_turn(self, unit: Unit) -> list[int]:
        """ "one with a low-grade tumor ..., and one with ...": as many as there are patients, in their order."""
        places = [match.start() + unit.view.span.start for match in EACH.finditer(unit.view.text)]
        if not self.are_several or len(places) != len(self.ids):
            return []
        return [n for n, place in enumerate(places, 1) if unit.span.start <= place < unit.span.end]

    def _first_of_all(self, unit: Unit) -> list[int]:
        """ "One patient, with ..., had a fatal outcome", before any of them has been told of, or when all have been."""
        begins = self.are_several and (self._all_told or not self.current) and unit.opens_sentence
        return [1] if begins and ONE_TO_BEGIN.match(unit.text) else []

    def _the_rest(self, unit: Unit) -> list[int]:
        """ "In the other two", "the remaining patients": all but the one told of last, where that is how many remain."""
        match = _REST.search(unit.text)
        if match is None or len(self.ids) < 3 or len(self.current) != 1:
            return []
        rest = [number for number, name in enumerate(self.ids, 1) if name not in self.current]
        number = label_number(match["count"].lower()) if match["count"] else len(rest)
        return rest if number == len(rest) else []

    def _resolved(self, reference: Reference) -> list[int]:
        count = len(self.ids)
        if not self.are_several or reference.pointer not in (Pointer.LABEL, Pointer.RANK):
            return []
        resolved = [{0: 2 if count == 2 else count + 1, -1: count}.get(n, n) for n in reference.numbers]
        return [number for number in resolved if number <= count]

    def pointed_at(self, unit: Unit) -> Owned | None:
        """The patients that a phrase of the unit points at, or None."""
        if not self.ids:
            return None
        if self.are_listed(unit):
            return self._together(unit)
        if numbers := self.numbers(unit) or self._the_rest(unit):
            found = self.these(numbers)
            self.current = found[1] if len(found[1]) == 1 else self.current
            self._all_told, self._group = len(found[1]) == len(self.ids) > 1, found[1]
            return found
        pointers = {reference.pointer for reference in unit.references}
        together = Pointer.TOGETHER in pointers and not self._counted_else
        if self.are_several and (Pointer.SEVERAL in pointers or together or self._counts_all(unit)):
            return self._together(unit)
        if Pointer.OWN in pointers:
            return self.one()
        if Pointer.AUTHORS in pointers:
            self._all_told = self.are_several and not self.current
            return self.one() if self.current else self.all()
        return None

    def are_listed(self, unit: Unit) -> bool:
        """Whether something is listed for each of them: ages, or what "respectively" and "in one ... in the other" share out."""
        if not self.are_several:
            return False
        ages = unit.view.listed_ages
        if ages and len(ages.years) == len(self.ids) and unit.span.covers(ages.span):
            return True
        return not self._counted_else and takes_in_turn(unit.text, len(self.ids))

    def _together(self, unit: Unit) -> Owned:
        """All of them; "both" are two, and of more than two patients those that were told of together before."""
        counts = {counted(unit.text, one) for one in unit.references if one.pointer in _OF_ALL}
        number = counts.pop() if len(counts) == 1 else None
        if number in (None, len(self.ids)):
            self._all_told = True
            return self.all()
        return (Owner.INDEX, self._group) if len(self._group) == number else UNKNOWN

    def _counts_all(self, unit: Unit) -> bool:
        """ "Two patients, the first aged 80 years, had pain", "report of three cases": before anybody's case is told."""
        if self.current or unit.names_source:
            return False
        return len(self.ids) in (counts_of_patients(unit.text), stated_count(unit.text, "promised"))

    def is_claimed(self, unit: Unit) -> bool:
        """Whether the authors claim the person of the unit ("we treated", "our patient", "Case 2")."""
        claims = (Pointer.OWN, Pointer.AUTHORS)
        return any(
            reference.pointer in claims or (reference.pointer is Pointer.LABEL and self._resolved(reference))
            for reference in unit.references
        )

    def is_stranger(self, introduction: Introduction) -> bool:
        """Whether the age or sex of the introduced person is that of none of them, all of whom are known."""
        known = [profile for profile in self._profiles if profile != Profile()]
        return len(known) == len(self.ids) and all(profile.conflicts(introduction) for profile in known)

    def match(self, introduction: Introduction) -> int | None:
        """The number of the patient that an introduction fits by age or sex, or None."""
        if self._profiles == (Profile(),) and not self.introduced and None not in (introduction.age, introduction.sex):
            return 1  # the only patient, of whom nothing was told yet
        fitting = (number for number, profile in enumerate(self._profiles, 1) if profile.fits(introduction))
        return next(fitting, None)

    def only_one_fits(self, unit: Unit) -> bool:
        """Whether there is one patient, and he or she in the unit may be that patient."""
        if len(self.ids) != 1:
            return False
        told, known = pronoun_sex(unit.text), self._profiles[0].sex
        return told is None or known is None or told == known
