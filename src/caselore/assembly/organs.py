"""What is known of organs: which a tumour type implies or an operation removes (organs.toml), and which other places tell
their side (sides.toml); groups of places that the column of sites treats alike (places.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from caselore.topics.ontology import concepts, named


@cache
def implied_organs() -> Mapping[str, str]:
    """Organ labels by tumour concept; raises ValueError where organs.toml names what the tables of terms do not know."""
    organs: dict[str, str] = tomllib.loads(_text("organs.toml"))["organs"]
    for tumour, organ in organs.items():
        if tumour not in concepts("tumours.csv") or named("anatomy.csv", organ) is None:
            raise ValueError(f"organs.toml: {tumour} = {organ!r} is not in tumours.csv and anatomy.csv")
    return organs


@cache
def organs_removed() -> Mapping[str, str]:
    """Organ labels by the label of the operation that removes them; raises ValueError where organs.toml names unknown ones."""
    removed: dict[str, str] = tomllib.loads(_text("organs.toml"))["removed"]
    for procedure, organ in removed.items():
        if named("procedures.csv", procedure) is None or named("anatomy.csv", organ) is None:
            raise ValueError(f"organs.toml: {procedure} = {organ!r} is not in procedures.csv and anatomy.csv")
    return removed


@cache
def places_of_side() -> Mapping[str, frozenset[str]]:
    """Concepts of anatomy.csv by that of the organ whose side they tell; raises ValueError for unknown ones."""
    places: dict[str, list[str]] = tomllib.loads(_text("sides.toml"))["places"]
    for organ, told in places.items():
        if unknown := {organ, *told} - concepts("anatomy.csv").keys():
            raise ValueError(f"sides.toml: {', '.join(sorted(unknown))} not in anatomy.csv")
    return {organ: frozenset(told) for organ, told in places.items()}


@cache
def groups_of_places() -> Mapping[str, frozenset[str]]:
    """Concepts of anatomy.csv by the name of their group (places.toml); raises ValueError for unknown ones."""
    groups: dict[str, list[str]] = tomllib.loads(_text("places.toml"))["groups"]
    for group, members in groups.items():
        if unknown := set(members) - concepts("anatomy.csv").keys():
            raise ValueError(f"places.toml: {group}: {', '.join(sorted(unknown))} not in anatomy.csv")
    return {group: frozenset(members) for group, members in groups.items()}


def _text(name: str) -> str:
    return (files("caselore.assembly") / name).read_text(encoding="utf-8")
