"""How many patients the authors treated, and how each of them is introduced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from caselore.assembly.clauses import clauses
from caselore.assembly.cues import any_of, named, table
from caselore.assembly.genericity import Tone, tone
from caselore.assembly.mentions_of_persons import (
    Introduction,
    Pointer,
    counted,
    has_definite_person,
    has_pronoun,
    label_number,
    read_introductions,
    read_references,
)
from caselore.assembly.retold import is_credited, read_credits, tells_of_others
from caselore.language.patterns import Pattern
from caselore.language.view import Reading, SentenceView
from caselore.model.text import SectionKind

CASE_SECTIONS = frozenset(
    {SectionKind.CASE, SectionKind.IMAGING, SectionKind.OPERATION, SectionKind.PATHOLOGY, SectionKind.OUTCOME}
)
_OWN_SECTIONS = CASE_SECTIONS | {SectionKind.TITLE, SectionKind.ABSTRACT}
_BESIDE_THE_CASE = frozenset({SectionKind.INTRODUCTION, SectionKind.CONCLUSION})
"""Where a report tells its patient when its own headings are unknown words."""
_CASE_HEADING = Pattern(
    r"\s*(?:\d[\d.]*\s*)?(?:(?:clinical|illustrative|patient|our|the)\s+)?(?:cases?|patients?)\b[\w\s,&()-]{0,45}[.:]?\s*$",
    re.IGNORECASE,
)
_LABEL_START = Pattern(
    r"\s*(?:\d+(?:\.\d+)*\.?\s+)?(?:[a-z]+(?:\s+[a-z]+){0,3}:\s+)?(?:(?:case\s+(?:report|presentation|description|history|summary)s?:?|abstract:?)\s+)?"
    r"(?:case|patient|twin|sibling)(?:\s+(?:report|presentation|description|history|study))?\s*(?:no\.?\s*|number\s+|#\s*)?"
    r"(?P<number>\d{1,2}|[IVX]{1,4}|[A-F]|one|two|three|four|five|six)\s*(?:[:.,;–—)(-]|$|\n|(?=\s+[A-Z]))",
    re.IGNORECASE,
)
_RANK_START = Pattern(
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
    """The patients of the authors, in the order of the report."""

    profiles: tuple[Profile, ...]

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
    """The patients of the authors. Several only where the text says so: numbered, promised, or clearly introduced anew."""
    series = _series(reading)
    if len(series) < 2 or all(profile.age is not None for profile in series.profiles):
        return series
    listed = _listed_ages(reading, len(series))
    if listed is None:
        return series
    pairs = zip(listed, series.profiles, strict=True)
    return Series(profiles=tuple(Profile(age=known.age or age, sex=known.sex) for age, known in pairs))


def _series(reading: Reading) -> Series:
    labelled = _labelled(reading)
    persons = _introduced(reading)
    introduced = [person.profile for person in persons]
    promised = _stated_count(reading, "promised")
    if len(labelled) >= 2:
        labelled += (Profile(),) * (min(promised, _highest_number(reading)) - len(labelled))
        unknown = len(introduced) == len(labelled) and set(labelled) == {Profile()}
        return Series(profiles=tuple(introduced) if unknown else labelled)
    if promised >= 2 and len(introduced) < promised and _listed_ages(reading, promised):
        return Series(profiles=(Profile(),) * promised)
    if promised >= 2 and (len(introduced) >= 2 or _speaks_of_several(reading, promised)):
        blanks = [Profile()] * (promised - len(introduced))
        return Series(profiles=(*introduced[:promised], *blanks))
    if promised >= 2 and not introduced and not _goes_on_with_one(reading):
        return Series(profiles=(Profile(),) * promised)
    stated = promised or _stated_count(reading, "counted")
    if len(introduced) >= 2 and stated >= 2:
        return Series(profiles=tuple(introduced[:stated]))
    if all(known.age is not None for known in introduced) and len(introduced) >= 2 and _speaks_of_patients(reading):
        return Series(profiles=tuple(introduced[:2]))
    presented = [person.profile for person in persons if person.presented]
    if _plainly_different(presented):
        return Series(profiles=tuple(presented))
    in_turn = _taken_in_turn(reading)
    if in_turn >= 2 and not introduced and not _goes_on_with_one(reading):
        return Series(profiles=(Profile(),) * in_turn)
    if introduced or labelled or _speaks_of_one(reading):
        return Series(profiles=tuple(introduced[:1]) or labelled or (Profile(),))
    beside = [person.profile for person in _introduced(reading, _BESIDE_THE_CASE) if person.presented]
    return Series(profiles=tuple(beside[:1]))


def _highest_number(reading: Reading) -> int:
    """The highest number of a case or patient that the authors print of their own."""
    own = (view for view in _own(reading) if not is_credited(view.text))
    numbers = (
        n for view in own for one in read_references(view.text) if one.pointer is Pointer.LABEL for n in one.numbers
    )
    return max(numbers, default=0)


def _own(reading: Reading, sections: frozenset[SectionKind] = _OWN_SECTIONS) -> Iterator[SentenceView]:
    return (view for view in reading.sentences if view.section in sections)


def _labelled(reading: Reading) -> tuple[Profile, ...]:
    """Profiles of cases numbered 1, 2, ... without a gap, each from the first introduction behind its label."""
    profiles: dict[int, Profile] = {}
    current = 0
    for view in _own(reading):
        if view.section is SectionKind.TITLE and view.index == 0:
            continue
        for span in clauses(view):
            text = view.part(span)
            described = [person for person in read_introductions(text) if not person.weak]
            own = bool(described) and not is_credited(view.text)
            current = starting_label(text) or (_number_beside(text) if own else None) or current
            if current and profiles.setdefault(current, Profile()) == Profile() and described:
                profiles[current] = Profile(age=described[0].age, sex=described[0].sex)
    found: list[Profile] = []
    while len(found) + 1 in profiles:
        found.append(profiles[len(found) + 1])
    return tuple(found)


_RANKED = Pattern(
    rf"(?:^|[;,]\s|\band\s)\s*the (?P<rank>{'|'.join(_RANKS)})(?: one)?(?:,| was| is) an?\b", re.IGNORECASE
)
"""A patient told by rank alone: "the second, a 67-year-old man"."""


def _number_beside(text: str) -> int | None:
    """The only number of a patient in a clause that introduces one: "The second patient, a 52-year-old woman"."""
    numbers = {n for reference in read_references(text) if not reference.compared for n in reference.numbers}
    if not numbers and (ranked := _RANKED.search(text)):
        return _RANKS.index(ranked["rank"].lower()) + 1
    return numbers.pop() if len(numbers) == 1 and min(numbers) > 0 else None


class _Person(msgspec.Struct, frozen=True):
    """`presented` where the person comes to the authors in these words ("A 45-year-old man was admitted")."""

    profile: Profile
    presented: bool


_PRESENTED = Pattern(
    r"\b(?:presented|admitted|referred|consulted|visited|seen|came|brought|complain\w+|developed|underwent|noticed|diagnosed"
    r"|history of)\b",
    re.IGNORECASE,
)
_NEAR_START = 80


def _introduced(reading: Reading, sections: frozenset[SectionKind] = _OWN_SECTIONS) -> list[_Person]:
    """The different persons whom the title, the abstract and the case sections introduce without crediting others."""
    persons: list[_Person] = []
    elsewhere = -1
    for view in _own(reading, sections):
        if persons and tells_of_others(view.text) and not _is_claimed(view):
            elsewhere = view.index
        introductions = [one for one in read_introductions(view.text) if not one.weak]
        if not introductions or is_credited(view.text):
            continue
        behind = reading.sentences[elsewhere].sentence.paragraph == view.sentence.paragraph if elsewhere >= 0 else False
        if behind and view.index <= elsewhere + 2 and not _is_claimed(view):
            continue
        for introduction in introductions:
            starts = introduction.span.start < _NEAR_START and not introduction.definite
            presented = starts and not read_credits(view.text) and _PRESENTED.search(view.text) is not None
            place = next((n for n, known in enumerate(persons) if not known.profile.conflicts(introduction)), None)
            if place is None:
                profile = Profile(age=introduction.age, sex=introduction.sex)
                persons.append(_Person(profile, presented))
            else:
                known = persons[place].profile
                age = known.age if known.age is not None else introduction.age
                profile = Profile(age=age, sex=known.sex or introduction.sex)
                persons[place] = _Person(profile, presented or persons[place].presented)
    return persons


def _is_claimed(view: SentenceView) -> bool:
    """Whether the authors claim whom the sentence tells of: "our patient", "we treated", "Case 2"."""
    return any(one.pointer is not Pointer.TOGETHER for one in read_references(view.text) if not one.compared)


def _stated_count(reading: Reading, how: str) -> int:
    """The number of patients that title, abstract or introduction state in the words of `how`; 0 where they do not."""
    sections = _OWN_SECTIONS | {SectionKind.INTRODUCTION, SectionKind.CONCLUSION}
    views = (view for view in reading.sentences if view.section in sections and _counts(how).may_match(view.text))
    counts = ((view, stated_count(view.text, how)) for view in views)
    return next((count for view, count in counts if count and not is_credited(view.text)), 0)


def stated_count(text: str, how: str) -> int:
    """The number of patients that a sentence states in the words of `how`; 0 where it does not."""
    match = _counts(how).search(" ".join(text.split()))
    return label_number((named(match, "count") or "").lower()) or 0 if match else 0


@cache
def _counts(how: str) -> Pattern:
    cues = table("series.toml")
    count, people = rf"(?P<count>{'|'.join(cues['counts'])})(?! {cues['others']})", rf"(?:{'|'.join(cues['people'])})"
    return any_of(form.replace("{count}", count).replace("{people}", people) for form in cues[how]["forms"])


def _plainly_different(profiles: Sequence[Profile]) -> bool:
    """Two persons who differ in both age and sex: no slip of the pen and no later age of the same patient."""
    if len(profiles) < 2:
        return False
    first, second = profiles[:2]
    return None not in (first.age, second.age, first.sex, second.sex) and (
        first.sex != second.sex and first.age != second.age
    )


_OUR_SEVERAL = Pattern(
    r"\b(?:both|our|these two|neither|(?:all|none|each) of (?:our|the)|the (?:two|three|four))\b", re.IGNORECASE
)


def _listed_ages(reading: Reading, count: int) -> tuple[float, ...] | None:
    """The ages of so many patients, where they are listed: "two women and one man, aged 44, 58 and 61 years"."""
    listed = (view.listed_ages for view in _own(reading) if view.listed_ages and not is_credited(view.text))
    return next((ages.years for ages in listed if len(ages.years) == count), None)


def _speaks_of_several(reading: Reading, count: int) -> bool:
    """Whether several patients are spoken of as the authors' own: "both patients", "in all three", "Case 2"."""
    return any(
        (reference.pointer is Pointer.TOGETHER and counted(view.text, reference) == count > 2)
        or (reference.pointer is Pointer.SEVERAL and _OUR_SEVERAL.match(view.text, reference.span.start))
        or reference.pointer is Pointer.RANK
        or (reference.pointer is Pointer.LABEL and 2 in reference.numbers)
        for view in reading.sentences
        if not is_credited(view.text)
        for reference in read_references(view.text)
    )


_OUR_TWO = Pattern(
    r"\b(?:our(?: own)?(?: two)?|both(?: of (?:our|the|these))?|(?:the|these|our) two)\s"
    r"(?:patients|cases|women|men|children|girls|boys)\b",
    re.IGNORECASE,
)


def _speaks_of_patients(reading: Reading) -> bool:
    """Whether two patients of the authors are named together ("our patients", "both women") or numbered ("case 2")."""
    own = [view for view in _own(reading) if not is_credited(view.text)]
    numbers = {
        n for view in own for one in read_references(view.text) if one.pointer is Pointer.LABEL for n in one.numbers
    }
    return {1, 2} <= numbers or any(_OUR_TWO.search(view.text) or _counts_on(view) for view in own)


def _counts_on(view: SentenceView) -> bool:
    """Whether a sentence brings in a second one beside the first: "a girl of 14 and a second girl", "a boy of 10 and a girl"."""
    brought_in = [one for one in read_introductions(view.text) if not one.weak and not one.definite]
    if len(brought_in) != 2:
        return False
    ranks = [one.numbers for one in read_references(view.text) if one.pointer is Pointer.RANK]
    first, second = brought_in
    between = view.text[first.span.end : second.span.start]
    return ranks == [(2,)] or (None not in (first.age, second.age) and _AND.fullmatch(between) is not None)


_AND = Pattern(r"(?:[\s-]old)?(?:\s(?:man|woman|boy|girl|male|female))?,?\s(?:and|together with)\s", re.IGNORECASE)


_FIRST_AND_SECOND = Pattern(
    r"\bthe (?:first|former|one)\b.*?\b(?:the (?:second|latter|other)|and (?:another|one))\b", re.IGNORECASE
)


def _taken_in_turn(reading: Reading) -> int:
    """The patients that a sentence of the authors counts and takes in turn: "Two patients, the first ..., the second ..."."""
    counts = [
        counts_of_patients(view.text)
        for view in _own(reading)
        if _FIRST_AND_SECOND.search(view.text) and not is_credited(view.text)
    ]
    return max(counts, default=0)


_BEGINS_WITH_COUNT = Pattern(
    r"\W*(?:the\s+|these\s+|our\s+)?(?P<count>two|three|four|five|six|[2-6])\s+(?:\w+\s+){0,2}?"
    r"(?:patients|children|women|men|girls|boys|infants|siblings)\b(?!\s+(?:reported|described|published|in the literature))",
    re.IGNORECASE,
)


def counts_of_patients(text: str) -> int:
    """How many patients a sentence begins with: 2 for "Two patients, both female, had pain"; 0 where it does not."""
    match = _BEGINS_WITH_COUNT.match(text)
    return (label_number(match["count"].lower()) or 0) if match else 0


def _goes_on_with_one(reading: Reading) -> bool:
    """Whether one patient is told of by "he", "she" or "the patient", without having been introduced."""
    return any(
        view.section in _OWN_SECTIONS
        and not is_credited(view.text)
        and (has_pronoun(view.text) or has_definite_person(view.text))
        for view in reading.sentences
    )


def _speaks_of_one(reading: Reading) -> bool:
    """A patient without an introduction: a case heading, "our patient", or he and she outside the retold cases."""
    if has_case_heading(reading):
        return True
    for view in reading.sentences:
        if any(r.pointer in (Pointer.OWN, Pointer.AUTHORS) for r in read_references(view.text)):
            return True
        told = has_pronoun(view.text) or (has_definite_person(view.text) and tone(view.text) is Tone.SPECIFIC)
        if told and view.section in _OWN_SECTIONS and not is_credited(view.text):
            return True
    return False
