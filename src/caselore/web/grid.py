"""The casebook as a grid: facets, search, sorting; its twins in JSON and CSV; spreadsheets out and in."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Response, Template

from caselore.model.row import COLUMNS
from caselore.registry.filters import SavedFilters
from caselore.registry.find import Page, Query, find
from caselore.registry.schema import TEXT_FACETS
from caselore.registry.spreadsheet import lines, to_csv, to_xlsx
from caselore.web.parts import part

Asked = Request[Any, Any, State]
Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
USUAL = (
    "label",
    "age_years",
    "sex",
    "diagnosis",
    "sites",
    "largest_dimension_mm",
    "surgery",
    "radiotherapy",
    "chemotherapy",
    "recurrence",
    "metastases",
    "disease",
    "status",
    "follow_up_months",
)
"""The columns that are shown until somebody chooses others."""
_OPENED = ("role", "diagnosis", "sex", "surgery", "recurrence", "status")
"""The facets that stand open."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def query_of(request: Asked) -> Query:
    """The query that the address asks for; what makes no sense in it is left aside."""
    asked = request.query_params
    facets = {name: tuple(asked.getall(name, [])) for name in TEXT_FACETS if asked.getall(name, [])}
    page = asked.get("page", "1")
    return Query(
        words=asked.get("words", "")[:200],
        site=asked.get("site", "")[:80],
        facets=facets,
        sort=asked.get("sort", ""),
        descending=asked.get("down", "") == "1",
        page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 7 else 1,
    )


def address_of(query: Query) -> str:
    """The address of the grid that asks for a query; its first page."""
    pairs = [
        ("words", query.words),
        ("site", query.site),
        ("sort", query.sort),
        ("down", "1" if query.descending else ""),
    ]
    pairs += [(name, value) for name, values in query.facets.items() for value in values]
    return "/casebook?" + urlencode([pair for pair in pairs if pair[1]])


@get("/casebook", sync_to_thread=True)
def casebook(request: Asked) -> Template:
    """Patients with facets and counts; the filters are in the address."""
    query = query_of(request)
    page = find(request.app.state.casebook.engine, query)
    chosen = [name for name in request.query_params.getall("column", []) if name in COLUMNS]
    columns = chosen or USUAL
    environment = request.app.state.environment
    facets = {name: list(counts.items()) for name, counts in page.facets.items()}
    boxes = {"facets": facets, "chosen": query.facets, "opened": _OPENED, "columns": columns, "all_columns": COLUMNS}
    return Template(
        "casebook.html",
        context={
            "title": "Casebook",
            "here": "casebook",
            "query": query,
            "page": page,
            "columns": columns,
            "facets": part(environment, "grid_facets.html", **boxes),
            "row": lambda line: part(environment, "grid_row.html", line=line, columns=columns),
            "pages": max(1, -(-page.total // query.size)),
            "link": _Links(request),
            "saved": _saved(request, query),
            "filtered": address_of(query),
        },
    )


def _saved(request: Asked, query: Query) -> list[tuple[str, str, bool]]:
    """The saved filters of whoever asks: name, address, and whether it is the one that is shown."""
    filters = SavedFilters(request.app.state.casebook.engine).of(request.user.name)
    shown = address_of(query)
    return [(one.name, address_of(one.query), address_of(one.query) == shown) for one in filters]


@post("/casebook/filters", sync_to_thread=True, opt={"keeps": "nothing"})
def filter_save(request: Asked, data: Form) -> Redirect:
    """Saves the filters of the address under a name, for whoever asks; no patient is changed by it, so that readers may."""
    query = query_of(request)
    SavedFilters(request.app.state.casebook.engine).save(request.user.name, data.get("name", ""), query)
    return Redirect(address_of(query), status_code=303)


@post("/casebook/filters/drop", sync_to_thread=True, opt={"keeps": "nothing"})
def filter_drop(request: Asked, data: Form) -> Redirect:
    """Forgets a saved filter of whoever asks."""
    SavedFilters(request.app.state.casebook.engine).delete(request.user.name, data.get("name", ""))
    return Redirect("/casebook", status_code=303)


class _Links:
    """Addresses of the grid with something changed: another page, a filter less."""

    def __init__(self, request: Asked) -> None:
        self._pairs = [(key, value) for key, value in request.query_params.multi_items() if value]

    def __call__(self, **changed: object) -> str:
        kept = [(key, value) for key, value in self._pairs if key not in changed and key != "page"]
        added = [(key, str(value)) for key, value in changed.items() if value not in (None, "")]
        return "/casebook?" + urlencode(kept + added)

    def without(self, key: str, value: str) -> str:
        return "/casebook?" + urlencode([pair for pair in self._pairs if pair != (key, value) and pair[0] != "page"])

    def twin(self, kind: str) -> str:
        return f"/casebook.{kind}?" + urlencode(self._pairs)

    def export(self) -> str:
        """Where the patients that are shown are exported."""
        return "/export?" + urlencode([(key, value) for key, value in self._pairs if key not in ("page", "column")])


@get("/casebook.json", sync_to_thread=True)
def casebook_json(request: Asked) -> Page:
    """A page of the grid with its facets."""
    return find(request.app.state.casebook.engine, query_of(request))


@get("/casebook.csv", sync_to_thread=True)
def casebook_csv(request: Asked) -> Response[bytes]:
    """Every patient of the selection, one line each."""
    return file_of(
        to_csv(lines(request.app.state.casebook, query_of(request))), "text/csv; charset=utf-8", "casebook.csv"
    )


@get("/casebook.xlsx", sync_to_thread=True)
def casebook_xlsx(request: Asked) -> Response[bytes]:
    """The same as a workbook."""
    return file_of(to_xlsx(lines(request.app.state.casebook, query_of(request))), _XLSX, "casebook.xlsx")


def file_of(content: bytes, kind: str, name: str) -> Response[bytes]:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


ROUTES = (casebook, casebook_json, casebook_csv, casebook_xlsx, filter_save, filter_drop)
