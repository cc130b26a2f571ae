"""The linter over one report and over many files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import msgspec

from caselore.assembly.report import assemble
from caselore.lint.engine import chosen as chosen_rules
from caselore.lint.engine import lint as lint_report
from caselore.model.case import Report
from caselore.model.diagnostic import Findings as LintFindings
from caselore.model.fact import Value
from caselore.reading.errors import NothingToRead, UnreadableReport
from caselore.reading.sources import Location, load_location


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
