"""What a row of a table says, read by the topics as the sentences that would say it in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from caselore.assembly.patient_tables import Held, PatientRow, is_absent, wording
from caselore.language.lexicon import Lexicon
from caselore.language.patterns import Pattern
from caselore.language.view import Reading
from caselore.model.text import Document, OffsetMap, Run, SectionKind, Sentence, TextSpan


class Piece(msgspec.Struct, frozen=True):
    """Words of a sentence, and the place that they stand for; None for words that nobody printed."""

    text: str
    place: TextSpan | None = None


class Sentences:
    """Sentences made of pieces, as a Reading that topics can read, with the way back to the places."""

    def __init__(self, sentences: list[list[Piece]], lexicon: Lexicon) -> None:
        self._runs: list[tuple[TextSpan, Piece]] = []
        parts: list[str] = []
        spans: list[TextSpan] = []
        length = 0
        for pieces in sentences:
            start = length
            for piece in pieces:
                end = length + len(piece.text)
                self._runs.append((TextSpan(length, end), piece))
                parts.append(piece.text)
                length = end
            spans.append(TextSpan(start, length))
            parts.append(" ")
            length += 1
        text = "".join(parts)
        document = Document(
            id="",
            source="",
            raw=text,
            text=text,
            offsets=OffsetMap((Run(0, 0, len(text), len(text)),)),
            sections=(),
            sentences=tuple(Sentence(span=span, section=SectionKind.CASE, paragraph=0) for span in spans),
        )
        self.views = Reading(document, lexicon).sentences

    def places(self, spans: tuple[TextSpan, ...]) -> tuple[TextSpan, ...]:
        """The printed places of spans, in their order; words that nobody printed have none."""
        found = (place for span in spans if (place := self._place(span)))
        return tuple(dict.fromkeys(found))

    def _place(self, span: TextSpan) -> TextSpan | None:
        places = [
            _part(run, piece, span) for run, piece in self._runs if piece.place is not None and run.overlaps(span)
        ]
        return TextSpan(min(p.start for p in places), max(p.end for p in places)) if places else None


def _part(run: TextSpan, piece: Piece, span: TextSpan) -> TextSpan:
    """The place of the part of a piece that `span` holds: character for character, or as a whole."""
    assert piece.place is not None
    if len(piece.text) != piece.place.end - piece.place.start:
        return piece.place
    start, end = max(run.start, span.start), min(run.end, span.end)
    return TextSpan(piece.place.start + start - run.start, piece.place.start + end - run.start)


def row_sentences(row: PatientRow, reading: Reading, lexicon: Lexicon) -> Sentences:
    """The sentences that say what a row says; who it is comes first."""
    told = [pieces for held in row.cells if (pieces := _sentence(held))]
    if row.tumour is not None:
        named = Piece(reading.document.text[row.tumour.start : row.tumour.end], row.tumour)
        told.insert(0, [Piece("The histological diagnosis was "), named, Piece(".")])
    return Sentences([_person(row), *told], lexicon)


_NUMBER = Pattern(r"\d{1,3}(?:[.½]\d?)?")
_SEX = Pattern(r"(?<![a-z])(?:(m(?:ale|an|en)?|boy)|(f(?:emale)?|w(?:oman)?|girl))(?![a-z])", re.IGNORECASE)
_IN_MONTHS = Pattern(r"\b(?:months?|mos?|mths?)\b", re.IGNORECASE)


def _person(row: PatientRow) -> list[Piece]:
    """ "A 45-year-old woman.", as far as the row tells it."""
    pieces = [Piece("A ")]
    for held in row.cells:
        if held.column.field in ("age", "age_sex") and (age := _NUMBER.search(held.text)):
            months = _IN_MONTHS.search(held.text) or held.unit == "months"
            pieces += [Piece(age[0], _inside(held, age)), Piece("-month-old " if months else "-year-old ")]
            break
    for held in row.cells:
        if held.column.field in ("sex", "age_sex") and (sex := _SEX.search(held.text)):
            pieces.append(Piece("male " if sex[1] else "female ", _inside(held, sex)))
            break
    return [*pieces, Piece("patient.")]


def _inside(held: Held, match: re.Match[str]) -> TextSpan:
    return TextSpan(held.span.start + match.start(), held.span.start + match.end())


_FLAG = Pattern(r"(yes|no)\b(?:[\s,;:(]+(?:at|after|in)?\s*(?P<rest>[^)]+)\)?)?", re.IGNORECASE)
_TIME_ONLY = Pattern(r"(?:at |after )?(\d+(?:\.\d+)?(?:\s*(?:[a-z]+))?)", re.IGNORECASE)
_BARE = Pattern(r"[<>~≈]?\s?\d+(?:[.,]\d+)?(?:\s?[x×*-]\s?\d+(?:[.,]\d+)?){0,2}")


def _sentence(held: Held) -> list[Piece] | None:
    """The sentence that a cell stands for, or None where it tells nothing."""
    column, plain = held.column, held.text.strip(" .").lower()
    if not column.sentence or is_absent(held.text):
        return None
    whole = Piece(held.text, held.span)
    if plain in wording().no.words:
        return _about(column.no, [whole])
    if plain in wording().yes.words:
        return _about(column.yes or column.sentence, [whole])
    flag = _FLAG.fullmatch(held.text.strip())
    if flag and flag["rest"]:
        if flag[1].lower() == "no":
            return _about(column.no, [whole])
        rest = TextSpan(held.span.start + flag.start("rest"), held.span.start + flag.end("rest"))
        held = Held(column, held.unit, rest, flag["rest"])
    if column.yes_after and _TIME_ONLY.fullmatch(held.text.strip()):
        return _filled(column.yes_after, held, whole.place)
    return _filled(column.sentence, held)


def _about(sentence: str, pieces: list[Piece]) -> list[Piece] | None:
    """A sentence that stands for a cell as a whole."""
    place = pieces[0].place
    return [Piece(sentence, place)] if sentence and place else None


def _filled(sentence: str, held: Held, place: TextSpan | None = None) -> list[Piece]:
    """The sentence with the cell in it; its own words stand for `place`."""
    before, after = sentence.split("{}")
    unit = held.unit or held.column.unit
    pieces = [Piece(before, place)]
    if held.column.unit_before and not re.search("grade", held.text, re.IGNORECASE):
        pieces.append(Piece(held.column.unit_before + " "))
    pieces += _in_full(held)
    if unit and not held.column.unit_before and _BARE.fullmatch(held.text.strip()):
        pieces.append(Piece(unit if unit == "%" else f" {unit}"))
    return [*pieces, Piece(after, place)]


_WORD = Pattern(r"[A-Za-z]+|[^A-Za-z]+")
_DEATHS = frozenset({"died", "dead", "deceased", "dod", "doc"})
_UNTIL = Pattern(r"[\s,;:(]+(?=\d)")


def _in_full(held: Held) -> Iterator[Piece]:
    """The words of a cell, abbreviations in full: "2 yr" as "2 years", "died, 11 mo" as "died at 11 months"."""
    before = ""
    for match in _WORD.finditer(held.text):
        word, place = match[0], _inside(held, match)
        full = wording().words.get(word)
        if full is not None and len(word) == 1 and word.islower() and not before.rstrip()[-1:].isdigit():
            full = None
        gap = _UNTIL.match(word) if before.casefold() in _DEATHS else None
        if gap:
            yield Piece(" at ")
            yield Piece(word[gap.end() :], TextSpan(place.start + gap.end(), place.end))
        else:
            yield Piece(" " + full if full and before[-1:].isdigit() else full or word, place)
        before = word
