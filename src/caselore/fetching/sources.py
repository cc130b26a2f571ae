"""The services of `sources.toml`, with addresses replaced where the settings say so."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files

import msgspec

import caselore.fetching as room


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One service: its base address and the rate it may be asked at; `why` tells where the rate comes from."""

    title: str
    address: str
    requests_per_second: float
    why: str
    requests_per_second_with_key: float | None = None

    def rate(self, with_key: bool) -> float:
        """Requests a second that are polite, with or without an API key."""
        return (with_key and self.requests_per_second_with_key) or self.requests_per_second


def load_sources(addresses: Mapping[str, str] | None = None) -> dict[str, Source]:
    """Every service by name. Raises ValueError for an address of a service that does not exist."""
    table = tomllib.loads((files(room) / "sources.toml").read_text(encoding="utf-8"))
    sources = msgspec.convert(table, dict[str, Source])
    for name, address in (addresses or {}).items():
        if name not in sources:
            raise ValueError(f"{name!r} is no source of articles; the sources are {', '.join(sources)}.")
        sources[name] = msgspec.structs.replace(sources[name], address=address)
    return sources


def load_licences() -> dict[str, tuple[str, ...]]:
    """The licence codes behind each choice but "any"."""
    table = tomllib.loads((files(room) / "licences.toml").read_text(encoding="utf-8"))
    return msgspec.convert(table, dict[str, tuple[str, ...]])
