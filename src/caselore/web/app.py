"""The application: one casebook, its pages and its API."""

from __future__ import annotations

import secrets
from importlib.resources import files
from pathlib import Path
from typing import Any

from litestar import Litestar, Request, Response
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.middleware import DefineMiddleware
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template
from litestar.static_files import create_static_files_router
from litestar.template import TemplateConfig

import caselore
from caselore import service
from caselore.exchange.tables import cell_text
from caselore.registry.casebook import Casebook
from caselore.registry.errors import DecisionRefused, NotInCasebook, Outdated
from caselore.registry.people import People
from caselore.web import accounts, api, cohorts, comparing, consensus, exchanging, grid, home, linting, reading
from caselore.web.exchanging import Stash
from caselore.web.families import families, label_of
from caselore.web.security import Throttle, WhoAsks, is_page, same_origin, signed_in, with_headers

_HERE = Path(str(files("caselore.web")))
LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")


def create_app(casebook: Casebook, *, team: bool = False, hosts: list[str] | None = None) -> Litestar:
    """The application on one casebook. `team` asks for accounts; `hosts` are the names it answers to besides the local ones."""
    state = State(
        {
            "casebook": casebook,
            "hosts": {*LOCAL_HOSTS, *(hosts or [])},
            "people": People(casebook.engine) if team else None,
            "throttle": Throttle(),
            "stash": Stash(),
            "members": cohorts.Members(),
        }
    )

    def prepare(engine: JinjaTemplateEngine) -> None:
        _prepare(engine)
        state.environment = engine.engine

    return Litestar(
        route_handlers=[
            *home.ROUTES,
            *reading.ROUTES,
            *grid.ROUTES,
            *cohorts.ROUTES,
            *comparing.ROUTES,
            *consensus.ROUTES,
            *exchanging.ROUTES,
            *linting.ROUTES,
            *(accounts.ROUTES if team else ()),
            *api.ROUTES,
            create_static_files_router(path="/static", directories=[_HERE / "static"], opt={"open": True}),
        ],
        guards=[signed_in],
        middleware=[DefineMiddleware(WhoAsks)],
        before_request=same_origin,
        before_send=[with_headers],
        csrf_config=CSRFConfig(secret=secrets.token_hex(32), cookie_name="caselore_csrf", cookie_samesite="strict"),
        template_config=TemplateConfig(
            directory=_HERE / "templates", engine=JinjaTemplateEngine, engine_callback=prepare
        ),
        state=state,
        exception_handlers={
            NotInCasebook: _not_found,
            DecisionRefused: _refused,
            Outdated: _overtaken,
            HTTPException: _failed,
            service.NothingToRead: _unusable,
            service.FormatMissing: _unusable,
            service.ChartsMissing: _unusable,
        },
        openapi_config=OpenAPIConfig(
            title="caselore", version=caselore.__version__, path="/api", render_plugins=[JsonRenderPlugin()]
        ),
        request_max_body_size=64 * 1024 * 1024,
        debug=False,
    )


def _prepare(engine: JinjaTemplateEngine) -> None:
    engine.engine.globals |= {"version": caselore.__version__, "families": families()}
    engine.engine.filters |= {"cell": cell_text, "label": label_of}
    engine.engine.trim_blocks = engine.engine.lstrip_blocks = True


AnyRequest = Request[Any, Any, State]


def _not_found(request: AnyRequest, error: NotInCasebook) -> Response[Any]:
    return _told(request, str(error), 404)


def _refused(request: AnyRequest, error: DecisionRefused) -> Response[Any]:
    return _told(request, str(error), 400)


def _overtaken(request: AnyRequest, error: Outdated) -> Response[Any]:
    return _told(request, str(error), 409)


def _failed(request: AnyRequest, error: HTTPException) -> Response[Any]:
    if error.status_code == 401 and is_page(request.scope) and request.app.state.people is not None:
        return Response("", status_code=303, headers={"Location": "/login"})
    return _told(request, error.detail, error.status_code)


def _unusable(request: AnyRequest, error: service.NothingToRead | service.FormatMissing) -> Response[Any]:
    return _told(request, str(error), 400)


def _told(request: AnyRequest, message: str, status: int) -> Response[Any]:
    if is_page(request.scope):
        return Template(
            "error.html", context={"message": message, "status": status, "title": "Not done"}, status_code=status
        )
    return Response({"error": message}, status_code=status)
