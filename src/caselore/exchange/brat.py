"""BRAT standoff: the text as it was read, and an .ann file with every quoted place."""

from __future__ import annotations

import re

from caselore.exchange.export import Export, ExportFormat, kind_of
from caselore.exchange.standoff import Mark, losses, marks
from caselore.model.case import Report
from caselore.model.fact import Assertion, Value


def export(report: Report[Value], created: str) -> Export:
    """NAME.txt and NAME.ann. `created` stands nowhere: the format has no dates."""
    del created
    source = report.document.source
    lines = [line for number, mark in enumerate(marks(report), 1) for line in _lines(number, mark)]
    files = {
        f"{source}.txt": report.document.raw.encode(),
        f"{source}.ann": "".join(f"{one}\n" for one in lines).encode(),
    }
    return Export(files=files, losses=losses(report))


def _lines(number: int, mark: Mark) -> list[str]:
    """The place with its kind, its assertion where it is not plainly affirmed, and patient and value as a note."""
    span, quote = mark.evidence.span, mark.evidence.quote
    pieces = [(span.start + part.start(), span.start + part.end()) for part in re.finditer(r"[^\r\n]+", quote)]
    where = ";".join(f"{start} {end}" for start, end in pieces)
    words = " ".join(re.findall(r"[^\r\n]+", quote))
    lines = [f"T{number}\t{kind_of(mark.fact)} {where}\t{words}"]
    if mark.fact.assertion is not Assertion.AFFIRMED:
        lines.append(f"A{number}\tAssertion T{number} {mark.fact.assertion.value}")
    value = " ".join(f"{mark.patient}: {mark.fact.value}".split())
    return [*lines, f"#{number}\tAnnotatorNotes T{number}\t{value}"]


EXPORT = ExportFormat(name="brat", title="BRAT standoff: text and .ann", write=export)
