"""A library on loopback, and a client that talks to it without waiting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from caselore.fetching.articles import Errand
from caselore.fetching.cache import Cache
from caselore.fetching.client import Client
from caselore.fetching.metadata import Wish
from caselore.fetching.pace import Patience
from caselore.fetching.sources import load_sources
from fakes.library import Library, library
from fakes.waits import Waits


@pytest.fixture
def books(monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with library() as books:
        yield books


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def client(books: Library, waits: Waits) -> Iterator[Client]:
    sources = load_sources(books.addresses)
    patience = Patience(tries=3, backoff=1, timeout=0.5, longest_wait=60)
    with Client(sources, agent="tests", patience=patience, clock=waits.clock, sleep=waits.sleep) as client:
        yield client


@pytest.fixture
def errand(client: Client, tmp_path: Path) -> Errand:
    return Errand(client=client, cache=Cache(tmp_path / "cache"), output=tmp_path / "out", wish=Wish())
