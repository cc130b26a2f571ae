"""The REST API: the same verbs as the command line, in JSON. Its description is at /api/openapi.json."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from anyio import to_thread
from litestar import Request, Router, delete, get, post
from litestar.datastructures import State, UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException
from litestar.params import Body, FromPath, JSONBody
from litestar.response import Response

from caselore import service
from caselore.exchange.export import Loss
from caselore.registry.casebook import Entry, Stored
from caselore.registry.curation import Action, Decision
from caselore.registry.find import Page, Query, find
from caselore.web.consensus import Settled, settle_cell
from caselore.web.exchanging import Uploaded, archive, made, upload_of
from caselore.web.grid import query_of
from caselore.web.home import add_upload
from caselore.web.security import curates, reads_as

Asked = Request[Any, Any, State]


class Wish(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A decision to be taken. `text` is the value as a table shows it, `value` as JSON; `seen` the newest decision known."""

    action: Action
    column: str = ""
    value: Any = None
    text: str | None = None
    quote: str | None = None
    note: str = ""
    seen: int | None = None


class Pasted(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    source: str = "pasted text"


@get("/reports", sync_to_thread=True, opt={"blind": True})
def reports(request: Asked) -> list[Stored]:
    """The reports of the casebook."""
    found: list[Stored] = request.app.state.casebook.reports()
    return found


@post("/reports", guards=[curates], opt={"blind": True})
async def add_report(
    request: Asked, data: Annotated[dict[str, UploadFile], Body(media_type=RequestEncodingType.MULTI_PART)]
) -> service.AddedFile:
    """Reads an uploaded `file` into the casebook; what could not be read is told in `failure`."""
    upload = data.get("file")
    if not isinstance(upload, UploadFile):
        raise ClientException("Send the report as the form field `file`.")
    return await add_upload(request, upload.filename or "report.txt", await upload.read())


@get("/reports/{report:str}", sync_to_thread=True, opt={"blind": True})
def patients(request: Asked, report: FromPath[str]) -> list[Entry]:
    """The patients of a report with what was decided."""
    found: list[Entry] = request.app.state.casebook.entries(report, reads_as(request))
    return found


@delete("/reports/{report:str}", guards=[curates], sync_to_thread=True)
def remove(request: Asked, report: FromPath[str]) -> None:
    """Takes a report out of the casebook, with every decision on it; named by its whole id or its source."""
    if report not in ((found := request.app.state.casebook.report(report).document).id, found.source):
        raise ClientException("Name the report by its whole id to take it out.")
    request.app.state.casebook.remove(report)


@get("/reports/{report:str}/decisions", sync_to_thread=True, opt={"blind": True})
def decisions(request: Asked, report: FromPath[str]) -> list[Decision]:
    """Every decision on a report, the oldest first; somebody who reads blind gets their own."""
    found: list[Decision] = request.app.state.casebook.log(report)
    blind = reads_as(request)
    return [one for one in found if blind is None or one.reader == blind]


@post(
    "/reports/{report:str}/patients/{patient:str}/decisions", guards=[curates], sync_to_thread=True, opt={"blind": True}
)
def decide(request: Asked, report: FromPath[str], patient: FromPath[str], data: JSONBody[Wish]) -> Entry:
    """Takes a decision; 409 where somebody else has decided on the cell since `seen`."""
    value = data.value
    if data.text is not None:
        try:
            value = service.cell_value(data.column, data.text)
        except service.WrongCell as error:
            raise ClientException(f"{error}.") from error
    book, blind = request.app.state.casebook, reads_as(request)
    found: Entry = book.decide(
        report,
        patient,
        request.user.name,
        data.action,
        column=data.column,
        value=value,
        quote=data.quote,
        note=data.note,
        seen=None if blind else data.seen,
    )
    if blind is None:
        return found
    own: list[Entry] = book.entries(found.report, blind)
    return next(entry for entry in own if entry.patient == patient)


@get("/patients", sync_to_thread=True)
def search(request: Asked) -> Page:
    """A page of patients; the parameters are those of the grid's address."""
    return find(request.app.state.casebook.engine, query_of(request))


@post("/read", sync_to_thread=True, status_code=200, opt={"keeps": "nothing", "blind": True})
def read(data: JSONBody[Pasted]) -> list[dict[str, Any]]:
    """The review rows of a text; nothing is kept."""
    rows: list[dict[str, Any]] = msgspec.to_builtins(service.rows(service.read_text(data.text, data.source)))
    return rows


@post("/lint", sync_to_thread=True, status_code=200, opt={"keeps": "nothing", "blind": True})
def lint(data: JSONBody[Pasted]) -> dict[str, Any]:
    """What contradicts itself in a text; nothing is kept."""
    found: dict[str, Any] = msgspec.to_builtins(service.lint(service.read_text(data.text, data.source)))
    return found


class ExportWish(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An export: one of `GET /api/exports`, of the patients that the query of the grid lets in; all without one."""

    to: str
    query: Query | None = None


@get("/exports", sync_to_thread=False)
def exports() -> dict[str, str]:
    """The formats of `caselore export`, by the name that `POST /api/exports` takes."""
    return dict(service.export_titles())


@post("/exports", sync_to_thread=True, status_code=200, opt={"keeps": "nothing"})
def export(request: Asked, data: JSONBody[ExportWish]) -> Response[bytes]:
    """The patients as a zip of files, with the loss report and the sidecar."""
    return archive(request, data.to, data.query or Query())


@get("/exports/{to:str}", sync_to_thread=True)
def export_of_address(request: Asked, to: FromPath[str]) -> Response[bytes]:
    """The same for the parameters of the grid's address."""
    return archive(request, to, query_of(request))


@get("/exports/{to:str}/losses", sync_to_thread=True)
def losses(request: Asked, to: FromPath[str]) -> list[Loss]:
    """What the format has no place for, statement by statement."""
    return list(made(request, to, query_of(request))[0].losses)


@post("/imports", status_code=200, opt={"keeps": "nothing"})
async def imports(data: Uploaded) -> service.Imported:
    """The patients of an uploaded `file`, as `caselore import` prints them; nothing is kept."""
    name, content = await upload_of(data)
    return await to_thread.run_sync(service.import_content, name, content)


@post("/imports/kept", guards=[curates])
async def imports_kept(request: Asked, data: Uploaded) -> list[service.AddedFile]:
    """Takes the patients of an uploaded `file` into the casebook; again nothing happens."""
    name, content = await upload_of(data)
    book = request.app.state.casebook
    return await to_thread.run_sync(lambda: list(service.add_rows(book, service.import_content(name, content).tables)))


@post("/consensus", guards=[curates], sync_to_thread=True)
def consensus(request: Asked, data: JSONBody[Settled]) -> Entry:
    """Settles a cell that two readers see differently; `GET /consensus.json` lists these."""
    return settle_cell(request, data)


_VERBS = (
    *(reports, add_report, patients, remove, decisions, decide, search, read, lint),
    *(exports, export, export_of_address, losses, imports, imports_kept, consensus),
)
ROUTES = (Router(path="/api", route_handlers=_VERBS),)
