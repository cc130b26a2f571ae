"""The cohort: who is in, how they fare, who is out and why; every number opens its patients."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Lock
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, get
from litestar.datastructures import State
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import FromPath
from litestar.response import Response, Template

from caselore import service
from caselore.cohort.analysis import group_by
from caselore.cohort.endpoints import survival_times
from caselore.exchange.cohorts import to_csv
from caselore.exchange.tables import cell_text
from caselore.model.cohort import CohortAnalysis, Endpoint, SurvivalTime, TimeZero, reasons
from caselore.model.row import COLUMNS
from caselore.registry.casebook import Casebook
from caselore.registry.find import everybody, newest_change
from caselore.service.members import Place, PlacedTables, placed_tables

Asked = Request[Any, Any, State]
_GROUPS = ("sex", "role", "origin", "surgery", "radiotherapy", "chemotherapy", "grade", "recurrence")
_PLAN = ("where", "by", "endpoint", "from")
_MOST_TIMES = 500
"""Times that the page lists; its CSV holds them all."""
_MOST_LANES = 60
"""More lanes are no chart that anybody reads; the table of times holds them all."""


class Members:
    """The rows of everybody with their places, kept until something changes in the casebook. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: tuple[int, PlacedTables] | None = None

    def placed(self, casebook: Casebook) -> PlacedTables:
        with self._lock:
            newest = newest_change(casebook.engine)
            if self._kept is None or self._kept[0] != newest:
                lines = ((one.report, one.source, one.patient, one.row) for one in everybody(casebook.engine))
                self._kept = (newest, placed_tables(lines))
            return self._kept[1]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """An analysis, and where each of its patients stands in the casebook."""

    analysis: CohortAnalysis
    places: dict[tuple[str, str], Place]

    def times(self) -> list[SurvivalTime]:
        """The times behind the curves: by group, the shortest first."""
        if (survival := self.analysis.survival) is None:
            return []
        members = self.analysis.cohort.included
        times, _ = survival_times(members, survival.endpoint, survival.time_zero, group_by(self.analysis.by))
        return sorted(times, key=lambda one: (one.group, one.months, one.source, one.label))

    def shown(self, source: str, label: str, words: str = "", column: str = "") -> Shown:
        """A patient as a list shows him, with the address of the cell."""
        place = self.places[source, label]
        cell = f"#c-{column}" if column else ""
        address = f"/reports/{place.report}?{urlencode({'patient': place.patient})}{cell}"
        return Shown(address=address, name=f"{source}, {label}", words=words)


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A patient in a list: the address in the reader, the name, and what is told of him."""

    address: str
    name: str
    words: str


def _found(request: Asked) -> Found:
    """What the address asks for. Raises ClientException with the sentence of whatever is wrong with it."""
    asked = request.query_params
    placed: PlacedTables = request.app.state.members.placed(request.app.state.casebook)
    try:
        analysis = service.cohort(
            placed.tables,
            where=asked.get("where", ""),
            by=asked.get("by", ""),
            endpoint=Endpoint(asked.get("endpoint") or "overall"),
            start=TimeZero(asked["from"]) if asked.get("from") else None,
        )
    except (service.WrongExpression, service.WrongEndpoint, service.StatisticsMissing, ValueError) as error:
        raise ClientException(str(error)) from error
    return Found(analysis=analysis, places=placed.places)


@get("/cohort", sync_to_thread=True)
def cohort(request: Asked) -> Template:
    """Who is in, who is left out and why, proportions and survival."""
    asked = {key: request.query_params.get(key, "") for key in _PLAN}
    found, problem = None, ""
    try:
        found = _found(request)
    except ClientException as error:
        problem = error.detail
    survival = found.analysis.survival if found else None
    times = found.times() if found else []
    plan = {key: value for key, value in asked.items() if value}
    return Template(
        "cohort.html",
        context={
            "title": "Cohort",
            "here": "cohort",
            "analysis": found.analysis if found else None,
            "problem": problem,
            "asked": asked,
            "groups": _GROUPS,
            "endpoints": list(Endpoint),
            "starts": list(TimeZero),
            "link": "?" + urlencode(plan),
            "opens": lambda **more: "/cohort/patients?" + urlencode({**plan, **more}),
            "left_out": reasons(found.analysis.cohort.excluded) if found else {},
            "without_time": reasons(survival.excluded) if survival else {},
            "with_time": len(times),
            "times": [
                (one, found.shown(one.source, one.label, column="follow_up_months")) for one in times[:_MOST_TIMES]
            ]
            if found
            else (),
            "most_lanes": _MOST_LANES,
        },
    )


@get("/cohort/patients", sync_to_thread=True)
def patients(request: Asked) -> Template:
    """The patients behind a number: left out for a `reason`, at risk `at` months, or with a `value` in a `column`."""
    found, asked = _found(request), request.query_params
    if reason := asked.get("reason"):
        title, shown = f"Left out: {reason}", list(_left_out(found, reason))
    elif at := asked.get("at"):
        title, shown = f"At risk at {at} months", list(_at_risk(found, at, asked.get("group")))
    else:
        title, shown = _with_value(found, asked.get("group"), asked.get("column", ""), asked.get("value"))
    back = "/cohort?" + urlencode({key: asked[key] for key in _PLAN if asked.get(key)})
    return Template("patients.html", context={"title": title, "shown": shown, "back": back, "here": "cohort"})


def _left_out(found: Found, reason: str) -> Iterator[Shown]:
    survival = found.analysis.survival
    for one in (*found.analysis.cohort.excluded, *(survival.excluded if survival else ())):
        if one.reason == reason:
            yield found.shown(one.source, one.label)


def _at_risk(found: Found, at: str, group: str | None) -> Iterator[Shown]:
    try:
        months = float(at)
    except ValueError as error:
        raise ClientException(f"{at!r} is no number of months.") from error
    for one in found.times():
        if one.months >= months and group in (None, one.group):
            yield found.shown(one.source, one.label, f"{one.months:g} months", "follow_up_months")


def _with_value(found: Found, group: str | None, column: str, value: str | None) -> tuple[str, list[Shown]]:
    """Those of a group; of these, where a column is named, those it is reported for, or who have that value in it."""
    grouping = group_by(found.analysis.by)
    members = [one for one in found.analysis.cohort.included if group is None or grouping(one.row) == group]
    if column not in COLUMNS:
        return group or "The cohort", [found.shown(one.source, one.row.label) for one in members]
    shown = [
        found.shown(one.source, one.row.label, cell_text(held), column)
        for one in members
        if (held := getattr(one.row, column)) not in (None, (), {}) and (value is None or str(held) == value)
    ]
    name = column.replace("_", " ")
    return f"{name}: {value}" if value is not None else f"{name} is reported", shown


_CHARTS: dict[str, Callable[[CohortAnalysis], Any]] = {
    "survival": service.survival_chart,
    "swimmer": service.swimmer_chart,
    "proportions": service.forest_chart,
}
_TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf", "json": "application/json"}


@get("/cohort/{name:str}", sync_to_thread=True)
def chart(request: Asked, name: FromPath[str]) -> Response[bytes]:
    """A chart: survival, swimmer or proportions, as .json (its Vega-Lite specification), .svg, .png or .pdf."""
    stem, _, style = name.partition(".")
    if stem not in _CHARTS or style not in _TYPES:
        raise NotFoundException("There is no such picture.")
    analysis = _found(request).analysis
    if stem == "swimmer" and len(analysis.cohort.included) > _MOST_LANES:
        raise ClientException(f"More than {_MOST_LANES} lanes are no chart to read; narrow the cohort.")
    try:
        drawn = service.chart_file(_CHARTS[stem](analysis), style)
    except (service.NothingToDraw, service.TooManyGroups, service.ChartsMissing) as error:
        raise ClientException(str(error)) from error
    return Response(drawn, media_type=_TYPES[style])


@get("/cohort.json", sync_to_thread=True)
def cohort_json(request: Asked) -> CohortAnalysis:
    """The whole analysis."""
    return _found(request).analysis


@get("/cohort.csv", sync_to_thread=True)
def cohort_csv(request: Asked) -> Response[str]:
    """One figure of the analysis a line, the caveat last."""
    return Response(to_csv(_found(request).analysis), media_type="text/csv; charset=utf-8")


ROUTES = (cohort, patients, chart, cohort_json, cohort_csv)
