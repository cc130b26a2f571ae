"""References survive the way through BibTeX and RIS, and read as references in print."""

from __future__ import annotations

import bibtexparser
import pytest
import rispy

from caselore.exchange.references import Reference, printed, to_bibtex, to_ris
from caselore.model.text import Metadata

FULL = Reference(
    number=1,
    name="article",
    metadata=Metadata(
        title="Chordoma of the clivus & its 100% odd_course: {a} case",
        authors=("Lindqvist, Åsa", "van der Berg Jan"),
        journal="Rhinol Stories",
        year=1991,
        doi="10.5555/septum_1.a(2)",
        pmid="123456",
        pmcid="PMC98765",
    ),
)
BARE = Reference(number=2, name="scan_07")
CITED = Reference(
    number=3, name="Osei et al. [2]", metadata=Metadata(authors=("Osei",), year=2008, doi="10.5555/x"), cited_in=1
)


def test_bibtex_parses_back() -> None:
    parser = bibtexparser.bparser.BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    first, second, third = bibtexparser.loads(to_bibtex([FULL, BARE, CITED]), parser).entries
    assert (first["ENTRYTYPE"], first["ID"]) == ("article", "Lindqvist1991")
    assert first["title"] == r"Chordoma of the clivus \& its 100\% odd\_course: \{a\} case"
    assert first["author"] == "Lindqvist, Åsa and {van der Berg Jan}"
    assert (first["journal"], first["year"]) == ("Rhinol Stories", "1991")
    assert (first["doi"], first["pmid"], first["pmcid"]) == ("10.5555/septum_1.a(2)", "123456", "PMC98765")
    assert (second["ENTRYTYPE"], second["ID"], second["title"]) == ("misc", "scan07", r"scan\_07")
    assert (third["ID"], third["doi"]) == ("Osei2008", "10.5555/x")
    assert "retold in reference 1" in third["note"]


def test_keys_are_told_apart() -> None:
    entries = bibtexparser.loads(to_bibtex([CITED, CITED, CITED])).entries
    assert [one["ID"] for one in entries] == ["Osei2008", "Osei2008-2", "Osei2008-3"]


def test_ris_parses_back() -> None:
    first, second, third = rispy.loads(to_ris([FULL, BARE, CITED]))
    assert first["type_of_reference"] == "JOUR"
    assert first["authors"] == ["Lindqvist, Åsa", "van der Berg Jan"]
    assert first["title"] == "Chordoma of the clivus & its 100% odd_course: {a} case"
    assert (first["doi"], first["year"], first["accession_number"]) == ("10.5555/septum_1.a(2)", "1991", "PMID 123456")
    assert (second["type_of_reference"], second["title"]) == ("GEN", "scan_07")
    assert "retold in reference 1" in third["notes"][0]


@pytest.mark.parametrize(
    ("reference", "line"),
    [
        (
            FULL,
            "Lindqvist Åsa, van der Berg Jan. Chordoma of the clivus & its 100% odd_course: {a} case. Rhinol Stories 1991. "
            "doi:10.5555/septum_1.a(2). PMID 123456. PMC98765.",
        ),
        (BARE, "scan_07."),
        (CITED, "Osei et al. [2], 2008, doi:10.5555/x, as retold in [1]."),
    ],
)
def test_printed_reference(reference: Reference, line: str) -> None:
    assert printed(reference) == line


def test_seven_authors_are_six_and_others() -> None:
    many = Reference(number=1, name="a", metadata=Metadata(title="T", authors=tuple("ABCDEFG")))
    assert printed(many) == "A, B, C, D, E, F, et al. T."
