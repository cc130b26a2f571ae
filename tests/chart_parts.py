"""Looks into Vega-Lite specifications, for the tests of charts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any


def views(chart: Any) -> Iterator[dict[str, Any]]:
    """Every view of a chart that draws something: its mark, its encoding, and its records under "values"."""
    told = chart.to_dict()
    yield from _views(told, told.get("datasets", {}), {})


def _views(part: dict[str, Any], datasets: dict[str, Any], data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    data = part.get("data", data)
    if "mark" in part:
        mark = part["mark"] if isinstance(part["mark"], dict) else {"type": part["mark"]}
        values = data.get("values", datasets.get(data.get("name"), []))
        yield {"mark": mark, "encoding": part["encoding"], "values": values}
    for inner in (*part.get("vconcat", ()), *part.get("layer", ())):
        yield from _views(inner, datasets, data)


def records(chart: Any, mark: str) -> list[dict[str, Any]]:
    """What the marks of one type draw."""
    return [record for view in views(chart) if view["mark"]["type"] == mark for record in view["values"]]


def texts(chart: Any) -> list[str]:
    """Every text in the plotting areas."""
    return [record["text"] for record in records(chart, "text") if "text" in record]


def words(svg: bytes) -> str:
    """All letters of a drawing, in the order of the file."""
    return " ".join(re.findall(r">([^<>]+)</(?:text|tspan)", svg.decode()))
