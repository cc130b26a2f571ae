"""The organ that the name of a tumour type implies ("hepatoblastoma": liver); organs.toml has them with their source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from caselore.topics.ontology import concepts, named


@cache
def implied_organs() -> Mapping[str, str]:
    """Organ labels by tumour concept; raises ValueError where organs.toml names what the tables of terms do not know."""
    organs: dict[str, str] = tomllib.loads((files("caselore.assembly") / "organs.toml").read_text(encoding="utf-8"))[
        "organs"
    ]
    for tumour, organ in organs.items():
        if tumour not in concepts("tumours.csv") or named("anatomy.csv", organ) is None:
            raise ValueError(f"organs.toml: {tumour} = {organ!r} is not in tumours.csv and anatomy.csv")
    return organs
