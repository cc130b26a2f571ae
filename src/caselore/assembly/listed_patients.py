"""The patients that tables list: rows of the authors' own patients, and of patients of other publications."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from caselore.assembly.flattened_tables import flattened_table
from caselore.assembly.grids import grid, printed_tables
from caselore.assembly.patient_tables import PatientRow, PatientTable, table_of
from caselore.assembly.patients import Attribution
from caselore.language.citations import read_citations
from caselore.language.patterns import Pattern
from caselore.language.view import Reading, SentenceView
from caselore.model.case import Citation, Owner, Patient, Role, Segment
from caselore.model.text import TextSpan


class Listed(msgspec.Struct, frozen=True):
    """A row of a table and the patient that it is about."""

    patient: Patient
    row: PatientRow


class ListedPatients(msgspec.Struct, frozen=True):
    """The attribution with the patients of tables in it, and their rows; `lines` are read with the rows, and only so."""

    attribution: Attribution
    rows: tuple[Listed, ...]
    lines: frozenset[int]


_YEAR = Pattern(r"\b(?:19|20)\d\d\b")
_NUMBER = Pattern(r"[\[(]?\s*(\d{1,3})\s*[\])]?")
_NAME = Pattern(r"\W*((?:(?:van|von|de|del|di|da|la|le|el|al)\s){0,2}[A-ZÀ-Þ][\w'’-]+)")


def listed_patients(reading: Reading, attribution: Attribution) -> ListedPatients:
    """Adds the patients of every table that is understood, rows of the text's own and retold patients to those."""
    patients = list(attribution.patients)
    rows: list[Listed] = []
    owners: dict[SentenceView, list[str]] = {}
    for table in _tables(reading):
        found = [*_own(table, patients), *_cited(table, patients)]
        for listed in found:
            if listed.patient not in patients:
                patients.append(listed.patient)
            for view in listed.row.views:
                owners.setdefault(view, []).append(listed.patient.id)
        if found:
            rows += found
            for view in table.views:
                owners.setdefault(view, [])
    roles = {patient.id: Owner.INDEX if patient.role is Role.INDEX else Owner.CITED for patient in patients}
    segments = _with_rows(attribution.segments, {view.span: ids for view, ids in owners.items()}, roles)
    return ListedPatients(
        Attribution(patients=tuple(patients), segments=segments), tuple(rows), frozenset(view.index for view in owners)
    )


def _tables(reading: Reading) -> Iterator[PatientTable]:
    """Every table that is understood, by its columns or line by line."""
    for printed in printed_tables(reading):
        cells = grid(reading, printed)
        table = (cells and table_of(cells)) or flattened_table(printed.caption, printed.lines)
        if table is not None:
            yield table


def _own(table: PatientTable, patients: Sequence[Patient]) -> list[Listed]:
    """The authors' own patients, told apart by the number of their case, or by order where the counts agree."""
    own = [patient for patient in patients if patient.role is Role.INDEX]
    if len(own) == 1:
        # "Present case" among those of the literature.
        marked = [row for row in table.rows if row.own]
        return [Listed(own[0], marked[0])] if len(marked) == 1 < len(table.rows) else []
    if not all(row.own for row in table.rows) or len(own) < 2 or len(table.rows) != len(own):
        return []
    numbers = [row.number for row in table.rows]
    in_order = sorted(n for n in numbers if n) == list(range(1, len(own) + 1))
    if not in_order and any(numbers):
        return []
    return [
        Listed(own[number - 1 if number and in_order else at], row)
        for at, (number, row) in enumerate(zip(numbers, table.rows, strict=True))
    ]


def _cited(table: PatientTable, patients: Sequence[Patient]) -> list[Listed]:
    """Patients of other publications: those that the text retells too are the same, if nobody else of theirs is listed."""
    rows = [(row, _citation(row)) for row in table.rows if row.own is False]
    found: list[Listed] = []
    for row, citation in rows:
        if citation is None:
            continue
        same = [one for one in patients if one.citation and _is_same(one.citation, citation)]
        alone = sum(other is not None and _is_same(other, citation) for _, other in rows) == 1
        if len(same) == 1 and alone:
            found.append(Listed(same[0], row))
            continue
        number = sum(p.role is Role.CITED for p in (*patients, *(one.patient for one in found))) + 1
        taken = sum(one.patient.citation is not None and one.patient.citation.label == citation.label for one in found)
        label = f"{citation.label}, patient {taken + 1}" if taken or not alone else citation.label
        found.append(Listed(Patient(id=f"c{number}", role=Role.CITED, label=label, citation=citation), row))
    return found


def _citation(row: PatientRow) -> Citation | None:
    """The citation of a row as its cells print it."""
    cells = [held.text for held in row.cells if held.column.field in ("reference", "year") and held.text.strip()]
    label = ", ".join(dict.fromkeys(cells))
    marks = [mark for cell in cells for mark in read_citations(cell)]
    number = next((mark.numbers[0] for mark in marks if mark.numbers), None)
    if number is None:
        bare = next(
            (
                m
                for held in row.cells
                if held.column.field == "reference" and (m := _NUMBER.fullmatch(held.text.strip()))
            ),
            None,
        )
        number = int(bare[1]) if bare else None
    author = next((mark.author for mark in marks if mark.author), None)
    if author is None and (named := next((m for cell in cells if (m := _NAME.match(cell))), None)):
        author = named[1]
    year = next((int(m[0]) for cell in cells if (m := _YEAR.search(cell))), None)
    if number is None and author is None:
        return None
    return Citation(label=label, number=number, author=author, year=year)


def _is_same(one: Citation, other: Citation) -> bool:
    """Whether two citations are of one publication: by number, else by author and, where both tell it, year."""
    if one.number is not None and other.number is not None:
        return one.number == other.number
    return (
        one.author is not None
        and one.author == other.author
        and (one.year == other.year or None in (one.year, other.year))
    )


def _with_rows(
    segments: Iterable[Segment], rows: dict[TextSpan, list[str]], roles: dict[str, Owner]
) -> tuple[Segment, ...]:
    """The segments, those of table lines with the patients of the rows."""
    changed = []
    for segment in segments:
        ids = next((ids for span, ids in rows.items() if span.covers(segment.span)), None) if rows else None
        if ids is not None:
            owner = roles[ids[0]] if ids else Owner.BACKGROUND
            segment = Segment(span=segment.span, owner=owner, patient_ids=tuple(dict.fromkeys(ids)))
        changed.append(segment)
    return tuple(changed)
