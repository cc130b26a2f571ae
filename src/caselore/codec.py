"""JSON in and out, and JSON Schema, for reports and review tables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Union, cast

import msgspec

from caselore.exchange.tables import SourceRows
from caselore.model.case import Report
from caselore.model.curated import CURATED_VALUES
from caselore.model.fact import Value
from caselore.model.measure import Measured
from caselore.topics.catalogue import topics

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class NotAReport(ValueError):
    """The JSON given is no caselore report or table; the message says where it departs."""


@cache
def _report_type() -> Any:
    values = (*(value for topic in topics() for value in topic.values), *CURATED_VALUES)
    return Report[Union[values]]  # type: ignore[valid-type]  # noqa: UP007  the members are found at run time


def encode_report(report: Report[Value], measures: Sequence[Measured] = ()) -> bytes:
    """The whole report as UTF-8 JSON; `measures` stand beside it under that name, where there are any."""
    if not measures:
        return msgspec.json.encode(report)
    return msgspec.json.encode({**msgspec.to_builtins(report), "measures": measures})


def decode_report(data: bytes) -> Report[Value]:
    """The report again, without measures, which can be worked out anew; raises NotAReport for anything else."""
    try:
        return cast("Report[Value]", msgspec.json.decode(data, type=_report_type()))
    except msgspec.DecodeError as error:
        raise NotAReport(f"not a caselore report: {error}") from error


def encode_tables(tables: list[SourceRows]) -> bytes:
    """Review tables as the list of objects of the output contract."""
    return msgspec.json.encode(tables)


def report_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a report; "measures" may stand beside it."""
    (report, measures), shared = msgspec.json.schema_components(
        [_report_type(), list[Measured]], ref_template="#/$defs/{name}"
    )
    name = report["$ref"].rpartition("/")[2]
    shared[name]["properties"]["measures"] = measures
    return {"$schema": SCHEMA_DIALECT, "title": "caselore report", **report, "$defs": shared}


def table_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the review table."""
    return {"$schema": SCHEMA_DIALECT, "title": "caselore review table", **msgspec.json.schema(list[SourceRows])}
