"""The statistics libraries, which come with the extra [stats]."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class StatisticsMissing(RuntimeError):
    """SciPy or firthmodels is not installed; the message says what to install."""


def statistics() -> Any:
    """`scipy.stats`. Loaded when first needed, because it takes half a second. Raises StatisticsMissing."""
    return _library("scipy.stats")


def firth() -> Any:
    """`firthmodels`. Raises StatisticsMissing."""
    return _library("firthmodels")


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise StatisticsMissing(
            f"Statistics need {name.partition('.')[0]}, which is not installed: pip install 'caselore[stats]'."
        ) from error
