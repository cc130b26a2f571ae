"""Home: files come in, one line for each; what is in the casebook already."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, get, post
from litestar.datastructures import State, UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery
from litestar.response import Redirect, Template

from caselore import service
from caselore.web.security import curates

Asked = Request[Any, Any, State]
_SHOWN = 100
"""Reports on a page."""
_LAST = 1_000_000


@get("/", sync_to_thread=True, name="home", opt={"blind": True})
def home(request: Asked, page: FromQuery[int] = 1) -> Template:
    """Where reports are added; those of the casebook, page by page."""
    book, page = request.app.state.casebook, min(max(page, 1), _LAST)
    total = book.count()
    context = {
        "reports": book.reports((page - 1) * _SHOWN, _SHOWN),
        "total": total,
        "page": page,
        "pages": max(1, -(-total // _SHOWN)),
    }
    return Template("home.html", context={"title": "Reports", "here": "home", **context})


@post("/add", guards=[curates], opt={"blind": True})
async def add(
    request: Asked, data: Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
) -> Template | Redirect:
    """Files of a form; one report that could be read opens in the reader."""
    sent = data.get("files") or []
    outcomes = []
    for upload in sent if isinstance(sent, list) else [sent]:
        if isinstance(upload, UploadFile) and upload.filename:
            outcomes.append(await add_upload(request, upload.filename, await upload.read()))
    text = str(data.get("text") or "").strip()
    if text:
        outcomes.append(await add_upload(request, "pasted text.txt", text.encode()))
    if len(outcomes) == 1 and outcomes[0].report:
        return Redirect(f"/reports/{outcomes[0].report}", status_code=303)
    return Template("added.html", context={"title": "Added", "outcomes": outcomes, "here": "home"})


async def add_upload(request: Asked, name: str, content: bytes) -> service.AddedFile:
    """Reads one uploaded file into the casebook, in a thread: pages are served meanwhile."""
    from anyio import to_thread

    book = request.app.state.casebook
    return await to_thread.run_sync(lambda: service.add_content(book, name, content))


ROUTES = (home, add)
