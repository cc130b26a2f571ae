"""`caselore schema`: the JSON Schemas of what caselore writes."""

from __future__ import annotations

import json

import click

from caselore.codec import report_schema, table_schema


@click.command()
@click.argument("what", type=click.Choice(["report", "table"]))
def schema(what: str) -> None:
    """Print the JSON Schema of a report (`read --format json`) or of the review table (`table --format json`)."""
    click.echo(json.dumps(report_schema() if what == "report" else table_schema(), indent=2))
