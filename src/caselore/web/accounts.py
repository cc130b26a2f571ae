"""Team mode: signing in and out, accounts, the audit log."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, get, post
from litestar.datastructures import Cookie, State
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException, TooManyRequestsException
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template

from caselore.registry.people import AccountRole, WrongAccount
from caselore.web.security import COOKIE, manages

Asked = Request[Any, Any, State]
Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/login", sync_to_thread=False, opt={"open": True})
def login_page() -> Template:
    """Where one signs in."""
    return Template("login.html", context={"title": "Sign in"})


@post("/login", sync_to_thread=True, opt={"open": True})
def login(request: Asked, data: Form) -> Redirect | Template:
    """Starts a session; after five failures within five minutes the name waits."""
    name, throttle = data.get("name", ""), request.app.state.throttle
    if throttle.waits(name):
        raise TooManyRequestsException("Too many attempts; wait five minutes.")
    token = request.app.state.people.log_in(name, data.get("password", ""))
    if token is None:
        throttle.failed(name)
        context = {"title": "Sign in", "problem": "Name and password do not fit.", "name": name}
        return Template("login.html", context=context, status_code=401)
    request.app.state.people.record(name, "signed in")
    secure = request.url.scheme == "https"
    cookie = Cookie(key=COOKIE, value=token, httponly=True, samesite="strict", secure=secure, path="/")
    return Redirect("/", status_code=303, cookies=[cookie])


@post("/logout", sync_to_thread=True, opt={"keeps": "nothing", "blind": True})
def logout(request: Asked) -> Redirect:
    """Ends the session."""
    request.app.state.people.log_out(request.auth or "")
    return Redirect("/login", status_code=303)


@get("/accounts", guards=[manages], sync_to_thread=False)
def account_list(request: Asked) -> Template:
    """Accounts and the audit log, for administrators."""
    people = request.app.state.people
    context = {
        "title": "Accounts",
        "accounts": people.accounts(),
        "audit": people.recorded(),
        "roles": list(AccountRole),
    }
    return Template("accounts.html", context=context)


@post("/accounts", guards=[manages], sync_to_thread=True)
def account_make(request: Asked, data: Form) -> Redirect:
    """Makes an account."""
    people = request.app.state.people
    try:
        made = people.create(data.get("name", ""), data.get("password", ""), AccountRole(data.get("role", "reader")))
    except (WrongAccount, ValueError) as error:
        raise ClientException(str(error)) from error
    people.record(request.user.name, f"made the account {made.name} ({made.role.value})")
    return Redirect("/accounts", status_code=303)


@post("/accounts/{name:str}", guards=[manages], sync_to_thread=True)
def account_change(request: Asked, name: FromPath[str], data: Form) -> Redirect:
    """Disables an account or lets it in again; makes it read blind to others, or see them."""
    people = request.app.state.people
    if "blind" in data:
        blind = data["blind"] == "1"
        people.change(name, blind=blind)
        people.record(request.user.name, f"{name} {'reads blind' if blind else 'sees what others decided'}")
        return Redirect("/accounts", status_code=303)
    disabled = data.get("disabled") == "1"
    if name == request.user.name:
        raise ClientException("Nobody shuts himself out.")
    people.change(name, disabled=disabled)
    people.record(request.user.name, f"{'disabled' if disabled else 'enabled'} the account {name}")
    return Redirect("/accounts", status_code=303)


ROUTES = (login_page, login, logout, account_list, account_make, account_change)
