"""All topics, and the lexicon compiled from their terms.

Term files are CSV tables (one concept a row, lists separated by `|`) or TOML files with a list of tables per kind. They
are checked when they are loaded; TermError names the file and the line.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

import caselore.topics as room
from caselore.language.lexicon import Lexicon, Term
from caselore.model.discover import discover
from caselore.topics.topic import Topic

KIND_OF_FILE = {
    "alterations.csv": "alteration",
    "anatomy.csv": "anatomy",
    "drugs.csv": "drug",
    "history.csv": "history",
    "markers.csv": "marker",
    "procedures.csv": "procedure",
    "regimens.csv": "regimen",
    "scales.csv": "scale",
    "symptoms.csv": "symptom",
    "tumours.csv": "tumour",
}
"""Which kind of mention a CSV table holds; a TOML file names its kinds itself."""

_LISTS = ("forms", "weak", "defined", "cased", "adjectives", "parents")
_NOT_ATTRIBUTES = {*_LISTS, "concept", "label", "codes", "note", "source"}


_WHOSE = (
    "the left",
    "the right",
    "left",
    "right",
    "his",
    "her",
    "both",
    "his left",
    "his right",
    "her left",
    "her right",
    "one",
)
"""May stand for "the" in the forms of a term that the table calls `sided`: "drooping of his left eyelid"."""


class TermError(ValueError):
    """A term file says something that cannot be; the message has file, line and reason."""


@cache
def topics() -> tuple[Topic, ...]:
    """Every TOPIC declared in this package, by module name."""
    return discover(room, "TOPIC", Topic)


@cache
def lexicon() -> Lexicon:
    """The one matcher over the terms of all topics."""
    names = sorted({name for topic in topics() for name in topic.terms})
    return Lexicon(term for name in names for term in load_terms(name))


@cache
def load_terms(name: str) -> tuple[Term, ...]:
    """The terms of one file beside this module; raises TermError where a row cannot be used."""
    text = (files(room) / name).read_text(encoding="utf-8")
    rows = _toml_rows(name, text) if name.endswith(".toml") else _csv_rows(name, text)
    terms: list[Term] = []
    seen: dict[tuple[str, str], str] = {}
    for place, kind, row in rows:
        term = _term(place, kind, row)
        if (kind, term.concept) in seen:
            raise TermError(f"{place}: concept {term.concept!r} stands already at {seen[kind, term.concept]}")
        seen[kind, term.concept] = place
        terms.append(term)
    known = {term.concept for term in terms}
    for term in terms:
        for parent in term.parents:
            if parent not in known:
                raise TermError(f"{seen[term.kind, term.concept]}: parent {parent!r} of {term.concept!r} is no concept")
    return tuple(terms)


def _csv_rows(name: str, text: str) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    if name not in KIND_OF_FILE:
        raise TermError(f"{name}: no kind of mention is known for this table")
    reader = csv.DictReader(io.StringIO(text))
    for row in reader:
        if None in row or None in row.values():
            raise TermError(f"{name}:{reader.line_num}: the row has another number of cells than the header")
        yield f"{name}:{reader.line_num}", KIND_OF_FILE[name], row


def _toml_rows(name: str, text: str) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    for kind, tables in tomllib.loads(text).items():
        if not isinstance(tables, list):
            continue
        for number, table in enumerate(tables, 1):
            row = {k: "|".join(map(str, v)) if isinstance(v, list) else str(v) for k, v in table.items()}
            yield f"{name}: {kind} {number}", kind, row


def _term(place: str, kind: str, row: Mapping[str, str]) -> Term:
    label = row.get("label", "").strip()
    if not label:
        raise TermError(f"{place}: label is empty")
    lists = {key: [item.strip() for item in row.get(key, "").split("|") if item.strip()] for key in _LISTS}
    forms = list(dict.fromkeys(lists["forms"] or [label]))
    for key in ("weak", "defined", "cased", "adjectives"):
        unknown = set(lists[key]) - set(forms)
        if unknown:
            raise TermError(f"{place}: {key} names {sorted(unknown)[0]!r}, which is not among the forms")
    if row.get("sided") == "yes":
        for key in ("forms", "weak"):
            lists[key] = [*lists[key], *_of_either_side(lists[key])]
    codes: dict[str, str] = {}
    for code in filter(None, (part.strip() for part in row.get("codes", "").split("|"))):
        system, colon, value = code.partition(":")
        if not colon or not value:
            raise TermError(f"{place}: code {code!r} is not SYSTEM:VALUE")
        codes.setdefault(system, value)
    return Term(
        kind=kind,
        concept=row.get("concept", "").strip() or label,
        label=label,
        forms=tuple(dict.fromkeys([*forms, *lists["forms"]])),
        weak=frozenset(lists["weak"]),
        defined=frozenset(lists["defined"]),
        cased=frozenset(lists["cased"]),
        adjectives=frozenset(lists["adjectives"]),
        parents=tuple(lists["parents"]),
        codes=codes,
        attributes={k: v.strip() for k, v in row.items() if k not in _NOT_ATTRIBUTES and v.strip()},
    )


def _of_either_side(forms: list[str]) -> Iterator[str]:
    for form in forms:
        before, the, part = form.rpartition(" the ")
        if the:
            yield from (f"{before} {whose} {part}" for whose in _WHOSE)
