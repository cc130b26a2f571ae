"""Compound complaints: "pain in the left knee", "right arm weakness", "a lump on the scalp"; words in compounds.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import msgspec

from caselore.language.patterns import Pattern


class Compound(msgspec.Struct, frozen=True, kw_only=True):
    """`label` is part and head in their usual form ("knee pain"); places are characters of the sentence."""

    label: str
    head: str
    start: int
    end: int
    head_start: int
    behind: bool = False
    """the part stands behind the complaint: "numbness of the leg" """


@cache
def words() -> dict[str, dict[str, list[str]]]:
    """The tables of compounds.toml."""
    return tomllib.loads((files("caselore.language") / "compounds.toml").read_text(encoding="utf-8"))


def any_of(patterns: list[str]) -> str:
    return "(?:" + "|".join(sorted(patterns, key=len, reverse=True)) + ")"


@cache
def _forms(table: str) -> dict[str, str]:
    return {form: label for label, forms in words()[table].items() for form in forms}


@cache
def _patterns() -> tuple[Pattern, ...]:
    part = any_of([re.escape(form) for form in _forms("parts")])
    head = any_of([re.escape(form) for form in _forms("heads")])
    adjective = any_of([re.escape(form) for form in _forms("adjectives")])
    between = r"(?:(?!(?:and|with|was|were|which|that|for|after|since|but|or|no|had|showed|revealed)\b)[\w-]+\s+){0,8}?"
    manner = any_of(words()["manners"]["patterns"])
    elsewhere = r"(?!bleeding\s+(?:per|p/?v|from|through)\b)"
    heads = rf"(?P<heads>{head}(?:(?:\s*,\s*|\s+and\s+|\s+or\s+)(?:{manner}\s+)?{elsewhere}{head})*)"
    place = r"(?:of|in|on|over|at|around|involving|behind|within|affecting|along|under|beneath|near|above|below)"
    side = r"\b(?:\s+(?:was|were|is|had been)\s+(?:[\w-]+\s+)?\w+|,?\s+(?!(?:tumou?r|mass|lump|nodule|lesion|growth)s?\b)[\w-]+)?"
    part_ends = (
        r"(?=\s*(?:[,.;:)]|$)|\s+(?:and|or|but|for|since|with|on|in|of|at|to|from|which|that|was|were|had|has|when|while|after|"
        r"before|during|over|by|radiat\w+|last\w+|beg\w+|start\w+|regions?|areas?|wall|lasting)\b)"
    )
    more = rf"(?:\s+(?:and|or)\s+(?:(?:left|right|the|his|her|both)\s+)*{part}{part_ends})?"
    not_examined = (
        r"(?!\s+(?:exam|palpation|inspection|ultraso|touch|x[\s-]?ray|radiogra|roentgen|film|ct\b|mri?\b|scan|tomogra|"
        r"comput|imaging|sonogra))"
    )
    shape = r"(?!(?:(?<=\bback)|(?<=\bneck)) of\b)"  # "the back of the hand", "the neck of the femur"
    behind = rf"\b{heads}{side}\s+{place}\s+{between}(?P<parts>{part}{more})\b{shape}{not_examined}"
    word_between = r"(?:(?!(?:and|or|with|was|were|had|no|without|but|back)\b)[\w-]+\s+)??"
    joint = r"(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|nor)\s+|/)"
    front = rf"\b(?P<parts>{part}(?:{joint}{part})*)[\s-]+{word_between}{heads}\b"
    no_lump = r"(?!\s+(?:mass|lump|node|gland|nodule|lesion|tumou?r|lymph|vein))"
    adjectival = (
        rf"\b(?P<heads>{adjective}(?:\s+and\s+{adjective})?)(?:\s+and\s+\w+)?,?\s+"
        rf"(?:(?:left|right|lower|upper)\s+)?(?P<parts>{part})\b{no_lump}"
    )
    became = (
        r"(?:was|were|is|are|had|has|became|felt|got)"
        rf"(?: (?:been|become|felt|got|getting|growing|more|and more|very|too|so|quite|[\w-]+ly|(?!{adjective} )[\w-]+ and))*"
    )
    ends = r"(?=(?:\s+\w+ly)?\s*(?:[,.;:)]|$)|\s+(?:and|or|but|with|on|in|at|to|up|down|for|since|over|by|when|after|compared)\b)"
    whose = r"(?:,?\s+which)?\s+"
    found = rf"(?:{became}|(?:he|she) (?:also )?(?:felt|found|noted|noticed)(?: to be)?)"
    predicate = (
        rf"\b(?P<parts>{part}(?:{joint}{part})*){whose}{found}\s+(?P<heads>{adjective}(?:{joint}{adjective})*)\b{ends}"
    )
    verb = any_of([re.escape(form) for form in _forms("verbs")])
    auxiliary = r"(?:(?:had|has|also|then|often|\w+ly|begun to|began to|started to) ){0,3}"
    verbal = rf"\b(?P<parts>{part}){whose}{auxiliary}(?P<heads>{verb})\b"
    inside = rf"\b(?P<heads>{adjective})\s+(?:in|on|over|of)\s+(?:(?:the|his|her|both|its|left|right)\s+)*(?P<parts>{part}{more})\b"
    qualifier = any_of([re.escape(form) for form in _forms("qualifiers")])
    shared = any_of([re.escape(form) for form in _forms("shared")])
    link = r"(?:\s*,)?\s+(?:and|or|nor)\s+|/"
    elided = rf"\b(?P<parts>{qualifier}(?:\s*,\s*{qualifier})*(?:{link}){qualifier})\s+(?P<heads>{shared})\b"
    return tuple(Pattern(pattern) for pattern in (front, behind, adjectival, elided, predicate, verbal, inside))


_OF_ANOTHER = Pattern(
    r"(?<!complained )(?<!complaining )(?<!because )(?<!aware )"
    r"\b(?:in|of|on|over|around)\s+(?:(?:both|the|his|her|all|bilateral|left|right|upper|lower)\s+)*$",
    re.I,
)
"""In front of a list of parts whose first one belongs to the complaint before: "numbness in both legs, back pain"."""


@cache
def _complaint_words() -> Pattern:
    """Any head, adjective or shared noun: without one of them a sentence holds no compound."""
    tables = ("heads", "adjectives", "shared", "verbs")
    return Pattern("|".join(re.escape(form) for table in tables for form in _forms(table)))


_TABLES = (
    ("parts", "heads"),
    ("parts", "heads"),
    ("parts", "adjectives"),
    ("qualifiers", "shared"),
    ("parts", "adjectives"),
    ("parts", "verbs"),
    ("parts", "adjectives"),
)

_OWN_CLAUSE = Pattern(r"\bwhich\b.*\b(?:weak|numb|swollen|stiff|hurt|ached|painful|tender)\Z")
""" "the left leg, which was weak": the part itself is the subject. What had enlarged is rather the lump in front of it."""
_PREDICATES = (4, 5)
"""Which of the patterns say that a part "was swollen" or "ached"."""


def compounds(text: str) -> Iterator[Compound]:
    """The compound complaints of a sentence; "pain and swelling of the thigh" gives two."""
    lowered = text.lower()
    if not _complaint_words().search(lowered):
        return
    text = lowered if len(lowered) == len(text) else text
    for number, (pattern, (part_table, table)) in enumerate(zip(_patterns(), _TABLES, strict=True)):
        for match in pattern.finditer(text):
            parts = _labels(part_table, match["parts"])
            if number in _PREDICATES and not _OWN_CLAUSE.search(match[0]) and _OF_ANOTHER.search(text[: match.start()]):
                continue  # "a lump of the right calf had enlarged": the lump did
            if number == 0 and len(parts) > 1 and _OF_ANOTHER.search(text[: match.start()]):
                parts = parts[-1:]
            begin = match.start()
            for head, start, end in _labels(table, match["heads"]):
                for part, part_start, _ in parts:
                    label = _usual(part, head)
                    if label is None:
                        begin = max(begin, match.start("parts") + part_start + len(part))
                        continue
                    place = match.start("heads")
                    # the head is where the assertion is looked up; the whole stretch is claimed by the first one
                    first = start == 0
                    yield Compound(
                        label=label,
                        head=head,
                        start=begin if first else place + start,
                        end=match.end() if first else place + end,
                        head_start=place + start,
                        behind=number == 1,
                    )


def _usual(part: str, head: str) -> str | None:
    """The label of part and head; a few small parts go under the name of the region around them.

    None for a lesion that nobody sees from outside: imaging found it.
    """
    label = f"{part} {head}"
    if head == "incontinence" and part not in words()["continence"]["parts"]:
        return None
    if head == "lesion":
        surfaces = words()["surfaces"]
        return label if part in surfaces["mucosa"] else "skin lesion" if part in surfaces["skin"] else None
    if usual := _forms("usual").get(label):
        return usual
    region = _forms("regions").get(label)
    return f"{region} {head}" if region else label


def _labels(table: str, printed: str) -> list[tuple[str, int, int]]:
    forms = _forms(table)
    return [(forms[m[0].lower()], m.start(), m.end()) for m in _any_form(table).finditer(printed)]


@cache
def _any_form(table: str) -> Pattern:
    return Pattern(rf"\b{any_of([re.escape(form) for form in _forms(table)])}\b")
