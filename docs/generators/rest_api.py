"""What `caselore serve` answers, from the description that it gives itself (OpenAPI)."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from caselore import service
from caselore.web.app import create_app
from generators.markdown import code, page, table

_INTRODUCTION = [
    'The same description, for programs, is at `/api/openapi.json` of every server. Errors come as `{"error": "one sentence"}`.',
    "A change needs the token of the cookie `caselore_csrf` in the header `x-csrftoken`, and with `--team` a session whose account",
    "may do it. How to sign in and what is refused: [review in the browser](../how-to/review_in_the_browser.md).",
]


@cache
def application() -> Any:
    """The application in team mode, which has every route."""
    return create_app(service.casebook("sqlite://"), team=True)


def schema() -> Mapping[str, Any]:
    described: Mapping[str, Any] = application().openapi_schema.to_schema()
    return described


def operations() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Method, path and description of everything that can be asked."""
    for path, methods in schema()["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def rest_api_page() -> str:
    api = [one for one in operations() if one[1].startswith("/api/")]
    pages = [one for one in operations() if not one[1].startswith("/api/")]
    return page(
        "REST API",
        _INTRODUCTION,
        ["## Operations"],
        *(_operation(*one) for one in api),
        [
            "## Pages, and their twins as data",
            "",
            "What people open in the browser. `.json`, `.csv`, `.xlsx` and `.svg` give the same as data, with the same parameters.",
            "",
            *table(["", "address", "what it is"], [(m, code(p), _what(m, p)) for m, p, _ in pages]),
        ],
        ["## Types"],
        *(_type(name, told) for name, told in sorted(_used(api).items())),
    )


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> list[str]:
    lines = [f"### {method} {path}", "", _what(method, path), ""]
    body = operation.get("requestBody", {}).get("content", {})
    for media, content in body.items():
        lines += [f"Takes {code(media)}: {_kind(content['schema'])}.", ""]
    for status, answer in sorted(operation["responses"].items()):
        given = [_kind(content["schema"]) for content in answer.get("content", {}).values() if "schema" in content]
        shown = "an error" if status == "400" else ", ".join(given) or "nothing"
        lines += [f"- `{status}`: {shown}"]
    return lines


def _what(method: str, path: str) -> str:
    """The docstring of the function that answers."""
    for route in application().routes:
        if _plain(route.path) == path:
            handlers = getattr(route, "route_handler_map", {})
            if method in handlers:
                answers = handlers[method][0].fn
                return inspect.cleandoc(getattr(answers, "func", answers).__doc__ or "")
    raise LookupError(f"nothing answers {method} {path}")


def _plain(path: str) -> str:
    """The path of a route without the types of its parameters."""
    return "/".join(part.partition(":")[0] + "}" if part.startswith("{") else part for part in path.split("/"))


def _kind(told: Mapping[str, Any]) -> str:
    """A type in words; those of ours lead to their fields."""
    if "$ref" in told:
        name = told["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "oneOf" in told or "anyOf" in told:
        return " or ".join(dict.fromkeys(_kind(one) for one in told.get("oneOf", told.get("anyOf", ()))))
    if told.get("type") == "array":
        return f"list of {_kind(told.get('items', {}))}"
    if told.get("format") == "binary" or told.get("contentMediaType"):
        return "file"
    return str(told.get("type", "anything") if not isinstance(told.get("type"), list) else " or ".join(told["type"]))


def _used(operations: list[tuple[str, str, Mapping[str, Any]]]) -> dict[str, Mapping[str, Any]]:
    """The types that operations speak of, and those that these are made of."""
    known = schema()["components"]["schemas"]
    used: dict[str, Mapping[str, Any]] = {}
    open_ends: list[Any] = [operation for _, _, operation in operations]
    while open_ends:
        one = open_ends.pop()
        if isinstance(one, dict):
            name = str(one.get("$ref", "")).rpartition("/")[2]
            if name in known and name not in used:
                used[name] = known[name]
                open_ends.append(known[name])
            open_ends += one.values()
        elif isinstance(one, list):
            open_ends += one
    return used


def _type(name: str, told: Mapping[str, Any]) -> list[str]:
    lines = [f"### {name}", "", *_documented(name), ""]
    if "enum" in told:
        return [*lines, "One of " + ", ".join(code(str(one)) for one in told["enum"]) + "."]
    required = set(told.get("required", ()))
    rows = [
        (code(field), _kind(kind), "required" if field in required else "", str(kind.get("description", "")))
        for field, kind in told.get("properties", {}).items()
    ]
    return [*lines, *table(["field", "type", "", "what it is"], rows)]


def _documented(name: str) -> list[str]:
    """What the class of a type says of itself."""
    for module in [module for key, module in sorted(sys.modules.items()) if key.startswith(_ROOMS)]:
        found = vars(module).get(name)
        if inspect.isclass(found) and found.__module__ == module.__name__:
            return inspect.cleandoc(found.__doc__ or "").splitlines()
    raise LookupError(f"{name} is no type of these rooms")


_ROOMS = ("caselore.exchange", "caselore.model", "caselore.registry", "caselore.service", "caselore.web")
