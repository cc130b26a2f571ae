"""The libraries of the lake and of its distributed engine, which come with the extra [batch]."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class BatchMissing(RuntimeError):
    """A library of the lake is not installed; the message says what to install."""


def library(name: str) -> Any:
    """A library by its name, loaded when it is first needed. Raises BatchMissing."""
    try:
        return import_module(name)
    except ImportError as error:
        raise BatchMissing(
            f"A lake needs {name.partition('.')[0]}, which is not installed: pip install 'caselore[batch]'."
        ) from error
