"""Runs the application with uvicorn."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def serving(casebook: Casebook, *, team: bool = False) -> Iterator[str]:
    """The address of the application while it runs in a thread of this process, at a free port of this machine only."""
    config = uvicorn.Config(create_app(casebook, team=team), host="127.0.0.1", port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(30)


def warm(casebook: Casebook) -> None:
    """Fills and sorts the grid's index, which takes seconds for 50,000 patients; the first visitor does not wait for it.

    What is there then stays as long as the server: the garbage collector need not walk through it again and again.
    """
    for column in ("", *NUMBERS):
        find(casebook.engine, Query(sort=column, size=1), ())
    gc.collect()
    gc.freeze()
