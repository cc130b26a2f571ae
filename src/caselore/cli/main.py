"""The `caselore` command."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from caselore import service


@click.group()
def run() -> None:
    """Published case reports to comparable patients, every fact with the words it came from."""


@run.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "style", default="json")
def table(paths: tuple[Path, ...], style: str) -> None:
    """Review rows of files and folders."""
    files = [f for p in paths for f in (sorted(p.glob("*.txt")) if p.is_dir() else [p])]
    found = [{"source": f.stem, "patients": service.rows(service.read(f))} for f in files]
    click.echo(msgspec.json.format(msgspec.json.encode(found), indent=1).decode())
