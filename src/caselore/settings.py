"""What a user or an institution can set once: the only reader of environment variables and of the config file."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import platformdirs

PREFIX = "CASELORE_"


START_CACHE = Path(platformdirs.user_cache_dir("caselore", appauthor=False)) / "start"
"""Where answers are kept that are the same at every start."""


class WrongSettings(ValueError):
    """A setting that cannot be used; the message is a sentence for the user."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of the casebook and of the commands that use the network; no other command needs any.

    `email` tells the services whom to write to about our requests, as NCBI asks for; `ncbi_api_key` raises the rate.
    `addresses` replaces addresses of services by name. Times are in seconds. `casebook` is the database URL of the casebook.
    """

    cache: Path = Path(platformdirs.user_cache_dir("caselore", appauthor=False)) / "articles"
    email: str | None = None
    ncbi_api_key: str | None = None
    addresses: dict[str, str] = {}
    tries: int = 5
    backoff: float = 1.0
    timeout: float = 30.0
    casebook: str = f"sqlite:///{Path(platformdirs.user_data_dir('caselore', appauthor=False)) / 'casebook.db'}"


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Defaults, then the config file (CASELORE_CONFIG, or `caselore/config.toml` in the user's config folder), then
    environment variables: CASELORE_CACHE, CASELORE_EMAIL, CASELORE_NCBI_API_KEY, CASELORE_TRIES, CASELORE_BACKOFF,
    CASELORE_TIMEOUT, CASELORE_CASEBOOK, and CASELORE_ADDRESS_<SERVICE>. Raises WrongSettings.
    """
    environment = os.environ if environment is None else environment
    values = _file(environment)
    addresses = values.get("addresses", {})
    if not isinstance(addresses, dict):
        raise WrongSettings("addresses must be a table of services and their addresses.")
    for name in Settings.__struct_fields__:
        if name != "addresses" and (value := environment.get(f"{PREFIX}{name.upper()}")):
            values[name] = value
    before = f"{PREFIX}ADDRESS_"
    named = {key.removeprefix(before).lower(): value for key, value in environment.items() if key.startswith(before)}
    try:
        settings = msgspec.convert(
            {**values, "addresses": {**addresses, **named}}, Settings, strict=False, dec_hook=_path
        )
    except msgspec.ValidationError as error:
        raise WrongSettings(f"A setting cannot be used: {error}.") from error
    if settings.tries < 1 or settings.timeout <= 0 or settings.backoff < 0:
        raise WrongSettings("tries must be at least 1, timeout above 0 and backoff not negative.")
    for name, address in settings.addresses.items():
        if not address.startswith(("https://", "http://")):
            raise WrongSettings(f"The address of {name} must begin with https:// or http://.")
    return msgspec.structs.replace(settings, cache=settings.cache.expanduser())


def _path(kind: type, value: Any) -> Any:
    """Paths are written as text."""
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise ValueError(f"a {kind.__name__} is expected")


def _file(environment: Mapping[str, str]) -> dict[str, Any]:
    named = environment.get(f"{PREFIX}CONFIG")
    path = Path(named) if named else Path(platformdirs.user_config_dir("caselore", appauthor=False)) / "config.toml"
    if not named and not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WrongSettings(f"{path} is no readable TOML file: {error}.") from error
