"""A document, its two texts (as read and as normalised), and places in them."""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum

import msgspec

from caselore.model.page import Box, Page


class TextSpan(msgspec.Struct, frozen=True, kw_only=False, order=True):
    """A half-open range of characters of `Document.text`, the normalised text."""

    start: int
    end: int

    def covers(self, other: TextSpan) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: TextSpan) -> bool:
        return self.start < other.end and other.start < self.end


class RawSpan(msgspec.Struct, frozen=True, order=True):
    """A half-open range of characters of `Document.raw`, the text as it was read."""

    start: int
    end: int


class SectionKind(StrEnum):
    """What a part of a report is for; `case` also stands for a body without headings."""

    TITLE = "title"
    ABSTRACT = "abstract"
    INTRODUCTION = "introduction"
    CASE = "case"
    IMAGING = "imaging"
    OPERATION = "operation"
    PATHOLOGY = "pathology"
    OUTCOME = "outcome"
    DISCUSSION = "discussion"
    CONCLUSION = "conclusion"
    CAPTION = "caption"
    TABLE = "table"
    REFERENCES = "references"
    BACK_MATTER = "back_matter"


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the normalised text with one purpose; `heading` is the heading as printed, or empty."""

    kind: SectionKind
    span: TextSpan
    heading: str = ""


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence, heading or table line; `paragraph` counts paragraphs through the document from 0."""

    span: TextSpan
    section: SectionKind
    paragraph: int


class Run(msgspec.Struct, frozen=True, array_like=True):
    """Text characters [text, text + text_length) stand for raw characters [raw, raw + raw_length).

    Equal lengths mean character for character; unequal ones (a ligature, a joined line end) mean as a whole.
    """

    text: int
    raw: int
    text_length: int
    raw_length: int


class OffsetMap(msgspec.Struct, frozen=True):
    """Maps places in the normalised text to the raw text and back.

    Runs are ordered by their place in the normalised text and cover it without gaps. Their raw places need not
    ascend: a caption that interrupts a sentence is moved behind it.
    """

    runs: tuple[Run, ...]

    def to_raw(self, span: TextSpan) -> RawSpan:
        """The smallest raw range that holds the first and the last character of a non-empty text span."""
        if span.end <= span.start:
            raise ValueError(f"an empty span has no place in the raw text: {span}")
        first, last = self._run_at(span.start), self._run_at(span.end - 1)
        start = first.raw + (span.start - first.text if first.text_length == first.raw_length else 0)
        linear = last.text_length == last.raw_length
        end = last.raw + (span.end - last.text if linear else last.raw_length)
        return RawSpan(min(start, end), max(start, end))

    def to_text(self, span: RawSpan) -> TextSpan | None:
        """The text range that a raw range became, or None where all of it was dropped."""
        touched = [run for run in self.runs if run.raw < span.end and span.start < run.raw + run.raw_length]
        if not touched:
            return None
        starts, ends = [], []
        for run in touched:
            linear = run.text_length == run.raw_length
            starts.append(run.text + (max(span.start - run.raw, 0) if linear else 0))
            ends.append(run.text + (min(span.end - run.raw, run.text_length) if linear else run.text_length))
        return TextSpan(min(starts), max(ends))

    def _run_at(self, position: int) -> Run:
        index = bisect_right(self.runs, position, key=lambda run: run.text) - 1
        if index < 0 or position >= self.runs[index].text + self.runs[index].text_length:
            raise ValueError(f"position {position} is outside the normalised text")
        return self.runs[index]


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """Bibliographic data of a report, as far as the file tells them."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    journal: str | None = None
    year: int | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    licence: str | None = None


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A report as text. `raw` is what was read and never changes; `text` is its normalised form.

    `id` is the SHA-256 of `raw` in UTF-8, in hexadecimal; `source` is the file name without its extension; `pages` is
    empty for formats without pages.
    """

    id: str
    source: str
    raw: str
    text: str
    offsets: OffsetMap
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    metadata: Metadata = Metadata()
    pages: tuple[Page, ...] = ()
    warnings: tuple[str, ...] = ()


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """The words that a fact was read from: `quote == document.raw[span.start:span.end]`, always.

    `line` counts the lines of the raw text from 1; `by` names the topic or rule that read it. `page` (from 1) and
    `boxes` are there when the source has pages.
    """

    document_id: str
    span: RawSpan
    quote: str
    line: int
    section: SectionKind
    by: str
    page: int | None = None
    boxes: tuple[Box, ...] = ()
