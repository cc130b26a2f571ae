"""The chart libraries, which come with the extra [plots] and are loaded when a chart is made."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any


class ChartsMissing(RuntimeError):
    """Altair or vl-convert is not installed; the message says what to install."""


class _Late:
    """A module that is imported when something of it is used: Altair takes a second."""

    def __init__(self, module: str, package: str) -> None:
        self._module = module
        self._package = package

    def __getattr__(self, name: str) -> Any:
        try:
            return getattr(import_module(self._module), name)
        except ImportError as error:
            raise ChartsMissing(
                f"Charts need {self._package}, which is not installed: pip install 'caselore[plots]'."
            ) from error


if TYPE_CHECKING:
    import altair as alt
    import vl_convert
else:
    alt = _Late("altair", "altair")
    vl_convert = _Late("vl_convert", "vl-convert-python")

__all__ = ["ChartsMissing", "alt", "vl_convert"]
