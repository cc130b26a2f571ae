"""Every command with its arguments and options, as click knows them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from caselore.cli.main import run
from generators.markdown import code, page, table

_EXITS = [
    "Results go to standard output, everything else to standard error.",
    "Exit status: 0 when all went well, 1 when something was found or could not be done, 2 for wrong use.",
]


def commands(command: click.Command = run, name: str = "caselore") -> Iterator[tuple[str, click.Command]]:
    """Every command with the words that call it, groups before what they hold."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for part in command.list_commands(context):
            found = command.get_command(context, part)
            assert found is not None
            yield from commands(found, f"{name} {part}")


def command_line_page() -> str:
    return page("Command line", _EXITS, *(_section(name, command) for name, command in commands()))


def _section(name: str, command: click.Command) -> list[str]:
    context = click.Context(command, info_name=name)
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [f"{'#' * min(len(name.split()) + 1, 3)} {name}", "", "```text", f"{name} {usage}", "```", ""]
    lines += inspect.cleandoc(command.help or "").replace("\b\n", "").splitlines()
    options = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    if options:
        lines += [
            "",
            *table(["option", "what it does"], [(_names(one, context), _told(one, context)) for one in options]),
        ]
    if isinstance(command, click.Group):
        lines += ["", "Commands: " + ", ".join(code(one) for one in command.list_commands(context)) + "."]
    return lines


def _names(option: click.Option, context: click.Context) -> str:
    names = ", ".join(code(one) for one in [*option.opts, *option.secondary_opts])
    return names if option.is_flag else f"{names} {_value(option, context)}"


def _value(option: click.Option, context: click.Context) -> str:
    """What an option takes: its choices, or the name of its kind."""
    if isinstance(option.type, click.Choice):
        return " or ".join(code(str(one)) for one in option.type.choices)
    return option.make_metavar(context)


def _told(option: click.Option, context: click.Context) -> str:
    told = [option.help or ("How the result is written." if "--format" in option.opts else "")]
    if option.required:
        told.append("Required.")
    if option.multiple:
        told.append("May be repeated.")
    if option.show_default and not option.is_flag:
        told.append(f"Default: {code(str(option.get_default(context)))}.")
    return " ".join(told)
