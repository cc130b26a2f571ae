"""Codes for exports: those of the term tables and those of codes.toml, each with where it was seen.

Where no public code was seen, a term gets a local one (prefix `caselore`), which claims nothing but its label.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

import caselore.exchange as here
import caselore.topics as tables

LOCAL = "caselore"
_TABLES = ("alterations", "anatomy", "drugs", "markers", "procedures", "symptoms", "tumours")
_PREFIX = {"HPO": "HP", "NCI": "NCIT"}
"""Names of systems in the term tables that are written otherwise in identifiers."""


class Coded(msgspec.Struct, frozen=True, order=True):
    """A code as PREFIX and value, its label, and the source where it was seen."""

    prefix: str
    value: str
    label: str
    source: str = ""

    @property
    def id(self) -> str:
        return f"{self.prefix}:{self.value}"


class Resource(msgspec.Struct, frozen=True):
    """What a prefix stands for: names and addresses of the terminology, and its address in FHIR."""

    id: str
    name: str
    url: str
    version: str
    iri: str
    system: str


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((files(here) / "codes.toml").read_text(encoding="utf-8"))


@cache
def resources() -> Mapping[str, Resource]:
    """The terminologies by prefix."""
    return {prefix: msgspec.convert(told, Resource) for prefix, told in _data()["resources"].items()}


@cache
def fixed() -> Mapping[str, Coded]:
    """The codes of codes.toml by their key; pathological TNM categories as `tnm.pT1a`."""
    found = {}
    for key, told in _data()["codes"].items():
        prefix, _, value = told["code"].partition(":")
        found[key] = Coded(prefix, value, told["label"], told["source"])
    tnm = _data()["pathological_tnm"]
    for name, value in tnm["codes"].items():
        found[f"tnm.{name}"] = Coded("NCIT", value, f"{name} Stage Finding", tnm["source"])
    return found


@cache
def terms(table: str) -> Mapping[str, Mapping[str, Coded]]:
    """For each label and each concept of a term table, in lower case, its codes by prefix."""
    found: dict[str, dict[str, Coded]] = {}
    text = (files(tables) / f"{table}.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(io.StringIO(text)):
        codes = found.setdefault(row["label"].lower(), {})
        found.setdefault(row["concept"].lower(), codes)
        for code in filter(None, row["codes"].split("|")):
            system, _, value = code.partition(":")
            prefix = _PREFIX.get(system, system)
            codes.setdefault(prefix, Coded(prefix, value, _name(prefix, value, row), row["source"]))
    return found


def _name(prefix: str, value: str, row: Mapping[str, str]) -> str:
    """The name that the terminology itself gives where the source tells it, or the label of the table."""
    quoted = re.search(rf'{prefix}:{re.escape(value)} "+([^"]+)"', row["source"])
    uberon = re.search(r"uberon: ([^;]+)", row["source"]) if prefix == "UBERON" else None
    told = quoted or uberon
    return told[1].strip() if told else row["label"]


def coded(table: str, label: str, *prefixes: str) -> Coded:
    """The first code that the table gives a label among `prefixes`, or a local one."""
    known = terms(table).get(label.lower(), {}) if table in _TABLES else {}
    return next((known[prefix] for prefix in prefixes if prefix in known), local(label))


def local(label: str) -> Coded:
    """A code of caselore's own, which says no more than its label."""
    return Coded(LOCAL, re.sub(r"[^A-Za-z0-9]+", "-", label).strip("-") or "unnamed", label, "label of caselore")


def labels(table: str) -> Mapping[str, str]:
    """The labels of a table by each of their identifiers, to read them back."""
    text = (files(tables) / f"{table}.csv").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for row in csv.DictReader(io.StringIO(text)):
        for code in terms(table)[row["label"].lower()].values():
            found.setdefault(code.id, row["label"])
    return found


def every_code() -> Iterator[Coded]:
    """Every code that an export can write, without the local ones."""
    yield from fixed().values()
    for table in _TABLES:
        for codes in terms(table).values():
            yield from codes.values()
