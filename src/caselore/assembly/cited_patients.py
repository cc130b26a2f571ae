"""Patients of other publications during the walk: who is newly retold, from which publication, and who is still retold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from caselore.assembly.genericity import Tone
from caselore.assembly.mentions_of_persons import Pointer, pronoun_sex
from caselore.assembly.retold import Credit, citation
from caselore.assembly.unit import Owned, Unit
from caselore.language.patterns import Pattern
from caselore.model.case import Citation, Owner, Patient, Role

_ORDINAL_START = Pattern(
    r"\W*(?:in )?(?:the (?:first|second|third|fourth|fifth|others?|remaining|last)|another|a (?:second|third|fourth)|one)\b",
    re.IGNORECASE,
)
_THEY_START = Pattern(r"\W*(?:they|the(?:se| same)? authors?|their)\b", re.IGNORECASE)
_COURSE = Pattern(
    r"\b(?:died|dead|alive|survived|recurr\w+|relapsed?|underwent|received|was treated|resected|excised|removed|treated with"
    r"|disease[- ]free|metastas[ie]s|developed|remained)\b",
    re.IGNORECASE,
)
_LOOK_AHEAD = 6
"""How many units further on the citation of a retold patient may stand."""
_LOOK_BACK = 3


class CitedPatients:
    """Patients are added in the order of the text, one for each that is retold individually."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self.patients: list[Patient] = []
        self._sex: dict[str, str | None] = {}

    def introduced(self, at: int) -> Owned | None:
        """A new patient where the unit introduces one and a publication is named for that patient."""
        unit = self._units[at]
        persons = [person for person in unit.introductions if not person.definite]
        if not persons or (persons[0].weak and not self._course_is_told(at)):
            return None
        source = self._source(at)
        if source is None:
            return None
        number = len(self.patients) + 1
        self.patients.append(
            Patient(id=f"c{number}", role=Role.CITED, label=self._label(source), citation=citation(source))
        )
        self._sex[f"c{number}"] = persons[0].sex
        return Owner.CITED, (f"c{number}",)

    def still_told(self, at: int, owned: Owned) -> Owned | None:
        """The cited patient of the unit before, as long as nothing else is taken up."""
        if owned[0] is not Owner.CITED:
            return None
        unit = self._units[at]
        if not unit.points_at_this_one and any(
            r.pointer not in (Pointer.AUTHORS, Pointer.TOGETHER) for r in unit.references
        ):
            return None
        told, known_sex = pronoun_sex(unit.text), self._sex[owned[1][0]]
        if None not in (told, known_sex) and told != known_sex:
            return None
        if unit.refers_back:
            return owned
        number = self._citation(owned).number
        others = [credit for credit in unit.credits if credit.number != number]
        if others or self.turns_to_other(unit, owned) or unit.has_group or _ORDINAL_START.match(unit.text):
            return None
        is_told = unit.goes_on or unit.is_past or _THEY_START.match(unit.text) is not None
        going_on = unit.tone is Tone.SPECIFIC or (unit.tone is Tone.NEUTRAL and is_told)
        return owned if going_on else None

    def turns_to_other(self, unit: Unit, owned: Owned) -> bool:
        """Whether the unit names the authors of another publication than that of the cited patient."""
        known = self._citation(owned)
        return any(credit.author and credit.author != known.author for credit in unit.credits)

    def _citation(self, owned: Owned) -> Citation:
        return next(patient.citation for patient in self.patients if patient.id == owned[1][0] and patient.citation)

    def _course_is_told(self, at: int) -> bool:
        """Whether "a patient", without age or sex, has a publication and a course of his or her own."""
        unit, following = self._units[at], self._goes_on_in(at)
        credited = unit.credits or (following is not None and following.credits and unit.names_source)
        if not credited or unit.has_group or (unit.tone is Tone.GENERAL and not unit.names_source):
            return False
        if following is not None:
            return _COURSE.search(following.text) is not None
        return unit.names_source and _COURSE.search(unit.text) is not None

    def _goes_on_in(self, at: int) -> Unit | None:
        """The next unit, if it goes on with the person of this one."""
        following = self._units[at + 1] if at + 1 < len(self._units) else None
        if following is None or not following.in_paragraph_of(self._units[at]) or following.has_group:
            return None
        return following if following.goes_on or following.refers_back else None

    def _source(self, at: int) -> Credit | None:
        """The publication of a retold patient: in the unit, further on while the patient is still told of, or just before."""
        unit = self._units[at]
        if unit.credits:
            return next((credit for credit in unit.credits if credit.author), unit.credits[-1])
        if _ORDINAL_START.match(unit.text) or _THEY_START.match(unit.text):
            return self._source_before(at) or self._source_behind(at)
        return self._source_behind(at) or self._source_before(at)

    def _source_behind(self, at: int) -> Credit | None:
        unit = self._units[at]
        for later in self._units[at + 1 : at + 1 + _LOOK_AHEAD]:
            same_sentence = later.view is unit.view
            if not later.in_paragraph_of(unit) or later.newcomers or later.references:
                return None
            if later.has_group and not same_sentence:
                return None
            if later.credits:
                return later.credits[0]
            if not same_sentence and later.tone is Tone.GENERAL and not later.has_pronoun:
                return None
        return None

    def _source_before(self, at: int) -> Credit | None:
        unit = self._units[at]
        for earlier in reversed(self._units[max(0, at - _LOOK_BACK) : at]):
            if not earlier.in_paragraph_of(unit):
                return None
            if earlier.credits:
                return earlier.credits[-1]
        return None

    def _label(self, source: Credit) -> str:
        """The citation as printed; patients of one publication after the first are told apart by a count."""
        shared = sum(
            patient.citation is not None and patient.citation.label == source.label for patient in self.patients
        )
        return f"{source.label}, patient {shared + 1}" if shared else source.label
