"""What every request must pass: the right host, the right origin, an account that may; and what every answer carries."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

from anyio import to_thread
from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.datastructures import MutableScopeHeaders, State
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.types import Message, Scope

from caselore.registry.people import Account, AccountRole, People

COOKIE = "caselore_session"
YOU = Account(name="you", role=AccountRole.ADMIN)
"""Whoever sits at the machine, in local mode."""
LARGEST_UPLOAD = 60 * 1024 * 1024
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class WhoAsks(AbstractAuthenticationMiddleware):
    """Puts the account of the session, or the person at the machine, on the request; nobody where there is none."""

    async def authenticate_request(self, connection: ASGIConnection) -> AuthenticationResult:  # type: ignore[type-arg]
        people: People | None = connection.app.state.people
        if people is None:
            return AuthenticationResult(user=YOU, auth=None)
        token = connection.cookies.get(COOKIE)
        return AuthenticationResult(user=await to_thread.run_sync(people.who, token) if token else None, auth=token)


def signed_in(connection: ASGIConnection, handler: BaseRouteHandler) -> None:  # type: ignore[type-arg]
    """The guard of the whole application. A route that needs no account says `opt={"open": True}`; a request that is more
    than reading needs a curator unless its route says `opt={"keeps": "nothing"}`; somebody who reads blind sees only routes that
    say `opt={"blind": True}`, which show nobody else's decisions. What a new route forgets stays shut."""
    if handler.opt.get("open"):
        return
    if connection.user is None:
        raise NotAuthorizedException("Sign in to see this.")
    if connection.user.blind and not handler.opt.get("blind"):
        raise PermissionDeniedException(
            "You read blind: what others decided opens when an administrator ends the blind reading."
        )
    if connection.scope.get("method") not in SAFE and handler.opt.get("keeps") != "nothing":
        curates(connection, handler)


def reads_as(request: Request[Account, str | None, State]) -> str | None:
    """The reader whose decisions alone are shown, for somebody who reads blind; None for everybody else."""
    return request.user.name if request.user.blind else None


def curates(connection: ASGIConnection, handler: BaseRouteHandler) -> None:  # type: ignore[type-arg]
    """The guard of everything that changes the casebook."""
    if connection.user is None:
        raise NotAuthorizedException("Sign in to change anything.")
    if connection.user.role is AccountRole.READER:
        raise PermissionDeniedException("A reader's account changes nothing; ask for a curator's.")


def manages(connection: ASGIConnection, handler: BaseRouteHandler) -> None:  # type: ignore[type-arg]
    """The guard of accounts and of the audit log."""
    if connection.user is None:
        raise NotAuthorizedException("Sign in as an administrator.")
    if connection.user.role is not AccountRole.ADMIN:
        raise PermissionDeniedException("Only an administrator manages accounts.")


async def same_origin(request: Request[Account | None, str | None, State]) -> Response[str] | None:
    """Refuses a name that is not ours, and a change that another site's page asks for, whatever its cookie."""
    if urlsplit(f"//{request.headers.get('host', '')}").hostname not in request.app.state.hosts:
        return Response("This server is not known by that name.", status_code=400, media_type="text/plain")
    if request.method in SAFE:
        return None
    told = request.headers.get("origin")
    elsewhere = request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none")
    if elsewhere or (told and urlsplit(told).netloc != request.headers.get("host", "")):
        return Response("This request comes from another site.", status_code=403, media_type="text/plain")
    length = request.headers.get("content-length") or "0"
    if not length.isdecimal() or int(length) > LARGEST_UPLOAD:
        return Response("At most 60 MB at once.", status_code=413, media_type="text/plain")
    return None


async def with_headers(message: Message, scope: Scope) -> None:
    """Puts the policy on every answer, errors and files included."""
    if message["type"] == "http.response.start":
        headers = MutableScopeHeaders.from_message(message=message)
        for name, value in HEADERS.items():
            headers.setdefault(name, value)


class Throttle:
    """At most `most` failed sign-ins for a name within `seconds`; then it waits, whatever the password."""

    def __init__(self, most: int = 5, seconds: float = 300) -> None:
        self._most, self._seconds = most, seconds
        self._failed: dict[str, list[float]] = {}

    def waits(self, name: str) -> bool:
        since = time.monotonic() - self._seconds
        recent = [at for at in self._failed.get(name, []) if at > since]
        self._failed[name] = recent
        return len(recent) >= self._most

    def failed(self, name: str) -> None:
        self._failed.setdefault(name, []).append(time.monotonic())


def is_page(scope: Scope) -> bool:
    """Whether a person's browser asks, who wants a page rather than JSON."""
    path = str(scope["path"])
    return not path.startswith("/api") and not path.endswith((".json", ".csv", ".xlsx", ".svg", ".png", ".pdf"))
