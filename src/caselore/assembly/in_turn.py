"""What a sentence says of several patients in turn, told again for each of them.

"Tumors of 3 and 5 cm lay in the thigh and in the arm, respectively" is read for the first patient as "Tumors of 3 cm lay
in the thigh", and "the first died after 3 months and the second after 5" for the second as "the second died after 5
months". What lies outside the lists is still read where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from caselore.assembly.table_rows import Piece, Sentences
from caselore.language.lexicon import Lexicon
from caselore.language.patterns import Pattern
from caselore.model.case import Owner, Segment
from caselore.model.text import Document, TextSpan
from caselore.topics.topic import Draft


class Retelling(msgspec.Struct, frozen=True):
    """A sentence as it reads for one patient; `items` are the places that only this reading may speak of.

    `whole` is the stretch with the lists: what has a time in it may have that of another patient. None where the words
    of another stretch are read again.
    """

    patient_id: str
    items: tuple[TextSpan, ...]
    pieces: tuple[Piece, ...]
    whole: TextSpan | None = None

    def sentences(self, lexicon: Lexicon) -> Sentences:
        return Sentences([list(self.pieces)], lexicon)

    def speaks_of(self, draft: Draft) -> bool:
        """Whether the words of a draft, or its time, lie in the lists."""
        timed = draft.when is not None and self.whole is not None and self.whole.covers(draft.spans[0])
        return timed or any(item.overlaps(span) for item in self.items for span in draft.spans)

    def tells(self, draft: Draft) -> bool:
        """Whether a draft read from the retelling says more than the text where it stands."""
        return self.whole is None or self.speaks_of(draft)


def retellings(document: Document, segments: Sequence[Segment]) -> tuple[Retelling, ...]:
    """The sentences that speak of patients in turn, once for each of these patients."""
    found: list[Retelling] = []
    for before, segment in pairwise((None, *segments)):
        if segment is None or segment.owner is Owner.BACKGROUND or not segment.patient_ids:
            continue
        text = document.text[segment.span.start : segment.span.end]
        if len(segment.patient_ids) > 1:
            found += _listed(text, segment)
        elif before and len(before.patient_ids) == 1 and before.patient_ids != segment.patient_ids:
            gap = document.text[before.span.start : before.span.end]
            if retold := _gapped(gap, before, text, segment):
                found.append(retold)
    return tuple(found)


_SEXED_ONE = r"(?:man|woman|boy|girl|(?:fe)?male\s+patient)"
_IN_TURN = Pattern(
    rf"\brespectively\b|\bin\s+(?:the\s+)?(?:one|first|former|case)\b|\b(?:in|of|from)\s+the\s+{_SEXED_ONE}\b"
)


def takes_in_turn(text: str, count: int) -> bool:
    """Whether a sentence lists something for each of so many patients, and says so: "3 and 5 cm, respectively"."""
    return (_IN_TURN.search(text) or _FOLLOWED.search(text)) is not None and next(_lists(text, count), None) is not None


_UNIT = (
    r"(?:[\s-]?(?:cm|mm|years?(?: old| of age)?|months?|weeks?|days?|Gy|%|fractions?|cycles?|courses?|mitoses|ng/ml|kg)"
    r"(?![\w/]))"
)
_MARK = (
    r"(?:\s*\((?:case|patient)\s*\w{1,3}\)|\s+in\s+(?:the\s+)?(?:(?:case|patient)\s+(?:\d|[IVX]+\b|[A-F]\b|(?:one|two|three|four)\b)|(?:one|first|second|third|other|former|latter)"
    rf"(?:\s+(?:case|patient|one|child|infant|woman|man|girl|boy))?|{_SEXED_ONE})(?!\s+\w+(?:\s+\w+)?\s+and))"
)
_AMOUNT = r"\d+(?:[.,]\d+)?(?:\s?(?:cm|mm)?\s?[x×]\s?\d+(?:[.,]\d+)?){0,2}"
_AMOUNTS = Pattern(
    rf"(?<![\w.,-]){_AMOUNT}{_UNIT}?{_MARK}?(?:(?:,|,?\s+and)\s+(?:of\s+)?{_AMOUNT}{_UNIT}?{_MARK}?){{1,5}}(?![\w%-])"
)
_ONE_AMOUNT = Pattern(rf"(?P<amount>{_AMOUNT})(?P<unit>{_UNIT})?(?P<mark>{_MARK})?")
_RESPECTIVELY = Pattern(r",?\s*\(?respectively\)?,?")
_OTHER_SUBJECT = Pattern(
    r"\b\w+ and (?:\w+ )?\w+ (?:was|were|had|showed|measured|values|levels|counts)\b|\bT1\b|\bT2\b"
)
_PATIENTS = Pattern(r"\b(?:cases?|patients?|m[ae]n|wom[ae]n|boys?|girls?|children|brothers?|sisters?)\b", re.IGNORECASE)
_OPENERS = (
    Pattern(r"\b(?:in|on|at|below|above|of|from|within|under|behind|near|over|to|by|with)\b"),
    Pattern(r"\b(?:left|right)\b"),
    Pattern(r"\b(?:a|an|the)\b"),
    Pattern(r"\b(?:male|female|men|women|man|woman|boy|girl)\b"),
)
"""Words that both members of a pair begin with: "in the arm and in the leg", "left and right"."""
_AND = Pattern(r",?\s+and\s+")


class _List(msgspec.Struct, frozen=True):
    """One member for each patient, each as spans of the text, and the stretch that they stand for."""

    whole: TextSpan
    members: tuple[tuple[TextSpan, ...], ...]


def _listed(text: str, segment: Segment) -> Iterator[Retelling]:
    """A retelling for each patient of a segment that lists something for each of them."""
    lists = list(_lists(text, len(segment.patient_ids)))
    dropped = [TextSpan(*match.span()) for match in _RESPECTIVELY.finditer(text)]
    if not lists:
        return
    start = segment.span.start
    items = tuple(_moved(one.whole, start) for one in lists)
    for number, patient_id in enumerate(segment.patient_ids):
        kept: list[TextSpan] = []
        at = 0
        for whole, members in sorted(
            [*((one.whole, one.members[number]) for one in lists), *((gone, ()) for gone in dropped)]
        ):
            kept += [TextSpan(at, whole.start), *members]
            at = whole.end
        kept.append(TextSpan(at, len(text)))
        pieces = tuple(
            Piece(text[span.start : span.end], _moved(span, start)) for span in kept if span.end > span.start
        )
        yield Retelling(patient_id, items, pieces, segment.span)


def _moved(span: TextSpan, by: int) -> TextSpan:
    return TextSpan(span.start + by, span.end + by)


def _lists(text: str, count: int) -> Iterator[_List]:
    """The lists of a text with as many members as there are patients."""
    respectively = _RESPECTIVELY.search(text)
    if respectively and _OTHER_SUBJECT.search(text) and not _PATIENTS.search(text):
        return
    end = respectively.start() if respectively else 0
    found = ((match, match.end() <= end or _is_shared_out(match)) for match in _AMOUNTS.finditer(text))
    amounts = [one for match, listed in found if (one := _amounts(match, count, listed=listed))]
    yield from amounts
    if count == 2 and not amounts and (marked := _marked(text)):
        yield marked
    if respectively is None or count != 2:
        return
    for match in _AND.finditer(text, 0, end):
        pair = _pair(text, match, end)
        if pair and not any(pair.whole.overlaps(other.whole) for other in amounts):
            yield pair


_OF_EACH = Pattern(
    r"\b(?:both|each|neither|all (?:two|three|four)|(?:cases|patients) \w{1,3},? (?:\w{1,3},? )?and \w{1,3})\b",
    re.IGNORECASE,
)
_FOLLOWED = Pattern(r"\bfollow(?:ed)?[- ]?up (?:periods? |times? |intervals? )?(?:of|for|was|were)\b", re.IGNORECASE)
_MEASURED = Pattern(
    r"\s*(?:of follow-?up|after|later|following|post|from|since|old\b|of age|in (?:size|diameter|length)|[,;.)]|$)"
)
_TESTED = Pattern(r"\b(?:MRI|CT|PET|scans?|imaging|visits?|examinations?|endoscop\w+|doses?|every)\b")


def _is_shared_out(match: re.Match[str]) -> bool:
    """ "Patients 1 and 3 are alive at 40 and 62 months": one amount for each, though no "respectively" says so."""
    text = match.string
    return (
        (_OF_EACH.search(text) or _FOLLOWED.search(text)) is not None
        and _MEASURED.match(text, match.end()) is not None
        and not _TESTED.search(text)
    )


def _amounts(match: re.Match[str], count: int, *, listed: bool) -> _List | None:
    """A list of amounts, of which the last one may tell the unit; without "respectively" each must name its patient."""
    found = list(_ONE_AMOUNT.finditer(match.string, match.start(), match.end()))
    if len(found) != count or not (listed or all(one["mark"] for one in found)):
        return None
    last = found[-1]
    units = [one if one["unit"] else last for one in found]
    members = tuple(
        (TextSpan(*one.span("amount")), *([TextSpan(*unit.span("unit"))] if unit["unit"] else []))
        for one, unit in zip(found, units, strict=True)
    )
    return _List(TextSpan(*match.span()), members)


def _pair(text: str, joint: re.Match[str], end: int) -> _List | None:
    """Two members that begin with words of one kind; the second ends with its clause or at "respectively"."""
    opener = next((pattern for pattern in _OPENERS if pattern.match(text, joint.end())), None)
    if opener is None:
        return None
    first = max((match.start() for match in opener.finditer(text, 0, joint.start())), default=None)
    stop = re.compile(r"[,;.]\s|\s(?:was|were|had|and)\s").search(text, joint.end(), end)
    last = stop.start() if stop else end
    if first is None or joint.start() - first > 60 or last - joint.end() > 60:
        return None
    left, right = TextSpan(first, joint.start()), TextSpan(joint.end(), last)
    return _List(TextSpan(first, last), ((left,), (right,)))


_RESULTS = Pattern(
    r"\b(?:positive|negative|present|absent|alive|dead|low|high|strong|weak|diffuse|focal|intact|lost|involved|clear|free|normal|mutated)\b"
)
_ONE_MARK = Pattern(_MARK)
_BETWEEN = Pattern(r"\s*(?:,|;)?\s*(?:(?:and|but|while|whereas)\s+)?")


def _marked(text: str) -> _List | None:
    """Two members with their patients behind them: "positive in case 1 but negative in case 2", "X in one and Y in the other"."""
    marks = list(_ONE_MARK.finditer(text))
    if len(marks) != 2:
        return None
    joint = _BETWEEN.match(text, marks[0].end())
    begins = joint.end() if joint else marks[0].end()
    result = _RESULTS.match(text, begins)
    if (
        begins == marks[0].end()
        or not 0 < marks[1].start() - begins <= 60
        or _VERB.search(text, result.end() if result else begins, marks[1].start())
    ):
        return None
    opener = next((pattern for pattern in (*_OPENERS, _RESULTS) if pattern.match(text, begins)), None)
    found = opener.finditer(text, 0, marks[0].start()) if opener else _VERB.finditer(text, 0, marks[0].start())
    places = [match.start() if opener else match.end() for match in found]
    if not places or marks[0].start() - places[-1] > 60:
        return None
    left, right = TextSpan(places[-1], marks[0].start()), TextSpan(begins - 1, marks[1].start())
    return _List(TextSpan(places[-1], marks[1].end()), ((left,), (right,)))


_MARKER = Pattern(
    r"\W*(?:(?:and|but|while|whereas)\s+)?(?:in\s+)?(?:(?:the|our)\s+)?(?:(?:case|patient)\s+(?:no\.?\s*)?(?:\d|[IVX]+\b|[A-F]\b|(?:one|two|three|four)\b)"
    r"|(?:first|second|third|fourth|other|latter|former|man|woman|boy|girl)(?:\s+(?:patient|case|one|woman|man|child|boy|girl))?),?\s+",
    re.IGNORECASE,
)
_VERB = Pattern(
    r"\b(?:was|were|is|are|had|has|have|did|does|died|underwent|came|felt|went|remains|lives|shows|showed|received|refused|"
    r"presented|developed|[a-z]{3,}(?<!ag)ed)\b"
)
_SLOTS = (
    Pattern(
        r"(?:(?:less|more|about|only|almost|nearly|over|some|half)\s+(?:than\s+)?)*(?:\d|an?\s+(?:few\s+)?(?:day|week|month|year)|half\s+a)"
    ),
    Pattern(r"(?:for|after|at|within|by|with|of|from|in|to|on)\b"),
    Pattern(r"an?\b"),
)
"""What a clause without a verb may go on with; the clause before it has the same kind of word where its own words end."""
_VERBS = Pattern(r"(?:was|were|is|had|has|included|showed|were|involved|contained|revealed)\s+")
_TIME_UNIT = Pattern(r"\d\s+(?P<unit>years?|months?|weeks?|days?|cm|mm|Gy|cycles)\b")
_BARE_END = Pattern(r"\d\W*$")


def _gapped(told: str, before: Segment, text: str, segment: Segment) -> Retelling | None:
    """The clause of a patient that leaves out the verb of the clause in front of it."""
    marker, first = _MARKER.match(text), _MARKER.search(told)
    if marker is None or first is None or _VERB.search(text, marker.end()):
        return None
    slot = _slot(told, first.end(), text, marker.end())
    if slot is None:
        return None
    verb = TextSpan(first.end(), slot)
    start, here = before.span.start, segment.span.start
    pieces = [
        Piece(text[: marker.end()], TextSpan(here, here + marker.end())),
        Piece(told[verb.start : verb.end], _moved(verb, start)),
        Piece(text[marker.end() :].rstrip(" .,;"), TextSpan(here + marker.end(), here + len(text.rstrip(" .,;")))),
    ]
    unit = _TIME_UNIT.search(told, slot)
    if unit and _BARE_END.search(text):
        pieces += [Piece(" "), Piece(unit["unit"], TextSpan(start + unit.start("unit"), start + unit.end("unit")))]
    return Retelling(segment.patient_ids[0], (segment.span,), (*pieces, Piece(".")))


def _slot(told: str, begins: int, text: str, rest: int) -> int | None:
    """Where the words that the second clause leaves out end in the first one."""
    if _VERB.search(told, begins) is None:
        return None
    for kind in _SLOTS:
        if opens := kind.match(text, rest):
            same = re.compile(rf"(?<=\s){re.escape(opens[0])}\b").search(told, begins) if kind is _SLOTS[1] else None
            match = same or next((one for one in kind.finditer(told, begins) if told[one.start() - 1].isspace()), None)
            return match.start() if match else None
    verb = _VERBS.search(told, begins)
    return verb.end() if verb else None
