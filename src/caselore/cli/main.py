"""The `caselore` command. A command is loaded when it is called: its module and function have its name."""

from __future__ import annotations

import ast
import os
import sys
from importlib import import_module
from importlib.resources import files
from keyword import iskeyword
from typing import Any

import click

import caselore
from caselore.reading.errors import UnreadableReport

COMMANDS = (
    "examples",
    "search",
    "fetch",
    "read",
    "table",
    "measure",
    "lint",
    "care",
    "cohort",
    "plot",
    "report",
    "similar",
    "differential",
    "casebook",
    "serve",
    "account",
    "batch",
    "export",
    "import",
    "evaluate",
    "schema",
    "doctor",
)
"""In the order of `caselore --help`."""


class Caselore(click.Group):
    """Ends every command with a status and at most one sentence, never with a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = _name_in_python(cmd_name)
        try:
            command: click.Command = getattr(import_module(f"caselore.cli.{name}"), name)
        except ModuleNotFoundError as error:
            raise click.ClickException(
                f"{error.name} is missing from this installation: pip install --force-reinstall caselore."
            ) from error
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line of what each command says of itself, read without loading it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _first_line(name)) for name in COMMANDS])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UnreadableReport as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            # The reader of our output has gone (`| head`): nothing left to do, and no second complaint at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)


def _name_in_python(command: str) -> str:
    """The name of a command's module and function: `import` is a word of the language."""
    return f"{command}_" if iskeyword(command) else command


def _first_line(command_name: str) -> str:
    """What the docstring of a command begins with."""
    name = _name_in_python(command_name)
    tree = ast.parse((files("caselore.cli") / f"{name}.py").read_text(encoding="utf-8"))
    command = next(one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == name)
    return (ast.get_docstring(command) or "").partition("\n\n")[0].replace("\n", " ")


def _tell_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    """The version, and that of the rules, which every report carries."""
    if asked:
        rules = import_module("caselore.assembly.rules_version").rules_version()
        click.echo(f"caselore {caselore.__version__}, rules {rules}")
        context.exit()


@click.group(cls=Caselore, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help="Show the version and exit.",
)
def run() -> None:
    """Published case reports to comparable patients, every fact with the words it came from.

    caselore informs; it does not decide. Check a value in its source before you rely on it.
    """
