"""`caselore differential`: what else it could be, by published staining rates."""

from __future__ import annotations

from pathlib import Path

import click

from caselore import service
from caselore.cli.console import as_json, write, wrong_use
from caselore.exchange.differentials import to_text


@click.command()
@click.argument("report", required=False, type=click.Path(path_type=Path))
@click.option("--ihc", "stains", help="Stains as typed: 'SMA+ desmin- S100- CD34+ (focal) STAT6?'; ? is not known.")
@click.option("--age", type=click.FloatRange(0, 120), help="Age in years; turns the prior on.")
@click.option("--site", "sites", multiple=True, help="Where the tumour is; turns the prior on. May be repeated.")
@click.option("--prior", "with_prior", is_flag=True, help="Weigh published frequency too, and a report's age and site.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of stdout."
)
def differential(
    report: Path | None,
    stains: str | None,
    age: float | None,
    sites: tuple[str, ...],
    with_prior: bool,
    style: str,
    output: Path | None,
) -> None:
    """Which diagnoses fit the stains of REPORT, or those of --ihc, by published figures; and which stain to do next.

    With REPORT, the stains argue with the authors' diagnosis. Not a diagnosis: arithmetic on published rates.
    """
    if (report is None) == (stains is None):
        raise click.UsageError("Give either a report or stains with --ihc.")
    if report is not None and (age is not None or sites):
        raise click.UsageError("--age and --site belong to --ihc; a report brings its own, with --prior.")
    try:
        with wrong_use():
            found = (
                (service.differential(stains, age=age, sites=sites, with_prior=with_prior),)
                if stains is not None
                else service.differential_of(service.read(str(report)), with_prior=with_prior)
            )
    except (service.WrongStains, service.WrongSite) as error:
        raise click.UsageError(str(error)) from error
    except (service.NothingToWeigh, service.BrokenPanel) as error:
        raise click.ClickException(str(error)) from error
    if style == "json":
        write(output, as_json(found))
    else:
        write(output, "\n".join(map(to_text, found)))
