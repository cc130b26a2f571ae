"""Accounts of team mode: who may read, who may decide, who may manage; sessions that expire; what was done."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import ColumnElement, Engine, Row, delete, insert, or_, select, update

from caselore.registry.curation import CONSENSUS
from caselore.registry.database import writing
from caselore.registry.schema import accounts, audit, sessions

SESSION_HOURS = 12
"""A session ends then, whatever was done."""
IDLE_MINUTES = 60
"""A session ends so long after the last request."""
_TOUCH_SECONDS = 60
"""How often the time of the last request is written down."""
_SHORTEST = 10
_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))
"""Checked where there is no such account, so that the answer takes as long."""


class AccountRole(StrEnum):
    READER = "reader"
    """sees everything, decides nothing"""
    CURATOR = "curator"
    ADMIN = "admin"
    """curates, and manages accounts"""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    role: AccountRole
    disabled: bool = False
    blind: bool = False
    """sees nobody else's decisions"""


class AuditLine(msgspec.Struct, frozen=True, kw_only=True):
    at: str
    account: str
    what: str


class WrongAccount(ValueError):
    """An account that cannot be made or changed; the message says why."""


class People:
    """The accounts, sessions and the audit log of one casebook."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(self, name: str, password: str, role: AccountRole) -> Account:
        """Raises WrongAccount for a name that is taken or empty, and for a password under ten characters."""
        name = name.strip()
        if not name or len(name) > 64 or not name.isprintable():
            raise WrongAccount("An account needs a name of at most 64 printable characters.")
        if name.casefold() == CONSENSUS:
            raise WrongAccount(f"{CONSENSUS} is the name under which two readers settle; choose another one.")
        if len(password) < _SHORTEST:
            raise WrongAccount(f"A password needs at least {_SHORTEST} characters.")
        if self.account(name) is not None:
            raise WrongAccount(f"There is an account {name} already.")
        with writing(self._engine) as connection:
            connection.execute(
                insert(accounts).values(
                    name=name,
                    role=role.value,
                    password=_HASHER.hash(password),
                    disabled=False,
                    blind=False,
                    created_at=_stamp(),
                )
            )
        return Account(name=name, role=role)

    def account(self, name: str) -> Account | None:
        with self._engine.connect() as connection:
            row = connection.execute(select(accounts).where(accounts.c.name == name)).one_or_none()
        return None if row is None else _account(row)

    def accounts(self) -> list[Account]:
        with self._engine.connect() as connection:
            rows = connection.execute(select(accounts).order_by(accounts.c.name)).all()
        return [_account(row) for row in rows]

    def change(
        self,
        name: str,
        *,
        role: AccountRole | None = None,
        disabled: bool | None = None,
        blind: bool | None = None,
    ) -> None:
        """Another role, blind to others or not, or no entry any more; open sessions of a disabled account end."""
        values = {"role": role.value if role else None, "disabled": disabled, "blind": blind}
        given = {key: value for key, value in values.items() if value is not None}
        with writing(self._engine) as connection:
            if given:
                connection.execute(update(accounts).where(accounts.c.name == name).values(**given))
            if disabled:
                connection.execute(delete(sessions).where(sessions.c.account == name))

    def log_in(self, name: str, password: str) -> str | None:
        """A session token for the cookie, or None; an unknown name takes as long as a wrong password."""
        with self._engine.connect() as connection:
            row = connection.execute(select(accounts).where(accounts.c.name == name)).one_or_none()
        right = _fits(row.password if row else _NOBODY, password)
        if row is None or not right or row.disabled:
            return None
        token = secrets.token_urlsafe(32)
        start = datetime.now(UTC)
        with writing(self._engine) as connection:
            connection.execute(delete(sessions).where(_over(start)))
            connection.execute(
                insert(sessions).values(
                    token=_digest(token),
                    account=name,
                    expires_at=_told(start + timedelta(hours=SESSION_HOURS)),
                    used_at=_told(start),
                )
            )
        return token

    def log_out(self, token: str) -> None:
        with writing(self._engine) as connection:
            connection.execute(delete(sessions).where(sessions.c.token == _digest(token)))

    def who(self, token: str) -> Account | None:
        """The account of a session that has not expired and was used within `IDLE_MINUTES`."""
        time = datetime.now(UTC)
        query = (
            select(accounts, sessions.c.used_at)
            .join(sessions, sessions.c.account == accounts.c.name)
            .where(sessions.c.token == _digest(token), ~_over(time), accounts.c.disabled.is_(False))
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        if row.used_at < _told(time - timedelta(seconds=_TOUCH_SECONDS)):
            with writing(self._engine) as connection:
                used = update(sessions).where(sessions.c.token == _digest(token)).values(used_at=_told(time))
                connection.execute(used)
        return _account(row)

    def record(self, account: str, what: str) -> None:
        """Adds a line to the audit log."""
        with writing(self._engine) as connection:
            connection.execute(insert(audit).values(at=_stamp(), account=account, what=what))

    def recorded(self, most: int = 200) -> list[AuditLine]:
        """The newest lines of the audit log, newest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(audit).order_by(audit.c.id.desc()).limit(most)).all()
        return [AuditLine(at=row.at, account=row.account, what=row.what) for row in rows]


def _account(row: Row[Any]) -> Account:
    return Account(name=row.name, role=AccountRole(row.role), disabled=row.disabled, blind=row.blind)


def _fits(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (Argon2Error, InvalidHashError):
        return False


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _over(time: datetime) -> ColumnElement[bool]:
    """Sessions that are over at a time."""
    idle = _told(time - timedelta(minutes=IDLE_MINUTES))
    return or_(sessions.c.expires_at < _told(time), sessions.c.used_at < idle)


def _stamp() -> str:
    return _told(datetime.now(UTC))


def _told(time: datetime) -> str:
    return time.isoformat(timespec="seconds")
