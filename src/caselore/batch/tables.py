"""The tables of the lake: their columns, and what one report becomes in them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from caselore.assembly.row import review_row
from caselore.batch.lake import Input
from caselore.batch.libraries import library
from caselore.cohort.columns import Kind, kinds
from caselore.model.case import Case, Event, Report, Role
from caselore.model.fact import Fact, Value
from caselore.model.row import ReviewRow
from caselore.model.text import Evidence
from caselore.model.time import TimePoint

_OF_KIND = {Kind.NUMBER: "number", Kind.TEXT: "text", Kind.LIST: "texts", Kind.ENTRIES: "entries"}
_TIME = {"anchor": "text", "earliest_days": "number", "latest_days": "number", "time_words": "text", "date": "text"}

TABLES: dict[str, dict[str, str]] = {
    "reports": {
        "input": "text",
        "sha256": "text",
        "outcome": "text",
        "reason": "text",
        "source": "text",
        "title": "text",
        "doi": "text",
        "pmid": "text",
        "pmcid": "text",
        "journal": "text",
        "year": "count",
        "licence": "text",
        "characters": "count",
        "index_patients": "count",
        "cited_patients": "count",
        "warnings": "texts",
    },
    "patients": {
        "input": "text",
        "patient": "text",
        "role": "text",
        "label": "text",
        "cited_author": "text",
        "cited_year": "count",
        "cited_doi": "text",
    },
    "facts": {
        "input": "text",
        "patient": "text",
        "fact": "text",
        "topic": "text",
        "value": "text",
        "detail": "text",
        "assertion": "text",
        "phase": "text",
        "origin": "text",
        "confidence": "number",
        "codes": "texts",
        **_TIME,
        "evidence": "places",
    },
    "events": {
        "input": "text",
        "patient": "text",
        "kind": "text",
        "description": "text",
        **_TIME,
        "evidence": "places",
    },
    "rows": {"input": "text", "source": "text", "patient": "text"}
    | {name: _OF_KIND[kind] for name, kind in kinds().items()},
    "failures": {"input": "text", "sha256": "text", "reason": "text"},
}
"""Every table with its columns and what they hold. `input` says in each of them which report a line is from.

`reports` has each input that was read (`outcome` "read") and each that triage or the gates set aside ("set aside", with
the reason); `failures` has the others. A fact without a patient is background.
"""

Lines = dict[str, list[dict[str, Any]]]
READ, SET_ASIDE = "read", "set aside"


@cache
def schema(table: str) -> Any:
    """The Arrow schema of a table. Raises BatchMissing."""
    arrow = library("pyarrow")
    place = {"start": arrow.int64(), "end": arrow.int64(), "line": arrow.int32(), "page": arrow.int32()}
    words = {"section": arrow.string(), "by": arrow.string(), "quote": arrow.string()}
    types = {
        "text": arrow.string(),
        "number": arrow.float64(),
        "count": arrow.int64(),
        "texts": arrow.list_(arrow.string()),
        "entries": arrow.map_(arrow.string(), arrow.string()),
        "places": arrow.list_(arrow.struct({**place, **words})),
    }
    return arrow.schema([(name, types[kind]) for name, kind in TABLES[table].items()])


def no_lines() -> Lines:
    """Every table, empty."""
    return {table: [] for table in TABLES}


def lines_of_report(one: Input, sha256: str, report: Report[Value]) -> Lines:
    """What a report that was read becomes in each table."""
    lines = no_lines()
    name = one.name
    lines["reports"].append(_report(name, sha256, report))
    for case in report.cases:
        lines["patients"].append(_patient(name, case))
        lines["facts"] += [_fact(name, fact) for fact in case.facts]
        lines["events"] += [_event(name, case.patient.id, event) for event in case.events]
        row = _row(review_row(case))
        lines["rows"].append({"input": name, "source": report.document.source, "patient": case.patient.id, **row})
    lines["facts"] += [_fact(name, fact) for fact in report.background]
    return lines


def lines_set_aside(one: Input, sha256: str | None, reason: str) -> Lines:
    """What becomes of an input that is not read, for a reason that is no failure."""
    return {**no_lines(), "reports": [{"input": one.name, "sha256": sha256, "outcome": SET_ASIDE, "reason": reason}]}


def lines_of_failure(one: Input, sha256: str | None, reason: str) -> Lines:
    """What becomes of an input that could not be read."""
    return {**no_lines(), "failures": [{"input": one.name, "sha256": sha256, "reason": reason}]}


def _report(name: str, sha256: str, report: Report[Value]) -> dict[str, Any]:
    about, roles = report.document.metadata, [case.patient.role for case in report.cases]
    return {
        "input": name,
        "sha256": sha256,
        "outcome": READ,
        "source": report.document.source,
        "title": about.title,
        "doi": about.doi,
        "pmid": about.pmid,
        "pmcid": about.pmcid,
        "journal": about.journal,
        "year": about.year,
        "licence": about.licence,
        "characters": len(report.document.raw),
        "index_patients": roles.count(Role.INDEX),
        "cited_patients": roles.count(Role.CITED),
        "warnings": report.warnings,
    }


def _patient(name: str, case: Case[Value]) -> dict[str, Any]:
    patient, cited = case.patient, case.patient.citation
    return {
        "input": name,
        "patient": patient.id,
        "role": patient.role.value,
        "label": patient.label,
        "cited_author": cited.author if cited else None,
        "cited_year": cited.year if cited else None,
        "cited_doi": cited.doi if cited else None,
    }


def _fact(name: str, fact: Fact[Value]) -> dict[str, Any]:
    return {
        "input": name,
        "patient": fact.patient_id,
        "fact": fact.id,
        "topic": fact.topic,
        "value": str(fact.value),
        "detail": msgspec.json.encode(fact.value).decode(),
        "assertion": fact.assertion.value,
        "phase": fact.phase.value,
        "origin": fact.origin.value,
        "confidence": fact.confidence,
        "codes": [str(code) for code in fact.codes],
        **_time(fact.when),
        "evidence": list(_places(fact.evidence)),
    }


def _event(name: str, patient: str, event: Event) -> dict[str, Any]:
    return {
        "input": name,
        "patient": patient,
        "kind": event.kind,
        "description": event.description,
        **_time(event.when),
        "evidence": list(_places(event.evidence)),
    }


def _time(when: TimePoint | None) -> dict[str, Any]:
    if when is None:
        return {}
    return {
        "anchor": when.anchor,
        "earliest_days": when.earliest_days,
        "latest_days": when.latest_days,
        "time_words": when.words or None,
        "date": str(when.date) if when.date else None,
    }


def _places(evidence: tuple[Evidence, ...]) -> Iterator[dict[str, Any]]:
    for one in evidence:
        yield {
            "start": one.span.start,
            "end": one.span.end,
            "line": one.line,
            "page": one.page,
            "section": one.section.value,
            "by": one.by,
            "quote": one.quote,
        }


def _row(row: ReviewRow) -> dict[str, Any]:
    cells = msgspec.structs.asdict(row)
    return {name: list(cell.items()) if isinstance(cell, dict) else cell for name, cell in cells.items()}
