"""Ages of persons as authors print them: "45-year-old", "aged 45", "18 months", "in her sixties", "45/F"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from caselore.language.numbers import DASH, NUMBER, number
from caselore.language.patterns import Pattern
from caselore.language.persons import SEX_NOUN, sex_of
from caselore.language.silence import spared
from caselore.model.text import TextSpan
from caselore.model.time import Interval


class AgeMention(msgspec.Struct, frozen=True, kw_only=True):
    """An age in years, with the sex where the same expression tells it ("45-year-old man", "45/F").

    "in her sixties" and "aged 20 to 40" have different bounds.
    """

    span: TextSpan
    years: Interval
    sex: str | None = None
    """"male" or "female\""""


_PER_YEAR = {"y": 1.0, "m": 12.0, "w": 52.18, "d": 365.25, "h": 8766.0}
_UNIT = r"(?:years?|yrs?\.?|months?|mos?|mths?|weeks?|wks?|days?|hours?)"
_SHORT_UNIT = r"(?:y[/-]o\b|yo\b|y\.\s?o\.?|y(?=[\s-]old)|y\b)"
_SEP = rf"(?:\s*{DASH}?\s*)"
_START = r"(?<![\w./])"
_EXACT = rf"(?P<n>{NUMBER}|\d{{1,2}}\s\d{{1,2}}/12)"
_SMALLER = rf"(?:\s*,?\s*(?:and)?{_SEP}(?P<n2>{NUMBER}){_SEP}(?P<u2>months?|mos?|weeks?|days?))?"
_SEX_LETTER = r"(?-i:[MF])"
_ANCESTRY = r"(?-i:(?:W|B|C|H|AA)?)"
"""In front of the letter of the sex: "a 53 y/o WM"."""
_SEX = r"(?:males?|females?|man|woman|boy|girl)"
_WHAT = r"(?:smoker|non-?smoker|worker|farmer|student|infant|child|teacher|driver)"
_PERSON_HINT = rf"(?:males?|man|boy|girl|lady)(?: (?:patient|{_WHAT}))?\s*(?:of\b|[,(])"
_ROLES = (
    r"(?:students?|workers?|farmers?|housewi(?:fe|ves)|homemakers?|teachers?|nurses?|widow(?:er)?|pensioner|retiree|individual|"
    r"(?:nulli|primi|multi|grand multi)(?:gravida?|para))"
)

_FIGURES = r"\d{1,2}(?:[.,]5)?"
_BEGINS = r"(?:^|(?<=[:;.]\s)|(?<=\ba\s)|(?<=\ban\s)|(?<=\())"
"""Where a telegraphic description of a patient starts."""

_OLD = r"(?:\b|year|yr|month|mo|mth|week|wk|day|hour|s)olds?\b"
_FORMS = tuple(
    (Pattern(hint, re.I), Pattern(pattern, re.I))
    for hint, pattern in (
        # 45-year-old, 5 years and 6 months old, 45 y/o; the first of "35- and 45-year-old"
        (_OLD, rf"{_START}{_EXACT}{_SEP}(?P<unit>{_UNIT}){_SMALLER}{_SEP}olds?\b"),
        (
            r"\d\s?-?\s?y(?![er])",
            rf"{_START}{_EXACT}{_SEP}(?P<unit>{_SHORT_UNIT})(?:{_SEP}old)?(?=\s*[,)]|\s+(?:\w+\s+){{0,2}}(?:{_SEX}|"
            rf"lady|gentleman|{_ANCESTRY}{_SEX_LETTER})\b)",
        ),
        (
            _OLD,
            rf"{_START}(?P<n>{NUMBER}){DASH}\s*(?=(?:and|or)\s+(?:an?\s+)?{NUMBER}{_SEP}(?:year|yr|"
            rf"month)s?{_SEP}olds?\b)",
        ),
        # 65 years of age, aged 45, at the age of 6 years, age: 45
        (r"[oi][fn]\s+age", rf"{_START}{_EXACT}{_SEP}(?P<unit>{_UNIT}){_SMALLER}\s+(?:of\s+age|in\s+age)\b"),
        (
            r"\b(?:aged?|ages)\b",
            rf"\b(?:aged?|ages|age (?:of|was|is)|age\s?[:=]|(?<=\()age,)\s*(?:(?:about|approximately|only|between|at|"
            rf"\(years\):?)\s*)*{_EXACT}"
            rf"(?:(?:\s*{DASH}\s*|\s+to\s+|\s+and\s+)(?P<high>{NUMBER}))?(?:{_SEP}(?P<unit>{_UNIT}|"
            rf"y\b){_SMALLER})?(?![\w%]|[.,·]\d)",
        ),
        # 26 years woman, 45 years/male, 45/F, (45, M), F/45, "M, 28.", a man of 70 years, female, 45 years
        (
            rf"(?:years?|yrs?|months?|\dy|\by\b)[\s,/]*{DASH}?\s*(?:{_SEX}|lady|gentleman|{_SEX_LETTER})\b|\by{_SEX_LETTER}\b",
            rf"{_START}{_EXACT}{_SEP}(?P<unit>years?|yrs?|months?|y)\s*[,/]?\s*{_SEP}(?P<sex>{_SEX}|lady|gentleman|"
            rf"{_SEX_LETTER})\b",
        ),
        (
            rf"\d\s?(?:[/,]\s?(?:{_SEX_LETTER}|male|female)|(?-i:[MF])\)|male|female)",
            rf"{_START}(?P<n>{_FIGURES})\s?(?:[/,]\s?(?P<sex>{_SEX_LETTER}|male|female)|(?P<sex2>(?-i:[MF])(?=\)))|"
            rf"\s(?P<sex3>male|female))(?![\w/'’-])",
        ),
        (
            rf"(?:{_SEX_LETTER}|male)\s?[/,]\s?\d",
            rf"\b(?P<sex>{_SEX_LETTER}|(?:fe)?male)\s?[/,]\s?(?P<n>{_FIGURES})(?:{_SEP}(?P<unit>years?|yrs?|months?|"
            rf"y)\b)?(?![\w%./]|\s?(?:mm|cm|x|×))",
        ),
        (rf"{_SEX_LETTER},\s?\d", rf"{_BEGINS}(?P<sex>{_SEX_LETTER}),\s?(?P<n>{_FIGURES})(?=\.(?:\s|$))"),
        # 62M with a mass, 45 F, presented
        (
            r"\d\s?(?-i:[MF])\b",
            rf"{_BEGINS}(?P<n>{_FIGURES})\s?(?P<sex>{_SEX_LETTER})(?=\s?[,:.](?!\d)|\s+(?:with|who|w/|c/o|h/o|presents?|"
            rf"presented|presenting|complain\w+|was|had|has|admitted|referred|found|noted|patient)(?!\w))",
        ),
        (
            _PERSON_HINT,
            rf"\b(?P<sex>{_SEX}|lady|gentleman)(?: (?:patient|{_WHAT}))?(?:\s+of(?:\s+about)?\s|\s*,\s|"
            rf"\s*\()\s*(?P<n>{NUMBER})(?:{_SEP}(?P<unit>years?|yrs?|months?)){_SMALLER}\b(?!{_SEP}(?:of|history|ago|earlier|"
            rf"before|after|later|later|follow|prior|previously))",
        ),
        (
            r"(?:man|boy|girl|lady)\s+of\s",
            r"\b(?P<sex>man|woman|boy|girl|lady|gentleman)\s+of\s+(?:about\s+)?(?P<n>\d{1,3})"
            rf"(?![\d.,]\d|\s*(?:%|x\b|×)|"
            rf"{_SEP}(?:mm|cm|kg|years?|months?|weeks?|days?|children|patients|cases)\b)",
        ),
        # a woman, 54, presented; the patient (male, 54); "Woman, 54. Mass"; "At 54, she was ..."
        (
            _PERSON_HINT,
            rf"\b(?P<sex>{_SEX}|lady|gentleman)(?: patient)?\s?[,(]\s?(?:aged\s+)?(?P<n>\d{{1,3}})(?=\s?[,;:)]|"
            rf"\.(?:\s|$)|\s+(?:who|with|was|had|presented)\b)",
        ),
        (r"\bpatient,", r"\bpatient, (?P<n>\d{2})(?=,)"),
        (
            r"\bwho\s+(?:was|is)\s+\d",
            r"\b(?:patient|man|woman|boy|girl|lady|gentleman),?\s+who\s+(?:was|is)\s+(?:aged\s+)?(?P<n>\d{1,3})(?=\s*(?:[,;)]|\.(?:\s|$)))",
        ),
        (
            r"\b(?:was|is)\s+\d",
            r"\b(?:he|she|patient|man|woman|boy|girl)(?:,? (?:[\w-]+ ){1,3}?[\w-]+,?)?\s+(?:was|is)\s+(?P<n>\d{1,3})(?:\s+years)?"
            r"(?=\s+(?:and (?:fe)?male\b|at (?:the time of )?(?:diagnosis|presentation|admission|surgery)\b"
            r"|when (?:the |an? |his |her |this )?(?:tumou?r|lesion|mass|lump|nodule|swelling|diagnosis|symptoms?"
            r"|(?:he|she) (?:first )?(?:presented|noticed|noted|felt|found|discovered|developed|came|consulted|complained|sought"
            r"|lost|fell ill|was (?:first )?(?:diagnosed|seen|referred|admitted|operated|treated|brought|hospitali[sz]ed)))\b))",
        ),
        (
            r"\bwhen\s+(?:he|she)\b",
            r"\bwhen\s+(?:he|she)\s+was\s+(?:aged\s+)?(?P<n>\d{1,2})(?:\s+years\s+old)?(?=\s*[,.;]|\s+(?:an?|the|and|his|her)\b)",
        ),
        (r"\bat \d", r"(?:^|(?<=, ))at (?P<n>\d{1,2})(?=,? (?:he|she|the (?:patient|man|woman|boy|girl))\b)"),
        # 46 year Caucasian male
        (
            rf"\d\s?{DASH}?\s?(?:years?|yrs?)\s+\w+(?:\s+\w+)?\s+{_SEX}\b",
            rf"{_START}(?P<n>\d{{1,3}})\s?{DASH}?\s?(?P<unit>years?|yrs?)\s+(?:(?-i:[A-Z][a-z-]+)|white|black|previously|otherwise|healthy|"
            rf"obese|diabetic|hypertensive|single|married|right-handed|pregnant|postmenopausal)(?:\s+(?:(?-i:[A-Z][a-z-]+)|healthy))?\s+"
            rf"(?P<sex>{_SEX})\b",
        ),
        # a student, worker or nulligravida of 15 years
        (
            rf"\b{_ROLES}\s+of\b",
            rf"\b{_ROLES}\s+of(?:\s+about)?\s{_EXACT}{_SEP}(?P<unit>years?|yrs?)\b"
            rf"(?!{_SEP}(?:of (?!age)|history|ago|earlier|before|after|later|standing|duration|experience|follow))",
        ),
        # an infant, child or patient of 7 months
        (
            r"(?:infant|baby|child|toddler|neonate|newborn|patient|adolescent|teenager)(?:\s+of\b|\s*[,(])",
            rf"\b(?:infant|baby|child|toddler|neonate|newborn|patient|adolescent|teenager)(?:\s+of(?:\s+about)?|"
            rf"\s*,|\s*\()\s?{_EXACT}{_SEP}"
            rf"(?P<unit>years?|yrs?|months?|weeks?|days?)\b(?!{_SEP}(?:of|history|ago|earlier|before|after|later|"
            rf"follow|prior|previously|post))",
        ),
        (
            rf"(?:year|yr|month|mo|week|day)s?\s*{DASH}?\s*(?:infant|baby|child|aged)\b",
            rf"{_START}{_EXACT}{_SEP}(?P<unit>year|yr|month|mo|week|day)s?{_SEP}(?:infant|baby|child|aged)\b",
        ),
    )
)
"""The forms of an age, each with a hint that a sentence must hold before the slower form is looked for."""

_WRITTEN_DECADES = "teens twenties thirties forties fifties sixties seventies eighties nineties"
_DECADES = {name: ten * 10 for ten, name in enumerate(_WRITTEN_DECADES.split(), 1)} | {
    form: ten * 10 for ten in range(2, 10) for form in (f"{ten}0s", f"{ten}0's", f"{ten}0’s")
}
_NTH = "first second third fourth fifth sixth seventh eighth ninth tenth"
_NTH_DECADE = {word: n * 10 for n, word in enumerate(_NTH.split())}
_IN_DECADE = Pattern(
    r"\bin\s+(?P<whose>his|her|their|the)\s+(?:(?P<part>early|mid|middle|late)[\s-]*)?"
    rf"(?:(?P<decade>{'|'.join(_DECADES)})(?!\w)|(?P<nth>{'|'.join(_NTH_DECADE)})\s+decade\b)",
    re.I,
)
_NOT_A_PERSONS = Pattern(
    r"(?:gestational|menstrual|bone|mean|median|average|mental|corrected|postconceptional|"
    r"conceptional)(?:\s+\w+){0,2}\s*$"
    r"|(?:over|under|above|below|than|least|[<>≤≥]|up to|until)\s*(?:the\s*)?$|\bfirst\s*$",
    re.I,
)
_GESTATION = Pattern(r"\s*(?:of\s+)?(?:gestation|amenorrh|pregnan|intra-?uterine|fetus|foetus)", re.I)
_SEX_BEHIND = Pattern(
    rf"^[\s-]*(?:,\s*)?(?:(?!who\b|with\b|was\b|presented\b|had\b|and\b)[\w/-]+[,\s]+){{0,7}}?{SEX_NOUN}\b", re.I
)
_LETTER_BEHIND = Pattern(rf"^[\s,/]*{_ANCESTRY}(?P<letter>[MF])\b(?!\.)")
_SEX_IN_FRONT = Pattern(rf"\b{SEX_NOUN}(?:\s+patient)?\s*[,(]?\s*(?:(?:who\s+)?(?:was|is)\s+)?$", re.I)


@spared
def read_ages(text: str, offset: int = 0) -> tuple[AgeMention, ...]:
    """The ages of persons in one sentence, in order; `offset` is added to their places.

    Gestational ages, ages of groups (mean, median, over 60) and durations are none.
    """
    return tuple(
        msgspec.structs.replace(m, span=TextSpan(m.span.start + offset, m.span.end + offset)) if offset else m
        for m in _read(text)
    )


@lru_cache(maxsize=512)
def _read(text: str) -> tuple[AgeMention, ...]:
    """Several stages ask for the ages of the same sentence."""
    found: list[AgeMention] = []
    for mention in _mentions(text):
        if not any(mention.span.overlaps(other.span) for other in found):
            found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.span))


def _mentions(text: str) -> Iterator[AgeMention]:
    for match in _matches(text):
        years = _years(match)
        if years is None or years.high > 115 or _GESTATION.match(text, match.end()):
            continue
        if _NOT_A_PERSONS.search(text[max(0, match.start() - 40) : match.start()]):
            continue
        yield AgeMention(span=TextSpan(*match.span()), years=years, sex=_sex(text, match))
    for match in _IN_DECADE.finditer(text):
        yield AgeMention(span=TextSpan(*match.span()), years=_decade(match), sex=None)


def _matches(text: str) -> Iterator[re.Match[str]]:
    for hint, form in _FORMS:
        if hint.search(text):
            yield from form.finditer(text)


def _years(match: re.Match[str]) -> Interval | None:
    groups = match.groupdict()
    per_year = _PER_YEAR[(groups.get("unit") or "y")[0].lower()]
    low = _parts(groups["n"]) / per_year
    if groups.get("n2"):
        low += number(groups["n2"] or "") / _PER_YEAR[(groups["u2"] or "m")[0].lower()]
    high = number(groups["high"] or "") / per_year if groups.get("high") else low
    return Interval(low, high) if low <= high else None


def _parts(printed: str) -> float:
    """ "6 7/12" is six years and seven months."""
    if printed.endswith("/12"):
        whole, _, months = printed.removesuffix("/12").partition(" ")
        return float(whole) + float(months) / 12
    return number(printed)


def _sex(text: str, match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    noun = groups.get("sex") or groups.get("sex2") or groups.get("sex3")
    if noun:
        return sex_of(noun)
    behind = text[match.end() : match.end() + 90]
    if letter := _LETTER_BEHIND.search(behind):
        return sex_of(letter["letter"])
    if found := _SEX_BEHIND.search(behind) or _SEX_IN_FRONT.search(text[: match.start()]):
        return found.lastgroup
    return None


def _decade(match: re.Match[str]) -> Interval:
    low = _DECADES[match["decade"].lower()] if match["decade"] else _NTH_DECADE[match["nth"].lower()]
    start, end = {"early": (0, 3), "mid": (4, 6), "middle": (4, 6), "late": (7, 9)}.get(
        (match["part"] or "").lower(), (0, 9)
    )
    return Interval(float(low + start), float(low + end))
