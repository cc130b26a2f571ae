"""Accounts, sessions and the audit log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from caselore.registry.casebook import Casebook
from caselore.registry.people import IDLE_MINUTES, AccountRole, People, WrongAccount
from caselore.registry.schema import sessions


def test_a_session_opens_with_the_right_password_and_ends(casebook: Casebook) -> None:
    people = People(casebook.engine)
    people.create("ann", "correct horse battery", AccountRole.CURATOR)
    assert people.log_in("ann", "wrong horse battery") is None
    assert people.log_in("nobody", "correct horse battery") is None
    token = people.log_in("ann", "correct horse battery")
    assert token is not None
    account = people.who(token)
    assert account is not None
    assert (account.name, account.role) == ("ann", AccountRole.CURATOR)
    people.log_out(token)
    assert people.who(token) is None


def test_a_disabled_account_is_out_at_once(casebook: Casebook) -> None:
    people = People(casebook.engine)
    people.create("ann", "correct horse battery", AccountRole.READER)
    token = people.log_in("ann", "correct horse battery") or ""
    people.change("ann", disabled=True)
    assert people.who(token) is None
    assert people.log_in("ann", "correct horse battery") is None


@pytest.mark.parametrize(("name", "password"), [("", "long enough 1"), ("ann", "short"), ("eve", "long enough 1")])
def test_an_account_needs_a_free_name_and_a_long_password(casebook: Casebook, name: str, password: str) -> None:
    people = People(casebook.engine)
    people.create("eve", "long enough 0", AccountRole.ADMIN)
    with pytest.raises(WrongAccount):
        people.create(name, password, AccountRole.READER)


def test_the_audit_log_tells_the_newest_first(casebook: Casebook) -> None:
    people = People(casebook.engine)
    people.record("ann", "exported 2 patients")
    people.record("eve", "made the account bob")
    assert [line.account for line in people.recorded()] == ["eve", "ann"]


def test_a_session_that_nobody_uses_ends(casebook: Casebook) -> None:
    people = People(casebook.engine)
    people.create("ann", "correct horse battery", AccountRole.CURATOR)
    token = people.log_in("ann", "correct horse battery") or ""
    for minutes, open_still in ((IDLE_MINUTES - 1, True), (2 * IDLE_MINUTES, False)):
        used = (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat(timespec="seconds")
        with casebook.engine.begin() as connection:
            connection.execute(update(sessions).values(used_at=used))
        assert (people.who(token) is not None) is open_still
        if open_still:  # asking keeps it open
            with casebook.engine.connect() as connection:
                assert connection.execute(select(sessions.c.used_at)).scalar_one() > used


def test_nobody_is_called_consensus(casebook: Casebook) -> None:
    with pytest.raises(WrongAccount, match="settle"):
        People(casebook.engine).create("Consensus", "correct horse battery", AccountRole.CURATOR)
