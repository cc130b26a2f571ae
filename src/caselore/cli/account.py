"""`caselore account`: who may use a casebook in team mode."""

from __future__ import annotations

from importlib import import_module

import click

from caselore.cli.casebook import opened
from caselore.cli.console import say


@click.command()
@click.argument("name")
@click.option(
    "--at", "url", metavar="FILE|URL", help="The casebook: a file, or a database URL. Default: that of the settings."
)
@click.option(
    "--role",
    type=click.Choice(["reader", "curator", "admin"]),
    default="curator",
    show_default=True,
    help="A reader sees, a curator decides too, an admin also manages accounts.",
)
@click.password_option(help="At least ten characters; asked for where it is not given.")
def account(name: str, url: str | None, role: str, password: str) -> None:
    """Make the account NAME for `caselore serve --team`."""
    with opened(url) as book:
        people = import_module("caselore.registry.people")
        try:
            people.People(book.engine).create(name, password, people.AccountRole(role))
        except people.WrongAccount as error:
            raise click.UsageError(str(error)) from error
    say(f"{name} may sign in as {role}.")
