"""What happened to patients like this one: the patient asked for, and the nearest of tables and datasets."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from caselore.exchange.tables import SourceRows
from caselore.model.cohort import Member
from caselore.model.row import ReviewRow
from caselore.model.similarity import Similar
from caselore.reading.errors import NothingToRead
from caselore.service.cohorts import members_of
from caselore.service.reports import read, read_text, rows
from caselore.similarity.answer import similar as answer
from caselore.similarity.index import PatientIndex
from caselore.similarity.weights import load_weights

NEAREST = 10
_LOOKS_LIKE_A_FILE = 8
"""Characters of the longest ending that makes a word a file name."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The patient asked for: a row, the words it was told with, and the report it is from, which is no answer to it."""

    row: ReviewRow
    words: str = ""
    source: str | None = None


def asked_for(like: str) -> Asked:
    """The patient of a report, of a row or table in JSON, or of free text; of several the first.

    Raises NothingToRead for a file without patients, or a name of a file that is not there.
    """
    path = Path(like)
    if not _is_file_name(like):
        return described(like)
    if not path.is_file():
        raise NothingToRead(f"{like} is no file, and reads like the name of one.")
    if path.suffix == ".json":
        return _of_json(path)
    report = read(path)
    found = rows(report)
    if not found:
        raise NothingToRead(f"{like} tells of no patient.")
    return Asked(row=found[0], source=report.document.source)


def similar(
    asked: Asked, tables: Iterable[SourceRows], extra: Iterable[Member] = (), *, count: int = NEAREST
) -> Similar:
    """The nearest patients of review tables, and of `extra` ones of a dataset, with their outcome.

    Patients of the same report, and those who stand in an earlier report of the collection too, are left out. Raises
    NothingToCompare, SearchMissing, StatisticsMissing, WrongWeights.
    """
    members = [
        member for member in (*members_of(tables), *extra) if not member.repeated and member.source != asked.source
    ]
    return answer(PatientIndex(members), asked.row, asked.words, count, load_weights())


def _is_file_name(like: str) -> bool:
    one_line = "\n" not in like and len(like) < 1000
    return one_line and (Path(like).is_file() or (" " not in like and 0 < len(Path(like).suffix) <= _LOOKS_LIKE_A_FILE))


def described(text: str) -> Asked:
    """The patient of free text, never of a file. A bare phrase ("leiomyosarcoma of the skull") is read as the patient's tumour."""
    for words in (text, f"The patient had a {text.strip().rstrip('.')}."):
        if found := rows(read_text(words)):
            return Asked(row=found[0], words=text)
    return Asked(row=ReviewRow(role="index", label="asked for"), words=text)


def _of_json(path: Path) -> Asked:
    content = path.read_bytes()
    try:
        return Asked(row=msgspec.json.decode(content, type=ReviewRow))
    except msgspec.DecodeError:
        pass
    try:
        for table in msgspec.json.decode(content, type=list[SourceRows]):
            if table.patients:
                return Asked(row=table.patients[0], source=table.source)
    except msgspec.DecodeError as error:
        raise NothingToRead(f"{path} is neither a review row nor a review table: {error}.") from error
    raise NothingToRead(f"{path} holds no patient.")
