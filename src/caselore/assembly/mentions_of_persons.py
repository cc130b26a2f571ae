"""Where a text speaks of persons: introduced ("a 45-year-old man"), the authors' own, numbered, several, or referred back to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache

import msgspec

from caselore.assembly.cues import any_of, named, table
from caselore.language.ages import read_ages
from caselore.language.patterns import Pattern
from caselore.language.persons import NOT_OF_KIN, RELATIVES, sex_of
from caselore.language.silence import spared
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
    TOGETHER = "together"
    """ "both were", "in each": of patients, or of whatever else was counted"""
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
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "former": 1,
    "other": 0,
    "latter": -1,
    "last": -1,
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}

_STOP = r"(?:and|or|of|with|in|to|for|a|an|the|at|by|was|is|from|this|our|another|one|who|had|that|than|age|authors?|group)\b"
_ADJECTIVES = rf"(?:(?!{_STOP})[\w'’-]+,?\s+){{0,4}}?"
_ARTICLE = r"(?<![\w-])(?P<article>a|an|another|one|the|this|our)\s+"
_SINGULAR = (
    r"(?:man|woman|male|female|boy|girl|lady|gentleman|\w*(?:wo)?man|house-?wife|widow(?:er)?|schoolboy|schoolgirl)"
)
_BEFORE_AGE = Pattern(rf"{_ARTICLE}{_ADJECTIVES}$", re.IGNORECASE)
_NOUN_BEFORE_AGE = Pattern(
    rf"{_ARTICLE}{_ADJECTIVES}(?:{_SINGULAR}|{'|'.join(table('persons.toml')['nouns']['forms'])})(?:\s+patient)?"
    r"(?P<source>\s+(?:(?:described|reported|treated|published|presented|observed)\s+)?(?:by|of|from)\s+[^;]{3,45})?"
    r"[,(]?\s*(?:(?:who\s+)?(?:was|is)\s+|of\s+)?$",
    re.IGNORECASE,
)
_NO_INTRODUCTION = Pattern(
    r"(?:\b(?:at|when|until|till|since|before|after|now|the age of|by|only|also|to|and)\s*|[-–(]\s*)$", re.IGNORECASE
)
_IS_OLD = Pattern(r"old\b|y/o|yo\b|y\.?\s?o\b|[MF]\b|\b(?:man|woman|male|female|boy|girl)\b")
_BY_SEX = Pattern(rf"(?<![\w-])(?P<article>a|an|another|one)\s+{_ADJECTIVES}{_SINGULAR}\b(?!\s*[-/])", re.IGNORECASE)
_NOT_BY_AGE = Pattern(rf"\b(?:the age|{RELATIVES})\b", re.IGNORECASE)
_PERSON_START = Pattern(rf"{_SINGULAR}\b", re.IGNORECASE)
_KIN = Pattern(rf"[\s-]*(?:\w+\s+){{0,2}}(?:{RELATIVES})\b", re.IGNORECASE)
_KIN_BEFORE = Pattern(rf"\b(?:{RELATIVES})[,\s]+(?:(?:who\s+)?(?:was|is)\s+)?$", re.IGNORECASE)
_RELATIVE = Pattern(rf"\b(?:{RELATIVES})\b", re.IGNORECASE)


@spared
@lru_cache(maxsize=1024)
def read_introductions(text: str, offset: int = 0) -> tuple[Introduction, ...]:
    """The persons that a stretch of text brings in one by one, in order; relatives and donors are left out."""
    found = [*_by_age(text)]
    for match in _BY_SEX.finditer(text):
        span = TextSpan(*match.span())
        if not _RELATIVE.search(match[0]) and not any(span.overlaps(other.span) for other in found):
            found.append(Introduction(span=span, sex=sex_of(match[0]), new=match["article"].lower() == "another"))
    if not found:
        found += [Introduction(span=TextSpan(*match.span()), weak=True) for match in _cue("weak").finditer(text)]
    found.sort(key=lambda introduction: introduction.span)
    return tuple(
        msgspec.structs.replace(one, span=TextSpan(one.span.start + offset, one.span.end + offset)) if offset else one
        for one in found
    )


def _by_age(text: str) -> Iterator[Introduction]:
    """Introductions built around an age; "at the age of 8 years" and "aged 20 to 40" bring nobody in."""
    for age in read_ages(text):
        before, words, behind = text[: age.span.start], text[age.span.start : age.span.end], text[age.span.end :]
        match = _BEFORE_AGE.search(before[-60:]) or _NOUN_BEFORE_AGE.search(before[-110:])
        if (
            age.years.low != age.years.high
            or _NOT_BY_AGE.search(match[0] + words if match else words)
            or _KIN.match(behind)
        ):
            continue
        if _KIN_BEFORE.search(before[: len(before) - len(match[0])] if match else before):
            continue
        named = _PERSON_START.match(words) or _IS_OLD.search(words + behind[:8])
        if match is None and (not named or _NO_INTRODUCTION.search(before)):
            continue
        article = match["article"].lower() if match else ""
        yield Introduction(
            span=TextSpan(age.span.start - (len(match[0]) if match else 0), age.span.end),
            age=age.years.low,
            sex=age.sex,
            definite=article in {"the", "this", "our"} and not match.groupdict().get("source") if match else False,
            new=article == "another",
        )


_LABEL = Pattern(
    r"(?<![\w-])(?P<word>cases?|patients?|twins?|siblings?)\s+(?:reports?\s+)?(?:no\.?\s*|nos\.?\s*|number\s+|#\s*)?"
    r"(?P<first>\d{1,2}|[IVX]{1,4}|[A-F]|one|two|three|four|five|six)(?!\w|\.\d|-[a-z])"
    r"(?:(?P<joint>\s*(?:,|and|&|-|–|to)\s*(?:(?:cases?|patients?)\s+)?)(?P<second>\d{1,2}|[IVX]{1,4}|[A-F])(?![\w%]))?"
    r"(?!\s*(?:cases|patients|of\s+\d+(?!\w|[.,]\d|\s*(?:cm|mm|x|×|years|months)\b)|years?|months?|weeks?|days?|%|cm\b|mm\b))",
    re.IGNORECASE,
)
_FIRST_OF_MANY = Pattern(
    r"\b(?:the|our)\s+first\s+(?P<count>two|three|four)\s+(?:patients|cases|women|men|children|girls|boys)\b",
    re.IGNORECASE,
)
EACH = Pattern(
    r"\b(?:one|the\s+other(?:\s+one)?|another)(?:\s+(?:patient|woman|man|child|girl|boy))?\s+"
    r"(?=(?:with|who|had|was|underwent|died|received|is|developed|presented|refused|declined)\b)",
    re.IGNORECASE,
)
"""One patient of several in a sentence that takes them in turn."""
ONE_TO_BEGIN = Pattern(
    r"\W*(?:in\s+(?:the\s+)?one\s+(?:patient|case|of\s+(?:them|these|our\s+\w+))\b"
    r"|(?:the\s+)?one(?:\s+(?:patient|case|woman|man|child|girl|boy|infant)\b|\s+of\s+(?:them|these|our|the)\b(?:\s+\w+){0,2})?,?\s+"
    r"(?=(?:with|who|had|has|was|underwent|died|received|is|developed|presented|refused|declined|remains?|relapsed|recovered"
    r"|suffered|did|in\s+whom|an?)\b))",
    re.IGNORECASE,
)
"""The first of several in a sentence of its own: "One patient, with the alveolar subtype, ...". """
_COMPARED = Pattern(
    r"\b(?:as|like|unlike|than|such as|similar to|similarly to|contrast to|compared (?:with|to)|comparable (?:with|to)|identical to"
    r"|resembl\w+|differ\w* from|including|with)\b"
    r"(?: (?:also|well|seen|was|is|observed|noted|found|described|the case|that|those|did))*(?: in| of| for| by| with)?\s*$",
    re.IGNORECASE,
)


@spared
@lru_cache(maxsize=1024)
def read_references(text: str, offset: int = 0) -> tuple[Reference, ...]:
    """The phrases that point at patients of the authors, in order."""
    found: list[Reference] = []
    if match := _FIRST_OF_MANY.search(text):
        numbers = tuple(range(1, (label_number(match["count"].lower()) or 1) + 1))
        found.append(_reference(text, match, offset, Pointer.RANK, numbers))
    for match in _LABEL.finditer(text):
        numbers = _label_numbers(match)
        if numbers:
            found.append(_reference(text, match, offset, Pointer.LABEL, numbers))
    for match in _cue("rank").finditer(text):
        rank = (named(match, "rank") or "").lower()
        number = _ORDINALS[rank] if rank in _ORDINALS else int(rank[0])
        found.append(_reference(text, match, offset, Pointer.RANK, (number,)))
    for pointer, cue in (
        (Pointer.SEVERAL, "several"),
        (Pointer.OWN, "index"),
        (Pointer.AUTHORS, "we"),
        (Pointer.TOGETHER, "together"),
    ):
        for match in _cue(cue).finditer(text):
            reference = _reference(text, match, offset, pointer, ())
            if not any(reference.span.overlaps(other.span) for other in found):
                found.append(reference)
    return tuple(sorted(found, key=lambda reference: reference.span))


_JOINED_BY = Pattern(r"(?:[;,]\s*)?(?:(?:and|but|while|whereas)\s+)?", re.IGNORECASE)


def _reference(text: str, match: re.Match[str], offset: int, pointer: Pointer, numbers: tuple[int, ...]) -> Reference:
    compared = _COMPARED.search(text[max(0, match.start() - 40) : match.start()]) is not None
    joint = _JOINED_BY.match(match[0])
    span = TextSpan(match.start() + (joint.end() if joint else 0) + offset, match.end() + offset)
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
    return _pronoun_sex(match[0]) if match else None


def _pronoun_sex(pronoun: str) -> str:
    return "female" if pronoun.lower() in {"she", "her", "herself"} else "male"


_SEXED = Pattern(
    r"\b(?:the|this|that)\s+(?:\w+-old\s+|[a-z]+\s+)?(?:(?P<male>man|boy|gentleman|male)|(?P<female>woman|girl|lady|female))\b"
    + NOT_OF_KIN,
    re.IGNORECASE,
)


def names_both_sexes(text: str) -> bool:
    """Whether "the woman" and "the man" stand in the same stretch, so that it is about neither alone."""
    return {match.lastgroup for match in _SEXED.finditer(text)} == {"male", "female"}


def person_sex(text: str) -> str | None:
    """The only sex that pronouns and nouns such as "the woman" and "the male patient" tell in the text."""
    told = {match.lastgroup for match in _SEXED.finditer(text)}
    told |= {_pronoun_sex(match[0]) for match in _pronouns().finditer(text)}
    return told.pop() if len(told) == 1 else None


COMPARED_AGE = Pattern(
    r"\bthe\s+(?:(?P<old>older|elder|oldest|eldest)|(?P<young>younger|youngest))"
    r"(?:\s+(?:\w+\s+)?(?:patient|man|woman|boy|girl|child|male|female|one|brother|sister|sibling|twin)\b"
    r"|(?=,|\s+(?:had|was|is|died|underwent|received|presented|with)\b))",
    re.IGNORECASE,
)


def compared_age(text: str) -> bool | None:
    """Whether "the older patient" (True) or "the younger one" (False) is told of; None where neither is."""
    match = COMPARED_AGE.search(text)
    return match["old"] is not None if match else None


_COUNTED = Pattern(r"\b(?:(?P<two>both|either|neither)|(?P<number>two|three|four|five|six|[2-6]))\b", re.IGNORECASE)


def counted(text: str, reference: Reference) -> int | None:
    """How many patients a phrase such as "both" or "all three patients" is about; None where it does not tell."""
    match = _COUNTED.search(text[reference.span.start : reference.span.end])
    if match is None:
        return None
    return 2 if match["two"] else label_number(match["number"].lower())


def has_definite_person(text: str) -> bool:
    """Whether "the patient", "the boy", "this child" stands in the text, in the singular."""
    return _anaphor("definite").search(text) is not None


def goes_on(text: str) -> bool:
    """Whether the text begins by referring back ("He", "The patient", "The tumour", "After surgery")."""
    start = text.lstrip(" \"“'([")
    if opening := _anaphor("opening").match(start):
        start = start[opening.end() :].lstrip(" ,")
    return any(pattern.match(start) for pattern in (_pronouns(), _anaphor("definite"), _anaphor("thing")))


def has_group(text: str) -> bool:
    """Whether the text speaks of several persons at once ("36 patients", "a series of five tumours")."""
    return _cue("group").search(text) is not None


@cache
def _cue(name: str) -> Pattern:
    return any_of(table("persons.toml")[name]["forms"])


@cache
def _anaphor(name: str) -> Pattern:
    return any_of(table("persons.toml")["anaphor"][name])


@cache
def _pronouns() -> Pattern:
    return any_of(table("persons.toml")["anaphor"]["pronoun"])
