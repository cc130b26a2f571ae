"""Reports to try everything on: fictional patients, in the formats that reports come in."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files


def example_reports() -> Mapping[str, bytes]:
    """The reports of the tutorial by the name of their file. The patients are fictional."""
    folder = files("caselore") / "data" / "reports"
    return {one.name: one.read_bytes() for one in sorted(folder.iterdir(), key=lambda one: one.name)}
