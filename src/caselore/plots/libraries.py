"""The libraries of the extra [plots], which are loaded when a chart, a workbook or a page is made."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any


class ChartsMissing(RuntimeError):
    """A library of the extra is not installed; the message says what to install."""


class _Late:
    """A module that is imported when something of it is used: Altair takes a second."""

    def __init__(self, module: str, package: str, user: str) -> None:
        self._module = module
        self._package = package
        self._user = user

    def __getattr__(self, name: str) -> Any:
        try:
            return getattr(import_module(self._module), name)
        except ImportError as error:
            raise ChartsMissing(
                f"{self._user} need {self._package}, which is not installed: pip install 'caselore[plots]'."
            ) from error


if TYPE_CHECKING:
    import altair as alt
    import jinja2
    import vl_convert
    import xlsxwriter
else:
    alt = _Late("altair", "altair", "Charts")
    jinja2 = _Late("jinja2", "jinja2", "Review pages")
    vl_convert = _Late("vl_convert", "vl-convert-python", "Charts")
    xlsxwriter = _Late("xlsxwriter", "XlsxWriter", "Workbooks")

__all__ = ["ChartsMissing", "alt", "jinja2", "vl_convert", "xlsxwriter"]
