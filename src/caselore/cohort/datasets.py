"""The embedded casebooks: published patients as review rows, each with its reference and how the report was seen."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from caselore.cohort.columns import Kind, kinds
from caselore.model.cohort import Member
from caselore.model.row import ReviewRow

SEEN = {"full text": "index", "abstract": "index", "retold in another report": "cited"}
"""How a report was seen, and the role its patient has for it."""

_SEPARATOR = "; "


class UnknownDataset(ValueError):
    """There is no such dataset; the message names those there are."""


class BrokenDataset(ValueError):
    """A dataset does not keep its own rules; the message says which file and line."""


class Dataset(msgspec.Struct, frozen=True, kw_only=True):
    """A casebook: what it holds, what it cannot be used for, and its patients."""

    name: str
    title: str
    limits: tuple[str, ...]
    members: tuple[Member, ...]


def _room() -> Traversable:
    return files("caselore") / "data"


def dataset_names() -> tuple[str, ...]:
    """The datasets there are."""
    return tuple(sorted(path.name.removesuffix(".toml") for path in _room().iterdir() if path.name.endswith(".toml")))


@cache
def dataset(name: str) -> Dataset:
    """A dataset by its name. Raises UnknownDataset, or BrokenDataset where a row does not fit the review row."""
    if name not in dataset_names():
        raise UnknownDataset(f"{name!r} is no dataset; there is {', '.join(dataset_names())}.")
    about = tomllib.loads((_room() / f"{name}.toml").read_text(encoding="utf-8"))
    table = (_room() / f"{name}.csv").read_text(encoding="utf-8")
    members = tuple(
        _member(line, f"{name}.csv, line {number}")
        for number, line in enumerate(csv.DictReader(table.splitlines()), start=2)
    )
    return Dataset(name=name, title=about["title"], limits=tuple(about["limits"]), members=members)


def _member(line: Mapping[str, str], place: str) -> Member:
    if not line["reference"] or line["seen"] not in SEEN:
        raise BrokenDataset(f"{place}: a patient needs a reference and how it was seen ({', '.join(SEEN)}).")
    label = " ".join(filter(None, (line["author"], line["year"]))) or line["reference"]
    named = {"role": SEEN[line["seen"]], "label": label}
    told = {column: line[column] for column in kinds() if line.get(column)}
    second = dict(part.split("=", 1) for part in line["second_reading"].split(_SEPARATOR) if part)
    return Member(
        source=line["patient"],
        reference=line["reference"],
        row=_row(named | told, place),
        other_reading=_row(named | told | second, place) if second else None,
    )


def _row(cells: Mapping[str, str], place: str) -> ReviewRow:
    try:
        return msgspec.convert({name: _value(name, cell) for name, cell in cells.items()}, ReviewRow)
    except (KeyError, ValueError) as error:
        raise BrokenDataset(f"{place}: {error}.") from error


def _value(name: str, cell: str) -> object:
    kind = kinds()[name]
    if kind is Kind.NUMBER:
        return float(cell)
    if kind is Kind.LIST:
        return tuple(cell.split(_SEPARATOR))
    if kind is Kind.ENTRIES:
        return dict(part.split(": ", 1) for part in cell.split(_SEPARATOR))
    return cell
