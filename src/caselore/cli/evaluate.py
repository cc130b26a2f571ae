"""`caselore evaluate`: how far review rows agree with curated ones."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table

from caselore import service
from caselore.cli.console import as_versioned_json, end, out, read_all, wrong_use
from caselore.evaluation.agreement import Agreement, Score


@click.command()
@click.argument("gold", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--patients",
    type=click.Choice(["index", "cited", "all"]),
    default="all",
    show_default=True,
    help="Whose rows are compared: of those treated, of those retold, or of all.",
)
@click.option("--misses", is_flag=True, help="List every cell that differs.")
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that read side by side.")
def evaluate(gold: Path, paths: tuple[Path, ...], patients: str, misses: bool, style: str, jobs: int) -> None:
    """Compare PATHS with the curated rows in the folder GOLD, field by field.

    GOLD holds one JSON object a report: {"source": NAME, "patients": [ROW, ...]}. PATHS are reports, folders of them, or
    a .json file that `caselore table --format json` wrote. A list under a curated scalar means that any of its values is right.
    """
    saved = [path for path in paths if path.suffix == ".json"]
    reports = [path for path in paths if path.suffix != ".json"]
    with wrong_use():
        tables = [one for path in saved for one in service.load_table(path)]
        failures: list[str] = []
        if reports:
            found, failures = read_all(reports, jobs)
            tables += found
        result = service.evaluate(gold, tables, patients)
    if style == "json":
        click.echo(as_versioned_json(_as_json(result)))
    else:
        _print(result, misses)
    end(failures)


def _as_json(result: Agreement) -> dict[str, object]:
    return {
        "reports": result.reports,
        "micro": _numbers(result.total),
        "macro_f1": result.macro_f1,
        "fields": {field: _numbers(score) for field, score in result.fields.items()},
        "misses": result.misses,
    }


def _numbers(score: Score) -> dict[str, float]:
    counts = {"right": score.right, "extra": score.extra, "missing": score.missing}
    return {**counts, "precision": score.precision, "recall": score.recall, "f1": score.f1}


def _print(result: Agreement, misses: bool) -> None:
    console = out()
    if misses:
        listed = Table("source", "patient", "field", "outcome", "curated", "got")
        for miss in result.misses:
            listed.add_row(
                miss.source, miss.patient, miss.field, miss.outcome, str(miss.curated or ""), str(miss.got or "")
            )
        console.print(listed)
    shown = Table("field")
    for name in ("right", "extra", "missing", "precision", "recall", "F1"):
        shown.add_column(name, justify="right")
    for field, score in [*result.fields.items(), ("all cells", result.total)]:
        counts = (score.right, score.extra, score.missing)
        shares = (score.precision, score.recall, score.f1)
        shown.add_row(field, *map(str, counts), *(f"{share:.3f}" for share in shares))
    console.print(shown)
    console.print(f"mean F1 of fields {result.macro_f1:.3f}; {result.reports} curated reports")
