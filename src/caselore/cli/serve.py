"""`caselore serve`: the casebook in the browser."""

from __future__ import annotations

from importlib import import_module

import click

from caselore.cli.casebook import opened
from caselore.cli.console import say


@click.command()
@click.option(
    "--at", "url", metavar="FILE|URL", help="The casebook: a file, or a database URL. Default: that of the settings."
)
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="The port to listen at.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; anything else needs --team.")
@click.option("--team", is_flag=True, help="Ask for accounts; `caselore account` makes them.")
@click.option("--name", "names", multiple=True, help="A host name that this server is reached by.")
def serve(url: str | None, port: int, host: str, team: bool, names: tuple[str, ...]) -> None:
    """Serve the casebook to the browser of this machine, or with --team to others.

    Without --team nobody else can reach it, and nothing leaves this machine.
    """
    if not team and host not in ("127.0.0.1", "localhost", "::1"):
        raise click.UsageError("Without --team only this machine may reach the casebook; leave --host away.")
    try:
        server = import_module("caselore.web.server")
    except ImportError as error:
        raise click.ClickException(
            f"The web application needs {error.name}, which is not installed: pip install 'caselore[web]'."
        ) from error
    with opened(url) as book:
        say(f"Open http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/ ; Ctrl+C stops.")
        server.run(book, host=host, port=port, team=team, names=list(names))
