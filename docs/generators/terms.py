"""Every term of every topic with its codes and where they were seen, and the codes that exports add."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import PurePath

import caselore.topics as room
from caselore.exchange.vocabulary import fixed, resources
from caselore.topics.catalogue import load_terms, topics
from generators.markdown import code, page, table


def term_files() -> dict[str, list[str]]:
    """Every file of terms, with the topics that read it."""
    found: dict[str, list[str]] = {}
    for topic in topics():
        for name in topic.terms:
            found.setdefault(name, []).append(topic.name)
    return dict(sorted(found.items()))


def terms_pages() -> dict[str, str]:
    """A page for each file of terms, by its path below the reference."""
    return {f"terms/{PurePath(name).stem}.md": _page(name, read_by) for name, read_by in term_files().items()}


def _page(name: str, read_by: list[str]) -> str:
    sources = _sources(name)
    rows = [
        (
            term.label,
            "; ".join(term.forms),
            ", ".join(f"{system} {value}" for system, value in term.codes.items()),
            sources.get((term.kind, term.label), ""),
        )
        for term in load_terms(name)
    ]
    return page(
        f"Terms of {name}",
        [
            f"What authors write and what it is taken for. Read by: {', '.join(read_by)}. The table itself is",
            f"`src/caselore/topics/{name}`; plurals, hyphens and British spellings are made from it.",
        ],
        table(["label", "what authors write", "codes", "source"], rows),
    )


def _sources(name: str) -> Mapping[tuple[str, str], str]:
    """The sources of a file by kind and label; a TOML file has one, in its first lines."""
    text = (files(room) / name).read_text(encoding="utf-8")
    if name.endswith(".csv"):
        kinds = {term.label: term.kind for term in load_terms(name)}
        return {(kinds[row["label"]], row["label"]): row["source"] for row in csv.DictReader(io.StringIO(text))}
    return {
        (kind, row.get("label", "")): row["source"]
        for kind, rows in tomllib.loads(text).items()
        if isinstance(rows, list)
        for row in rows
        if "source" in row
    }


def codes_page() -> str:
    systems = table(
        ["prefix", "terminology", "version", "address"],
        [(code(one), about.name, about.version, about.url) for one, about in sorted(resources().items())],
    )
    codes = table(
        ["for", "code", "its label", "seen in"],
        [(code(key), code(one.id), one.label, one.source) for key, one in fixed().items()],
    )
    return page(
        "Codes",
        [
            "A code stands only where a source shows it. The codes of terms are on the pages of the terms; these are the others",
            "that exports write. Where none was seen, an identifier has the prefix `caselore:` and claims nothing but its label.",
        ],
        ["## Terminologies", "", *systems],
        ["## Codes beside those of terms", "", *codes],
    )
