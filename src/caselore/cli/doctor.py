"""`caselore doctor`: whether this installation can do its work."""

from __future__ import annotations

import sys

import click

from caselore import service
from caselore.cli.console import FOUND_OR_FAILED, as_versioned_json, write


@click.command()
@click.option(
    "--at", "url", metavar="FILE|URL", help="A casebook that must be there. Default: that of the settings, if any."
)
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
def doctor(url: str | None, style: str) -> None:
    """Check the installation: program, extras, settings, casebook, fonts, browser.

    Nothing is changed. What is optional may be missing; exit status 1 when something that is needed, installed or named
    does not work.
    """
    findings = list(service.examine(url))
    if style == "json":
        write(None, as_versioned_json(findings))
    else:
        for one in findings:
            click.echo(f"{one.condition.value:8} {one.part:13} {one.words}")
    if any(one.condition is service.Condition.BROKEN for one in findings):
        sys.exit(FOUND_OR_FAILED)
