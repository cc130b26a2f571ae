"""Citation marks in a sentence: [4], (15), [2,5-7], "Ruan et al.", "Crossley and Nyberg (2001)"."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from caselore.language.patterns import Pattern
from caselore.language.silence import spared
from caselore.model.text import TextSpan


class CitationMark(msgspec.Struct, frozen=True, kw_only=True):
    """A pointer to one or several publications; `numbers` of a numbered style, `author` of a named one, or both."""

    span: TextSpan
    numbers: tuple[int, ...] = ()
    author: str | None = None
    year: int | None = None


HIGHEST = 400
"""Citation numbers above this are something else."""

_LIST = r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*"
_BRACKET = rf"\[(?:[Rr]efs?\.?\s*)?(?P<bracket>{_LIST})\]"
_PAREN = rf"\((?:[Rr]efs?\.?\s*)?(?P<paren>{_LIST})\)"
_YEAR = r"(?P<year>(?:19|20)\d\d)[a-d]?"

_PARTICLE = (
    r"(?:(?:van|von|de|del|della|di|da|dos|du|la|le|el|al|ten|ter|den|der|bin|ben)\s(?:(?:der|den|la|las|los)\s)?)?"
)
_WORD = r"(?:(?:Mc|Mac|O['’]|D['’]|De|Di|Du|La|Le|Van|Fitz)?[A-ZÀ-ÞŁŚŠŽČĆ][a-zß-ÿąćęłńóśźżčďěňřšťůžğışöü]+)"
_ONE = rf"(?:(?:Van|De|La|Le|Di|Del|El|Al|Dos|Von|Mac|St)\s(?:der\s|den\s|la\s)?)?{_PARTICLE}{_WORD}(?:['’]?-{_WORD})*"
_INITIALS = r"(?:,?\s[A-Z](?:[A-Z]|\.\s?[A-Z])?\.?)?"
_GROUP = (
    r"(?:,?\s+et\s+al\b\.?|,?\s+(?:and|&)\s+(?:his\s|her\s|their\s)?(?:co-?\s?workers|colleagues|associates|"
    r"collaborators|co-?authors|others|team|group))"
)
_REPORTING = (
    r"(?:(?:have|had|has|also|first|previously|recently|later|subsequently|further|both|retrospectively)\s)*"
    r"(?:reported|report|reports|described|describe|describes|presented|present|presents|published|found|find|treated|"
    r"observed|documented|reviewed|analy[sz]ed|showed|demonstrated|noted|followed|operated|recorded|identified|studied|"
    r"suggested|proposed|recommended|collected|compared|summari[sz]ed|encountered|detailed|stated|concluded|saw|cared|gave|"
    r"used|evaluated|discussed|emphasi[sz]ed|mentioned|investigated|postulated|advocated|managed|removed|resected|irradiated)\b"
)
_AUTHORED = (
    r"(?:reported|described|published|presented|treated|documented|observed|reviewed|proposed|recorded|studied|retold|seen)"
    r"\s+by\s"
)
_TOLD_IN = r"(?:18|19|20)\d\d"
_TELLING = (
    r"(?:(?:had|also|first|later|subsequently|further)\s)*"
    r"(?:reported|described|published|documented|recorded|reviewed|collected|observed)\b"
)
_FIRST_NAMES = r"(?:(?:[A-Z]\.\s?){1,3}|[A-Z][a-z]+\s(?:[A-Z]\.\s?){1,2})?"

_AUTHOR = Pattern(
    rf"(?P<group>{_ONE}){_INITIALS}{_GROUP}(?:['’]s?)?"
    rf"|(?P<pair>{_ONE}){_INITIALS}\s+(?:and|&)\s+{_ONE}(?=['’]?s?,?\s*(?:[\[(]\d|,?\s?\(?(?:19|20)\d\d|{_REPORTING}))(?:['’]s?)?"
    rf"|(?P<single>{_ONE})(?=\s+(?:\[{_LIST}\]|\({_LIST}\)|\((?:19|20)\d\d\))\s+{_REPORTING})"
    rf"|(?P<dated>{_ONE})(?=\s+\((?:19|20)\d\d[a-d]?\))"
    rf"|(?<=[(;]\s)(?P<inner>{_ONE})(?=,\s(?:19|20)\d\d[a-d]?\s?[;)])|(?<=\()(?P<first>{_ONE})(?=,\s(?:19|20)\d\d[a-d]?\s?[;)])"
    rf"|{_FIRST_NAMES}(?P<year_behind>{_ONE})(?:\s+and\s+{_ONE})?,?\sin\s(?P<behind>{_TOLD_IN})(?=,?\s{_TELLING})"
    rf"|\bIn\s(?P<ahead>{_TOLD_IN}),?\s{_FIRST_NAMES}(?P<year_ahead>{_ONE})(?:\s+and\s+{_ONE})?(?=\s{_TELLING})"
    rf"|(?<=\bby\s){_FIRST_NAMES}(?P<by>{_ONE})(?=\s*(?:\[{_LIST}\]|\({_LIST}\)|[,.;]|$|\s(?:in|et|was|is|had|who)\b))"
)
_CAPITALISED_WORD = rf"{_PARTICLE}[A-ZÀ-ÞŁŚŠŽČĆ][^\sA-Z\d]"
_AUTHOR_HINT = Pattern(
    r"et\s+al\b|(?:and|&)\s+(?:(?:his|her|their)\s)?(?:co|associates|others|team|group)|\b[Ii]n\s(?:18|19|20)\d\d"
    rf"|(?:(?:and|&)\s+|\bby\s){_CAPITALISED_WORD}|[\])]\s+{_REPORTING}|\((?:19|20)\d\d|,\s(?:19|20)\d\d"
)
"""One of these stands behind each author's name, or in front of it; far quicker to look for than names."""
_ATTACHED = Pattern(
    rf"\s*,?\s*(?:{_BRACKET}|{_PAREN}|\({_YEAR}\)|(?P<bare>(?:19|20)\d\d)[a-d]?(?=[;).,]))(?:\s*\[(?P<more>{_LIST})\])?"
)
_NUMBERS = Pattern(rf"{_BRACKET}|{_PAREN}")
_AUTHORED_BEFORE = Pattern(rf"{_AUTHORED}$")

_CAPITALISED = (
    "The A An In On At Of We Our This That These Those Both All Some Many Most Several Other Others Another One Two "
    "Three Four Five He She It They His Her Their There Here However Although Whereas While When After Before Since "
    "Because As By For From With Without Among Between Despite During Case Cases Patient Patients Figure Figures "
    "Fig Figs Table Tables Study Studies Report Reports Author Authors Investigators Data Results Surgery "
    "Radiotherapy Chemotherapy Treatment Tumor Tumour Tumors Tumours Sarcoma Leiomyosarcoma Metastasis Metastases "
    "Imaging Histology Pathology Literature Review Series Society Group Gamma Knife Cyber World Health Organization "
    "Department Hospital University Institute January February March April May June July August September October "
    "November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday Western Eastern Northern Southern "
    "American European Japanese Chinese Indian German French Italian Swedish Korean Turkish Europe America Asia "
    "Africa Japan China India Germany France Italy Sweden Korea Turkey Iran Spain Canada Australia England Britain "
    "Caucasian Hispanic Asian African Mean Median Survival Recurrence Follow Thus Therefore Recently Previously "
    "Similarly Interestingly Also Further Furthermore Moreover Then Finally First Second Third Meningioma Grade "
    "Stage Type Class Doctors Physicians Surgeons Pathologists Clinicians Parents Relatives Colleagues"
)
_NOT_NAMES = frozenset(_CAPITALISED.split())
"""Words that begin with a capital without being an author."""


_ANY_HINT = Pattern(
    r"[\[(]|(?:18|19|20)\d\d|et\s+al|work|colleagues|associates|collaborators|authors|others|team|group|\bby\s+[\w'’-]|"
    r"(?:and|&)\s+[A-ZÀ-Þ]"
)
"""Every mark holds one of these; a sentence without is not searched for names."""


@spared
def read_citations(text: str, offset: int = 0) -> tuple[CitationMark, ...]:
    """The citation marks of one sentence, in order; `offset` is added to their places.

    An author with a number or year behind the name is one mark. Numbers in parentheses count where they read as a
    citation, not as a count, a dose or a range of values.
    """
    return tuple(_moved(mark, offset) for mark in _read(text))


@lru_cache(maxsize=1024)
def _read(text: str) -> tuple[CitationMark, ...]:
    """Several stages ask for the citations of the same sentence."""
    if not _ANY_HINT.search(text):
        return ()
    found: list[CitationMark] = []
    position = 0
    for match in _AUTHOR.finditer(text) if _AUTHOR_HINT.search(text) else ():
        mark = _authored(text, match)
        if mark is None or mark.span.start < position:
            continue
        found.append(mark)
        position = mark.span.end
    taken = [mark.span for mark in found]
    for match in _NUMBERS.finditer(text):
        span = TextSpan(*match.span())
        if any(span.overlaps(other) for other in taken):
            continue
        if match["paren"] and not _cites_in_parentheses(text, match):
            continue
        numbers = _expand(match["bracket"] or match["paren"])
        if numbers:
            found.append(CitationMark(span=span, numbers=numbers))
    found.sort(key=lambda mark: mark.span)
    return tuple(found)


_NAMES = ("group", "pair", "single", "dated", "inner", "first", "year_behind", "year_ahead", "by")
"""The groups of `_AUTHOR` that hold a name."""


def _moved(mark: CitationMark, offset: int) -> CitationMark:
    span = TextSpan(mark.span.start + offset, mark.span.end + offset)
    return CitationMark(span=span, numbers=mark.numbers, author=mark.author, year=mark.year)


def _authored(text: str, match: re.Match[str]) -> CitationMark | None:
    """The mark of a named author, with the number or year that follows at once."""
    name = next(match[key] for key in _NAMES if match[key])
    parts = re.split(r"[\s-]", name)
    if parts[0] in _NOT_NAMES or (parts[-1] in _NOT_NAMES and not match["group"]):
        return None
    if match["by"] and not _AUTHORED_BEFORE.search(text[: match.start()]):
        return None
    end = match.end()
    numbers: tuple[int, ...] = ()
    told = match["behind"] or match["ahead"]
    year = int(told) if told else None
    attached = _ATTACHED.match(text, end)
    if attached:
        digits = attached["bracket"] or attached["paren"] or attached["more"]
        numbers = _expand(digits) if digits else ()
        printed = attached["year"] or attached["bare"]
        year = int(printed) if printed else year
        if numbers or year:
            end = attached.end()
    inner = re.match(rf",\s{_YEAR}", text[match.end() :])
    if inner and year is None:
        year, end = int(inner["year"]), match.end() + inner.end()
    start = match.start("year_ahead") if match["year_ahead"] else match.start()
    return CitationMark(span=TextSpan(start, end), numbers=numbers, author=name, year=year)


_COUNTED = Pattern(
    r"(?:\d\s?%?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|n|grade|score|stage|type|group|class|"
    r"case|cases|patient|no|number|figure|fig|level|phase|factor|mean|median|range|average|ratio|age|aged|total|about|of|"
    r"is|was|are|were|=|KPS|ECOG|GCS|index|scale|status|point|points|item|step|day|week|cycle|chromosome|exon))[\s.]*$",
    re.I,
)
_MEASURED = Pattern(r"\b(?:years?|months?|weeks?|days?|hours?|cm|mm|m|Gy|mg|kg|g|ml|mL|HPF|hpf|fields?|%)\s*$")
_COUNT_BEHIND = Pattern(r"\s*(?:%|patients?\b|cases?\b|of\b|out\b|years?\b|months?\b|/|×|x\d)")
_ENUMERATES = Pattern(r"\(1\)\s.*?(?:[;:,]|\b(?:and|or))\s\(2\)\s")


def _cites_in_parentheses(text: str, match: re.Match[str]) -> bool:
    """Whether a number in parentheses reads as a citation."""
    before, after = text[: match.start()], text[match.end() :]
    stripped = before.rstrip()
    if not stripped or _COUNTED.search(before) or _COUNT_BEHIND.match(after):
        return False
    if before[-1:].isalnum() or after[:1].isalnum():
        return False
    if _MEASURED.search(before) and re.search(r"[–-]", match["paren"]):
        return False
    if _ENUMERATES.search(text) and re.match(r"\s[A-Za-z]", after):
        return False
    return bool(re.match(r"\s*(?:[.,;:)]|$)|\s+\S", after))


def _expand(digits: str) -> tuple[int, ...]:
    """ "2,5-7" as 2, 5, 6, 7; empty when the numbers cannot be those of a reference list."""
    numbers: list[int] = []
    for part in re.split(r"[,;]", digits):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        if len(ends) == 2 and not 0 < ends[1] - ends[0] <= 60:
            return ()
        numbers.extend(range(ends[0], ends[-1] + 1))
    return tuple(numbers) if all(0 < number <= HIGHEST for number in numbers) else ()
