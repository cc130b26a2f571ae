"""The reference leaves out nothing that the command line, the Python API, the web application or the data offer."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import caselore
from caselore import service
from caselore.cli.main import COMMANDS, run
from caselore.exchange.vocabulary import every_code, fixed
from caselore.lint.engine import rules
from caselore.measures.engine import formulas
from caselore.settings import Settings
from caselore.topics.catalogue import load_terms, topics
from caselore.web.app import create_app

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"


def page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def parts(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for part in command.list_commands(click.Context(command)):
            found = command.get_command(click.Context(command), part)
            assert found is not None
            yield from parts(found, f"{name} {part}")


def section(text: str, heading: str) -> str:
    """What stands below a heading, up to the next one."""
    assert f"# {heading}\n" in text, f"no section {heading}"
    return text.partition(f"# {heading}\n")[2].partition("\n#")[0]


@pytest.mark.parametrize("top", COMMANDS)
def test_every_command_and_option_is_told_and_helps(top: str) -> None:
    found = run.get_command(click.Context(run), top)
    assert found is not None
    text = page("command_line.md")
    for name, command in parts(found, f"caselore {top}"):
        told = section(text, name)
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help or "--format" in option.opts, f"{name} {option.opts[0]} has no help"
                assert all(f"`{word}`" in told for word in [*option.opts, *option.secondary_opts]), (
                    f"{name} {option.opts}"
                )
            else:
                assert option.make_metavar(click.Context(command)) in told, f"{name} {option.name}"


def test_every_public_name_is_told() -> None:
    text = page("python_api.md")
    for name in {*caselore.__all__, *service.__all__}:
        value = getattr(service, name)
        if isinstance(value, type) and issubclass(value, Exception):
            assert f"| `caselore.service.{name}` | " in text
        elif isinstance(value, type) or inspect.isroutine(value):
            assert value.__doc__, f"{name} has no docstring"
            assert value.__doc__.splitlines()[0] in section(text, name)
        else:
            assert f"| `caselore.service.{name}` | " in text


def test_every_operation_of_the_web_application_is_told() -> None:
    text = page("rest_api.md")
    described = create_app(service.casebook("sqlite://"), team=True).openapi_schema.to_schema()
    assert len(described["paths"]) > 20
    for path, methods in described["paths"].items():
        for method in methods:
            if path.startswith("/api/"):
                assert section(text, f"{method.upper()} {path}").strip()
            else:
                line = next(one for one in text.splitlines() if one.startswith(f"| {method.upper()} | `{path}` |"))
                assert len(line.split("|")[3].strip()) > 10, f"{method} {path} does not say what it is"


def test_every_topic_rule_measure_and_setting_is_told() -> None:
    assert all(f"\n## {topic.name}\n" in page("topics.md") for topic in topics())
    assert all(f"\n## {rule.code} {rule.name}\n" in page("rules.md") for rule in rules())
    assert all(f"\n## {formula.name}\n" in page("measures.md") for formula in formulas())
    assert all(f"| `{name}` | `CASELORE_" in page("settings.md") for name in Settings.__struct_fields__)


@pytest.mark.parametrize("name", sorted({name for topic in topics() for name in topic.terms}))
def test_every_term_is_told_with_its_codes(name: str) -> None:
    lines = page(f"terms/{Path(name).stem}.md").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| ")][2:]
    terms = load_terms(name)
    assert len(rows) == len(terms)
    for row, term in zip(rows, terms, strict=True):
        assert row[0] == term.label.replace("|", "\\|").replace("<", "&lt;")
        assert all(f"{system} {code}" in row[2] for system, code in term.codes.items())
        assert not term.codes or row[3], f"{term.label} has codes and no source"


def test_every_code_of_exports_is_told_with_its_source() -> None:
    text = page("codes.md")
    assert all(one.source for one in every_code())
    assert all(f"| `{one.id}` |" in text for one in fixed().values())


def test_every_format_of_exports_is_told() -> None:
    assert all(f"| `{name}` | {title} |" in page("formats.md") for name, title in service.export_titles().items())
