"""`caselore import`: patients from the formats of others, as a review table."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from caselore import service
from caselore.cli.console import say, write, wrong_use
from caselore.codec import encode_tables
from caselore.exchange.tables import SourceRows


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of stdout."
)
def import_(files: tuple[Path, ...], output: Path | None) -> None:
    """Print the patients of FILES as `caselore table --format json` does.

    FILES are phenopackets (anybody's), review tables (.json, .csv, .parquet), CSV exports of REDCap with the fields of
    `caselore export --to redcap`, or sidecars of an export. Patients of a phenopacket have no sentences.
    """
    tables: list[SourceRows] = []
    for path in files:
        with wrong_use():
            try:
                found = service.import_file(path)
            except service.ParquetMissing as error:
                raise click.ClickException(str(error)) from error
        tables.extend(found.tables)
        for warning in found.warnings:
            say(warning)
    write(output, msgspec.json.format(encode_tables(tables), indent=1).decode())
