"""Accounts, sessions and the audit log."""

from __future__ import annotations

import pytest

from caselore.registry.casebook import Casebook
from caselore.registry.people import AccountRole, People, WrongAccount


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
