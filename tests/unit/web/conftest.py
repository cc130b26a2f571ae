"""The application on a casebook with one fictional report; in local mode, and in team mode with three accounts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from litestar.testing import TestClient

from caselore import service
from caselore.registry.casebook import Casebook, open_casebook
from caselore.registry.people import AccountRole, People
from caselore.web.app import create_app

REPORT = """Synovial sarcoma of the knee

Case report

A 34-year-old man presented with a mass of the left knee. MRI showed a mass of 6 cm. The tumor was completely resected.
Histology showed synovial sarcoma. At 12 months he was alive without recurrence."""
PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook with one report and an account for each role: hashing passwords takes its time, so that it is done once."""
    path = tmp_path_factory.mktemp("web") / "filled.db"
    casebook = open_casebook(f"sqlite:///{path}")
    casebook.add(service.read_text(REPORT, "knee"))
    people = People(casebook.engine)
    for role in AccountRole:
        people.create(role.value, PASSWORD, role)
    casebook.close()
    return path


@pytest.fixture
def book(filled: Path, tmp_path: Path) -> Iterator[Casebook]:
    casebook = open_casebook(f"sqlite:///{shutil.copy(filled, tmp_path / 'casebook.db')}")
    yield casebook
    casebook.close()


def client_of(book: Casebook, *, team: bool) -> TestClient:  # type: ignore[type-arg]
    return TestClient(create_app(book, team=team), base_url="http://127.0.0.1")


@pytest.fixture
def local(book: Casebook) -> Iterator[TestClient]:  # type: ignore[type-arg]
    with client_of(book, team=False) as client:
        client.get("/")  # takes the token that every change must carry
        client.headers["x-csrftoken"] = client.cookies["caselore_csrf"]
        yield client


@pytest.fixture
def team(book: Casebook) -> Iterator[TestClient]:  # type: ignore[type-arg]
    with client_of(book, team=True) as client:
        client.get("/login")
        client.headers["x-csrftoken"] = client.cookies["caselore_csrf"]
        yield client


@pytest.fixture(scope="module")
def visitors(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, TestClient]]:  # type: ignore[type-arg]
    """One application for all who only try: an outsider, and an account of each role, signed in."""
    path = tmp_path_factory.mktemp("visitors") / "casebook.db"
    casebook = open_casebook(f"sqlite:///{shutil.copy(filled, path)}")
    app = create_app(casebook, team=True)
    with ExitStack() as open_ones:
        found = {}
        for name in ("outsider", *AccountRole):
            client = open_ones.enter_context(TestClient(app, base_url="http://127.0.0.1"))
            client.get("/login")
            client.headers["x-csrftoken"] = client.cookies["caselore_csrf"]
            if name != "outsider":
                sign_in(client, name)
            found[str(name)] = client
        yield found
    casebook.close()


def sign_in(client: TestClient, name: str) -> None:  # type: ignore[type-arg]
    client.post("/login", data={"name": name, "password": PASSWORD}, follow_redirects=False)
