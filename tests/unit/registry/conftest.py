"""A casebook with two fictional reports: in a fresh file, and on a real PostgreSQL server that the tests start."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from caselore import service
from caselore.model.case import Report
from caselore.model.fact import Value
from caselore.registry.casebook import Casebook, open_casebook
from postgres_server import needs_postgres, server

KNEE = """Synovial sarcoma of the knee

Case report

A 34-year-old man presented with a mass of the left knee. MRI showed a mass of 6 cm. The tumor was completely resected.
Histology showed synovial sarcoma. At 12 months he was alive without recurrence."""
STOMACH = """A tumor of the stomach

Case report

A 61-year-old woman had a gastric mass of 4 cm. It was resected and was a gastrointestinal stromal tumor.
She died after 8 months."""

_NUMBERS = count(1)


def read(text: str, source: str) -> Report[Value]:
    return service.read_text(text, source)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with server() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=needs_postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty casebook: a file that is not there yet, or a fresh database of the server."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'casebook.db'}"
    url, name = request.getfixturevalue("postgres"), f"casebook_{next(_NUMBERS)}"
    engine = create_engine(f"{url}/postgres".replace(":", "+psycopg:", 1), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{url}/{name}"


@pytest.fixture
def casebook(address: str) -> Iterator[Casebook]:
    book = open_casebook(address)
    for text_, source in ((KNEE, "knee"), (STOMACH, "stomach")):
        book.add(read(text_, source))
    yield book
    book.close()
