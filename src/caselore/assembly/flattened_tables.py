"""Tables whose columns were lost when a PDF became text: lines of author, age and sex, site, treatment and outcome.

Only lines that name a publication and an age with a sex are read, and of them only what can be told without columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from caselore.assembly.patient_tables import (
    Held,
    PatientRow,
    PatientTable,
    column_of,
    is_of_literature,
    tumour_of,
    wording,
)
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.model.text import TextSpan

_NAME = r"(?:(?:van|von|de|del|di|da|la|le|el|al)\s){0,2}[A-ZÀ-Þ][\w'’-]+"
_LINE = Pattern(
    rf"\s*(?:\d{{1,3}}[.)]?\s+)?(?P<reference>{_NAME}(?:\s(?:et\s?al\.?,?|(?:and|&)\s{_NAME}))?,?\s*"
    r"(?:\(?(?:19|20)\d\d\)?[a-d]?\s*,?\s*)?(?:\[\d{1,3}\]|\(\d{1,3}\))?,?\s*(?:\(?(?:19|20)\d\d\)?[a-d]?)?)\s*"
    r"(?:\d{1,2}\s+)?(?P<person>\d{1,2}\s?[/,]?\s?[MF]\b|[MF]\s?[/,]?\s?\d{1,2}\b)(?P<rest>.*)"
)
_SOURCE = Pattern(r"(?:19|20)\d\d|[\[(]\d{1,3}[\])]")
_STATUS = Pattern(r"\b(?:NED|AWD|DOD|DOC|DWD|ANED|[Aa]live(?: with(?:out)? disease)?|[Dd]ead|[Dd]ied|[Dd]eceased)\b")
_TREATMENT = Pattern(
    r"\b(?:resection|excision|surgery|biopsy|radiotherapy|radiation|chemotherapy|\w+ectomy)\b|\bGy\b", re.I
)
_TIME = Pattern(r"(?<![\d.])\d{1,3}(?:\.\d)?\s?(?:months?|mos?|m|years?|yrs?|y)\b")
_BARE = Pattern(r"(?<![\d.x×])\d{1,3}(?:\.\d)?(?![\d.]|\s?(?:[x×]|cm|mm|Gy|%))")
_SIDE = Pattern(r"(?:\b(?:left|right|bilateral|L|R|Lt|Rt)\.?\s+(?:\w+\s+)?)$", re.IGNORECASE)
_FEWEST_LINES = 2


def flattened_table(caption: Sequence[SentenceView], views: Sequence[SentenceView]) -> PatientTable | None:
    """The patients of a table of the literature whose columns were lost, or None."""
    tumour = tumour_of(caption)
    rows = [row for view in views if (row := _row(view, views, tumour))]
    if len(rows) < _FEWEST_LINES or not (is_of_literature(caption) or _has_heading(views)):
        return None
    return PatientTable(tuple(rows), tuple(view for row in rows for view in row.views))


def _has_heading(views: Sequence[SentenceView]) -> bool:
    return any(
        re.match(r"\W*(?:no\.?\s+)?(?:author|reference|study|source)", view.text, re.IGNORECASE) for view in views
    )


def _row(view: SentenceView, views: Sequence[SentenceView], tumour: TextSpan | None) -> PatientRow | None:
    match = _LINE.fullmatch(view.text.strip())
    if match is None or not _SOURCE.search(match["reference"]):
        return None
    start = view.span.start + len(view.text) - len(view.text.lstrip())
    cells = [
        _held(view, "reference", *_shifted(match, "reference", start)),
        _held(view, "age_sex", *_shifted(match, "person", start)),
    ]
    cells += _course(view, start + match.start("rest"), _unit_of_follow_up(views))
    return PatientRow(tuple(cells), own=False, number=None, views=(view,), tumour=tumour)


def _shifted(match: re.Match[str], group: str, start: int) -> tuple[int, int]:
    return start + match.start(group), start + match.end(group)


def _held(view: SentenceView, field: str, start: int, end: int, unit: str = "") -> Held:
    words = view.words(TextSpan(start, end))
    end -= len(words) - len(words.rstrip())
    return Held(column_of(field), unit, TextSpan(start, end), words.rstrip())


def _course(view: SentenceView, start: int, unit: str) -> Iterator[Held]:
    """Site, treatment, follow-up and outcome, in the order in which tables print them."""
    begins, ends = _treatment(view, start)
    status = next((m for m in _STATUS.finditer(view.text, max(start, ends) - view.span.start)), None)
    places = [mention.span for mention in view.of("anatomy") if start <= mention.span.start < begins]
    if places:
        side = _SIDE.search(view.words(TextSpan(start, places[0].start)))
        yield _held(view, "site", places[0].start - (len(side[0]) if side else 0), places[-1].end)
    if begins < ends:
        yield _held(view, "treatment", begins, ends)
    if status is None:
        return
    tail = view.words(TextSpan(max(start, ends), view.span.end))
    timed = list(_TIME.finditer(tail)) or (list(_BARE.finditer(tail)) if unit else [])
    if len(timed) == 1:
        at = max(start, ends)
        yield _held(view, "follow_up", at + timed[0].start(), at + timed[0].end(), unit)
    yield _held(view, "outcome", view.span.start + status.start(), view.span.start + status.end())


def _treatment(view: SentenceView, start: int) -> tuple[int, int]:
    """Where the treatments of a line begin and end; an empty range at the status, or the end, where there are none."""
    spans = [m.span for m in view.of("procedure", "drug", "regimen") if m.span.start >= start]
    offset = view.span.start
    spans += [TextSpan(offset + m.start(), offset + m.end()) for m in _TREATMENT.finditer(view.text, start - offset)]
    for match in re.finditer(r"[A-Za-z]{2,5}\b", view.text[start - offset :]):
        if wording().words.get(match[0], "").endswith(("resection", "excision", "therapy")):
            spans.append(TextSpan(start + match.start(), start + match.end()))
    if not spans:
        status = _STATUS.search(view.text, start - offset)
        end = offset + status.start() if status else view.span.end
        return end, end
    return min(span.start for span in spans), max(span.end for span in spans)


def _unit_of_follow_up(views: Sequence[SentenceView]) -> str:
    """The unit that the heading prints behind follow-up or survival."""
    for view in views:
        if found := re.search(r"(?:follow[- ]?up|\bFU|survival)\D{0,12}?\(\s?(mo|month|y)", view.text, re.IGNORECASE):
            return "years" if found[1].lower() == "y" else "months"
    return ""
