"""Age and sex of the patient."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.ages import AgeMention
from caselore.language.patterns import Pattern
from caselore.language.persons import FEMALE_NOUNS, MALE_NOUNS, RELATIVES, SEX_NOUN
from caselore.language.view import SentenceView
from caselore.model.fact import Assertion, Value
from caselore.model.text import TextSpan
from caselore.topics.topic import Draft, Topic


class Age(Value, frozen=True, tag="age"):
    """Age in years; `at` is "presentation" with the reported tumour, "earlier" or "later" than it."""

    years: float
    at: str = "presentation"

    def __str__(self) -> str:
        return f"{self.years:g} years old" + (f" ({self.at})" if self.at != "presentation" else "")


class Sex(Value, frozen=True, tag="sex"):
    """`sex` is "male" or "female"; `by` tells a "noun" (woman) from the weaker "pronoun" (she)."""

    sex: str
    by: str = "noun"

    def __str__(self) -> str:
        return self.sex + (f" ({self.by})" if self.by != "noun" else "")


_RELATIVE = Pattern(rf"\b(?:{RELATIVES})\b", re.I)
_WHOSE = Pattern(r"\b(?:his|her|their|patient['’]s|whose|the)\s+(?:[\w-]+\s+){0,2}$", re.I)
_AT_AGE = Pattern(r"\b(?:at|since|from|by|until|before|after|around)\s+(?:the\s+|an\s+|about\s+)*$", re.I)
_AGE_WORD = Pattern(r"^(?:age|aged)\b|\bof\s+age$", re.I)
_PRESENTED = Pattern(
    r"\b(?:presented|presents|presenting|(?:was|were) (?:first |then )?(?:admitted|referred|seen|"
    r"hospitali[sz]ed|evaluated)|consulted|"
    r"came to|attended|sought|at (?:the time of )?(?:diagnosis|presentation|admission|surgery))\b",
    re.I,
)
_PAST = Pattern(
    r"\b(?:had (?:been|had|undergone|received|presented|already|previously)|previously|"
    r"history)\b",
    re.I,
)
_NOUN = Pattern(rf"\b{SEX_NOUN}\b", re.I)
_PRONOUN = Pattern(r"\b(?:(?P<male>he|his|him|himself)|(?P<female>she|her|hers|herself))\b", re.I)
_TITLE = Pattern(r"\b(?:(?P<female>Miss|Mrs\.?|Ms\.)|(?P<male>Mr\.?)) [A-Z]\w*\.?(?=,? (?:(?:is|was|aged|an?|of) )*\d)")
""" "Miss A, 47 years old"."""
_NEWBORN = Pattern(
    r"\b(?:an?|the|this|our|male|female) (?:[\w-]+ ){0,3}?(?:newborn|neonate)\b(?! (?:period|unit|screen\w*|intensive|ward|care))|"
    r"\b(?:at|after|since) birth,? (?:our|the|this) (?:patient|baby|infant|boy|girl|child)\b|"
    r"\b(?:patient|baby|infant|boy|girl|child)\b[^.;]{0,60}"
    r"\b(?:(?:found|noted|noticed|seen|discovered|detected|diagnosed) (?:at|after) birth|"
    r"(?:immediately|shortly|soon) after birth)\b",
    re.I,
)
"""An age of 0, where no other is told."""
_ENTRY = Pattern(
    r"\b(?:(?:[Ss]ex|[Gg]ender|SEX|GENDER)\s?[:=]\s?|(?:[Cc]ase|[Pp]atient) \d{1,2} \()(?:(?P<male>M)|(?P<female>F))\b"
)
_GENERAL = Pattern(
    rf"\b(?:fe)?male[\s-]*(?:to|:|/|(?:and|or)\s+(?:fe)?males?|predominance|preponderance|sex|gender|patients\b|ratio|pattern|"
    rf"breast|genital|pelvi|hormone|infertility|"
    rf"external|child(?:ren)?s\b)|(?<!all )(?<!the )\b(?:one|two|three|four|five|some|most) "
    r"(?:of (?:them|these|whom) )?(?:was|were) (?:an? )?"
    rf"(?:{MALE_NOUNS}|{FEMALE_NOUNS})\b|\b(?:{MALE_NOUNS}|{FEMALE_NOUNS})\s+(?:and|or|to)\s+(?:{MALE_NOUNS}|"
    rf"{FEMALE_NOUNS})\b",
    re.I,
)


def extract(view: SentenceView) -> Iterator[Draft]:
    listed = _ages_of_several(view)
    yield from listed
    for age in view.ages:
        if any(draft.spans[0].overlaps(age.span) for draft in listed):
            continue
        if age.years.low == age.years.high and not _of_a_relative(view, age) and not _one_of_a_list(view, age):
            yield Draft(value=Age(years=round(age.years.low, 2), at=_when(view, age)), spans=(age.span,))
    if not view.ages and (match := view.search(_NEWBORN)):
        yield Draft(value=Age(years=0, at="earlier"), spans=(view.place(match),))
    yield from _sexes(view)


def _ages_of_several(view: SentenceView) -> list[Draft]:
    """One age for each of several patients, in their order."""
    listed = view.listed_ages
    if listed is None:
        return []
    return [
        Draft(value=Age(years=years), spans=(listed.span,), nth=(number, len(listed.years)))
        for number, years in enumerate(listed.years, 1)
    ]


def _one_of_a_list(view: SentenceView, age: AgeMention) -> bool:
    """ "They were 65 and 66 years old, respectively": the sentence is about both, and the age about one of them."""
    return _RESPECTIVELY.match(view.after(age.span, 30)) is not None


def _of_a_relative(view: SentenceView, age: AgeMention) -> bool:
    """ "his 40-year-old brother", "her mother, aged 70"."""
    behind = re.split(r"[,;.]|\b(?:who|with|was|and)\b", view.after(age.span, 40))[0]
    if _RELATIVE.search(behind) and not _NOUN_OF_PATIENT.search(behind):
        return True
    return bool(
        re.search(
            rf"\b(?:{RELATIVES})\s*[,(]?\s*(?:who (?:was|is|died)\s*)?(?:at\s+(?:the\s+)?)?$",
            view.before(age.span),
            re.I,
        )
    )


_ANOTHER = Pattern(r"\b(?:an?other|second|third)\s+$", re.I)
_RESPECTIVELY = Pattern(r"(?: old| of age)?,? respectively\b", re.I)
_NOUN_OF_PATIENT = Pattern(r"\b(?:man|woman|boy|girl|male|female|lady|gentleman|patient|child|infant)\b", re.I)


def _when(view: SentenceView, age: AgeMention) -> str:
    words, before = view.words(age.span), view.before(age.span, 80)
    if words.lower().startswith("when"):
        return "earlier"  # or now: only where no other age is told
    if not _AGE_WORD.search(words) or not _AT_AGE.search(before):
        return (
            "later"
            if re.search(r"\b(?:now|currently|presently)\s+(?:an?\s+|aged\s+)?$", before, re.I)
            else "presentation"
        )
    if re.search(r"\bdied\b[^.;]*$", before):
        return "later"
    clause = re.split(r"[;.]", before)[-1] + words + re.split(r"[;.]", view.after(age.span, 90))[0]
    return "presentation" if _PRESENTED.search(clause) and not _PAST.search(clause) else "earlier"


def _sexes(view: SentenceView) -> Iterator[Draft]:
    general: list[TextSpan] | None = None
    seen: set[tuple[str, str, int, bool]] = set()
    for by, pattern in (("noun", _NOUN), ("noun", _ENTRY), ("noun", _TITLE), ("pronoun", _PRONOUN)):
        for match in view.find(pattern):
            sex, span = match.lastgroup or "", view.place(match)
            if general is None:
                general = [view.place(other) for other in view.find(_GENERAL)]
            # Behind another age the same word may be about another patient.
            another = _ANOTHER.search(view.before(span, 12)) is not None
            key = (sex, by, sum(age.span.start < span.start for age in view.ages), another)
            if key in seen or any(span.overlaps(other) for other in general):
                continue
            if by == "noun" and _RELATIVE.fullmatch(match[0]):
                continue
            seen.add(key)
            yield Draft(value=Sex(sex=sex, by=by), spans=(span,), assertion=Assertion.AFFIRMED)
    for number, age in enumerate(view.ages):
        known = {(age.sex or "", "noun", place, False) for place in (number, number + 1)}
        if age.sex and seen.isdisjoint(known) and not _of_a_relative(view, age):
            seen |= known
            yield Draft(value=Sex(sex=age.sex), spans=(age.span,))


TOPIC = Topic(name="demographics", extract=extract, values=(Age, Sex))
