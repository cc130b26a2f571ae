"""References of the reports of a table: numbered in print, and as BibTeX and RIS for a reference manager."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

import msgspec

from caselore.model.case import Citation
from caselore.model.text import Metadata

_MOST_AUTHORS = 6


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A publication: what its file tells, or for a cited patient what the citing report tells, and by what it is cited.

    `name` is the file name of a report, or the citation as printed.
    """

    number: int
    name: str
    metadata: Metadata = Metadata()
    cited_in: int | None = None


def of_citation(citation: Citation) -> Metadata:
    """What a citing report tells of a publication."""
    return Metadata(authors=(citation.author,) if citation.author else (), year=citation.year, doi=citation.doi)


def printed(reference: Reference) -> str:
    """The reference in one line: authors, title, journal, year, identifiers; the file name where nothing else is known."""
    told = reference.metadata
    doi = f"doi:{told.doi}" if told.doi else ""
    if reference.cited_in is not None:
        year = str(told.year) if told.year and str(told.year) not in reference.name else ""
        return ", ".join(filter(None, (reference.name, year, doi, f"as retold in [{reference.cited_in}]"))) + "."
    place = " ".join(filter(None, (told.journal, str(told.year) if told.year else None)))
    parts = [_authors(told.authors), told.title or reference.name, place, doi]
    parts += [f"PMID {told.pmid}" if told.pmid else "", told.pmcid or ""]
    return ". ".join(part.rstrip(".:") for part in parts if part) + "."


def _authors(names: Sequence[str]) -> str:
    shown = ", ".join(name.replace(",", "") for name in names[:_MOST_AUTHORS])
    return f"{shown}, et al" if len(names) > _MOST_AUTHORS else shown


def to_bibtex(references: Iterable[Reference]) -> str:
    """BibTeX; a name of which the parts are not told apart stays whole, in braces of its own."""
    used: set[str] = set()
    return "\n".join(_entry(reference, used) for reference in references)


def _entry(reference: Reference, used: set[str]) -> str:
    told = reference.metadata
    fields = {
        "title": told.title or ("" if told.authors else reference.name),
        "author": " and ".join(name if "," in name else f"{{{_tex(name)}}}" for name in told.authors),
        "journal": told.journal,
        "year": str(told.year) if told.year else "",
        "doi": told.doi,
        "pmid": told.pmid,
        "pmcid": told.pmcid,
        "note": _note(reference),
    }
    plain = ("author", "doi", "pmid", "pmcid")
    lines = [f"  {key} = {{{value if key in plain else _tex(value)}}}" for key, value in fields.items() if value]
    kind = "article" if told.journal else "misc"
    return f"@{kind}{{{_key(reference, used)},\n" + ",\n".join(lines) + "\n}\n"


def _note(reference: Reference) -> str:
    read = f"read from {reference.name}" if reference.cited_in is None else f"cited as {reference.name}"
    return read if reference.cited_in is None else f"{read}, retold in reference {reference.cited_in}"


def _key(reference: Reference, used: set[str]) -> str:
    """Of the first author, or else the name, with the year: letters and figures only, each key once."""
    told = reference.metadata
    first = re.split(r"[\s,]+", told.authors[0])[0] if told.authors else reference.name
    ascii_only = unicodedata.normalize("NFKD", first).encode("ascii", "ignore").decode()
    base = (re.sub(r"[^A-Za-z0-9]", "", ascii_only) or "report") + str(told.year or "")
    key, number = base, 1
    while key in used:
        number += 1
        key = f"{base}-{number}"
    used.add(key)
    return key


_TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_TEX |= {sign: f"\\{sign}" for sign in "&%$#_"}


def _tex(text: str) -> str:
    return tex(" ".join(text.split()))


def tex(text: str) -> str:
    """Text as LaTeX prints it."""
    return "".join(_TEX.get(sign, sign) for sign in text)


def to_ris(references: Iterable[Reference]) -> str:
    """RIS, one record a reference."""
    return "\n".join(_record(reference) for reference in references)


def _record(reference: Reference) -> str:
    told = reference.metadata
    lines = [("TY", "JOUR" if told.journal else "GEN"), ("ID", str(reference.number))]
    lines += [("AU", name) for name in told.authors]
    lines += [
        ("TI", told.title or ("" if told.authors else reference.name)),
        ("JO", told.journal or ""),
        ("PY", str(told.year or "")),
        ("DO", told.doi or ""),
        ("AN", f"PMID {told.pmid}" if told.pmid else told.pmcid or ""),
        ("N1", _note(reference)),
    ]
    told_lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in lines if value]
    return "\n".join([*told_lines, "ER  - ", ""])
