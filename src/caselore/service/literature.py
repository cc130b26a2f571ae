"""Search and fetch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from caselore.fetching.articles import Errand, Fetched, fetch_articles
from caselore.fetching.cache import Cache
from caselore.fetching.client import Client
from caselore.fetching.identifiers import parse
from caselore.fetching.metadata import Wish
from caselore.fetching.pace import Patience
from caselore.fetching.search import Findings, search_articles
from caselore.fetching.sources import load_sources
from caselore.settings import Settings, WrongSettings


def search(query: str, settings: Settings, *, catalogue: str = "pmc", most: int = 100) -> Findings:
    """Open-access articles that a catalogue ("pmc", "europepmc" or "both") finds for a query in its own language.

    Raises FetchFailed when the catalogue cannot be asked.
    """
    with _client(settings) as client:
        return search_articles(client, query, catalogue, most, _about(settings))


def fetch(
    identifiers: Iterable[str], output: Path, settings: Settings, *, wish: Wish | None = None, threads: int = 4
) -> Iterator[Fetched]:
    """Brings articles (PMCIDs, PMIDs, DOIs) into the folder `output`, one Fetched for each, in the order given.

    Raises WrongIdentifier before anything is asked; whatever goes wrong with one article is told in its Fetched.
    """
    asked = [parse(words) for words in identifiers]
    about = {key: value for key, value in _about(settings).items() if key != "api_key"}
    with _client(settings) as client:
        errand = Errand(client=client, cache=Cache(settings.cache), output=output, wish=wish or Wish())
        yield from fetch_articles(errand, asked, about, threads)


def _client(settings: Settings) -> Client:
    try:
        sources = load_sources(settings.addresses)
    except ValueError as error:
        raise WrongSettings(str(error)) from error
    return Client(
        sources,
        agent="caselore" + (f" (mailto:{settings.email})" if settings.email else ""),
        with_key=bool(settings.ncbi_api_key),
        patience=Patience(tries=settings.tries, backoff=settings.backoff, timeout=settings.timeout),
    )


def _about(settings: Settings) -> dict[str, str]:
    """Who asks, as NCBI wants to be told."""
    told = {"tool": "caselore", "email": settings.email, "api_key": settings.ncbi_api_key}
    return {key: value for key, value in told.items() if value}
