"""JSON in and out, and JSON Schema, for reports and review tables."""

from __future__ import annotations

from functools import cache
from typing import Any, Union, cast

import msgspec

from caselore.exchange.tables import SourceRows
from caselore.model.case import Report
from caselore.model.fact import Value
from caselore.topics.catalogue import topics

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class NotAReport(ValueError):
    """The JSON given is no caselore report or table; the message says where it departs."""


@cache
def _report_type() -> Any:
    values = tuple(value for topic in topics() for value in topic.values)
    return Report[Union[values]]  # type: ignore[valid-type]  # noqa: UP007  the members are found at run time


def encode_report(report: Report[Value]) -> bytes:
    """The whole report as UTF-8 JSON."""
    return msgspec.json.encode(report)


def decode_report(data: bytes) -> Report[Value]:
    """The report again; raises NotAReport for anything else."""
    try:
        return cast("Report[Value]", msgspec.json.decode(data, type=_report_type()))
    except msgspec.DecodeError as error:
        raise NotAReport(f"not a caselore report: {error}") from error


def encode_tables(tables: list[SourceRows]) -> bytes:
    """Review tables as the list of objects of the output contract."""
    return msgspec.json.encode(tables)


def report_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a report."""
    return {"$schema": SCHEMA_DIALECT, "title": "caselore report", **msgspec.json.schema(_report_type())}


def table_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the review table."""
    return {"$schema": SCHEMA_DIALECT, "title": "caselore review table", **msgspec.json.schema(list[SourceRows])}
