"""The verbs of caselore: command line, web and notebooks call these."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import msgspec

from caselore.assembly.duplicates import Pair, duplicates
from caselore.assembly.fingerprint import Fingerprint, fingerprint
from caselore.assembly.patients import SegmentShares, segment_shares
from caselore.assembly.report import assemble
from caselore.assembly.row import review_rows
from caselore.cohort.analysis import analyse
from caselore.cohort.datasets import BrokenDataset, Dataset, UnknownDataset, dataset, dataset_names
from caselore.cohort.endpoints import WrongEndpoint
from caselore.cohort.libraries import StatisticsMissing
from caselore.cohort.select import WrongExpression
from caselore.evaluation.agreement import Agreement, agreement
from caselore.exchange.tables import SourceRows
from caselore.fetching.articles import Errand, Fetched, fetch_articles
from caselore.fetching.cache import Cache
from caselore.fetching.client import Client
from caselore.fetching.identifiers import parse
from caselore.fetching.metadata import Wish
from caselore.fetching.pace import Patience
from caselore.fetching.search import Findings, search_articles
from caselore.fetching.sources import load_sources
from caselore.lint.care import CHECKLISTS, Filled, fill
from caselore.lint.engine import UnknownRule
from caselore.lint.engine import chosen as chosen_rules
from caselore.lint.engine import lint as lint_report
from caselore.lint.engine import rules as lint_rules
from caselore.measures.engine import formulas
from caselore.measures.engine import measure as measure_report
from caselore.model.case import Report
from caselore.model.cohort import CohortAnalysis, Endpoint, Member, TimeZero
from caselore.model.diagnostic import Findings as LintFindings
from caselore.model.fact import Value
from caselore.model.measure import Measured
from caselore.model.row import ReviewRow
from caselore.model.same import Repeated, SameAs
from caselore.reading.errors import NothingToRead, UnreadableReport
from caselore.reading.sources import Location, load_location, locate, report_files
from caselore.reading.text import document_from_text
from caselore.settings import Settings, WrongSettings

__all__ = [
    "CHECKLISTS",
    "BrokenDataset",
    "Dataset",
    "Filled",
    "LintOutcome",
    "NothingToRead",
    "Outcome",
    "SegmentShares",
    "StatisticsMissing",
    "UnknownDataset",
    "UnknownRule",
    "WrongEndpoint",
    "WrongExpression",
    "checklist",
    "cohort",
    "dataset",
    "dataset_names",
    "evaluate",
    "fetch",
    "formulas",
    "lint",
    "lint_files",
    "lint_rules",
    "load_curated",
    "load_table",
    "measure",
    "read",
    "read_text",
    "repetitions",
    "report_files",
    "rows",
    "search",
    "segment_shares",
    "table",
]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file of a batch: its rows, or the reason why there are none."""

    path: str
    rows: SourceRows | None = None
    failure: str | None = None
    warnings: tuple[str, ...] = ()
    fingerprint: Fingerprint | None = None


def read(path: str | Path) -> Report[Value]:
    """The Report of one file of any format; `-` is standard input.

    Raises UnreadableReport, or NothingToRead for a path that is no file.
    """
    return assemble(load_location(locate(path)))


def measure(report: Report[Value]) -> tuple[Measured, ...]:
    """What can be worked out for each of the authors' own patients, and why the rest cannot."""
    return measure_report(report)


def read_text(text: str, source: str = "text") -> Report[Value]:
    """The Report of a text; `source` names it in outputs."""
    return assemble(document_from_text(text, source))


def rows(report: Report[Value]) -> tuple[ReviewRow, ...]:
    """The review rows of a report's patients, index patients first."""
    return review_rows(report)


def checklist(report: Report[Value], key: str = "care") -> Filled:
    """One of CHECKLISTS, prefilled: each item with the words that speak to it, "not found", or left to the reader."""
    return fill(report, key)


def table(files: Iterable[Location], jobs: int = 1) -> Iterator[Outcome]:
    """The review rows of each file, in the order given. A file that cannot be read is an Outcome with its reason.

    `jobs` processes work side by side; the order stays.
    """
    if jobs == 1:
        yield from map(_table_of_file, files)
        return
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        yield from pool.map(_table_of_file, files, chunksize=4)


def _table_of_file(location: Location) -> Outcome:
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
    return Outcome(path=path, rows=result, warnings=report.warnings, fingerprint=fingerprint(report, result.patients))


class LintOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What the linter found in one file, or the reason why it could not be read."""

    path: str
    findings: LintFindings | None = None
    failure: str | None = None


def lint(report: Report[Value], select: Collection[str] = (), ignore: Collection[str] = ()) -> LintFindings:
    """What the lint rules find in a report. Raises UnknownRule for a word that is no rule."""
    return lint_report(report, select, ignore)


def lint_files(
    files: Iterable[Location], select: Collection[str] = (), ignore: Collection[str] = ()
) -> Iterator[LintOutcome]:
    """The findings on each file, in the order given. Raises UnknownRule before anything is read."""
    chosen_rules(select, ignore)
    return (_lint_of_file(location, select, ignore) for location in files)


def _lint_of_file(location: Location, select: Collection[str], ignore: Collection[str]) -> LintOutcome:
    path = str(location)
    try:
        return LintOutcome(path=path, findings=lint(assemble(load_location(location)), select, ignore))
    except (UnreadableReport, NothingToRead) as error:
        return LintOutcome(path=path, failure=str(error))
    except Exception as error:  # one broken report must not lose the other ninety-nine
        reason = f"{path} broke the reader ({type(error).__name__}: {error}); please report it."
        return LintOutcome(path=path, failure=reason)


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


def cohort(
    tables: Iterable[SourceRows],
    extra: Iterable[Member] = (),
    *,
    where: str = "",
    by: str = "",
    endpoint: Endpoint | None = None,
    start: TimeZero | None = None,
) -> CohortAnalysis:
    """The patients of review tables, and `extra` ones of a dataset: selected, described, and their survival estimated.

    A patient or report that a table says is in an earlier one too is marked as repeated; the sensitivity analysis leaves it out.
    Raises WrongExpression, WrongEndpoint, StatisticsMissing.
    """
    return analyse([*_members(tables), *extra], where, by, endpoint, start)


def _members(tables: Iterable[SourceRows]) -> Iterator[Member]:
    earlier: set[str] = set()
    for table in tables:
        again = [same for same in table.same_as if same.source in earlier]
        whole = any(same.what is Repeated.REPORT for same in again)
        labels = {same.patient for same in again}
        for row in table.patients:
            yield Member(source=table.source, row=row, repeated=whole or row.label in labels)
        earlier.add(table.source)


def evaluate(gold: Path, tables: Iterable[SourceRows], patients: str = "all") -> Agreement:
    """Agreement of review rows with the curated rows in the `*.json` files of a folder.

    Raises NothingToRead when the folder holds none or one of them is no curated report.
    """
    curated = load_curated(gold)
    return agreement(curated, [as_builtins(one) for one in tables], patients)


def as_builtins(table: SourceRows) -> dict[str, Any]:
    """The rows of a report as plain dicts and lists, as in the JSON of the output contract."""
    rows: dict[str, Any] = msgspec.to_builtins(table)
    return rows


def load_curated(folder: Path) -> list[dict[str, Any]]:
    """The curated reports of a folder: one JSON object with "source" and "patients" a file, in name order."""
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not files:
        raise NothingToRead(f"{folder} holds no curated rows (*.json).")
    curated = []
    for path in files:
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise NothingToRead(f"{path} is not readable JSON: {error}.") from error
        if not isinstance(content, dict) or not isinstance(content.get("patients"), list) or "source" not in content:
            raise NothingToRead(
                f'{path} is no curated report: an object with "source" and a list "patients" is expected.'
            )
        curated.append(content)
    return curated


def load_table(path: Path) -> list[SourceRows]:
    """A table that `caselore table --format json` wrote; raises NothingToRead for anything else."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[SourceRows])
    except (OSError, msgspec.DecodeError) as error:
        raise NothingToRead(f"{path} is no review table: {error}.") from error


def search(query: str, settings: Settings, *, catalogue: str = "pmc", most: int = 100) -> Findings:
    """Open-access articles that a catalogue ("pmc", "europepmc" or "both") finds for a query in its own language.

    Raises FetchFailed when the catalogue cannot be asked.
    """
    with _client(settings) as client:
        return search_articles(client, query, catalogue, most, _about(settings))


def fetch(
    identifiers: Iterable[str], output: Path, settings: Settings, *, wish: Wish | None = None, threads: int = 4
) -> Iterator[Fetched]:
    """Brings articles (PMCIDs, PMIDs, DOIs) into the folder `output`, one Fetched for each, in the order given.

    Raises WrongIdentifier before anything is asked; whatever goes wrong with one article is told in its Fetched.
    """
    asked = [parse(words) for words in identifiers]
    about = {key: value for key, value in _about(settings).items() if key != "api_key"}
    with _client(settings) as client:
        errand = Errand(client=client, cache=Cache(settings.cache), output=output, wish=wish or Wish())
        yield from fetch_articles(errand, asked, about, threads)


def _client(settings: Settings) -> Client:
    try:
        sources = load_sources(settings.addresses)
    except ValueError as error:
        raise WrongSettings(str(error)) from error
    return Client(
        sources,
        agent="caselore" + (f" (mailto:{settings.email})" if settings.email else ""),
        with_key=bool(settings.ncbi_api_key),
        patience=Patience(tries=settings.tries, backoff=settings.backoff, timeout=settings.timeout),
    )


def _about(settings: Settings) -> dict[str, str]:
    """Who asks, as NCBI wants to be told."""
    told = {"tool": "caselore", "email": settings.email, "api_key": settings.ncbi_api_key}
    return {key: value for key, value in told.items() if value}
