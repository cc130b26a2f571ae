"""Runs the application with uvicorn."""

from __future__ import annotations

import uvicorn

from caselore.registry.casebook import Casebook
from caselore.web.app import create_app


def run(casebook: Casebook, *, host: str, port: int, team: bool, names: list[str]) -> None:
    """Serves until it is stopped."""
    app = create_app(casebook, team=team, hosts=names)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
