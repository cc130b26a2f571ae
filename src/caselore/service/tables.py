"""Many reports to one table: each file its rows or its reason, and what repeats what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import msgspec

from caselore.assembly.duplicates import Pair, duplicates
from caselore.assembly.fingerprint import Fingerprint, fingerprint
from caselore.assembly.provenance import SourcedReport, sourced
from caselore.assembly.report import assemble
from caselore.assembly.row import review_rows
from caselore.exchange.tables import SourceRows
from caselore.model.same import Repeated, SameAs
from caselore.reading.errors import NothingToRead, UnreadableReport
from caselore.reading.sources import Location, load_location


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file of a batch: its rows, or the reason why there are none.

    `sourced` holds the rows with where each cell is from, when that was asked for.
    """

    path: str
    rows: SourceRows | None = None
    failure: str | None = None
    warnings: tuple[str, ...] = ()
    fingerprint: Fingerprint | None = None
    sourced: SourcedReport | None = None


def table(files: Iterable[Location], jobs: int = 1, with_sources: bool = False) -> Iterator[Outcome]:
    """The review rows of each file, in the order given. A file that cannot be read is an Outcome with its reason.

    `jobs` processes work side by side; the order stays. `with_sources` adds where each cell is from.
    """
    one = partial(_table_of_file, with_sources=with_sources)
    if jobs == 1:
        yield from map(one, files)
        return
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        yield from pool.map(one, files, chunksize=4)


def _table_of_file(location: Location, with_sources: bool) -> Outcome:
    path = str(location)
    try:
        report = assemble(load_location(location))
        result = SourceRows(source=report.document.source, patients=review_rows(report))
    except (UnreadableReport, NothingToRead) as error:
        return Outcome(path=path, failure=str(error))
    except Exception as error:  # one broken report must not lose the other ninety-nine
        return Outcome(
            path=path, failure=f"{path} broke the reader ({type(error).__name__}: {error}); please report it."
        )
    return Outcome(
        path=path,
        rows=result,
        warnings=report.warnings,
        fingerprint=fingerprint(report, result.patients),
        sourced=sourced(report) if with_sources else None,
    )


class Repetition(msgspec.Struct, frozen=True, kw_only=True):
    """A report or a patient that appears in two files of a batch."""

    files: tuple[str, str]
    reasons: tuple[str, ...]
    patients: tuple[str, str] | None = None

    def __str__(self) -> str:
        told, (one, other) = ", ".join(self.reasons), self.files
        if self.patients is None:
            return f"{one} and {other} seem to be the same report ({told})."
        mine, theirs = self.patients
        return f"{mine} of {one} and {theirs} of {other} seem to be the same patient ({told})."


def repetitions(outcomes: Iterable[Outcome]) -> tuple[list[Outcome], list[Repetition]]:
    """The outcomes with what repeats them in `rows.same_as`, and the repetitions, each once. No row is taken away."""
    done = list(outcomes)
    places = [index for index, one in enumerate(done) if one.fingerprint is not None]
    pairs = duplicates([one.fingerprint for one in done if one.fingerprint is not None])
    marks: dict[int, list[SameAs]] = {}
    found = []
    for pair in pairs:
        first, second = places[pair.first], places[pair.second]
        found.append(
            Repetition(files=(done[first].path, done[second].path), reasons=pair.reasons, patients=pair.patients)
        )
        marks.setdefault(first, []).append(_mark(pair, done[second], turned=False))
        marks.setdefault(second, []).append(_mark(pair, done[first], turned=True))
    for index, same in marks.items():
        rows = done[index].rows
        if rows is not None:
            marked = msgspec.structs.replace(rows, same_as=tuple(same))
            done[index] = msgspec.structs.replace(done[index], rows=marked)
    return done, found


def _mark(pair: Pair, other: Outcome, turned: bool) -> SameAs:
    labels = pair.patients[::-1] if pair.patients and turned else pair.patients
    return SameAs(
        what=Repeated.PATIENT if labels else Repeated.REPORT,
        source=other.rows.source if other.rows else other.path,
        file=other.path,
        reasons=pair.reasons,
        patient=labels[0] if labels else None,
        other_patient=labels[1] if labels else None,
    )


def load_table(path: Path) -> list[SourceRows]:
    """A table that `caselore table --format json` wrote; raises NothingToRead for anything else."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[SourceRows])
    except (OSError, msgspec.DecodeError) as error:
        raise NothingToRead(f"{path} is no review table: {error}.") from error
