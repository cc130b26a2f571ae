"""Whether this installation can do its work: the program, its extras, the casebook, the fonts, the browser."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator, Mapping
from enum import StrEnum
from importlib import import_module
from pathlib import Path

import msgspec

import caselore
from caselore.assembly.rules_version import rules_version
from caselore.lint.engine import rules
from caselore.plots.libraries import ChartsMissing, vl_convert
from caselore.plots.style import FONT
from caselore.service.reports import read_text
from caselore.settings import Settings, WrongSettings, load_settings
from caselore.topics.catalogue import lexicon, topics

CORE = (
    "ahocorasick_rs",
    "click",
    "docx",
    "httpx",
    "lxml",
    "msgspec",
    "platformdirs",
    "pypdfium2",
    "rich",
    "selectolax",
)
"""What no command does without."""


class Extra(msgspec.Struct, frozen=True):
    """A part that is installed by its name in brackets: what it is for, and the modules that it brings."""

    use: str
    modules: tuple[str, ...]


EXTRAS: Mapping[str, Extra] = {
    "stats": Extra("survival, intervals and models in `caselore cohort`", ("scipy", "firthmodels")),
    "plots": Extra("charts, workbooks and the review page", ("altair", "jinja2", "vl_convert", "xlsxwriter")),
    "web": Extra(
        "the casebook, and `caselore serve`",
        ("alembic", "argon2", "jinja2", "litestar", "multipart", "openpyxl", "sqlalchemy", "uvicorn", "xlsxwriter"),
    ),
    "postgres": Extra("a casebook on a PostgreSQL server", ("psycopg",)),
    "similarity": Extra("text relevance in `caselore similar`", ("tantivy",)),
    "phenopackets": Extra("phenopackets as protobuf", ("phenopackets",)),
    "batch": Extra(
        "lakes of many reports: `caselore batch`, --lake, Parquet",
        ("dask", "distributed", "duckdb", "fsspec", "psutil", "pyarrow"),
    ),
}
"""Every extra of the package."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_SENTENCE = "A 45-year-old woman presented with a painless mass of the left thigh."


class Condition(StrEnum):
    """How a part is."""

    FINE = "fine"
    MISSING = "missing"
    """an optional part that is not there"""
    BROKEN = "broken"
    """something that is needed, or that was installed or named, and does not work"""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of one part, in a sentence."""

    part: str
    condition: Condition
    words: str


def examine(address: str | None = None) -> Iterator[Finding]:
    """Looks at every part. `address` is a casebook (a file or a URL) that must be there; without one, that of the
    settings is looked at where it exists. Nothing is changed."""
    yield _program()
    yield _reading()
    yield from (_extra(name, extra) for name, extra in EXTRAS.items())
    try:
        settings = load_settings()
    except WrongSettings as error:
        yield Finding(part="settings", condition=Condition.BROKEN, words=str(error))
    else:
        yield Finding(part="settings", condition=Condition.FINE, words="can be used.")
        yield _casebook(address, settings)
    yield _fonts()
    yield _browser()


def _program() -> Finding:
    words = f"caselore {caselore.__version__}, rules {rules_version()}, on Python {platform.python_version()}."
    unusable = [name for name in CORE if not _works(name)]
    if unusable:
        words = f"{words} {', '.join(unusable)} cannot be loaded: pip install --force-reinstall caselore."
    return Finding(part="program", condition=Condition.BROKEN if unusable else Condition.FINE, words=words)


def _works(module: str) -> bool:
    try:
        import_module(module)
    except Exception:  # a library that is there and fails in its own way is as useless as none
        return False
    return True


def _reading() -> Finding:
    """Every table of terms is loaded and a sentence is read."""
    try:
        lexicon()
        read = [case for case in read_text(_SENTENCE).cases if case.facts]
        words = (
            f"{len(topics())} topics and {len(rules())} lint rules are loaded, and a sentence is read as it should be."
        )
    except Exception as error:
        words, read = f"The embedded data cannot be used ({error}): pip install --force-reinstall caselore.", []
    else:
        words = words if read else "A sentence with a patient was read as one without: reinstall caselore."
    return Finding(part="reading", condition=Condition.FINE if read else Condition.BROKEN, words=words)


def _extra(name: str, extra: Extra) -> Finding:
    part = f"[{name}]"
    absent = [module for module in extra.modules if not _works(module)]
    if not absent:
        return Finding(part=part, condition=Condition.FINE, words=f"{extra.use}.")
    words = f"{extra.use}: {', '.join(absent)} cannot be loaded; pip install 'caselore{part}'."
    return Finding(part=part, condition=Condition.MISSING, words=words)


def _casebook(address: str | None, settings: Settings) -> Finding:
    named = address or settings.casebook
    url = named if "://" in named else f"sqlite:///{Path(named).expanduser().resolve()}"
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).is_file():
        if address is None:
            words = "There is none yet; `caselore casebook add` makes one."
            return Finding(part="casebook", condition=Condition.MISSING, words=words)
        return Finding(part="casebook", condition=Condition.BROKEN, words=f"There is no casebook at {address}.")
    try:
        condition, words = Condition.FINE, _TABLES[import_module("caselore.registry.database").state_of(url)]
    except ImportError as error:
        condition, words = Condition.BROKEN, f"It needs {error.name}: pip install 'caselore[web]'."
    except Exception as error:
        if type(error).__name__ != "CasebookUnusable":
            raise
        condition, words = Condition.BROKEN, str(error)
    return Finding(part="casebook", condition=condition, words=words)


_TABLES = {
    "current": "It can be reached and its tables are up to date.",
    "older": "It can be reached; its tables are brought up to date when it is next opened. Make a backup first.",
    "empty": "It can be reached and is empty; its tables are made when it is next opened.",
}


def _fonts() -> Finding:
    """Whether letters of a chart leave a mark on a picture."""
    frame = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><text x="5" y="15" font-family="{}">{}</text></svg>'
    try:
        blank, written = (vl_convert.svg_to_png(frame.format(FONT, letters)) for letters in ("", "Age"))
    except ChartsMissing as error:
        return Finding(part="fonts", condition=Condition.MISSING, words=str(error))
    if blank == written:
        words = "No font was found for charts, so that their words would be missing: install fonts-liberation."
        return Finding(part="fonts", condition=Condition.BROKEN, words=words)
    return Finding(part="fonts", condition=Condition.FINE, words="Charts have letters.")


def _browser() -> Finding:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        words = (
            "No Chromium is installed; only developers need it, for the tests and the pictures of the documentation."
        )
        return Finding(part="browser", condition=Condition.MISSING, words=words)
    return Finding(
        part="browser", condition=Condition.FINE, words=f"{Path(found).name} runs the tests of the web application."
    )
