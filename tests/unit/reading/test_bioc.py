"""BioC JSON: passages by their section types."""

from __future__ import annotations

import json

import pytest

from caselore.reading.bioc import load
from caselore.reading.errors import UnreadableReport
from caselore.reading.references import read_references


def passage(text: str, section: str, what: str = "paragraph", **infons: str) -> dict[str, object]:
    return {"text": text, "infons": {"section_type": section, "type": what, **infons}}


ARTICLE = {
    "documents": [
        {
            "id": "77",
            "passages": [
                passage("A tumour of the dura", "TITLE", "front", **{"article-id_pmc": "77", "year": "2020"}),
                passage("It is rare.", "ABSTRACT", "abstract"),
                passage("Our patient", "CASE", "title_1"),
                passage("A 44-year-old woman came.", "CASE"),
                passage("Figure 1. MRI.", "FIG", "fig_caption"),
                passage("Table 1. Cases", "TABLE", "table_caption"),
                passage("Age\tSex\n3\tM", "TABLE", "table"),
                passage("References", "REF", "title"),
                passage("A tale", "REF", "ref", source="J Tale", year="2001", name_0="surname:Poe;given-names:E"),
            ],
        }
    ]
}


def test_passages_become_sections() -> None:
    document = load(json.dumps([ARTICLE]).encode(), "any")
    kinds = [section.kind.value for section in document.sections]
    assert kinds == ["title", "abstract", "case", "caption", "table", "references"]
    assert "Age | Sex\n3 | M" in document.text
    assert (document.metadata.pmcid, document.metadata.year) == ("PMC77", 2020)
    (reference,) = read_references(document)
    assert (reference.number, reference.first_author, reference.year) == (1, "Poe", 2001)


@pytest.mark.parametrize(
    "data", [b"{", b'{"passages": 3}', b'{"documents": []}', b'[{"documents": [{"passages": []}]}]']
)
def test_what_is_no_bioc_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableReport):
        load(data, "any")
