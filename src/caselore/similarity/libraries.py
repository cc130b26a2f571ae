"""The text index, which comes with the extra [similarity]."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class SearchMissing(RuntimeError):
    """tantivy is not installed; the message says what to install."""


def tantivy() -> Any:
    """The module. Loaded when first needed. Raises SearchMissing."""
    try:
        return import_module("tantivy")
    except ImportError as error:
        raise SearchMissing(
            "Similar patients need tantivy, which is not installed: pip install 'caselore[similarity]'."
        ) from error
