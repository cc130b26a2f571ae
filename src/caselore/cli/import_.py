"""`caselore import`: patients from the formats of others, as a review table."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from caselore import service
from caselore.cli.casebook import opened
from caselore.cli.console import end, say, write, wrong_use
from caselore.codec import encode_tables
from caselore.exchange.tables import SourceRows


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of stdout."
)
@click.option(
    "--casebook", "address", metavar="FILE|URL", help="Keep the patients in this casebook instead of printing them."
)
def import_(files: tuple[Path, ...], output: Path | None, address: str | None) -> None:
    """Print the patients of FILES as `caselore table --format json` does.

    FILES are phenopackets (anybody's), review tables (.json, .csv, .parquet), CSV exports of REDCap with the fields of
    `caselore export --to redcap`, or sidecars of an export. Patients of a phenopacket have no sentences.
    """
    if output and address:
        raise click.UsageError("Choose --output or --casebook, not both.")
    tables: list[SourceRows] = []
    for path in files:
        with wrong_use():
            try:
                found = service.import_file(path)
            except service.FormatMissing as error:
                raise click.ClickException(str(error)) from error
        tables.extend(found.tables)
        for warning in found.warnings:
            say(warning)
    if address:
        _keep(tables, address)
        return
    write(output, msgspec.json.format(encode_tables(tables), indent=1).decode())


def _keep(tables: list[SourceRows], address: str) -> None:
    with opened(address) as book:
        done = list(service.add_rows(book, tables))
    for one in done:
        if one.failure is None:
            say(f"{one.path}: {one.what}, {one.patients} patients")
    end([one.failure for one in done if one.failure])
