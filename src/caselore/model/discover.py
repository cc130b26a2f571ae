"""Finds the objects that the modules of a package declare, so that nothing is registered by hand."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def discover(package: ModuleType, name: str, kind: type[T]) -> tuple[T, ...]:
    """The objects called `name` in the modules of `package`, ordered by module name; modules without one are passed over.

    Raises TypeError when such an object is of another type, so that a misspelt declaration is not lost silently.
    """
    found: list[T] = []
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        candidate = vars(module).get(name)
        if candidate is None:
            continue
        if not isinstance(candidate, kind):
            raise TypeError(f"{module.__name__}.{name} is a {type(candidate).__name__}, not a {kind.__name__}")
        found.append(candidate)
    return tuple(found)
