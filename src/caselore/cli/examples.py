"""`caselore examples`: reports to try everything on."""

from __future__ import annotations

from pathlib import Path

import click

from caselore import service
from caselore.cli.console import say, write_bytes


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def examples(folder: Path) -> None:
    """Write the reports of the tutorial into FOLDER, which is made if need be. Their patients are fictional."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"{folder} cannot be made: {(error.strerror or str(error)).lower()}.") from error
    reports = service.example_reports()
    for name, content in reports.items():
        write_bytes(folder / name, content)
    say(f"{folder} holds {len(reports)} reports of fictional patients; `caselore table {folder}` reads them.")
