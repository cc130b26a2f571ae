"""Patients without a report: rows from the formats of others, as a Report whose text is the record itself."""

from __future__ import annotations

from collections import Counter

import msgspec

from caselore.exchange.tables import SourceRows, cell_text
from caselore.model.case import Case, Patient, Report, Role
from caselore.model.curated import Decided
from caselore.model.fact import Fact, Origin, Value
from caselore.model.row import COLUMNS, ReviewRow
from caselore.model.text import Document, Evidence, Metadata, RawSpan, SectionKind
from caselore.reading.text import document_from_text

_NAMES = ("role", "label")
IMPORTED = "imported"
"""The version of the rules of a report that no rule has read."""
_NOTICE = "Imported as values: there is no report behind them, and no sentence to check them by."


def report_of_rows(table: SourceRows) -> Report[Value]:
    """The rows of one source as a report, so that a casebook can hold them. Each value's evidence is its line of the record.

    The same rows give the same report. Rows without a single value are left out.
    """
    lines, told = [f"{table.source}: patients imported", ""], []
    for row in table.patients:
        values = {column: msgspec.to_builtins(getattr(row, column)) for column in COLUMNS if column not in _NAMES}
        filled = {column: value for column, value in values.items() if value not in (None, (), {})}
        if not filled:
            continue
        lines.append(f"{row.label} ({row.role})")
        told.append((row, {column: len(lines) + place for place, column in enumerate(filled)}, filled))
        lines += [
            f"{column.replace('_', ' ')}: {' '.join(cell_text(value).split())}" for column, value in filled.items()
        ]
        lines.append("")
    document = document_from_text("\n".join(lines), table.source)
    document = msgspec.structs.replace(document, metadata=Metadata(title=f"{table.source} (imported)"))
    numbers: Counter[str] = Counter()
    cases = tuple(_case(document, numbers, row, places, filled) for row, places, filled in told)
    return Report(document=document, cases=cases, warnings=(_NOTICE,), rules_version=IMPORTED)


def _case(
    document: Document, numbers: Counter[str], row: ReviewRow, places: dict[str, int], filled: dict[str, object]
) -> Case[Value]:
    role = Role(row.role) if row.role in list(Role) else Role.INDEX
    letter = "p" if role is Role.INDEX else "c"
    numbers[letter] += 1
    key = f"{letter}{numbers[letter]}"
    facts = tuple(
        Fact(
            id=f"{key}.f{number}",
            patient_id=key,
            topic="imported",
            value=Decided(column=column, value=value),
            origin=Origin.CURATED,
            evidence=(_line(document, places[column]),),
        )
        for number, (column, value) in enumerate(filled.items(), 1)
    )
    return Case(patient=Patient(id=key, role=role, label=row.label), facts=facts)


def _line(document: Document, index: int) -> Evidence:
    """The line of that index from 0."""
    lines = document.raw.split("\n")
    start = sum(len(one) + 1 for one in lines[:index])
    return Evidence(
        document_id=document.id,
        span=RawSpan(start, start + len(lines[index])),
        quote=lines[index],
        line=index + 1,
        section=SectionKind.TABLE,
        by="import",
    )
