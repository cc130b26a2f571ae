"""Runs the application with uvicorn."""

from __future__ import annotations

from threading import Thread

import uvicorn

from caselore.registry.casebook import Casebook
from caselore.registry.find import Query, find
from caselore.registry.schema import NUMBERS
from caselore.web.app import create_app


def run(casebook: Casebook, *, host: str, port: int, team: bool, names: list[str]) -> None:
    """Serves until it is stopped."""
    Thread(target=_warm, args=(casebook,), daemon=True).start()
    app = create_app(casebook, team=team, hosts=names)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


def _warm(casebook: Casebook) -> None:
    """The grid's index of 50,000 patients takes two seconds to fill and to sort; the first visitor does not wait for it."""
    for column in ("", *NUMBERS):
        find(casebook.engine, Query(sort=column, size=1), ())
