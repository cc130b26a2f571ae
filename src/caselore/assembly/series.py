"""How many patients the authors treated, and how each of them is introduced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from caselore.assembly.mentions_of_persons import (
    Introduction,
    Pointer,
    has_definite_person,
    has_pronoun,
    label_number,
    read_introductions,
    read_references,
)
from caselore.assembly.retold import is_credited
from caselore.language.view import Reading, SentenceView
from caselore.model.text import SectionKind

CASE_SECTIONS = frozenset(
    {SectionKind.CASE, SectionKind.IMAGING, SectionKind.OPERATION, SectionKind.PATHOLOGY, SectionKind.OUTCOME}
)
_OWN_SECTIONS = CASE_SECTIONS | {SectionKind.TITLE, SectionKind.ABSTRACT}
_CASE_HEADING = re.compile(
    r"\s*(?:\d[\d.]*\s*)?(?:(?:clinical|illustrative|patient|our|the)\s+)?(?:cases?|patients?)\b[\w\s,&()-]{0,45}[.:]?\s*$",
    re.IGNORECASE,
)
_COUNT = r"(?P<count>two|three|four|five|six|seven|eight|nine|ten|[2-9]|10)"
_PEOPLE = r"(?:cases?|patients|women|men|children|boys|girls|infants|adults|sisters|brothers|siblings|males|females|individuals)"
_ANNOUNCED = (
    re.compile(
        rf"\b(?:report|present|describe|discuss|add|treated|encountered|document)(?:s|ed|ing)?\s+(?:here\s+)?(?:on\s+|of\s+|the\s+|our\s+)*(?:[a-z-]+\s+){{0,4}}?{_COUNT}\s+(?:[\w-]+\s+){{0,4}}?{_PEOPLE}\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^\W*(?:[\w-]+:\s+)?{_COUNT}\s+(?:[\w-]+\s+){{0,4}}?{_PEOPLE}\b(?!\s+of\s+the\s+literature)", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?:reports?|series|presentation|description)\s+of\s+{_COUNT}\s+(?:[\w-]+\s+){{0,4}}?{_PEOPLE}\b",
        re.IGNORECASE,
    ),
    re.compile(rf"[:,–-]\s*{_COUNT}\s+(?:[\w-]+\s+){{0,2}}?(?:case\s+reports|cases|patients)\b", re.IGNORECASE),
)
_LABEL_START = re.compile(
    r"\s*(?:\d+(?:\.\d+)*\.?\s+)?(?:(?:case\s+(?:report|presentation|description|history|summary)s?:?|abstract:?)\s+)?(?:case|patient)(?:\s+(?:report|presentation|description|history|study))?"
    r"\s*(?:no\.?\s*|number\s+|#\s*)?(?P<number>\d{1,2}|[IVX]{1,4}|[A-F]|one|two|three|four|five|six)\s*(?P<end>[:.,;–—)(-]|$|\n|(?=\s+[A-Z]))",
    re.IGNORECASE,
)
_RANK_START = re.compile(
    r"\s*(?:the\s+|our\s+)?(?P<rank>first|second|third|fourth|fifth)\s+(?:case|patient)\s*(?:report|presentation)?\s*(?:[:.]|$|\n)",
    re.IGNORECASE,
)
_RANKS = ("first", "second", "third", "fourth", "fifth")


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What the text says of one of the authors' patients when introducing it; None where it says nothing."""

    age: float | None = None
    sex: str | None = None

    def fits(self, introduction: Introduction) -> bool:
        """Nothing speaks against the introduced person being this patient, and the age or sex speaks for it."""
        if self.conflicts(introduction):
            return False
        return (self.age is not None and introduction.age is not None) or (
            self.sex is not None and introduction.sex is not None
        )

    def conflicts(self, introduction: Introduction) -> bool:
        other_age = None not in (self.age, introduction.age) and abs((self.age or 0) - (introduction.age or 0)) > 0.05
        other_sex = None not in (self.sex, introduction.sex) and self.sex != introduction.sex
        return other_age or other_sex


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """The patients of the authors, in the order of the report; `labelled` where the text numbers them."""

    profiles: tuple[Profile, ...]
    labelled: bool = False

    def __len__(self) -> int:
        return len(self.profiles)


def starting_label(text: str) -> int | None:
    """The number of the case that a heading or the start of a sentence opens: "Case 2:", "2.1. Patient 1", "Second case"."""
    if match := _LABEL_START.match(text):
        return label_number(match["number"])
    if match := _RANK_START.match(text):
        return _RANKS.index(match["rank"].lower()) + 1
    return None


def has_case_heading(reading: Reading) -> bool:
    """Whether a printed heading opens the case section, so that its sentences need no proof of being the patient's."""
    if any(section.heading for section in reading.document.sections if section.kind in CASE_SECTIONS):
        return True
    return any(
        view.section in CASE_SECTIONS and len(view.text) < 60 and _CASE_HEADING.match(view.text)
        for view in reading.sentences
    )


def index_series(reading: Reading) -> Series:
    """The patients of the authors. Several only where the text says so: numbered, announced, or clearly introduced anew."""
    labelled = _labelled(reading)
    if len(labelled) >= 2:
        return Series(profiles=labelled, labelled=True)
    introduced = _introduced(reading)
    announced = _announced(reading)
    if announced >= 2:
        several = introduced[:announced]
        if len(several) >= 2 or _speaks_of_several(reading):
            return Series(profiles=several + (Profile(),) * (announced - len(several)))
    if announced == 0 and _plainly_different(introduced):
        return Series(profiles=introduced[:2])
    if introduced or labelled or _speaks_of_one(reading):
        return Series(profiles=introduced[:1] or labelled or (Profile(),))
    return Series(profiles=())


def _own(reading: Reading) -> Iterator[SentenceView]:
    return (view for view in reading.sentences if view.section in _OWN_SECTIONS)


def _labelled(reading: Reading) -> tuple[Profile, ...]:
    """Profiles of cases numbered 1, 2, ... without a gap, each from the first introduction behind its label."""
    profiles: dict[int, Profile] = {}
    current = 0
    for view in _own(reading):
        number = starting_label(view.text)
        if number is not None and view.section is not SectionKind.TITLE:
            current = number
            profiles.setdefault(current, Profile())
        elif view.section is SectionKind.ABSTRACT and current == 0:
            continue
        if current and profiles[current] == Profile():
            for introduction in read_introductions(view.text):
                if not introduction.weak:
                    profiles[current] = Profile(age=introduction.age, sex=introduction.sex)
                    break
    found: list[Profile] = []
    while len(found) + 1 in profiles:
        found.append(profiles[len(found) + 1])
    return tuple(found)


def _introduced(reading: Reading) -> tuple[Profile, ...]:
    """The different persons whom the title, the abstract and the case sections introduce without crediting others."""
    profiles: list[Profile] = []
    for view in _own(reading):
        if is_credited(view):
            continue
        for introduction in read_introductions(view.text):
            if introduction.weak:
                continue
            place = next((n for n, known in enumerate(profiles) if not known.conflicts(introduction)), None)
            if place is None:
                profiles.append(Profile(age=introduction.age, sex=introduction.sex))
            else:
                known = profiles[place]
                age = known.age if known.age is not None else introduction.age
                profiles[place] = Profile(age=age, sex=known.sex or introduction.sex)
    return tuple(profiles)


def _announced(reading: Reading) -> int:
    """The number of patients that title, abstract or introduction promise; 0 where they promise none."""
    for view in reading.sentences:
        if view.section not in _OWN_SECTIONS | {SectionKind.INTRODUCTION} or is_credited(view):
            continue
        text = " ".join(view.text.split())
        for pattern in _ANNOUNCED:
            if match := pattern.search(text):
                return label_number(match["count"].lower()) or 0
    return 0


def _plainly_different(profiles: Iterable[Profile]) -> bool:
    """Two persons who differ in both age and sex: no slip of the pen and no later age of the same patient."""
    known = list(profiles)[:2]
    if len(known) < 2:
        return False
    first, second = known
    return None not in (first.age, second.age, first.sex, second.sex) and (
        first.sex != second.sex and first.age != second.age
    )


def _speaks_of_several(reading: Reading) -> bool:
    return any(
        reference.pointer is Pointer.SEVERAL or (reference.pointer is not Pointer.OWN and 2 in reference.numbers)
        for view in reading.sentences
        for reference in read_references(view.text)
    )


def _speaks_of_one(reading: Reading) -> bool:
    """A patient without an introduction: a case heading, "our patient", or he and she outside the retold cases."""
    if has_case_heading(reading):
        return True
    for view in reading.sentences:
        if any(r.pointer in (Pointer.OWN, Pointer.AUTHORS) for r in read_references(view.text)):
            return True
        told = has_pronoun(view.text) or has_definite_person(view.text)
        if told and view.section in _OWN_SECTIONS and not is_credited(view):
            return True
    return False
