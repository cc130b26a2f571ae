"""The casebook in the formats of others, and patients from them: what is lost is said first, what comes in is shown first."""

from __future__ import annotations

import secrets
from collections import Counter
from datetime import UTC, datetime
from threading import Lock
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from anyio import to_thread
from litestar import Request, get, post
from litestar.datastructures import State, UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import Body
from litestar.response import Response, Template

from caselore import service
from caselore.exchange.export import Export
from caselore.registry.casebook import Casebook
from caselore.registry.find import Query, find
from caselore.registry.spreadsheet import Preview, apply, preview, read_lines
from caselore.web.grid import Form, file_of, query_of
from caselore.web.security import curates

Asked = Request[Any, Any, State]
Uploaded = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]


class Stash:
    """What was uploaded and shown, until its owner says that it is to be kept; the oldest go first."""

    def __init__(self, most: int = 20) -> None:
        self._most, self._lock = most, Lock()
        self._kept: dict[str, tuple[str, Preview | service.Imported]] = {}

    def put(self, owner: str, found: Preview | service.Imported) -> str:
        token = secrets.token_urlsafe(16)
        with self._lock:
            while len(self._kept) >= self._most:
                self._kept.pop(next(iter(self._kept)))
            self._kept[token] = (owner, found)
        return token

    def take(self, owner: str, token: str) -> Preview | service.Imported:
        """What was put there, once. Raises ClientException where it is gone or somebody else's."""
        with self._lock:
            kept, found = self._kept.get(token, ("", None))
            if found is None or kept != owner:
                raise ClientException("What was shown is gone; choose the file again.")
            del self._kept[token]
        return found


def made(request: Asked, to: str, query: Query) -> tuple[Export, str]:
    """The export that is asked for and its time. Raises NotFoundException for an unknown format."""
    if to not in service.export_formats():
        raise NotFoundException(f"There is no format {to!r}; there are {', '.join(service.export_formats())}.")
    created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return service.export_casebook(request.app.state.casebook, to, created, query), created


def archive(request: Asked, to: str, query: Query) -> Response[bytes]:
    """The export as a zip, the loss report and the sidecar in it; written down in the audit log."""
    export, created = made(request, to, query)
    if request.app.state.people is not None:
        request.app.state.people.record(request.user.name, f"exported patients as {to}")
    return file_of(service.zipped(export, created), "application/zip", f"caselore-{to}.zip")


@get("/export", sync_to_thread=True)
def export_page(request: Asked) -> Template:
    """The formats; with one chosen, what it would leave out, and the download."""
    query, to = query_of(request), request.query_params.get("to", "")
    total = find(request.app.state.casebook.engine, msgspec.structs.replace(query, size=1), ()).total
    export = made(request, to, query)[0] if to and total else None
    pairs = [(key, value) for key, value in request.query_params.multi_items() if value and key not in ("to", "page")]
    context = {
        "title": "Export",
        "here": "casebook",
        "query": query,
        "total": total,
        "formats": service.export_titles(),
        "to": to,
        "export": export,
        "reasons": Counter(loss.reason for loss in export.losses).most_common() if export else (),
        "pairs": pairs,
        "back": "/casebook?" + urlencode(pairs),
        "link": "/export.zip?" + urlencode([*pairs, ("to", to)]),
    }
    return Template("export.html", context=context)


@get("/export.zip", sync_to_thread=True)
def export_zip(request: Asked) -> Response[bytes]:
    """The chosen patients in one format, as one archive."""
    return archive(request, request.query_params.get("to", "csv"), query_of(request))


@get("/import", sync_to_thread=False, guards=[curates])
def import_page() -> Template:
    """Where a corrected spreadsheet is brought back, and patients of others come in."""
    return Template("import.html", context={"title": "Import", "here": "casebook"})


@post("/import", guards=[curates], status_code=200)
async def import_file(request: Asked, data: Uploaded) -> Template:
    """First what a file would change or bring in; nothing is saved yet."""
    name, content = await upload_of(data)
    book: Casebook = request.app.state.casebook
    found = await to_thread.run_sync(lambda: looked_through(book, name, content))
    token = request.app.state.stash.put(request.user.name, found)
    context = {"title": "Import", "here": "casebook", "found": found, "token": token, "name": name}
    return Template("import.html", context=context)


@post("/import/keep", guards=[curates], sync_to_thread=True, status_code=200)
def import_keep(request: Asked, data: Form) -> Template:
    """Saves what was shown: all of it or nothing."""
    found = request.app.state.stash.take(request.user.name, data.get("token", ""))
    book: Casebook = request.app.state.casebook
    context: dict[str, Any] = {"title": "Import", "here": "casebook"}
    if request.app.state.people is not None:
        request.app.state.people.record(request.user.name, "imported a file")
    if isinstance(found, Preview):
        context["saved"] = apply(book, found.changes, request.user.name)
    else:
        context["added"] = list(service.add_rows(book, found.tables))
    return Template("import.html", context=context)


async def upload_of(data: dict[str, Any]) -> tuple[str, bytes]:
    """Name and content of the form field `file`. Raises ClientException without one."""
    upload = data.get("file")
    if not isinstance(upload, UploadFile) or not upload.filename:
        raise ClientException("Choose a file first; it is sent as the form field `file`.")
    return upload.filename, await upload.read()


def looked_through(book: Casebook, name: str, content: bytes) -> Preview | service.Imported:
    """A corrected spreadsheet of this casebook as its changes; a file of anybody as its patients. Raises NothingToRead."""
    if name.lower().endswith((".xlsx", ".csv")):
        try:
            rows = read_lines(content)
        except ValueError as error:
            raise ClientException(f"{name}: {error}.") from error
        if name.lower().endswith(".xlsx") or {"report", "patient"} <= set(rows[0] if rows else ()):
            return preview(book, rows)
    return service.import_content(name, content)


ROUTES = (export_page, export_zip, import_page, import_file, import_keep)
