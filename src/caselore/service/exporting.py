"""Reports in the formats of others, with a sidecar that keeps what they cannot carry."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, count
from pathlib import Path

import msgspec

import caselore.exchange as room
from caselore.assembly.provenance import sourced
from caselore.assembly.row import review_rows
from caselore.codec import decode_report, encode_report
from caselore.exchange.export import Carried, Export, ExportFormat, Loss, loss_report
from caselore.exchange.literature import JOURNAL_COLUMNS, literature_table
from caselore.exchange.office import to_docx, to_xlsx
from caselore.exchange.parquet import to_parquet
from caselore.exchange.redcap import dictionary, records
from caselore.exchange.references import to_bibtex, to_ris
from caselore.exchange.tables import SourceRows, to_csv
from caselore.model.case import Report
from caselore.model.discover import discover
from caselore.model.fact import Value
from caselore.reading.errors import NothingToRead

SIDECAR = ".sidecar.json"
_VERSION = 1
Reports = Sequence[Report[Value]]


def _tables(reports: Reports) -> list[SourceRows]:
    return [SourceRows(source=report.document.source, patients=review_rows(report)) for report in reports]


def _printed(reports: Reports) -> tuple[bytes, bytes, bytes, bytes]:
    made = literature_table([sourced(report) for report in reports], JOURNAL_COLUMNS)
    references = made.references
    return to_xlsx(made), to_docx(made), to_bibtex(references).encode(), to_ris(references).encode()


_TABLES: Mapping[str, tuple[str, Callable[[Reports], Mapping[str, bytes]]]] = {
    "csv": (
        "all patients in one plain table",
        lambda reports: {"patients.csv": to_csv(_tables(reports)).encode()},
    ),
    "parquet": (
        "all patients in one typed table",
        lambda reports: {"patients.parquet": to_parquet(_tables(reports))},
    ),
    "redcap": (
        "a REDCap data dictionary, and all patients as a file for its data import tool",
        lambda reports: {
            "redcap_dictionary.csv": dictionary().encode(),
            "redcap_records.csv": records(_tables(reports)).encode(),
        },
    ),
    "xlsx": ("the table as journals print it, a workbook", lambda reports: {"patients.xlsx": _printed(reports)[0]}),
    "docx": ("the table as journals print it, for Word", lambda reports: {"patients.docx": _printed(reports)[1]}),
    "bibtex": ("the references of the reports, BibTeX", lambda reports: {"references.bib": _printed(reports)[2]}),
    "ris": ("the references of the reports, RIS", lambda reports: {"references.ris": _printed(reports)[3]}),
}
"""Formats that hold the patients of all reports in one file: what they are, and what makes them."""


def export_titles() -> Mapping[str, str]:
    """What comes out of each format that reports can be exported to, by its name."""
    titles = {name: one.title for name, one in _by_report().items()} | {name: one[0] for name, one in _TABLES.items()}
    return dict(sorted(titles.items()))


def export_formats() -> tuple[str, ...]:
    """The names of the formats that reports can be exported to."""
    return tuple(export_titles())


def _by_report() -> Mapping[str, ExportFormat]:
    return {one.name: one for one in discover(room, "EXPORT", ExportFormat)}


def export(reports: Reports, to: str, created: str) -> Export:
    """The files of reports in one of `export_formats`, with the loss report and the sidecar among them.

    A format of one file a patient is called with one report at a time; a table with all of them. `created` is the time
    that the files carry, RFC 3339 ("2026-01-31T12:00:00Z").
    """
    by_report = _by_report()
    if to in by_report:
        done = [by_report[to].write(report, created) for report in reports]
        files = _together(done)
        losses = tuple(loss for one in done for loss in one.losses)
    else:
        files, losses = (
            dict(_TABLES[to][1](reports)),
            tuple(loss for report in reports for loss in _beside_rows(report)),
        )
    name = reports[0].document.source if len(reports) == 1 else "patients"
    beside = {
        f"{name}.{to}{SIDECAR}": _sidecar(reports, to, files, losses),
        f"{name}.{to}.losses.txt": loss_report(losses).encode(),
    }
    return Export(files={**files, **beside}, losses=losses)


def _together(exports: Sequence[Export]) -> dict[str, bytes]:
    """The files of all; of two with one name the second gets a number in front."""
    files: dict[str, bytes] = {}
    for one in exports:
        for name, content in one.files.items():
            names = chain([name], (f"{number}-{name}" for number in count(2)))
            files[next(free for free in names if free not in files)] = content
    return files


def _beside_rows(report: Report[Value]) -> list[Loss]:
    """What does not stand in the review rows."""
    found: list[Loss] = []
    for case in report.cases:
        carried = Carried(case)
        for cell in carried.cells.values():
            carried.take(cell.facts)
        found += carried.losses({})
    return found


def _sidecar(reports: Reports, to: str, files: Mapping[str, bytes], losses: tuple[Loss, ...]) -> bytes:
    told = {
        "caselore_sidecar": _VERSION,
        "format": to,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
        "losses": losses,
        "reports": [msgspec.Raw(encode_report(report)) for report in reports],
    }
    return msgspec.json.encode(told)


def restore(sidecar: Path) -> tuple[tuple[Report[Value], ...], tuple[str, ...]]:
    """The Reports that an export was made from, and which of its files were changed or taken away since.

    Raises NothingToRead for a file that is no sidecar.
    """
    try:
        content = sidecar.read_bytes()
        files = msgspec.json.decode(content, type=dict[str, msgspec.Raw])["files"]
        digests = msgspec.json.decode(files, type=dict[str, str])
        reports = restored(content)
    except (OSError, KeyError, ValueError) as error:
        raise NothingToRead(f"{sidecar} is no sidecar of a caselore export: {error}.") from error
    return reports, tuple(name for name, digest in digests.items() if _digest(sidecar.parent / name) != digest)


def restored(sidecar: bytes) -> tuple[Report[Value], ...]:
    """The Reports in the content of a sidecar. Raises ValueError or KeyError for anything else."""
    told = msgspec.json.decode(sidecar, type=dict[str, msgspec.Raw])
    return tuple(decode_report(bytes(one)) for one in msgspec.json.decode(told["reports"], type=list[msgspec.Raw]))


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
