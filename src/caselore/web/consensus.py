"""Two readers side by side: how far they agree, where they differ, and what they settle on."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, get, post
from litestar.datastructures import State
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException
from litestar.params import Body
from litestar.response import Redirect, Template

from caselore import service
from caselore.registry.casebook import Casebook, Entry
from caselore.registry.consensus import Comparison, compare, readers, settle
from caselore.web.security import curates

Asked = Request[Any, Any, State]
Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


class Settled(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What two readers agreed a cell to be, as JSON; null: the report does not say it."""

    report: str
    patient: str
    column: str
    value: Any = None


def _pair(request: Asked) -> tuple[dict[str, int], str, str]:
    """Everybody who has read, and the two who are compared: those of the address, else the first two."""
    known = readers(request.app.state.casebook)
    usual = [*known, "", ""]
    asked = request.query_params
    return known, asked.get("one") or usual[0], asked.get("other") or usual[1]


@get("/consensus", sync_to_thread=True)
def consensus(request: Asked) -> Template:
    """Agreement of two readers by column, and each cell in which they differ with both readings."""
    known, one, other = _pair(request)
    found = compare(request.app.state.casebook, one, other) if one and other and one != other else None
    still = [cell for cell in found.differences if not cell.settled] if found else []
    done = [cell for cell in found.differences if cell.settled] if found else []
    context = {"readers": known, "one": one, "other": other, "found": found, "open_cells": still, "settled_cells": done}
    return Template("consensus.html", context={"title": "Readers and consensus", "here": "casebook", **context})


@get("/consensus.json", sync_to_thread=True)
def consensus_json(request: Asked) -> Comparison:
    """The same as data."""
    _, one, other = _pair(request)
    return compare(request.app.state.casebook, one, other)


@post("/consensus/settle", guards=[curates], sync_to_thread=True)
def consensus_settle(request: Asked, data: Form) -> Redirect:
    """Settles a cell: as one of the two sees it, or as somebody types it."""
    book: Casebook = request.app.state.casebook
    report, patient, column = (data.get(name, "") for name in ("report", "patient", "column"))
    try:
        value = service.cell_value(column, data.get("value", ""))
    except service.WrongCell as error:
        raise ClientException(f"{error}.") from error
    settle(book, report, patient, column, value, request.user.name)
    pair = {name: data[name] for name in ("one", "other") if data.get(name)}
    return Redirect(f"/consensus?{urlencode(pair)}", status_code=303)


def settle_cell(request: Asked, wish: Settled) -> Entry:
    """The same for programs."""
    book: Casebook = request.app.state.casebook
    return settle(book, wish.report, wish.patient, wish.column, wish.value, request.user.name)


ROUTES = (consensus, consensus_json, consensus_settle)
