"""What `search` and `fetch` share: settings, and sentences for what goes wrong on the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec

from caselore.fetching.errors import FetchFailed, WrongIdentifier
from caselore.settings import Settings, WrongSettings, load_settings


def settings(cache: Path | None = None) -> Settings:
    """The user's settings, with a cache folder named on the command line."""
    loaded = load_settings()
    return msgspec.structs.replace(loaded, cache=cache) if cache else loaded


@contextmanager
def plain_errors() -> Iterator[None]:
    """One sentence and status 2 for wrong use, status 1 for services that fail."""
    try:
        yield
    except (WrongSettings, WrongIdentifier) as error:
        raise click.UsageError(str(error)) from error
    except FetchFailed as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(
            f"{error.filename or 'A file'}: {(error.strerror or str(error)).lower()}."
        ) from error
