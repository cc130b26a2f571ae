"""Cohort: who is in, how they fare, who is out and why. Charts are drawn here and shown as pictures with a table beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from litestar import Request, get
from litestar.datastructures import State
from litestar.exceptions import ClientException, NotFoundException
from litestar.response import Response, Template

from caselore import service
from caselore.exchange.cohorts import to_csv
from caselore.model.cohort import CohortAnalysis, Endpoint, TimeZero

Asked = Request[Any, Any, State]
_GROUPS = ("sex", "role", "origin", "surgery", "radiotherapy", "chemotherapy", "grade", "recurrence")


def _analysis(request: Asked) -> CohortAnalysis:
    """What the address asks for. Raises ClientException with the sentence of whatever is wrong with it."""
    asked = request.query_params
    try:
        return service.cohort(
            service.casebook_tables(request.app.state.casebook),
            where=asked.get("where", ""),
            by=asked.get("by", ""),
            endpoint=Endpoint(asked.get("endpoint") or "overall"),
            start=TimeZero(asked["from"]) if asked.get("from") else None,
        )
    except (service.WrongExpression, service.WrongEndpoint, service.StatisticsMissing, ValueError) as error:
        raise ClientException(str(error)) from error


@get("/cohort", sync_to_thread=True)
def cohort(request: Asked) -> Template:
    asked = {key: request.query_params.get(key, "") for key in ("where", "by", "endpoint", "from")}
    analysis, problem = None, ""
    try:
        analysis = _analysis(request)
    except ClientException as error:
        problem = error.detail
    return Template(
        "cohort.html",
        context={
            "title": "Cohort",
            "here": "cohort",
            "analysis": analysis,
            "problem": problem,
            "asked": asked,
            "groups": _GROUPS,
            "endpoints": list(Endpoint),
            "starts": list(TimeZero),
            "link": "?" + urlencode({key: value for key, value in asked.items() if value}),
        },
    )


_CHARTS: dict[str, Callable[[CohortAnalysis], Any]] = {
    "survival.svg": service.survival_chart,
    "swimmer.svg": service.swimmer_chart,
    "proportions.svg": service.forest_chart,
}


@get("/cohort/{name:str}", sync_to_thread=True)
def chart(request: Asked, name: str) -> Response[bytes]:
    """One of the pictures: survival.svg, swimmer.svg, proportions.svg."""
    draw = _CHARTS.get(name)
    if draw is None:
        raise NotFoundException("There is no such picture.")
    try:
        drawn = service.chart_file(draw(_analysis(request)), "svg")
    except (service.NothingToDraw, service.TooManyGroups, service.ChartsMissing) as error:
        raise ClientException(str(error)) from error
    return Response(drawn, media_type="image/svg+xml")


@get("/cohort.json", sync_to_thread=True)
def cohort_json(request: Asked) -> CohortAnalysis:
    return _analysis(request)


@get("/cohort.csv", sync_to_thread=True)
def cohort_csv(request: Asked) -> Response[str]:
    return Response(to_csv(_analysis(request)), media_type="text/csv; charset=utf-8")


ROUTES = (cohort, chart, cohort_json, cohort_csv)
