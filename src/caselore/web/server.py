"""Runs the application with uvicorn."""

from __future__ import annotations

import gc
from threading import Thread

import uvicorn

from caselore.registry.casebook import Casebook
from caselore.registry.find import Query, find
from caselore.registry.schema import NUMBERS
from caselore.web.app import create_app


def run(casebook: Casebook, *, host: str, port: int, team: bool, names: list[str]) -> None:
    """Serves until it is stopped."""
    Thread(target=warm, args=(casebook,), daemon=True).start()
    app = create_app(casebook, team=team, hosts=names)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


def warm(casebook: Casebook) -> None:
    """Fills and sorts the grid's index, which takes seconds for 50,000 patients; the first visitor does not wait for it.

    What is there then stays as long as the server: the garbage collector need not walk through it again and again.
    """
    for column in ("", *NUMBERS):
        find(casebook.engine, Query(sort=column, size=1), ())
    gc.collect()
    gc.freeze()
