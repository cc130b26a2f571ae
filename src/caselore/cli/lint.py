"""`caselore lint`: what contradicts itself in case reports."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.markup import escape

from caselore import service
from caselore.cli.console import FOUND_OR_FAILED, as_json, end, out, say, wrong_use
from caselore.exchange.findings import to_github, to_sarif
from caselore.model.diagnostic import Findings, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_QUOTE = 90


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "style", type=click.Choice(["text", "json", "sarif", "github"]), default="text", show_default=True
)
@click.option(
    "--select", default="", help="Only these rules: codes, beginnings of codes, or names, with commas between."
)
@click.option("--ignore", default="", help="Not these rules.")
@click.option(
    "--explain", metavar="CODE", help="Say what a rule finds, why, and what it leaves alone; `all` lists them."
)
def lint(paths: tuple[Path, ...], style: str, select: str, ignore: str, explain: str | None) -> None:
    """Find what contradicts itself in PATHS: reports, folders and archives of them, or - for standard input.

    Exit status 1 when something was found. A finding is a reason to look, not proof of an error.
    """
    if explain is not None:
        _explain(explain)
        return
    if not paths:
        raise click.UsageError("Missing argument 'PATHS...'.")
    with wrong_use():
        files = service.report_files(paths)
    try:
        outcomes = list(service.lint_files(files, _words(select), _words(ignore)))
    except service.UnknownRule as error:
        raise click.UsageError(str(error)) from error
    results = [outcome.findings for outcome in outcomes if outcome.findings is not None]
    names = {one.findings.source: one.path for one in outcomes if one.findings is not None}
    if style == "json":
        click.echo(as_json(results))
    elif style == "sarif":
        click.echo(to_sarif(results, names, service.lint_rules()))
    elif style == "github":
        click.echo(to_github(results, names), nl=False)
    else:
        _print(results)
    end([outcome.failure for outcome in outcomes if outcome.failure is not None])
    if any(one.findings for one in results):
        sys.exit(FOUND_OR_FAILED)


def _words(option: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in option.split(",") if word.strip())


def _explain(code: str) -> None:
    rules = service.lint_rules()
    if code.lower() == "all":
        for rule in rules:
            click.echo(f"{rule.code}  {rule.name}  {rule.explanation.splitlines()[0]}")
        return
    found = [rule for rule in rules if code.upper() == rule.code or code == rule.name]
    if not found:
        raise click.UsageError(f"{code!r} is no rule; `caselore lint --explain all` lists them.")
    click.echo(f"{found[0].code} {found[0].name} ({found[0].severity})\n\n{found[0].explanation}")


def _print(results: list[Findings]) -> None:
    """A heading a report, a line a finding, a line a place."""
    count = 0
    for result in results:
        if not result.findings:
            continue
        out().print(f"[bold]{escape(result.source)}[/bold]")
        for one in result.findings:
            count += 1
            colour = _COLOURS[one.severity]
            out().print(f"  [{colour}]{one.code}[/{colour}] {escape(one.message)} [dim]({one.rule})[/dim]")
            for place in one.places:
                words = " ".join(place.quote.split())
                short = words if len(words) <= _QUOTE else words[: _QUOTE - 1] + "…"
                out().print(f"      line {place.line}: “{escape(short)}”", soft_wrap=True)
    total = "Nothing" if not count else f"{count} finding{'s' if count > 1 else ''}"
    say(
        f"{total} in {len(results)} report{'s' if len(results) != 1 else ''}. A finding is a reason to look, not proof."
    )
