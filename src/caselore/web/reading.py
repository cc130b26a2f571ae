"""The reader: a report beside what was read from it, to be checked by keyboard."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect, Response, Template

from caselore import service
from caselore.model.case import Case, Report
from caselore.model.fact import Value
from caselore.registry.curation import Action
from caselore.registry.errors import NotInCasebook
from caselore.registry.find import Query, find
from caselore.web.reader import groups, text_lines
from caselore.web.security import curates

Asked = Request[Any, Any, State]


@get("/reports/{report:str}", sync_to_thread=True)
def reader(request: Asked, report: FromPath[str], patient: FromQuery[str] = "") -> Template:
    """A report beside what was read of one patient."""
    return Template("reader.html", context=_context(request, report, patient))


@get("/reports/{report:str}/facts", sync_to_thread=True)
def facts(request: Asked, report: FromPath[str], patient: FromQuery[str] = "") -> Template:
    """The right side of the reader alone, after a decision."""
    return Template("facts.html", context=_context(request, report, patient))


@get("/reports/{report:str}/timeline.svg", sync_to_thread=True)
def timeline(request: Asked, report: FromPath[str], patient: FromQuery[str] = "") -> Response[bytes]:
    """The course of one patient, drawn."""
    read: Report[Value] = request.app.state.casebook.report(report)
    case = _case(read, patient)
    if case is None:
        raise NotInCasebook("The report has no such patient.")
    try:
        chart = service.timeline_chart(read, case.patient.label)
    except service.NothingToDraw as error:
        raise NotInCasebook(str(error)) from error
    return Response(service.chart_file(chart, "svg"), media_type="image/svg+xml")


@post("/reports/{report:str}/decide", guards=[curates], sync_to_thread=True)
def decide(
    request: Asked,
    report: FromPath[str],
    data: Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect:
    """A decision from a form without script; with script the API is used."""
    patient, column = data.get("patient", ""), data.get("column", "")
    try:
        action = Action(data.get("action", ""))
        value = service.cell_value(column, data["value"]) if data.get("value") else None
    except (ValueError, service.WrongCell) as error:
        raise ClientException(f"{error}.") from error
    request.app.state.casebook.decide(
        report, patient, request.user.name, action, column=column, value=value, quote=data.get("quote") or None
    )
    return Redirect(f"/reports/{report}?patient={patient}", status_code=303)


def _context(request: Asked, key: str, patient: str) -> dict[str, Any]:
    book = request.app.state.casebook
    report: Report[Value] = book.report(key)
    entries = [entry for entry in book.entries(key) if not entry.hidden]
    entry = next((one for one in entries if one.patient == patient), entries[0] if entries else None)
    case = _case(report, entry.patient) if entry else None
    findings = service.lint(report).findings
    log = book.log(key)
    around = _neighbours(book, report.document.id)
    return {
        "title": report.document.metadata.title or report.document.source,
        "here": "reader",
        "user": request.user,
        "report": report,
        "entries": entries,
        "entry": entry,
        "case": case,
        "groups": groups(case, entry) if entry else (),
        "lines": text_lines(report, case, findings),
        "findings": findings,
        "log": [one for one in log if entry and one.patient == entry.patient],
        "newest": log[-1].id if log else 0,
        "before": around[0],
        "after": around[1],
        "background": report.background,
    }


def _case(report: Report[Value], patient: str) -> Case[Value] | None:
    return next((case for case in report.cases if case.patient.id == patient), None)


def _neighbours(book: Any, report: str) -> tuple[str | None, str | None]:
    """The reports before and behind this one in the order of the list."""
    ids = [one.id for one in book.reports()]
    place = ids.index(report)
    return (ids[place - 1] if place else None, ids[place + 1] if place + 1 < len(ids) else None)


@get("/patients", sync_to_thread=True)
def first_match(request: Asked, words: FromQuery[str] = "") -> Redirect:
    """Opens the only patient that a search finds; else the grid shows them."""
    page = find(request.app.state.casebook.engine, Query(words=words, size=2), facets=())
    if page.total == 1:
        return Redirect(f"/reports/{page.lines[0].report}?patient={page.lines[0].patient}")
    return Redirect("/casebook", query_params={"words": words})


ROUTES = (reader, facts, timeline, decide, first_match)
