"""Specs are TOML files with a list of cases; each becomes a parameter of a test, named for its file and number."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


def specs(folder: str, name: str) -> list[dict[str, Any]]:
    """The cases of one file."""
    found: list[dict[str, Any]] = tomllib.loads((HERE / folder / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return found


def cases(folder: str) -> list[Any]:
    """The cases of all files of a folder: file name and case."""
    return [
        pytest.param(path.stem, case, id=f"{path.stem}-{number}")
        for path in sorted((HERE / folder).glob("*.toml"))
        for number, case in enumerate(specs(folder, path.stem), 1)
    ]
