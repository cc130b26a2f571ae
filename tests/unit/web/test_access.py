"""Every route turns away who may not: taken from the application itself, so that none can be forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.testing import TestClient

from caselore.registry.casebook import open_casebook
from caselore.web.app import create_app
from unit.web.conftest import sign_in

OPEN = {"/login", "/static"}
ADMINS_ONLY = {"/accounts"}


def routes() -> Iterator[tuple[str, str]]:
    for method, path, _ in options():
        yield method, path


def options() -> Iterator[tuple[str, str, dict[str, Any]]]:
    app: Litestar = create_app(open_casebook("sqlite://"), team=True)
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if isinstance(handler, HTTPRouteHandler):
                for method in sorted(handler.http_methods - {"OPTIONS", "HEAD"}):
                    yield method, route.path_format, dict(handler.opt)


ROUTES = sorted(set(routes()))
CLOSED = [one for one in ROUTES if not any(one[1].startswith(path) for path in OPEN)]
KEEPS_NOTHING = {
    *("/lint", "/api/lint", "/api/read", "/api/exports", "/api/imports", "/logout"),
    *("/casebook/filters", "/casebook/filters/drop"),
}
CHANGES = [one for one in CLOSED if one[0] != "GET" and one[1] not in KEEPS_NOTHING]


_NEEDED = {
    "timeline.svg": "?patient=p1",
    "similar.json": "?like=a+sarcoma+of+the+knee",
    "differential.json": "?stains=SMA%2B+CD34-",
}
"""What some addresses need to have an answer."""


def ask(client: TestClient[Any], method: str, path: str) -> int:
    filled = (
        path.replace("{report}", "knee")
        .replace("{patient}", "p1")
        .replace("{name}", "reader")
        .replace("{to}", "csv")
        .replace("{number}", "1")
    )
    filled += _NEEDED.get(path.rpartition("/")[2], "")
    return client.request(method, filled, follow_redirects=False).status_code


def test_there_are_routes() -> None:
    assert len(CLOSED) > 20
    assert len(CHANGES) > 5


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_an_outsider_is_turned_away(visitors: dict[str, TestClient[Any]], method: str, path: str) -> None:
    assert ask(visitors["outsider"], method, path) in (401, 303)


@pytest.mark.parametrize(("method", "path"), CHANGES)
def test_a_reader_changes_nothing(visitors: dict[str, TestClient[Any]], method: str, path: str) -> None:
    assert ask(visitors["reader"], method, path) == 403


@pytest.mark.parametrize(("method", "path"), [one for one in CLOSED if one[1].startswith("/accounts")])
def test_only_an_administrator_manages_accounts(visitors: dict[str, TestClient[Any]], method: str, path: str) -> None:
    assert ask(visitors["curator"], method, path) == 403


def test_a_disabled_account_is_out(team: TestClient[Any]) -> None:
    sign_in(team, "admin")
    assert team.get("/accounts").status_code == 200
    team.app.state.people.change("admin", disabled=True)
    assert team.get("/accounts", follow_redirects=False).status_code == 303


def test_signing_in_is_throttled(team: TestClient[Any]) -> None:
    for _ in range(5):
        assert team.post("/login", data={"name": "curator", "password": "wrong wrong"}).status_code == 401
    sign_in(team, "curator")
    assert team.get("/api/reports").status_code == 401
    assert team.post("/login", data={"name": "curator", "password": "x"}).status_code == 429


def test_a_change_needs_the_token_and_our_own_origin(local: TestClient[Any]) -> None:
    decision = {"action": "reject", "column": "sex"}
    path = "/api/reports/knee/patients/p1/decisions"
    assert local.post(path, json=decision, headers={"origin": "https://evil.example"}).status_code == 403
    assert local.post(path, json=decision, headers={"x-csrftoken": "wrong"}).status_code == 403
    assert local.post(path, json=decision).status_code == 201


def test_a_new_route_that_changes_something_is_shut_until_it_says_otherwise() -> None:
    told = {(method, path) for method, path, opt in options() if opt.get("keeps") == "nothing"}
    assert told == {("POST", path) for path in KEEPS_NOTHING}


def test_a_browser_that_says_cross_site_is_refused(local: TestClient[Any]) -> None:
    sent = {"json": {"action": "reject", "column": "sex"}, "headers": {"sec-fetch-site": "cross-site"}}
    assert local.post("/api/reports/knee/patients/p1/decisions", **sent).status_code == 403


def test_another_host_name_is_not_answered(local: TestClient[Any]) -> None:
    assert local.get("/", headers={"host": "evil.example"}).status_code == 400


def test_every_answer_carries_the_policy(local: TestClient[Any]) -> None:
    for path in ("/", "/casebook", "/api/reports", "/static/app.css", "/nothing"):
        policy = local.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize(("method", "path"), [one for one in CLOSED if one[0] == "GET" and "{path}" not in one[1]])
def test_an_administrator_sees_every_page(visitors: dict[str, TestClient[Any]], method: str, path: str) -> None:
    found = 404 if path.endswith("/pages/{number}") else 200  # the report is no PDF
    assert ask(visitors["admin"], method, path.replace("/cohort/{name}", "/cohort/swimmer.svg")) in (found, 302)
