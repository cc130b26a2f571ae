"""The reader: a report beside what was read from it, to be checked by keyboard."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect, Response, Template

from caselore import service
from caselore.model.case import Case, Report
from caselore.model.fact import Value
from caselore.registry.casebook import Entry
from caselore.registry.curation import Action, effective
from caselore.registry.errors import NotInCasebook
from caselore.registry.facts import is_fact_key
from caselore.registry.find import Query, find
from caselore.registry.originals import has_original
from caselore.web.reader import groups, quoted, tally, text_lines
from caselore.web.security import curates, reads_as
from caselore.web.sheets import sheets
from caselore.web.strip import months_told, strip

Asked = Request[Any, Any, State]
BACKGROUND = "background"
"""The tab of what belongs to no patient."""
_ABOUT_A_PATIENT = (Action.MERGE, Action.DUPLICATE)


@get("/reports/{report:str}", sync_to_thread=True, opt={"blind": True})
def reader(request: Asked, report: FromPath[str], patient: FromQuery[str] = "", view: FromQuery[str] = "") -> Template:
    """A report, as text or as the pages of its PDF, beside what was read of one patient."""
    context = _context(request, report, patient)
    read, shows = context["report"], view == "pages" and context["has_pages"]
    others = read.background if context["on_background"] else ()
    pages = sheets(read.document, context["case"], others) if shows else ()
    return Template("reader.html", context={**context, "view": view, "pages": pages})


@get("/reports/{report:str}/pages/{number:int}", sync_to_thread=True, opt={"blind": True})
def page(request: Asked, report: FromPath[str], number: FromPath[int]) -> Response[bytes]:
    """A page of the PDF that the report came from, as PNG. The text of a report never changes, nor do its pages."""
    picture = service.page_picture(request.app.state.casebook, report, number)
    return Response(picture, media_type="image/png", headers={"Cache-Control": "private, max-age=86400, immutable"})


@get("/reports/{report:str}/facts", sync_to_thread=True, opt={"blind": True})
def facts(request: Asked, report: FromPath[str], patient: FromQuery[str] = "") -> Template:
    """The right side of the reader alone, after a decision."""
    return Template("facts.html", context=_context(request, report, patient))


@get("/reports/{report:str}/patients/{patient:str}/cell", sync_to_thread=True)
def cell(request: Asked, report: FromPath[str], patient: FromPath[str], column: FromQuery[str] = "") -> Template:
    """One cell of the grid with the words it was read from, for the popover."""
    return Template("cell.html", context={**_context(request, report, patient), "column": column})


@get("/reports/{report:str}/timeline.svg", sync_to_thread=True, opt={"blind": True})
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


@post("/reports/{report:str}/decide", guards=[curates], sync_to_thread=True, opt={"blind": True})
def decide(
    request: Asked,
    report: FromPath[str],
    data: Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect:
    """A decision from a form; the keys of the reader use the API."""
    patient, column = str(data.get("patient", "")), str(data.get("column", ""))
    try:
        action = Action(data.get("action", ""))
        value = _value(action, column, data)
    except (ValueError, service.WrongCell) as error:
        raise ClientException(f"{error}.") from error
    request.app.state.casebook.decide(
        report,
        patient,
        request.user.name,
        action,
        column=column,
        value=value,
        quote=data.get("quote") or None,
        note=str(data.get("note", "")),
    )
    return Redirect(f"/reports/{report}?{urlencode({'patient': patient})}", status_code=303)


def _value(action: Action, column: str, data: dict[str, Any]) -> Any:
    """What a form says: the columns to split off, the other patient, the words of a fact, or the value of a column."""
    told = data.get("value")
    if action is Action.SPLIT:
        columns = data.get("columns") or []
        return columns if isinstance(columns, list) else [columns]
    if action in _ABOUT_A_PATIENT or is_fact_key(column):
        return told
    return service.cell_value(column, told) if told else None


def _context(request: Asked, key: str, patient: str) -> dict[str, Any]:
    book, blind = request.app.state.casebook, reads_as(request)
    report: Report[Value] = book.report(key)
    entries: list[Entry] = book.entries(key, blind)
    shown = [entry for entry in entries if not entry.hidden]
    background = patient == BACKGROUND
    found = next((one for one in shown if one.patient == patient), shown[0] if shown else None)
    entry = None if background else found
    case = _case(report, entry.patient) if entry else None
    findings = service.lint(report).findings
    log = [one for one in book.log(key) if blind is None or one.reader == blind]
    told = groups(case, entry, report.document) if entry else ()
    before, after = book.neighbours(key)
    return {
        "title": report.document.metadata.title or report.document.source,
        "here": "reader",
        "user": request.user,
        "report": report,
        "entries": shown,
        "gone": [one for one in entries if one.hidden],
        "entry": entry,
        "case": case,
        "groups": told,
        "tally": tally(told),
        "lines": text_lines(report, case, findings, report.background if background else ()),
        "findings": findings,
        "log": [one for one in log if entry and one.patient == entry.patient],
        "notes": [one for one in effective(log) if entry and one.patient == entry.patient and one.note],
        "newest": log[-1].id if log else 0,
        "before": before,
        "after": after,
        "strip": strip(case.events) if case else None,
        "months_told": months_told,
        "background": quoted(report.background, report.document) if background else (),
        "on_background": background,
        "has_pages": has_original(book, report.document.id),
        "blind": blind,
    }


def _case(report: Report[Value], patient: str) -> Case[Value] | None:
    return next((case for case in report.cases if case.patient.id == patient), None)


@get("/patients", sync_to_thread=True)
def first_match(request: Asked, words: FromQuery[str] = "") -> Redirect:
    """Opens the only patient that a search finds; else the grid shows them."""
    page = find(request.app.state.casebook.engine, Query(words=words, size=2), facets=())
    if page.total == 1:
        return Redirect(f"/reports/{page.lines[0].report}?patient={page.lines[0].patient}")
    return Redirect("/casebook", query_params={"words": words})


ROUTES = (reader, page, facts, cell, timeline, decide, first_match)
