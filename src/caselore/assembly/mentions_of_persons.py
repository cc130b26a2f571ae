"""Where a text speaks of persons: introduced ("a 45-year-old man"), the authors' own, numbered, several, or referred back to."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

import msgspec

from caselore.assembly.cues import any_of, named, table
from caselore.model.text import TextSpan


class Introduction(msgspec.Struct, frozen=True, kw_only=True):
    """A noun phrase that brings in one person, with the age in years and the sex where it tells them.

    `definite` is set for "the 45-year-old man" and "this 45-year-old man", which go back to somebody; `new` for
    "another", which never does. `weak` phrases have neither age nor sex ("a patient").
    """

    span: TextSpan
    age: float | None = None
    sex: str | None = None
    definite: bool = False
    new: bool = False
    weak: bool = False


class Pointer(StrEnum):
    """How a phrase points at patients of the authors."""

    OWN = "own"
    """ "our patient", "the present case" """
    AUTHORS = "authors"
    """ "we treated", "we report" """
    SEVERAL = "several"
    """ "both patients" """
    RANK = "rank"
    """ "the second patient" """
    LABEL = "label"
    """ "Case 2", "patient 1" """


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase that points at patients of the authors; `numbers` counts from 1, 0 standing for "other" and -1 for "last"."""

    span: TextSpan
    pointer: Pointer
    numbers: tuple[int, ...] = ()
    compared: bool = False
    """only compared with: "as in Case 2", "unlike our patient" """


_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "other": 0, "last": -1}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}

_UNIT = r"(?P<unit>years?|yrs?\.?|y|months?|mos?\.?|weeks?|wks?|days?)"
_NUMERAL = r"(?P<number>\d{1,3}(?:\.\d+)?|[a-z]+(?:[-‐ ][a-z]+)?)"
_STOP = r"(?:and|or|of|with|in|to|for|a|an|the|at|by|was|is|from|this)\b"


def _nouns(*kinds: str) -> str:
    nouns = table("persons.toml")["nouns"]
    return "|".join(noun for kind in kinds for noun in nouns[kind])


@cache
def _introduction_patterns() -> tuple[re.Pattern[str], ...]:
    sex = _nouns("male", "female")
    persons = _nouns("male", "female", "any")
    before = rf"(?:(?P<article>a|an|another|one|the|this|our)\s+)?(?:(?!{_STOP})[\w'’-]+,?\s+){{0,3}}?"
    old = rf"{_NUMERAL}[\s-]*{_UNIT}[\s./-]*(?:olds?\b|o\b\.?|of\s+age\b)"
    after = rf"(?:[\s,-]+(?:(?!and\b|or\b|with\b|who\b|was\b|had\b)[\w'’/-]+\s+){{0,4}}?(?P<noun>{persons})\b)?"
    article = r"(?P<article>a|an|another|one|the|this|our)\s+"
    adjectives = rf"(?:(?!{_STOP})[\w'’-]+,?\s+){{0,4}}?"
    flags = re.IGNORECASE
    return (
        re.compile(rf"(?<![\w-]){before}(?<![\w.-]){old}{after}", flags),
        re.compile(
            rf"(?<![\w-]){article}{adjectives}(?P<noun>{persons})(?:\s+patient)?,?\s+(?:(?:aged|of|age|aging)\s+){_NUMERAL}(?:[\s-]*{_UNIT})?(?!\s*(?:mm|cm|%|gy))\b",
            flags,
        ),
        re.compile(
            rf"(?<![\w-]){article}{adjectives}(?P<noun>{persons}),\s+{_NUMERAL}[\s-]*{_UNIT}(?:\s+(?:old|of\s+age))?\b",
            flags,
        ),
        re.compile(rf"(?<![\w-])(?P<article>a|an|another|one)\s+{adjectives}(?P<noun>{sex})\b(?!\s*[-/])", flags),
    )


def read_introductions(text: str, offset: int = 0) -> tuple[Introduction, ...]:
    """The persons that a stretch of text brings in one by one, in order; relatives and donors are left out."""
    found: list[Introduction] = []
    for rank, pattern in enumerate(_introduction_patterns()):
        for match in pattern.finditer(text):
            introduction = _introduction(match, offset, aged=rank < 3)
            if introduction and not any(introduction.span.overlaps(other.span) for other in found):
                found.append(introduction)
    if not found:
        found += [
            Introduction(span=TextSpan(m.start() + offset, m.end() + offset), weak=True)
            for m in _cue("weak").finditer(text)
        ]
    return tuple(sorted(found, key=lambda introduction: introduction.span))


def _introduction(match: re.Match[str], offset: int, *, aged: bool) -> Introduction | None:
    noun = (match["noun"] or "").lower()
    age = _years(match["number"], match.groupdict().get("unit") or "years") if aged else None
    if (aged and age is None) or _cue("relative").search(match[0]) or match["noun"] in {"m", "f"}:
        return None
    article = (match["article"] or "").lower()
    return Introduction(
        span=TextSpan(match.start() + offset, match.end() + offset),
        age=age,
        sex=_sex(noun) or _sex_within(match[0]),
        definite=article in {"the", "this", "our"},
        new=article == "another",
    )


def _sex(noun: str) -> str | None:
    nouns = table("persons.toml")["nouns"]
    for sex in ("male", "female"):
        if noun in {word.lower() for word in nouns[sex]}:
            return sex
    return None


def _sex_within(phrase: str) -> str | None:
    """The sex where exactly one is named ("a boy, 3 years old")."""
    named_sexes = {_sex(word) for word in re.findall(r"[a-z]{3,}", phrase.lower())} - {None}
    return named_sexes.pop() if len(named_sexes) == 1 else None


def _years(printed: str, unit: str) -> float | None:
    printed = printed.lower()
    if printed[0].isdigit():
        number = float(printed)
    else:
        tens, _, ones = printed.replace(" ", "-").replace("‐", "-").partition("-")
        if tens in _TENS and (not ones or ones in _WORDS[:9]):
            number = _TENS[tens] + (_WORDS.index(ones) + 1 if ones else 0)
        elif printed in _WORDS:
            number = _WORDS.index(printed) + 1
        else:
            return None
    share = {"y": 1.0, "m": 12.0, "w": 52.18, "d": 365.25}[unit[0].lower()]
    return number / share if number / share <= 115 else None


_LABEL = re.compile(
    r"(?<![\w-])(?P<word>cases?|patients?)\s+(?:reports?\s+)?(?:no\.?\s*|nos\.?\s*|number\s+|#\s*)?"
    r"(?P<first>\d{1,2}|[IVX]{1,4}|[A-F]|one|two|three|four|five|six)(?![\w.-]*\d|\w)"
    r"(?:(?P<joint>\s*(?:,|and|&|-|–|to)\s*(?:(?:cases?|patients?)\s+)?)(?P<second>\d{1,2}|[IVX]{1,4}|[A-F])(?![\w%]))?"
    r"(?!\s*(?:cases|patients|of\s+\d|years?|months?|weeks?|days?|%|cm\b|mm\b))",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:as|like|unlike|than|such as|similar to|similarly to|contrast to|compared (?:with|to)|comparable (?:with|to)|identical to"
    r"|resembl\w+|differ\w* from|including|with)\b"
    r"(?: (?:also|well|seen|was|is|observed|noted|found|described|the case|that|those|did))*(?: in| of| for| by| with)?\s*$",
    re.IGNORECASE,
)


def read_references(text: str, offset: int = 0) -> tuple[Reference, ...]:
    """The phrases that point at patients of the authors, in order."""
    found: list[Reference] = []
    for match in _LABEL.finditer(text):
        numbers = _label_numbers(match)
        if numbers:
            found.append(_reference(text, match, offset, Pointer.LABEL, numbers))
    for match in _cue("rank").finditer(text):
        rank = (named(match, "rank") or "").lower()
        number = _ORDINALS[rank] if rank in _ORDINALS else int(rank[0])
        found.append(_reference(text, match, offset, Pointer.RANK, (number,)))
    for pointer, cue in ((Pointer.SEVERAL, "several"), (Pointer.OWN, "index"), (Pointer.AUTHORS, "we")):
        for match in _cue(cue).finditer(text):
            reference = _reference(text, match, offset, pointer, ())
            if not any(reference.span.overlaps(other.span) for other in found):
                found.append(reference)
    return tuple(sorted(found, key=lambda reference: reference.span))


def _reference(text: str, match: re.Match[str], offset: int, pointer: Pointer, numbers: tuple[int, ...]) -> Reference:
    compared = _COMPARED.search(text[max(0, match.start() - 40) : match.start()]) is not None
    span = TextSpan(match.start() + offset, match.end() + offset)
    return Reference(span=span, pointer=pointer, numbers=numbers, compared=compared)


def _label_numbers(match: re.Match[str]) -> tuple[int, ...]:
    first = label_number(match["first"])
    second = label_number(match["second"]) if match["second"] else None
    if first is None:
        return ()
    if second is None or second <= first:
        return (first,)
    through = re.search(r"[-–]|to", match["joint"]) is not None
    return tuple(range(first, second + 1)) if through else (first, second)


def label_number(printed: str) -> int | None:
    """The number of "2", "II", "two" or "B"; None for anything else."""
    if printed.isdigit():
        return int(printed) or None
    if printed.lower() in _WORDS:
        return _WORDS.index(printed.lower()) + 1
    if printed.isupper() and printed.lower() in _ROMAN:
        return _ROMAN[printed.lower()]
    if len(printed) == 1 and printed in "ABCDEF":
        return "ABCDEF".index(printed) + 1
    return None


def has_pronoun(text: str) -> bool:
    """Whether he, she, his or her stands in the text."""
    return _pronouns().search(text) is not None


def pronoun_sex(text: str) -> str | None:
    """The sex of the first pronoun in the text."""
    match = _pronouns().search(text)
    if match is None:
        return None
    return "female" if match[0].lower() in {"she", "her", "herself"} else "male"


def has_definite_person(text: str) -> bool:
    """Whether "the patient", "the boy", "this child" stands in the text, in the singular."""
    return _anaphor("definite").search(text) is not None


def goes_on(text: str) -> bool:
    """Whether the text begins by referring back ("He", "The patient", "The tumour", "After surgery")."""
    start = text.lstrip(" \"“'([")
    return any(pattern.match(start) for pattern in (_pronouns(), _anaphor("definite"), _anaphor("thing")))


def has_group(text: str) -> bool:
    """Whether the text speaks of several persons at once ("36 patients", "a series of five tumours")."""
    return _cue("group").search(text) is not None


@cache
def _cue(name: str) -> re.Pattern[str]:
    return any_of(table("persons.toml")[name]["forms"])


@cache
def _anaphor(name: str) -> re.Pattern[str]:
    return any_of(table("persons.toml")["anaphor"][name])


@cache
def _pronouns() -> re.Pattern[str]:
    return any_of(table("persons.toml")["anaphor"]["pronoun"])
