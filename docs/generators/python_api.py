"""What programs may import: the verbs of caselore and the types they take and give."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from types import ModuleType
from typing import Any

import msgspec

import caselore
import caselore.model
from caselore import service
from generators.markdown import code, page, table

_INTRODUCTION = [
    "`import caselore` gives `read`, `read_text` and `rows`; every other verb is in `caselore.service`. These names are kept:",
    "see [what stays stable](../explanation/stability.md). Everything else may change with any version.",
]


def public_names() -> Iterator[tuple[str, Any]]:
    """Every name that is promised, with what it stands for."""
    for name in caselore.__all__:
        yield f"caselore.{name}", getattr(caselore, name)
    for name in service.__all__:
        yield f"caselore.service.{name}", getattr(service, name)


def model_types() -> Iterator[tuple[str, type]]:
    """Every type of the vocabulary, by the module that holds it."""
    for found in pkgutil.iter_modules(caselore.model.__path__):
        module = importlib.import_module(f"caselore.model.{found.name}")
        for name, value in vars(module).items():
            if inspect.isclass(value) and value.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{module.__name__}.{name}", value


def python_api_page() -> str:
    named = dict(public_names())
    verbs = {name: value for name, value in named.items() if inspect.isroutine(value)}
    errors = {name: value for name, value in named.items() if inspect.isclass(value) and issubclass(value, Exception)}
    types = {name: value for name, value in named.items() if inspect.isclass(value) and name not in errors}
    constants = {name: value for name, value in named.items() if name not in {*verbs, *errors, *types}}
    return page(
        "Python API",
        _INTRODUCTION,
        ["## Verbs"],
        *(_verb(name, value) for name, value in verbs.items()),
        ["## What verbs take and give"],
        *(_type(name, value) for name, value in types.items()),
        ["## Errors", "", *table(["error", "when"], [(code(n), _doc(v)) for n, v in errors.items()])],
        [
            "## Constants",
            "",
            *table(["constant", "what it is"], [(code(n), _constant(n, v)) for n, v in constants.items()]),
        ],
        ["## The vocabulary", "", "Immutable values; `caselore schema` prints how they look in JSON."],
        *(_type(name, value) for name, value in model_types()),
    )


def _verb(name: str, value: Any) -> list[str]:
    return [
        f"### {name.rpartition('.')[2]}",
        "",
        "```python",
        f"{name}{_signature(value)}",
        "```",
        "",
        *_paragraphs(value),
    ]


def _signature(value: Any) -> str:
    """Parameters and what comes back as they are written in the source, one a line where they are many."""
    written = ast.parse(textwrap.dedent(inspect.getsource(value))).body[0]
    assert isinstance(written, ast.FunctionDef)
    returned = ast.unparse(written.returns) if written.returns else "None"
    short = f"({ast.unparse(written.args)}) -> {returned}"
    if len(short) < 90:
        return short
    one_by_one = [ast.unparse(one) for one in _alone(written.args)]
    return "\n".join(["(", *(f"    {one}," for one in one_by_one), f") -> {returned}"])


def _alone(arguments: ast.arguments) -> Iterator[ast.arguments]:
    """Each parameter with its default, as if it were the only one; the star that names begin after stands alone."""
    plain = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(plain) - len(arguments.defaults)) + list(arguments.defaults)
    for name, default in zip(plain, defaults, strict=True):
        yield _arguments(args=[name], defaults=[default] if default else [])
    if arguments.kwonlyargs:
        yield _arguments(vararg=ast.arg(arg=""))
    for name, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield _arguments(args=[name], defaults=[default] if default else [])


def _arguments(**given: Any) -> ast.arguments:
    return ast.arguments(
        **{"posonlyargs": [], "args": [], "kwonlyargs": [], "kw_defaults": [], "defaults": [], **given}
    )


def _type(name: str, value: type) -> list[str]:
    lines = [f"### {name.removeprefix('caselore.model.').removeprefix('caselore.service.')}", "", *_paragraphs(value)]
    if issubclass(value, msgspec.Struct):
        fields = msgspec.structs.fields(value)
        shown = {one: _annotation(value, one) for one in value.__struct_fields__}
        lines += [
            "",
            *table(["field", "type", "default"], [(code(f.name), code(shown[f.name]), _default(f)) for f in fields]),
        ]
    elif hasattr(value, "__members__"):
        lines += ["", "One of " + ", ".join(code(str(one.value)) for one in value) + "."]  # type: ignore[attr-defined]
    return lines


def _annotation(value: type, field: str) -> str:
    """The type of a field as it is written in the class that declares it."""
    for one in value.__mro__:
        if field in getattr(one, "__annotations__", {}):
            return str(one.__annotations__[field])
    return ""


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return "required"
    if field.default is not msgspec.NODEFAULT:
        return code(repr(field.default) if not hasattr(field.default, "value") else repr(field.default.value))
    return code("{}" if field.default_factory is dict else "[]")


def _paragraphs(value: Any) -> list[str]:
    return _doc(value).splitlines()


def _doc(value: Any) -> str:
    own = value.__dict__.get("__doc__") if inspect.isclass(value) else value.__doc__
    return inspect.cleandoc(own or "")


def _constant(name: str, value: Any) -> str:
    """The words below its definition where there are any, and its value."""
    shown = ", ".join(code(str(one)) for one in value) if isinstance(value, tuple | list | dict) else code(repr(value))
    return f"{_documented().get(name.rpartition('.')[2], '')} {shown}".strip()


@cache
def _documented() -> dict[str, str]:
    """The words that stand below constants, by the name of the constant, in the modules that the service takes them from."""
    found: dict[str, str] = {}
    tree = ast.parse(inspect.getsource(service))
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.module:
            found |= _constants(importlib.import_module(statement.module))
    return found


def _constants(module: ModuleType) -> dict[str, str]:
    body = ast.parse(inspect.getsource(module)).body
    found = {}
    for statement, after in pairwise(body):
        target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
        if isinstance(target, ast.Name) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            found[target.id] = inspect.cleandoc(str(after.value.value))
    return found
